//! A program that runs beside this one: started apart, listened to, and never left behind.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How much of what a program says is kept: its last words, where the reason usually is.
const KEPT_BYTES: usize = 4096;

/// A program and all that it started. Dropping this ends them, and leaves no zombie.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    said: Arc<Mutex<Vec<u8>>>,
    /// Closed when nobody holds the program's standard error any more.
    silent: Receiver<()>,
}

impl Running {
    /// Starts a program in a process group of its own; its standard error is listened to.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let said = Arc::new(Mutex::new(Vec::new()));
        let (speaks, silent) = channel();
        if let Some(stderr) = child.stderr.take() {
            let said = Arc::clone(&said);
            thread::spawn(move || {
                listen(stderr, &said);
                drop(speaks);
            });
        }
        Ok(Self {
            child,
            said,
            silent,
        })
    }

    /// The program's standard input and output, as far as they were piped and are not yet taken.
    pub(super) fn pipes(&mut self) -> (Option<ChildStdin>, Option<ChildStdout>) {
        (self.child.stdin.take(), self.child.stdout.take())
    }

    /// How the program ended; `None` when it still runs at `deadline`.
    pub(super) fn wait(&mut self, deadline: Instant) -> io::Result<Option<ExitStatus>> {
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            thread::sleep(pause.min(left));
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }

    /// The number of the program's process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends the program and all that it started.
    pub(super) fn kill(&mut self) {
        // The group before its leader: once the leader is waited for, its number may be somebody else's.
        #[cfg(unix)]
        if matches!(self.child.try_wait(), Ok(None))
            && let Ok(id) = i32::try_from(self.child.id())
            && let Some(group) = rustix::process::Pid::from_raw(id)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The last of what the program wrote to its standard error, without blank lines.
    pub(super) fn last_words(&self) -> Vec<String> {
        // What was written before the end may still be on its way through the pipe.
        let _ = self.silent.recv_timeout(Duration::from_millis(200));
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&said);
        let lines = text.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Keeps the last words of a program until it falls silent.
fn listen(mut stderr: impl Read, said: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 1024];
    while let Ok(read @ 1..) = stderr.read(&mut buffer) {
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend_from_slice(&buffer[..read]);
        let too_many = said.len().saturating_sub(KEPT_BYTES);
        said.drain(..too_many);
    }
}

/// Whether there is a program at `path` that may be run.
pub(super) fn is_program(path: &Path) -> bool {
    let Ok(metadata) = path.metadata() else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        metadata.is_file() && metadata.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        metadata.is_file()
    }
}

/// The last three lines of many, as one.
pub(super) fn in_short(lines: &[String]) -> String {
    lines[lines.len().saturating_sub(3)..].join("; ")
}
