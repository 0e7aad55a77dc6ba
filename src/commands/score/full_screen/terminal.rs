//! The terminal while an interview has the whole of it: taken, and given back whatever happens.

use std::io;

#[cfg(unix)]
use signal_hook::consts::SIGTERM;

use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;

/// The terminal; it is given back when this is dropped.
pub(super) struct Taken {
    pub(super) terminal: ratatui::DefaultTerminal,
    ended: Ended,
}

impl Taken {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When it cannot be used so.
    pub(super) fn new() -> io::Result<Self> {
        let ended = Ended::listen()?;
        let terminal = ratatui::try_init()?;
        let taken = Self { terminal, ended };
        // What is pasted is a text, not keys; a terminal that cannot tell them apart does not mind being asked.
        execute!(io::stdout(), EnableBracketedPaste)?;
        Ok(taken)
    }

    /// Whether the program was told to end.
    pub(super) fn is_ended(&self) -> bool {
        self.ended.is_ended()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let _ = execute!(io::stdout(), DisableBracketedPaste);
        let _ = ratatui::try_restore();
    }
}

/// Whether the program was told to end.
#[cfg(unix)]
struct Ended(std::sync::Arc<std::sync::atomic::AtomicBool>);

#[cfg(unix)]
impl Ended {
    fn listen() -> io::Result<Self> {
        // A hang-up ends the program as ever: the terminal is gone, and reading from it would never end.
        // Whoever says it twice is obeyed at once.
        let told = Self(std::sync::Arc::default());
        signal_hook::flag::register_conditional_shutdown(SIGTERM, 128 + SIGTERM, told.0.clone())?;
        signal_hook::flag::register(SIGTERM, told.0.clone())?;
        Ok(told)
    }

    fn is_ended(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// Whether the program was told to end; Windows ends it without asking.
#[cfg(not(unix))]
struct Ended;

#[cfg(not(unix))]
impl Ended {
    #[allow(clippy::unnecessary_wraps, reason = "as on other systems")]
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    #[allow(clippy::unused_self, reason = "as on other systems")]
    fn is_ended(&self) -> bool {
        false
    }
}
