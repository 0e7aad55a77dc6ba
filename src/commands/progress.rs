//! How far long work is, on a terminal; nothing where nobody looks, and nothing where it is over at once.

use std::io::Read;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// After so long, something is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// Says for as long as it lives that something goes on.
pub(super) struct Working(ProgressBar);

impl Working {
    /// Begins.
    pub(super) fn on(what: &'static str) -> Self {
        let bar = ProgressBar::new_spinner().with_message(what);
        bar.set_style(style("{spinner} {msg}, {elapsed}"));
        // The first tick draws it: nothing is seen of what ends before.
        bar.enable_steady_tick(PATIENCE);
        Self(bar)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

/// A source that shows how much of it was read.
pub(super) struct Measured<S> {
    source: S,
    bar: ProgressBar,
    since: Instant,
    is_shown: bool,
}

impl<S> Measured<S> {
    /// Of a source with so many bytes, if that is known.
    pub(super) fn new(source: S, bytes: Option<u64>) -> Self {
        let bar = match bytes {
            Some(bytes) => ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden())
                .with_style(style("reading [{bar:30}] {percent} %, {eta} left")),
            None => ProgressBar::hidden().with_style(style("{spinner} reading, {bytes}")),
        };
        Self {
            source,
            bar,
            since: Instant::now(),
            is_shown: false,
        }
    }
}

impl<S: Read> Read for Measured<S> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(room)?;
        self.bar.inc(read as u64);
        if !self.is_shown && self.since.elapsed() >= PATIENCE {
            self.is_shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Ok(read)
    }
}

impl<S> Drop for Measured<S> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
