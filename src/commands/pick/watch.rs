//! Who ends a search: a time limit, or Ctrl-C.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::exit;
use crate::pick::exact::Limits;

/// After so long, a line says that the search goes on.
const PATIENCE: Duration = Duration::from_millis(500);

/// Watches the clock and the keyboard while a search runs.
pub(super) struct Watch {
    /// When the program began to search, and when the part of it that is limited.
    begin: Instant,
    start: Instant,
    limit: Option<Duration>,
    interrupted: Arc<AtomicBool>,
    /// The second of the last line on the terminal.
    shown: Cell<Option<u64>>,
    is_terminal: bool,
}

impl Watch {
    /// Begins; Ctrl-C ends a search from now on, and the program when it is pressed again.
    pub(super) fn start(seconds: f64) -> Self {
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupted);
        // Without a handler, Ctrl-C ends the program as it does elsewhere.
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::Relaxed) {
                exit::at_once();
            }
        });
        Self {
            begin: Instant::now(),
            start: Instant::now(),
            limit: (seconds > 0.0).then(|| Duration::from_secs_f64(seconds)),
            interrupted,
            shown: Cell::new(None),
            is_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// The same limit once more, from now on.
    pub(super) fn restart(&mut self) {
        self.start = Instant::now();
    }

    /// Whether the search should stop.
    pub(super) fn stop(&self) -> bool {
        let passed = self.start.elapsed();
        if self.is_terminal && passed >= PATIENCE {
            self.show(passed);
        }
        self.interrupted.load(Ordering::Relaxed) || self.limit.is_some_and(|limit| passed >= limit)
    }

    /// How far a search goes that `stop` ends.
    pub(super) fn limits(stop: &dyn Fn() -> bool) -> Limits<'_> {
        Limits {
            stop,
            ..Limits::default()
        }
    }

    /// Seconds since the start.
    pub(super) fn seconds(&self) -> f64 {
        self.begin.elapsed().as_secs_f64()
    }

    /// What ended the search, in words.
    pub(super) fn reason(&self) -> String {
        if self.interrupted.load(Ordering::Relaxed) {
            return "when it was interrupted".to_owned();
        }
        let limit = self.limit.unwrap_or_default().as_secs_f64();
        format!("within {limit} s")
    }

    fn show(&self, passed: Duration) {
        let second = passed.as_secs();
        if self.shown.replace(Some(second)) != Some(second) {
            let mut out = std::io::stderr().lock();
            let _ = write!(
                out,
                "\rsolving, {second} s; Ctrl-C takes the best screen so far "
            );
            let _ = out.flush();
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.shown.take().is_some() {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r{:60}\r", "");
            let _ = out.flush();
        }
    }
}

/// Parses a time limit.
pub(super) fn seconds(word: &str) -> Result<f64, String> {
    const SHORTEST: f64 = 0.001;
    const LONGEST: f64 = 86_400.0;
    word.parse()
        .ok()
        .filter(|seconds: &f64| *seconds == 0.0 || (SHORTEST..=LONGEST).contains(seconds))
        .ok_or_else(|| format!("seconds from {SHORTEST} to {LONGEST}, or 0 for no limit"))
}
