//! Every document against WCAG 2.2 and HTML, in the views that people have.

use std::path::Path;

use crate::driver::{self, Tab, View};
use crate::harness::Project;
use crate::page_checks::{axe, valid_html};

/// Every document of a screen, of a loop and of the bank, in `all/`.
fn documents() -> (Project, Vec<String>) {
    let project = Project::empty();
    project
        .line("pick --blueprint backend-30 --seed 1 -o s.toml")
        .good();
    project
        .line("pick --blueprint debugging-45 --seed 2 -o t.toml")
        .good();
    project
        .line("render s.toml t.toml --document all --out-dir all --candidate C-1 --interviewer ana,ben --date 2026-11-23")
        .good();
    project
        .line("render --document handbook --lang de -o all/handbook.html")
        .good();
    let mut names: Vec<String> = std::fs::read_dir(project.path("all"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    (project, names)
}

#[test]
fn every_document_is_valid_html() {
    let (project, names) = documents();
    assert_eq!(
        names,
        [
            "debrief.html",
            "handbook.html",
            "s-ana.html",
            "s-answer-key.html",
            "s-ben.html",
            "s-candidate.html",
            "s-scoring-sheet-ana.html",
            "s-scoring-sheet-ben.html",
            "t-ana.html",
            "t-answer-key.html",
            "t-ben.html",
            "t-candidate.html",
            "t-scoring-sheet-ana.html",
            "t-scoring-sheet-ben.html",
        ]
    );
    let files: Vec<_> = names
        .iter()
        .map(|name| project.path(&format!("all/{name}")))
        .collect();
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    assert_eq!(valid_html(&files), [""; 0]);
}

#[test]
fn every_document_is_accessible() {
    let Some(browser) = driver::start() else {
        return;
    };
    let (project, names) = documents();
    let phone = View {
        width: 390,
        height: 844,
        scale: 2.0,
        ..View::default()
    };
    let dark = View {
        dark: true,
        ..View::default()
    };
    for name in names.iter().filter(|name| !name.contains("ben")) {
        let tab = Tab::open(&browser, &project.path(&format!("all/{name}")));
        for view in [View::default(), dark, phone] {
            // The handbook says the same many times over.
            if name.starts_with("handbook") && !view.dark {
                continue;
            }
            tab.view(view);
            assert_eq!(axe(&tab), [""; 0], "{name} {view:?}");
            let wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth");
            assert!(
                wide.as_i64().unwrap() <= 0,
                "{name} {view:?} scrolls sideways by {wide}"
            );
        }
        assert_eq!(tab.errors(), [""; 0], "{name}");
        assert_eq!(tab.requests(), [""; 0], "{name}");
    }
    // The interview in its states.
    let tab = Tab::open(&browser, &project.path("all/s-ana.html"));
    tab.click("#go");
    tab.press("n");
    tab.press("4");
    assert_eq!(axe(&tab), [""; 0], "one question");
    tab.press("?");
    assert_eq!(axe(&tab), [""; 0], "the keys");
    tab.press("Escape");
    tab.press("s");
    assert_eq!(axe(&tab), [""; 0], "shared");
}
