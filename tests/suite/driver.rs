//! A page in a real browser, used as a person would: keys, clicks, downloads, pictures.

mod heard;
mod keys;

use std::cell::RefCell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use intervy::store::browser::{Browser, Event, Page, Places};

/// A Chromium-family browser, if there is one. Where there is none, the caller's test is skipped,
/// and says so; CI must have one.
pub(crate) fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("INTERVY_BROWSER").map(PathBuf::from);
    let found = named.or_else(|| Places::here().browser());
    if found.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs a browser: install chromium"
        );
        eprintln!("SKIPPED: no Chromium-family browser on the PATH (INTERVY_BROWSER names one)");
    }
    found
}

/// [`browser`], started.
pub(crate) fn start() -> Option<Browser> {
    browser().map(|program| Browser::start(&program).unwrap())
}

/// The window that a page sees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Device pixels a CSS pixel.
    pub(crate) scale: f64,
    pub(crate) dark: bool,
    /// `print` shows on the screen what is printed; otherwise empty.
    pub(crate) media: &'static str,
}

impl Default for View {
    fn default() -> Self {
        Self {
            width: 1280,
            height: 800,
            scale: 1.0,
            dark: false,
            media: "",
        }
    }
}

/// A page that remembers what it said and what it asked for.
#[derive(Debug)]
pub(crate) struct Tab<'browser> {
    page: Page<'browser>,
    frame: Value,
    seen: RefCell<Vec<Event>>,
}

impl<'browser> Deref for Tab<'browser> {
    type Target = Page<'browser>;

    fn deref(&self) -> &Page<'browser> {
        &self.page
    }
}

impl<'browser> Tab<'browser> {
    /// An empty page. What a page stores is kept for the browser's other pages.
    pub(crate) fn new(browser: &'browser Browser) -> Self {
        let page = browser.page().unwrap();
        for domain in ["Runtime", "Log", "Network", "DOM"] {
            page.call(&format!("{domain}.enable"), &json!({})).unwrap();
        }
        let tree = page.call("Page.getFrameTree", &json!({})).unwrap();
        let tab = Self {
            page,
            frame: tree["frameTree"]["frame"]["id"].clone(),
            seen: RefCell::default(),
        };
        tab.view(View::default());
        tab
    }

    /// A page that shows a file.
    pub(crate) fn open(browser: &'browser Browser, file: &Path) -> Self {
        let tab = Self::new(browser);
        tab.open_file(file).unwrap();
        tab
    }

    /// Loads the page again.
    pub(crate) fn reload(&self) {
        self.listen();
        self.call("Page.reload", &json!({})).unwrap();
        self.wait_for("the page to load again", |event| {
            event.method == "Page.loadEventFired"
        })
        .unwrap();
    }

    /// What an expression gives, as JSON; a promise is waited for.
    #[track_caller]
    pub(crate) fn evaluate(&self, script: &str) -> Value {
        let answer = self
            .call(
                "Runtime.evaluate",
                &json!({
                    "expression": script,
                    "awaitPromise": true,
                    "returnByValue": true,
                    "userGesture": true,
                }),
            )
            .unwrap();
        let thrown = &answer["exceptionDetails"];
        assert!(
            thrown.is_null(),
            "{}\n{script:.500}",
            thrown["exception"]["description"]
                .as_str()
                .unwrap_or_default()
        );
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true, five seconds at most.
    #[track_caller]
    pub(crate) fn until(&self, script: &str) {
        let deadline = Instant::now() + Duration::from_secs(5);
        while self.evaluate(script) != true {
            assert!(Instant::now() < deadline, "never true: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The text that an element shows.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let text = self.evaluate(&format!(
            "document.querySelector({}).innerText",
            json!(selector)
        ));
        text.as_str().unwrap().to_owned()
    }

    /// Presses a key, as `Enter`, `a`, `Shift+Tab` or `Control+Shift+p`.
    #[track_caller]
    pub(crate) fn press(&self, keys: &str) {
        let mut parts: Vec<&str> = keys.split('+').collect();
        // `+` itself, and `Control++`.
        if keys.ends_with('+') {
            parts.truncate(parts.len() - 2);
            parts.push("+");
        }
        let (name, held) = parts.split_last().unwrap();
        let modifiers = held.iter().fold(0, |all, name| {
            all | match *name {
                "Alt" => 1,
                "Control" => 2,
                "Meta" => 4,
                "Shift" => 8,
                other => panic!("no such modifier: {other}"),
            }
        });
        let (key, code, number, mut text) = keys::key(name);
        if modifiers & 0b111 != 0 {
            text = String::new();
        }
        let mut event = json!({
            "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" },
            "modifiers": modifiers,
            "key": key,
            "code": code,
            "windowsVirtualKeyCode": number,
        });
        if !text.is_empty() {
            event["text"] = text.as_str().into();
        }
        self.call("Input.dispatchKeyEvent", &event).unwrap();
        event["type"] = "keyUp".into();
        event.as_object_mut().unwrap().remove("text");
        self.call("Input.dispatchKeyEvent", &event).unwrap();
    }

    /// Types a text, key by key, into whatever has the focus.
    #[track_caller]
    pub(crate) fn type_text(&self, text: &str) {
        for letter in text.chars() {
            match letter {
                '\n' => self.press("Enter"),
                '\t' => self.press("Tab"),
                '+' => self.press("+"),
                letter => self.press(&letter.to_string()),
            }
        }
    }

    /// Clicks the middle of an element, which must be there for a pointer to reach.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let place = self.evaluate(&format!(
            "(() => {{
                const found = document.querySelector({});
                if (!found) return 'there is none';
                found.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
                const box = found.getBoundingClientRect();
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                const top = document.elementFromPoint(x, y);
                if (!top) return 'it is not in sight';
                const reached = found.contains(top) || top.contains(found) || top.closest('label')?.control === found;
                return reached ? {{ x, y }} : 'it lies below ' + top.outerHTML.slice(0, 200);
            }})()",
            json!(selector)
        ));
        assert!(place.is_object(), "{selector} cannot be clicked: {place}");
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            self.call(
                "Input.dispatchMouseEvent",
                &json!({
                    "type": kind,
                    "x": place["x"],
                    "y": place["y"],
                    "button": button,
                    "clickCount": u8::from(kind != "mouseMoved"),
                }),
            )
            .unwrap();
        }
    }

    /// Sets the window that the page sees, from now on.
    pub(crate) fn view(&self, view: View) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            &json!({
                "width": view.width,
                "height": view.height,
                "deviceScaleFactor": view.scale,
                "mobile": false,
            }),
        )
        .unwrap();
        let scheme = if view.dark { "dark" } else { "light" };
        self.call(
            "Emulation.setEmulatedMedia",
            &json!({
                "media": view.media,
                "features": [{ "name": "prefers-color-scheme", "value": scheme }],
            }),
        )
        .unwrap();
    }

    /// Takes a picture of the window, as PNG; the view stays set.
    pub(crate) fn screenshot(&self, to: &Path, view: View) {
        self.view(view);
        self.picture(to, &json!({ "format": "png" }));
    }

    /// Takes a picture of the whole page, however long; the view stays set.
    pub(crate) fn long_screenshot(&self, to: &Path, view: View) {
        self.view(view);
        let layout = self.call("Page.getLayoutMetrics", &json!({})).unwrap();
        let size = &layout["cssContentSize"];
        self.picture(
            to,
            &json!({
                "format": "png",
                "captureBeyondViewport": true,
                "clip": { "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 },
            }),
        );
    }

    fn picture(&self, to: &Path, how: &Value) {
        let picture = self.call("Page.captureScreenshot", how).unwrap();
        let bytes = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }

    /// Lets downloads go into a folder from now on.
    pub(crate) fn downloads_to(&self, folder: &Path) {
        self.call(
            "Browser.setDownloadBehavior",
            &json!({ "behavior": "allow", "downloadPath": folder, "eventsEnabled": true }),
        )
        .unwrap();
    }

    /// Waits until a download is done; the name that the page gave to the file.
    #[track_caller]
    pub(crate) fn downloaded(&self) -> String {
        let begun = self
            .wait_for("a download", |event| {
                event.method == "Browser.downloadWillBegin"
            })
            .unwrap();
        let done = self
            .wait_for("the end of a download", |event| {
                event.method == "Browser.downloadProgress"
                    && event.params["guid"] == begun.params["guid"]
                    && event.params["state"] != "inProgress"
            })
            .unwrap();
        assert_eq!(done.params["state"], "completed");
        begun.params["suggestedFilename"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// What the page complained about so far: console errors and warnings, exceptions, what its
    /// policy forbade.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.listen();
        self.seen
            .borrow()
            .iter()
            .filter_map(heard::complaint)
            .collect()
    }

    /// The addresses that the page asked for so far, itself and what it holds (`data:`, `blob:`) aside.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.listen();
        let seen = self.seen.borrow();
        seen.iter()
            .filter_map(|event| heard::request(event, &self.frame))
            .collect()
    }

    /// Takes the events in that have come.
    fn listen(&self) {
        self.evaluate("new Promise(done => setTimeout(done, 0))");
        self.seen.borrow_mut().extend(self.events());
    }
}
