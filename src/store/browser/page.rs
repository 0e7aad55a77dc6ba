//! One page of a browser: a document that can be opened, asked about and printed.

use std::fmt::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Browser;
use super::connection::Event;
use super::error::BrowserError;

/// The side of A4 paper in inches, which is what the protocol counts in.
const A4: (f64, f64) = (210.0 / 25.4, 297.0 / 25.4);

/// How a page is printed.
#[derive(Clone, Copy, Debug)]
pub struct PrintOptions {
    /// Width and height in inches of pages for which the document's own `@page` names no size.
    pub paper: (f64, f64),
    /// Whether headings become an outline, and the PDF says what is a heading, a list, a table.
    pub tagged: bool,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            paper: A4,
            tagged: true,
        }
    }
}

/// A page of a browser. Dropping it closes it.
#[derive(Debug)]
pub struct Page<'browser> {
    browser: &'browser Browser,
    target: String,
    session: String,
}

impl<'browser> Page<'browser> {
    pub(super) fn open(browser: &'browser Browser) -> Result<Self, BrowserError> {
        let blank = json!({ "url": "about:blank" });
        let target = text(
            &browser.call(None, "Target.createTarget", &blank)?,
            "targetId",
        )?;
        let attach = json!({ "targetId": target, "flatten": true });
        let attached = browser.call(None, "Target.attachToTarget", &attach)?;
        let page = Self {
            browser,
            target,
            session: text(&attached, "sessionId")?,
        };
        page.call("Inspector.enable", &json!({}))?;
        page.call("Page.enable", &json!({}))?;
        page.call(
            "Page.setLifecycleEventsEnabled",
            &json!({ "enabled": true }),
        )?;
        Ok(page)
    }

    /// Asks for anything that the protocol knows, such as `Page.reload`, and waits for the answer.
    ///
    /// # Errors
    /// When the browser says no, ends, or takes too long.
    pub fn call(&self, method: &str, params: &Value) -> Result<Value, BrowserError> {
        self.browser.call(Some(&self.session), method, params)
    }

    /// Opens a file and waits until all of it is loaded.
    ///
    /// # Errors
    /// When there is no such file, or it does not load in time.
    pub fn open_file(&self, path: &Path) -> Result<(), BrowserError> {
        let path = path.canonicalize()?;
        let address = file_address(&path);
        let opened = self.call("Page.navigate", &json!({ "url": address }))?;
        if let Some(why) = opened["errorText"].as_str() {
            return Err(BrowserError::Refused {
                what: address,
                why: why.to_owned(),
            });
        }
        // Without a loader it was only a step within the document that is already there.
        let Some(loader) = opened["loaderId"].as_str() else {
            return Ok(());
        };
        self.wait_for("the page to load", |event| {
            event.method == "Page.lifecycleEvent"
                && event.params["name"] == "load"
                && event.params["loaderId"] == loader
        })?;
        Ok(())
    }

    /// Shows a document that has no address, and so no claim to files, and waits until all of it is loaded.
    ///
    /// # Errors
    /// When it does not load in time.
    pub fn show(&self, html: &str) -> Result<(), BrowserError> {
        let tree = self.call("Page.getFrameTree", &json!({}))?;
        let frame = &tree["frameTree"]["frame"]["id"];
        drop(self.events());
        self.call(
            "Page.setDocumentContent",
            &json!({ "frameId": frame, "html": html }),
        )?;
        self.wait_for("the document to load", |event| {
            event.method == "Page.loadEventFired"
        })?;
        Ok(())
    }

    /// Runs no script of the page, and lets every request fail that it makes.
    ///
    /// # Errors
    /// When the browser cannot do so.
    pub fn cut_off(&self) -> Result<(), BrowserError> {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            &json!({ "value": true }),
        )?;
        let mut connection = self.browser.connection.borrow_mut();
        let cut = connection.cut_off(&self.session);
        drop(connection);
        cut.map_err(|error| self.browser.explain(error))
    }

    /// Waits for the first event that `wanted` says yes to, among those that came in before and were
    /// not taken, and those that will.
    ///
    /// # Errors
    /// When there is none in time; `what` says in the message what was waited for.
    pub fn wait_for(
        &self,
        what: &str,
        wanted: impl Fn(&Event) -> bool,
    ) -> Result<Event, BrowserError> {
        let mut connection = self.browser.connection.borrow_mut();
        let event = connection.wait_for(&self.session, what, &wanted);
        drop(connection);
        event.map_err(|error| self.browser.explain(error))
    }

    /// Takes the events that have come in so far.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let mut connection = self.browser.connection.borrow_mut();
        connection.take_events(&self.session)
    }

    /// The page as PDF.
    ///
    /// # Errors
    /// When it is not printed in time.
    pub fn print(&self, options: &PrintOptions) -> Result<Vec<u8>, BrowserError> {
        let (width, height) = options.paper;
        let printed = self.call(
            "Page.printToPDF",
            &json!({
                "paperWidth": width,
                "paperHeight": height,
                "preferCSSPageSize": true,
                "printBackground": true,
                "displayHeaderFooter": false,
                "generateTaggedPDF": options.tagged,
                "generateDocumentOutline": options.tagged,
                "transferMode": "ReturnAsStream",
            }),
        )?;
        self.read_stream(&text(&printed, "stream")?)
    }

    fn read_stream(&self, handle: &str) -> Result<Vec<u8>, BrowserError> {
        let mut bytes = Vec::new();
        loop {
            let part = self.call("IO.read", &json!({ "handle": handle }))?;
            let data = part["data"].as_str().unwrap_or_default();
            if part["base64Encoded"] == true {
                let decoded = STANDARD.decode(data).map_err(|_| unexpected("IO.read"))?;
                bytes.extend_from_slice(&decoded);
            } else {
                bytes.extend_from_slice(data.as_bytes());
            }
            if part["eof"] == true {
                break;
            }
        }
        self.call("IO.close", &json!({ "handle": handle }))?;
        Ok(bytes)
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let close = json!({ "targetId": self.target });
        let mut connection = self.browser.connection.borrow_mut();
        // A browser that does not close a page closes it when it ends itself.
        let _ = connection.send(None, "Target.closeTarget", &close);
        connection.forget(&self.session);
    }
}

/// The `file:` address of an absolute path.
fn file_address(path: &Path) -> String {
    let path = path.to_string_lossy();
    // Windows: `\\?\C:\x` is `file:///C:/x`.
    let path = path
        .strip_prefix(r"\\?\")
        .unwrap_or(&path)
        .replace('\\', "/");
    let mut address = String::from(if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

fn text(answer: &Value, field: &str) -> Result<String, BrowserError> {
    let found = answer[field].as_str().map(str::to_owned);
    found.ok_or_else(|| unexpected(field))
}

fn unexpected(what: &str) -> BrowserError {
    BrowserError::Refused {
        what: what.to_owned(),
        why: "its answer is not what the protocol says".to_owned(),
    }
}
