//! What a real browser makes of a packet. Skipped, and said so, where there is none; required in CI.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use intervy::store::browser::PrintOptions;
use serde_json::json;

use crate::driver::{self, Tab, View};
use crate::harness::Project;
use crate::page_checks::{axe, installed, valid_html};
use crate::pdf::pages;

#[test]
fn the_packet_opens_without_an_error_and_keeps_its_questions_apart_in_print() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = Project::empty();
    project
        .run(&[
            "pick",
            "--blueprint",
            "backend-30",
            "--seed",
            "1",
            "-o",
            "s.toml",
        ])
        .good();
    project.run(&["render", "s.toml", "-o", "p.html"]).good();
    let tab = Tab::open(&browser, &project.path("p.html"));
    assert_eq!(
        tab.evaluate("document.querySelectorAll('article').length"),
        5
    );
    assert_eq!(tab.errors(), [""; 0]);
    assert_eq!(tab.requests(), [""; 0]);
    let pdf = tab.print(&PrintOptions::default()).unwrap();
    let Some(pages) = pages(&pdf) else { return };
    // Every question begins a page, and its rubric is on the page of its prompt.
    for number in 1..=5 {
        let starts: Vec<&String> = pages
            .iter()
            .filter(|page| {
                // Below the running header.
                let below = page
                    .trim_start()
                    .split_once('\n')
                    .map_or("", |(_, below)| below);
                below.trim_start().starts_with(&format!("{number}. "))
            })
            .collect();
        assert_eq!(starts.len(), 1, "question {number}");
        for words in ["5 Strong Yes", "1 Strong No", "not asked"] {
            assert!(starts[0].contains(words), "question {number}: {words}");
        }
    }
}

/// A page with something of everything that the driver can do.
const PLAYGROUND: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<style>
  body { background: white; height: 3000px; }
  @media (prefers-color-scheme: dark) { body { background: black; } }
  #far { position: absolute; top: 2500px; }
  #below { position: absolute; top: 100px; } #above { position: absolute; top: 90px; width: 400px; height: 50px; }
</style></head><body>
<label>Notes <textarea id="notes"></textarea></label>
<label><input type="checkbox" id="box"> Box</label>
<button id="far">Far</button> <button id="below">Below</button><div id="above"></div>
<a id="save" download="notes.txt" href="data:text/plain,kept">Save</a>
<script>
  const heard = [];
  document.addEventListener('keydown', event => heard.push((event.ctrlKey ? 'C-' : '') + (event.shiftKey ? 'S-' : '') + event.key + '/' + event.code));
  document.getElementById('far').addEventListener('click', event => { heard.push('click ' + event.isTrusted); localStorage.clicked = 'yes'; });
  document.getElementById('notes').value = localStorage.clicked || '';
</script></body></html>"#;

#[test]
fn the_driver_presses_clicks_types_and_looks() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = Project::empty().file("a page.html", PLAYGROUND);
    let tab = Tab::open(&browser, &project.path("a page.html"));
    tab.click("#notes");
    tab.type_text("Oh: 1+1, ä\n");
    assert_eq!(
        tab.evaluate("document.querySelector('#notes').value"),
        "Oh: 1+1, ä\n"
    );
    tab.press("Tab");
    assert_eq!(tab.evaluate("document.activeElement.id"), "box");
    tab.press("Space");
    assert_eq!(tab.evaluate("document.querySelector('#box').checked"), true);
    tab.click("label:has(#box)");
    tab.until("!document.querySelector('#box').checked");
    tab.evaluate("heard.length = 0");
    tab.press("Shift+Tab");
    tab.press("Control++");
    tab.press("Control+b");
    tab.press("ArrowDown");
    tab.click("#far");
    assert_eq!(
        tab.evaluate("heard"),
        json!([
            "S-Tab/Tab",
            "C-+/",
            "C-b/KeyB",
            "ArrowDown/ArrowDown",
            "click true"
        ])
    );
    assert_eq!(tab.text("#far"), "Far");
    tab.reload();
    assert_eq!(
        tab.evaluate("document.querySelector('#notes').value"),
        "yes"
    );
    assert_eq!(
        tab.evaluate("(async () => { await null; return [1, { a: null }] })()"),
        json!([1, { "a": null }])
    );
    assert_eq!(tab.errors(), [""; 0]);
    assert_eq!(tab.requests(), [""; 0]);
}

#[test]
#[should_panic(expected = "#below cannot be clicked")]
fn the_driver_does_not_click_what_a_pointer_cannot_reach() {
    let Some(browser) = driver::start() else {
        panic!("#below cannot be clicked, nor anything else");
    };
    let project = Project::empty().file("p.html", PLAYGROUND);
    Tab::open(&browser, &project.path("p.html")).click("#below");
}

#[test]
fn the_driver_takes_pictures_and_downloads() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = Project::empty()
        .file("p.html", PLAYGROUND)
        .file("down/.keep", "");
    let tab = Tab::open(&browser, &project.path("p.html"));
    let view = View {
        width: 300,
        height: 200,
        scale: 2.0,
        ..View::default()
    };
    let size = |name: &str| {
        let bytes = std::fs::read(project.path(name)).unwrap();
        let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (side(16), side(20))
    };
    tab.screenshot(&project.path("light.png"), view);
    assert_eq!(size("light.png"), (600, 400));
    let dark = View { dark: true, ..view };
    tab.screenshot(&project.path("dark.png"), dark);
    assert_eq!(
        tab.evaluate("getComputedStyle(document.body).backgroundColor"),
        "rgb(0, 0, 0)"
    );
    tab.long_screenshot(&project.path("long.png"), view);
    assert!(size("long.png").1 > 6000, "{:?}", size("long.png"));
    tab.downloads_to(&project.path("down"));
    tab.click("#save");
    assert_eq!(tab.downloaded(), "notes.txt");
    assert_eq!(project.read("down/notes.txt"), "kept");
}

#[test]
fn the_driver_hears_complaints_and_requests() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = Project::empty().file("other.txt", "other").file(
        "p.html",
        r#"<!doctype html><title>x</title><img src="http://example.invalid/a.png" alt="">
        <iframe src="other.txt"></iframe>
        <script>console.error('so', 1); fetch('https://127.0.0.1:9/b').catch(() => {}); new WebSocket('ws://127.0.0.1:9/c'); missing()</script>"#,
    );
    let tab = Tab::open(&browser, &project.path("p.html"));
    let mut requests = tab.requests();
    requests.sort();
    assert_eq!(requests.len(), 4, "{requests:?}");
    assert!(requests[0].ends_with("/other.txt"));
    assert_eq!(
        requests[1..],
        [
            "http://example.invalid/a.png",
            "https://127.0.0.1:9/b",
            "ws://127.0.0.1:9/c"
        ]
    );
    let errors = tab.errors().join("\n");
    for words in ["error: so 1", "missing is not defined", "ERR_"] {
        assert!(errors.contains(words), "{errors}");
    }
}

#[test]
fn the_checks_of_pages_find_what_is_wrong() {
    let Some(browser) = driver::start() else {
        return;
    };
    let policy = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#;
    let good = format!(
        r#"<!doctype html><html lang="en"><head>{policy}<title>x</title></head><body><h1>x</h1></body></html>"#
    );
    let bad = format!(
        r#"<!doctype html><html><head>{policy}<title>x</title></head><body><p><b>x</p><img src="data:,"><button></button></body></html>"#
    );
    let project = Project::empty()
        .file("good.html", good)
        .file("bad.html", bad);
    let (good, bad) = (project.path("good.html"), project.path("bad.html"));
    assert_eq!(valid_html(&[&good]), [""; 0]);
    assert_eq!(axe(&Tab::open(&browser, &good)), [""; 0]);
    if installed("vnu.jar").is_some() {
        let errors = valid_html(&[&good, &bad]).join("\n");
        assert!(errors.contains("bad.html:1: Unclosed element"), "{errors}");
        assert!(!errors.contains("good.html"), "{errors}");
    }
    if installed("axe.min.js").is_some() {
        let violations = axe(&Tab::open(&browser, &bad)).join("\n");
        for rule in ["html-has-lang: ", "image-alt: ", "button-name: "] {
            assert!(violations.contains(rule), "{violations}");
        }
    }
}

#[test]
fn a_page_that_crashes_is_not_waited_for() {
    let Some(browser) = driver::start() else {
        return;
    };
    let page = browser.page().unwrap();
    let begin = Instant::now();
    let error = page.call("Page.crash", &json!({})).unwrap_err();
    assert_eq!(error.to_string(), "the page crashed in the browser");
    let error = page.print(&PrintOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "the page crashed in the browser");
    assert!(begin.elapsed() < Duration::from_secs(20));
    // The browser lives on.
    browser.page().unwrap().show("<p>x</p>").unwrap();
}

#[test]
fn no_page_reaches_even_this_machine() {
    let Some(browser) = driver::start() else {
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let html = format!(
        "<img src='http://{address}/a'><img src='http://localhost:{}/a'>",
        address.port()
    );
    let tab = Tab::new(&browser);
    tab.show(&html).unwrap();
    assert_eq!(tab.requests().len(), 2);
    assert!(listener.accept().is_err());
}
