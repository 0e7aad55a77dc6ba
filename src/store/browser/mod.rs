//! A browser without a window, spoken to by the protocol of its developer tools.

mod connection;
mod error;
mod find;
mod page;
mod wire;

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

pub use self::connection::Event;
pub use self::error::BrowserError;
pub use self::find::{NAMES, Places};
pub use self::page::{Page, PrintOptions};

use self::connection::Connection;
use self::wire::Wire;
use crate::store::child::{Running, in_short, is_program};

/// How long a step may take, unless the caller says otherwise.
pub const STEP_LIMIT: Duration = Duration::from_secs(60);

/// How long a browser may take to end by itself.
const END_LIMIT: Duration = Duration::from_secs(2);

/// What every browser is started with: no window, no network, nothing that it does for itself.
const ARGUMENTS: [&str; 20] = [
    "--headless=new",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=MediaRouter,OptimizationHints,Translate",
    "--disable-gpu",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--mute-audio",
    "--no-pings",
    "--password-store=basic",
    "--use-mock-keychain",
    // A name is not looked up and an address is not called: nothing leaves the machine, nor its loopback.
    "--host-resolver-rules=MAP * ~NOTFOUND",
];

/// One browser process. Dropping it ends the process and removes what it left on the disk.
#[derive(Debug)]
pub struct Browser {
    connection: RefCell<Connection>,
    process: RefCell<Running>,
    profile: Option<TempDir>,
}

impl Browser {
    /// Starts the browser at `program`, without a window and with an empty profile.
    ///
    /// # Errors
    /// When it cannot be started, or does not answer within [`STEP_LIMIT`].
    pub fn start(program: &Path) -> Result<Self, BrowserError> {
        Self::start_within(program, STEP_LIMIT)
    }

    /// [`Browser::start`] with a time limit that holds for the start and for every later step.
    ///
    /// # Errors
    /// When it cannot be started, or does not answer in time.
    pub fn start_within(program: &Path, limit: Duration) -> Result<Self, BrowserError> {
        let deadline = Instant::now() + limit;
        let not_started = |why: String| BrowserError::NotStarted {
            program: program.display().to_string(),
            why,
        };
        if !is_program(program) {
            return Err(not_started("it is no program".to_owned()));
        }
        let profile = tempfile::Builder::new().prefix("intervy-").tempdir()?;
        let mut command = wire::command(program);
        arguments(&mut command, profile.path());
        let mut process =
            Running::start(&mut command).map_err(|error| not_started(error.to_string()))?;
        let Some(wire) = Wire::open(&mut process, profile.path(), deadline) else {
            let mut said = reason(process.last_words());
            if said.is_empty() {
                "it does not listen".clone_into(&mut said);
            }
            return Err(not_started(said));
        };
        let browser = Self {
            connection: RefCell::new(Connection::new(wire, limit)),
            process: RefCell::new(process),
            profile: Some(profile),
        };
        // A page may offer a file without being asked.
        let no_downloads = json!({ "behavior": "deny" });
        match browser.call(None, "Browser.setDownloadBehavior", &no_downloads) {
            Ok(_) => Ok(browser),
            Err(BrowserError::Ended { said }) if said.is_empty() => {
                Err(not_started("it ended at once".to_owned()))
            }
            Err(BrowserError::Ended { said }) => Err(not_started(said)),
            Err(error) => Err(error),
        }
    }

    /// Opens an empty page.
    ///
    /// # Errors
    /// When the browser does not open one.
    pub fn page(&self) -> Result<Page<'_>, BrowserError> {
        Page::open(self)
    }

    /// The number of the browser's process.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.borrow().id()
    }

    fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, BrowserError> {
        let answer = self.connection.borrow_mut().call(session, method, params);
        answer.map_err(|error| self.explain(error))
    }

    /// Adds the last words of a browser that ended.
    fn explain(&self, error: BrowserError) -> BrowserError {
        match error {
            BrowserError::Ended { said } if said.is_empty() => BrowserError::Ended {
                said: reason(self.process.borrow().last_words()),
            },
            other => other,
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let process = self.process.get_mut();
        // A browser that ends by itself waits for its own processes; one that is killed leaves them behind.
        let asked = self
            .connection
            .get_mut()
            .send(None, "Browser.close", &json!({}));
        if asked.is_err() || !matches!(process.wait(Instant::now() + END_LIMIT), Ok(Some(_))) {
            process.kill();
        }
        let Some(profile) = self.profile.take().map(TempDir::keep) else {
            return;
        };
        remove(&profile);
    }
}

/// Removes a folder in which something may still be written for a moment.
fn remove(folder: &PathBuf) {
    for _ in 0..50 {
        if std::fs::remove_dir_all(folder).is_ok() || !folder.exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn arguments(command: &mut Command, profile: &Path) {
    command.args(ARGUMENTS);
    // Chromium's own sandbox refuses to work for root, which is what containers run as.
    if is_root(profile) {
        command.arg("--no-sandbox");
    }
    let mut folder = OsString::from("--user-data-dir=");
    folder.push(profile);
    command.arg(folder);
}

/// Whether a file that we made belongs to root.
fn is_root(ours: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        ours.metadata().is_ok_and(|metadata| metadata.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = ours;
        false
    }
}

/// Why a browser ended, out of much that it says.
fn reason(said: Vec<String>) -> String {
    let mut said = said;
    // It complains about missing services of a desktop wherever there is none, and goes on.
    said.retain(|line| !line.contains("dbus/"));
    for line in &mut said {
        // `[1:2:1123/132816.387810:ERROR:some/file.cc:103] What went wrong.`
        if let Some((place, words)) = line.split_once("] ")
            && place.starts_with('[')
        {
            let words = words.to_owned();
            if place.contains(":FATAL:") {
                return words;
            }
            *line = words;
        }
    }
    in_short(&said)
}
