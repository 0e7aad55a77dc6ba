//! Messages through a WebSocket on the loopback address: for Windows, where a program is handed no
//! further pipes.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message, WebSocket};

use super::Received;
use crate::store::child::Running;

/// How long the browser may refuse to take a message.
const WRITE_LIMIT: Duration = Duration::from_secs(60);

/// The two directions of a conversation.
#[derive(Debug)]
pub(in crate::store::browser) struct Wire {
    socket: WebSocket<TcpStream>,
}

/// A command that starts `program` so that [`Wire::open`] can reach it.
pub(in crate::store::browser) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .arg("--remote-debugging-port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

impl Wire {
    /// The wire to a browser that was started by [`command`]; `None` when it is not there in time.
    pub(in crate::store::browser) fn open(
        browser: &mut Running,
        profile: &Path,
        deadline: Instant,
    ) -> Option<Self> {
        let (port, path) = address(browser, profile, deadline)?;
        let left = deadline.checked_duration_since(Instant::now())?;
        let stream = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), left).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(left)).ok()?;
        stream.set_write_timeout(Some(WRITE_LIMIT)).ok()?;
        // Both ends are ours: a picture of a page may be as large as it is.
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let address = format!("ws://127.0.0.1:{port}{path}");
        let (socket, _) =
            tungstenite::client::client_with_config(address, stream, Some(config)).ok()?;
        Some(Self { socket })
    }

    /// Sends a message; `false` when nobody will read it.
    pub(in crate::store::browser) fn send(&mut self, message: String) -> bool {
        self.socket.send(Message::text(message)).is_ok()
    }

    /// Waits for a message.
    pub(in crate::store::browser) fn receive(&mut self, limit: Duration) -> Received {
        let deadline = Instant::now() + limit;
        loop {
            // Zero would mean for ever.
            let left = deadline.saturating_duration_since(Instant::now());
            let left = left.max(Duration::from_millis(1));
            if self.socket.get_ref().set_read_timeout(Some(left)).is_err() {
                return Received::Closed;
            }
            match self.socket.read() {
                Ok(Message::Text(text)) => return Received::Message(text.as_str().to_owned()),
                Ok(_) => {}
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    return Received::Nothing;
                }
                Err(_) => return Received::Closed,
            }
        }
    }
}

/// The port and the path that the browser writes into its profile once it listens.
fn address(browser: &mut Running, profile: &Path, deadline: Instant) -> Option<(u16, String)> {
    let file = profile.join("DevToolsActivePort");
    loop {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n')
            && let Ok(port) = port.trim().parse()
            && path.starts_with("/devtools/browser/")
        {
            return Some((port, path.trim().to_owned()));
        }
        let soon = Instant::now() + Duration::from_millis(10);
        if !matches!(browser.wait(soon), Ok(None)) || Instant::now() >= deadline {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::browser::{Places, arguments};

    #[test]
    fn a_browser_answers_through_a_socket() -> std::io::Result<()> {
        let Some(program) = Places::here().browser() else {
            assert!(std::env::var_os("CI").is_none(), "CI needs a browser");
            return Ok(());
        };
        let profile = tempfile::tempdir()?;
        let mut command = command(&program);
        arguments(&mut command, profile.path());
        let mut browser = Running::start(&mut command)?;
        let deadline = Instant::now() + Duration::from_secs(60);
        let Some(mut wire) = Wire::open(&mut browser, profile.path(), deadline) else {
            panic!("it does not listen");
        };
        assert!(matches!(wire.receive(Duration::ZERO), Received::Nothing));
        assert!(wire.send(r#"{"id":1,"method":"Browser.getVersion"}"#.to_owned()));
        let Received::Message(answer) = wire.receive(Duration::from_secs(60)) else {
            panic!("no answer");
        };
        assert!(answer.contains("protocolVersion"), "{answer}");
        assert!(wire.send(r#"{"id":2,"method":"Browser.close"}"#.to_owned()));
        while matches!(wire.receive(Duration::from_secs(60)), Received::Message(_)) {}
        assert!(browser.wait(deadline)?.is_some());
        Ok(())
    }
}
