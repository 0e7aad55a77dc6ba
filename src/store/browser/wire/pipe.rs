//! Messages through pipes: no other program of the machine can join in, and the browser ends when
//! this program does.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::Received;
use crate::store::child::Running;

/// The two directions of a conversation.
#[derive(Debug)]
pub(in crate::store::browser) struct Wire {
    to: Sender<String>,
    from: Receiver<String>,
}

/// A command that starts `program` so that [`Wire::open`] can reach it.
pub(in crate::store::browser) fn command(program: &Path) -> Command {
    // Chromium reads from file descriptor 3 and writes to 4; a shell can put them there.
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null", "sh"])
        .arg(program)
        .arg("--remote-debugging-pipe")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

impl Wire {
    /// The wire to a browser that was started by [`command`].
    pub(in crate::store::browser) fn open(
        browser: &mut Running,
        _profile: &Path,
        _deadline: Instant,
    ) -> Option<Self> {
        let (Some(mut input), Some(output)) = browser.pipes() else {
            return None;
        };
        // Threads, since nothing else puts a time limit on a pipe.
        let (to, outgoing) = channel::<String>();
        thread::spawn(move || {
            for message in outgoing {
                let whole = [message.as_bytes(), b"\0"].concat();
                if input
                    .write_all(&whole)
                    .and_then(|()| input.flush())
                    .is_err()
                {
                    break;
                }
            }
        });
        let (incoming, from) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut message = Vec::new();
            while let Ok(1..) = output.read_until(0, &mut message) {
                if message.pop() != Some(0) {
                    break;
                }
                let text = String::from_utf8_lossy(&message).into_owned();
                message.clear();
                if incoming.send(text).is_err() {
                    break;
                }
            }
        });
        Some(Self { to, from })
    }

    /// Sends a message; `false` when nobody will read it.
    pub(in crate::store::browser) fn send(&mut self, message: String) -> bool {
        self.to.send(message).is_ok()
    }

    /// Waits for a message.
    pub(in crate::store::browser) fn receive(&mut self, limit: Duration) -> Received {
        match self.from.recv_timeout(limit) {
            Ok(message) => Received::Message(message),
            Err(RecvTimeoutError::Timeout) => Received::Nothing,
            Err(RecvTimeoutError::Disconnected) => Received::Closed,
        }
    }
}
