//! What a real browser makes of a packet. Skipped, and said so, where there is none; required in CI.

use std::path::PathBuf;
use std::process::Command;

use crate::harness::Project;

/// A Chromium-family browser, if there is one.
fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("INTERVY_BROWSER").map(PathBuf::from);
    let known = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "microsoft-edge",
    ];
    let found = named.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .flat_map(|folder| known.map(|name| folder.join(name)))
            .find(|candidate| candidate.is_file())
    });
    if found.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs a browser: install chromium"
        );
        eprintln!("SKIPPED: no Chromium-family browser on the PATH (INTERVY_BROWSER names one)");
    }
    found
}

fn run(browser: &PathBuf, project: &Project, arguments: &[&str]) -> String {
    let profile = project.path("profile");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--virtual-time-budget=2000",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(arguments)
        .current_dir(project.path(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn page(project: &Project, file: &str) -> String {
    format!("file://{}", project.path(file).display())
}

#[test]
fn the_packet_opens_without_an_error_and_keeps_its_questions_apart_in_print() {
    let Some(browser) = browser() else { return };
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
    let dom = run(
        &browser,
        &project,
        &["--dump-dom", &page(&project, "p.html")],
    );
    assert_eq!(dom.matches("<article").count(), 5, "{dom}");
    let pdf = project.path("p.pdf");
    run(
        &browser,
        &project,
        &[
            "--no-pdf-header-footer",
            &format!("--print-to-pdf={}", pdf.display()),
            &page(&project, "p.html"),
        ],
    );
    let bytes = std::fs::read(&pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
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

/// The text of each page, by poppler's `pdftotext`; CI installs it.
fn pages(pdf: &std::path::Path) -> Option<Vec<String>> {
    let output = Command::new("pdftotext")
        .args(["-layout"])
        .arg(pdf)
        .arg("-")
        .output();
    let Ok(output) = output else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs pdftotext: install poppler-utils"
        );
        eprintln!("SKIPPED: no pdftotext on the PATH");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.split('\u{c}').map(str::to_owned).collect())
}
