//! Which program prints, and what becomes of one that hangs or fails: scripts that pass for engines.
#![cfg(unix)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use intervy::store::browser::Places;
use intervy::store::pdf::{Engine, PdfError, Printer};

use crate::harness::Project;

/// A script that may be run. Another process writes it: a file that this one has open for writing
/// could not be run while a child that was started meanwhile still holds it.
pub(crate) fn script(project: &Project, name: &str, text: &str) -> PathBuf {
    let path = project.path(name);
    let mut shell = Command::new("sh")
        .args(["-c", "cat > \"$0\" && chmod +x \"$0\""])
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let text = format!("#!/bin/sh\ncd '{}'\n{text}\n", project.path("").display());
    shell
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    assert!(shell.wait().unwrap().success());
    path
}

#[test]
fn an_engine_is_found_by_its_name_its_path_or_by_itself() {
    let project = Project::empty()
        .file("empty/.keep", "")
        .file("weasyprint.txt", "");
    for name in [
        "one/weasyprint",
        "two/weasyprint",
        "two/chrome",
        "two/msedge",
        "Some Chrome",
    ] {
        std::fs::create_dir_all(project.path(name).parent().unwrap()).unwrap();
        script(&project, name, "");
    }
    let [empty, one, two] = ["empty", "one", "two"].map(|name| project.path(name));
    let find = |named: Option<&str>, folders: &[&PathBuf]| {
        let folders: Vec<&Path> = folders.iter().map(|folder| folder.as_path()).collect();
        Engine::find_in(named, &Places::only(&folders))
    };
    let (browser, weasyprint) = (Engine::Browser, Engine::WeasyPrint);
    assert_eq!(
        find(None, &[&empty, &one]),
        Ok(weasyprint(one.join("weasyprint")))
    );
    assert_eq!(
        find(Some(""), &[&one, &two]),
        Ok(browser(two.join("chrome")))
    );
    assert_eq!(
        find(Some("chromium"), &[&two]),
        Ok(browser(two.join("chrome")))
    );
    assert_eq!(
        find(Some("msedge"), &[&two]),
        Ok(browser(two.join("msedge")))
    );
    assert_eq!(
        find(Some("weasyprint"), &[&two, &one]),
        Ok(weasyprint(two.join("weasyprint")))
    );
    let path = project.path("Some Chrome");
    assert_eq!(find(path.to_str(), &[]), Ok(browser(path.clone())));

    let none = find(None, &[&empty]).unwrap_err();
    assert_eq!(
        none.to_string(),
        "PDF needs a Chromium-family browser or WeasyPrint, and there is none here"
    );
    for words in [
        "google-chrome",
        "weasyprint",
        "apt install chromium",
        "macOS",
        "Windows",
        "print it from any browser",
    ] {
        assert!(none.hint.contains(words), "{}", none.hint);
    }
    let none = find(Some("chromium"), &[&one]).unwrap_err();
    assert!(none.message.contains("Chromium-family browser"), "{none}");
    let none = find(Some("brave-browser"), &[&two]).unwrap_err();
    assert!(none.message.contains("`brave-browser`"), "{none}");
    let none = find(Some("wkhtmltopdf"), &[&two]).unwrap_err();
    assert_eq!(none.message, "`wkhtmltopdf` is no PDF engine that is known");
    assert!(none.hint.contains("`chromium`") && none.hint.contains("`weasyprint`"));
    let none = find(Some("chrome-beta"), &[&two]).unwrap_err();
    assert!(none.message.contains("`chrome-beta`"), "{none}");
    for path in ["weasyprint.txt", "two/chromium", "two"] {
        let path = project.path(path);
        assert!(find(path.to_str(), &[]).is_err(), "{path:?}");
    }
}

/// Whether a process has ended, five seconds from now at the latest.
pub(crate) fn is_gone(id: &str) -> bool {
    let deadline = Instant::now() + Duration::from_secs(5);
    while Instant::now() < deadline {
        let answer = Command::new("kill")
            .args(["-0", id])
            .stderr(Stdio::null())
            .status();
        if !answer.unwrap().success() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn an_engine_that_hangs_is_ended_with_all_that_it_started() {
    let hang = "sleep 1000 & echo $$ $! > ids; wait";
    let answer = r#"printf '{"id":1,"result":{}}\0' >&4"#;
    let version = r#"[ "$1" = --version ] && { echo WeasyPrint version 70.0; exit; }"#;
    let engines = [
        ("chromium", hang.to_owned()),
        ("chromium", format!("{answer}\n{hang}")),
        ("weasyprint", hang.to_owned()),
        ("weasyprint", format!("{version}\n{hang}")),
    ];
    for (name, text) in engines {
        let project = Project::empty();
        let path = script(&project, name, &text);
        let engine = Engine::find(path.to_str()).unwrap();
        let begin = Instant::now();
        let limit = Duration::from_millis(1500);
        let printed = Printer::start_within(&engine, limit).and_then(|printer| printer.print("x"));
        let error = printed.unwrap_err();
        assert!(begin.elapsed() < Duration::from_secs(10), "{text}");
        let words = ["did not answer within 1.5 s", "took longer than 1.5 s"];
        let said = error.to_string();
        assert!(
            words.iter().any(|words| said.contains(words)),
            "{text}: {said}"
        );
        for id in project.read("ids").split_whitespace() {
            assert!(is_gone(id), "{text}");
        }
    }
}

#[test]
fn an_engine_that_fails_says_why() {
    let answer = r#"printf '{"id":1,"result":{}}\0' >&4; head -c 9 <&3 >/dev/null"#;
    let refusal =
        r#"printf '{"id":1,"result":{}}\0{"id":2,"error":{"message":"not today"}}\0' >&4; sleep 9"#;
    let version = r#"[ "$1" = --version ] && { echo WeasyPrint version 70.0; exit; }"#;
    let cases = [
        (
            "chromium",
            "echo no display >&2; exit 1".to_owned(),
            "cannot be started: no display",
        ),
        (
            "chromium",
            "exit 1".to_owned(),
            "cannot be started: it ended at once",
        ),
        (
            "chromium",
            format!("{answer}; echo it broke >&2; exit 3"),
            "the browser ended: it broke",
        ),
        (
            "chromium",
            format!("{answer}; kill -9 $$"),
            "the browser ended without a word",
        ),
        (
            "chromium",
            refusal.to_owned(),
            "the browser refused Target.createTarget: not today",
        ),
        (
            "chromium",
            r"printf 'no json\0' >&4; sleep 9".to_owned(),
            "its answer is no JSON",
        ),
        (
            "weasyprint",
            "echo no pango >&2; exit 1".to_owned(),
            "ended with exit status: 1: no pango",
        ),
        (
            "weasyprint",
            "echo WeasyPrint version 57.2".to_owned(),
            "PDF needs WeasyPrint 68 or newer, which can be kept from files and the network; this is `WeasyPrint version 57.2`",
        ),
        ("weasyprint", "echo hello".to_owned(), "this is `hello`"),
        (
            "weasyprint",
            format!("{version}\nkill -9 $$"),
            "ended with signal: 9",
        ),
        (
            "weasyprint",
            format!("{version}\ncat >/dev/null"),
            "wrote no PDF",
        ),
    ];
    for (name, text, words) in cases {
        let project = Project::empty();
        let path = script(&project, name, &text);
        let engine = Engine::find(path.to_str()).unwrap();
        let limit = Duration::from_secs(5);
        let printed = Printer::start_within(&engine, limit).and_then(|printer| printer.print("x"));
        let said = printed.unwrap_err().to_string();
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn weasyprint_gets_the_document_and_no_leave_to_load_anything() {
    let project = Project::empty();
    let text = r#"[ "$1" = --version ] && { echo WeasyPrint version 68.0; exit; }
printf '<%s>' "$@" > arguments; cat > input; printf '%%PDF-fake'"#;
    let engine = Engine::WeasyPrint(script(&project, "weasyprint", text));
    let printer = Printer::start(&engine).unwrap();
    assert_eq!(printer.process_id(), None);
    let html = "<p>ö</p>".repeat(100_000);
    assert_eq!(printer.print(&html).unwrap(), b"%PDF-fake");
    assert_eq!(project.read("input"), html);
    assert_eq!(
        project.read("arguments"),
        "<--allowed-protocols><data><--base-url><><--encoding><utf-8><--pdf-tags><-><->"
    );
    let error = PdfError::TooSlow {
        program: "weasyprint".to_owned(),
        limit: Duration::from_secs(120),
    };
    assert_eq!(error.to_string(), "weasyprint took longer than 120 s");
}
