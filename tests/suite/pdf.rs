//! HTML to PDF by the engines that are installed.
#![cfg(unix)]

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use intervy::store::browser::Places;
use intervy::store::pdf::{Engine, Printer};

use crate::driver;
use crate::harness::Project;
use crate::page_checks::installed;
use crate::pdf_engines::{is_gone, script};

/// What poppler's tool of this name says of a PDF; CI installs it.
fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> Option<String> {
    let project = Project::empty().file("a.pdf", pdf);
    let output = Command::new(tool)
        .args(arguments)
        .arg(project.path("a.pdf"))
        .args((tool == "pdftotext").then_some("-"))
        .output();
    let Ok(output) = output else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs {tool}: install poppler-utils"
        );
        eprintln!("SKIPPED: no {tool} on the PATH");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The text of each page.
pub(crate) fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let text = poppler("pdftotext", &["-layout"], pdf)?;
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

/// What `pdfinfo` says of a field; empty where it says nothing.
fn field(info: &str, name: &str) -> String {
    let line = info
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_default().trim().to_owned()
}

/// Both engines, as far as they are installed.
fn engines() -> Vec<Engine> {
    let browser = driver::browser().map(Engine::Browser);
    let weasyprint = Places::here()
        .program(&["weasyprint"])
        .or_else(|| installed("bin/weasyprint"));
    browser
        .into_iter()
        .chain(weasyprint.map(Engine::WeasyPrint))
        .collect()
}

fn document(title: &str) -> String {
    format!(
        r##"<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>
        <style>@page {{ size: 120mm 160mm; margin: 10mm }} h2 {{ break-before: page }}</style></head>
        <body><h1>Chapter of {title}</h1><p><a href="#second">to the second</a> <a href="https://example.org/a">out</a></p>
        <script>document.body.textContent = 'scripted'</script>
        <noscript>unscripted</noscript>
        <h2 id="second">Second of {title}</h2><ul><li>one</li><li>two</li></ul></body></html>"##
    )
}

#[test]
fn a_pdf_has_pages_a_title_an_outline_tags_and_a_language() {
    for engine in engines() {
        let printer = Printer::start(&engine).unwrap();
        let pdf = printer.print(&document("Grüße & “more”")).unwrap();
        let (Some(info), Some(pages), Some(outline)) = (
            poppler("pdfinfo", &[], &pdf),
            pages(&pdf),
            poppler("pdftohtml", &["-xml", "-i", "-stdout"], &pdf),
        ) else {
            return;
        };
        assert_eq!(field(&info, "Title"), "Grüße & “more”", "{engine:?}");
        assert_eq!(field(&info, "Tagged"), "yes", "{engine:?}");
        assert_eq!(field(&info, "Pages"), "2", "{engine:?}");
        assert_eq!(field(&info, "CreationDate"), "", "{engine:?}");
        assert_eq!(field(&info, "ModDate"), "", "{engine:?}");
        // 120 by 160 mm, rounded to pixels by browsers.
        let size = field(&info, "Page size");
        assert!(size.starts_with("340"), "{engine:?}: {size}");
        assert!(pages[0].contains("Chapter of") && pages[1].contains("Second of"));
        assert!(pages[0].contains("unscripted"), "{engine:?}: {pages:?}");
        assert!(
            outline.contains("<outline>") && outline.contains("page=\"2\""),
            "{outline}"
        );
        // WeasyPrint packs its catalog.
        if matches!(engine, Engine::Browser(_)) {
            let catalog = String::from_utf8_lossy(&pdf);
            assert!(catalog.contains("/Type /Catalog") && catalog.contains("/Lang (de)"));
        }
    }
}

#[test]
fn many_documents_take_one_browser_and_leave_nothing() {
    let Some(browser) = driver::browser() else {
        return;
    };
    let project = Project::empty();
    let text = format!("echo \"$@\" >> starts\nexec '{}' \"$@\"", browser.display());
    let engine = Engine::Browser(script(&project, "chromium", &text));
    let printer = Printer::start(&engine).unwrap();
    let id = printer.process_id().unwrap();
    for name in ["first", "second", "third"] {
        let pdf = printer.print(&document(name)).unwrap();
        let Some(info) = poppler("pdfinfo", &[], &pdf) else {
            return;
        };
        assert_eq!(field(&info, "Title"), name);
        assert_eq!(printer.process_id(), Some(id));
    }
    let starts = project.read("starts");
    assert_eq!(starts.lines().count(), 1, "{starts}");
    let profile = starts.split(" --user-data-dir=").nth(1).unwrap();
    let profile = Path::new(profile.split_whitespace().next().unwrap());
    assert!(profile.is_dir());
    drop(printer);
    assert!(!profile.exists());
    assert!(is_gone(&id.to_string()));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for engine in engines() {
        let first = Printer::start(&engine).unwrap();
        let before = first.print(&document("same")).unwrap();
        first.print(&document("another, longer one")).unwrap();
        let again = first.print(&document("same")).unwrap();
        assert!(before == again, "{engine:?}, one process");
        let second = Printer::start(&engine).unwrap();
        assert!(
            before == second.print(&document("same")).unwrap(),
            "{engine:?}"
        );
    }
}

#[test]
fn a_hostile_document_reads_no_file_and_calls_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let web = format!("http://{}", listener.local_addr().unwrap());
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'><text y='15'>SECRET</text></svg>";
    let project = Project::empty()
        .file("secret.txt", "SECRET")
        .file("secret.svg", picture)
        .file("secret.css", "p::before { content: 'SECRET' }")
        .file("secret.html", "<p>SECRET</p>");
    let file = format!("file://{}", project.path("").display());
    let mut parts = String::new();
    for base in [&file, &web, &project.path("").display().to_string()] {
        parts.push_str(&format!(
            "<link rel='attachment' href='{base}/secret.txt'><link rel='stylesheet' href='{base}/secret.css'>
             <link rel='preconnect' href='{base}'><link rel='prefetch' href='{base}/secret.txt'><link rel='preload' as='image' href='{base}/secret.svg'>
             <style>@import '{base}/secret.css'; p {{ background: url({base}/secret.svg) }} h1::before {{ content: url({base}/secret.svg) }}
             @font-face {{ font-family: x; src: url({base}/secret.txt) }} body {{ font-family: x, sans-serif }}</style>
             <iframe src='{base}/secret.txt'></iframe><iframe src='{base}/secret.html'></iframe><object data='{base}/secret.txt'></object>
             <embed src='{base}/secret.svg'><img src='{base}/secret.svg' alt=''><video src='{base}/v' poster='{base}/secret.svg'></video>
             <iframe srcdoc='<iframe src=\"{base}/secret.txt\"></iframe><img src=\"{base}/secret.svg\">'></iframe>
             <svg><image href='{base}/secret.svg'/><use href='{base}/secret.svg#x'/></svg>
             <img alt='' src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{base}/secret.svg'/%3E%3C/svg%3E\">
             <a rel='attachment' href='{base}/secret.txt'>attached</a>
             <meta http-equiv='refresh' content='0;url={base}/secret.html'>
             <iframe src='data:application/zip;base64,AAAA'></iframe>
             <script>fetch('{base}/secret.txt').then(answer => answer.text()).then(text => document.body.append(text))</script>"
        ));
    }
    let html = format!(
        "<!doctype html><html lang='en'><head><title>x</title><base href='{file}/'></head><body><h1>Kept</h1><p>Words</p>{parts}<img src='secret.svg' alt=''></body></html>"
    );
    for engine in engines() {
        let pdf = Printer::start(&engine).unwrap().print(&html).unwrap();
        let calls = listener.accept();
        assert!(calls.is_err(), "{engine:?}: {calls:?}");
        let (Some(pages), Some(attached)) = (pages(&pdf), poppler("pdfdetach", &["-list"], &pdf))
        else {
            return;
        };
        let text = pages.concat();
        assert!(
            text.contains("Kept") && text.contains("Words"),
            "{engine:?}: {text}"
        );
        assert!(!text.contains("SECRET"), "{engine:?}: {text}");
        assert!(attached.starts_with("0 embedded"), "{engine:?}: {attached}");
    }
}
