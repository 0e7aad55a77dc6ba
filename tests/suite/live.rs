//! A whole interview in a real browser, clicked and typed through.

mod seen;

use std::process::Command;

use serde_json::{Value, json};

use crate::driver::{self, Tab};
use crate::harness::{Project, project_file};
use crate::page_checks::installed;

/// A bank's screen of half an hour with its packet `p.html`.
fn packet(more: &[&str]) -> Project {
    let project = Project::empty();
    project
        .line("pick --blueprint backend-30 --seed 1 -o s.toml")
        .good();
    project
        .run(&[&["render", "s.toml", "-o", "p.html"], more].concat())
        .good();
    project
}

/// Moves the page's clock on by so many seconds.
fn pass(tab: &Tab<'_>, seconds: u32) {
    tab.evaluate(&format!(
        "(() => {{ const before = Date.now; Date.now = () => before() + {seconds} * 1000; }})()"
    ));
    // The page looks at its clock four times a second.
    tab.evaluate("new Promise(done => setTimeout(done, 300))");
}

fn score_of(tab: &Tab<'_>, question: u32) -> Value {
    tab.evaluate(&format!(
        "document.querySelector('input[name=\"q{question}-score\"]:checked')?.value ?? null"
    ))
}

fn download(tab: &Tab<'_>, project: &Project, button: &str) -> String {
    tab.click(button);
    let name = tab.downloaded();
    project.read(&name)
}

#[test]
fn an_interview_of_half_an_hour_with_a_crash_in_the_middle() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&["--candidate", "C-042"]);
    let file = project.path("p.html");
    let tab = Tab::open(&browser, &file);
    tab.downloads_to(&project.path(""));
    assert_eq!(tab.text("#saved"), "Saved in this browser");
    tab.click("#interviewer");
    tab.type_text("ana");
    tab.click("h1");
    tab.click("#go");
    assert_eq!(tab.text("#go"), "Pause");
    assert_eq!(
        tab.evaluate("document.body.classList.contains('one')"),
        true
    );
    // Two minutes of introduction: the last of them is announced, then that it is over.
    pass(&tab, 100);
    assert!(
        tab.text("#alarm").ends_with("left"),
        "{}",
        tab.text("#alarm")
    );
    pass(&tab, 20);
    assert_eq!(tab.text("#alarm"), "Introduction: Time is up");
    tab.press("n");
    assert_eq!(tab.text("#alarm"), "");
    assert_eq!(tab.text(".now h2"), "1. What makes an API RESTful");
    tab.press("4");
    pass(&tab, 130);
    assert!(
        tab.text("#alarm").ends_with("Time is up"),
        "{}",
        tab.text("#alarm")
    );
    tab.click("#next");
    tab.press("2");
    tab.click("#q2-note");
    tab.type_text("=1+1 mixed up \"sessions\" and tokens, n 3");
    // What is typed is no command.
    assert_eq!(score_of(&tab, 2), "2");
    assert_eq!(tab.text(".now h2").chars().next(), Some('2'));

    // The page goes down without a word, and another one is opened.
    drop(tab);
    let tab = Tab::open(&browser, &file);
    tab.downloads_to(&project.path(""));
    assert_eq!(tab.text("#saved"), "Found again what was written before");
    assert_eq!(score_of(&tab, 1), "4");
    assert_eq!(score_of(&tab, 2), "2");
    assert_eq!(
        tab.evaluate("document.querySelector('#q2-note').value"),
        "=1+1 mixed up \"sessions\" and tokens, n 3"
    );
    assert_eq!(
        tab.evaluate("document.querySelector('#interviewer').value"),
        "ana"
    );
    assert_eq!(tab.text(".now h2").chars().next(), Some('2'));
    assert_eq!(tab.text("#go"), "Pause", "the clock runs on");
    tab.press("n");
    tab.press("x");
    tab.press("n");
    tab.press("5");
    tab.click("#q4-note");
    tab.type_text("asked for the plan first");
    tab.click("input[name=\"q4-mode\"][value=\"standard\"]");
    tab.press("n");
    tab.press("0");
    tab.press("n");
    assert_eq!(tab.text(".now h2"), "Overall recommendation");
    assert!(
        tab.text("#missing")
            .contains("Overall recommendation: a score")
    );
    let draft: Value = serde_json::from_str(&download(&tab, &project, "#json")).unwrap();
    assert_eq!(draft["status"], "draft");
    tab.press("4");
    tab.click("#overall-reason");
    tab.type_text("sound, with a gap in security");
    assert_eq!(tab.text("#missing"), "The scorecard is complete.");
    check_scorecard(&project, &tab);
    tab.press("Escape");
    assert_eq!(tab.errors(), [""; 0]);
    assert_eq!(tab.requests(), [""; 0]);
}

fn check_scorecard(project: &Project, tab: &Tab<'_>) {
    for old in std::fs::read_dir(project.path("")).unwrap() {
        let old = old.unwrap().path();
        if old.extension().is_some_and(|ending| ending == "json") {
            std::fs::remove_file(old).unwrap();
        }
    }
    tab.click("#json");
    let name = tab.downloaded();
    assert!(name.ends_with("_C-042_ana.json"), "{name}");
    let card: Value = serde_json::from_str(&project.read(&name)).unwrap();
    let screen = project.read("s.toml");
    let id = screen.lines().find_map(|line| line.strip_prefix("id = "));
    assert_eq!(card["screen"], id.unwrap().trim_matches('"'));
    assert_eq!(card["status"], "submitted");
    assert_eq!(card["candidate"], "C-042");
    let questions = card["questions"].as_array().unwrap();
    let given: Vec<(&Value, &Value, &Value, &Value)> = questions
        .iter()
        .map(|one| {
            (
                &one["asked"],
                &one["score"],
                &one["no_rating"],
                &one["mode"],
            )
        })
        .collect();
    let (yes, no, none) = (&json!(true), &json!(false), &Value::Null);
    let mode = |name: &'static str| json!(name);
    assert_eq!(
        given,
        [
            (yes, &json!(4), none, &mode("quick")),
            (yes, &json!(2), none, &mode("quick")),
            (no, none, none, none),
            (yes, &json!(5), none, &mode("standard")),
            (yes, none, yes, &mode("standard")),
        ]
    );
    for question in questions {
        let pinned = format!("hash = {}", question["hash"]);
        assert!(screen.contains(&pinned), "{pinned}");
    }
    // 130 seconds passed at the first question, none at most others.
    let seconds = questions[0]["seconds"].as_i64().unwrap();
    assert!((130..150).contains(&seconds), "{seconds}");
    assert_eq!(card["overall"]["reason"], "sound, with a gap in security");
    if let Some(checker) = installed("bin/check-jsonschema") {
        let schema = project.path("schema.json");
        std::fs::write(&schema, project_file("docs/schemas/scorecard.json")).unwrap();
        let output = Command::new(checker)
            .arg("--schemafile")
            .arg(&schema)
            .arg(project.path(&name))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let table = download(tab, project, "#csv");
    // Both are what `score --from` takes.
    std::fs::write(project.path("table.csv"), &table).unwrap();
    let take = |file: &str, folder: &str, more: &[&str]| {
        let own = ["score", "s.toml", "--from", file, "--interviews", folder];
        let run = project.run(&[&own[..], more].concat()).good();
        assert!(run.stderr.contains(": submitted"), "{}", run.stderr);
    };
    take(&name, "of-json", &[]);
    take("table.csv", "of-csv", &["--submit"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6);
    // No spreadsheet takes a note for a formula.
    assert_eq!(&rows[1][10], "'=1+1 mixed up \"sessions\" and tokens, n 3");
    assert_eq!(&rows[5][4], "overall");
}

#[test]
fn each_candidate_has_a_scorecard_and_it_can_be_erased() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&[]);
    let file = project.path("p.html");
    let tab = Tab::open(&browser, &file);
    tab.evaluate("window.confirm = () => true");
    tab.press("n");
    tab.press("3");
    let name = |tab: &Tab<'_>, candidate: &str| {
        tab.evaluate("window.scrollTo(0, 0)");
        tab.evaluate("document.querySelector('#candidate').select()");
        tab.click("#candidate");
        tab.evaluate("document.querySelector('#candidate').select()");
        tab.type_text(candidate);
        tab.press("Tab");
    };
    // What was written before anybody was named is the first one's.
    name(&tab, "C-1");
    assert_eq!(score_of(&tab, 1), "3");
    name(&tab, "C-2");
    assert_eq!(score_of(&tab, 1), Value::Null);
    name(&tab, "C-1");
    assert_eq!(score_of(&tab, 1), "3");
    tab.click("#erase");
    assert_eq!(score_of(&tab, 1), Value::Null);
    assert_eq!(tab.text("#saved"), "Erased");
    let kept = tab.evaluate("Object.keys(localStorage).join()");
    let kept = kept.as_str().unwrap();
    assert!(!kept.contains("C-1") && kept.contains("C-2"), "{kept}");
}

#[test]
fn a_browser_that_keeps_nothing_is_said_to() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&[]);
    let tab = Tab::open(&browser, &project.path("p.html"));
    tab.evaluate("Storage.prototype.setItem = () => { throw new Error('full'); }");
    tab.press("n");
    tab.press("3");
    assert!(
        tab.text("#saved").starts_with("NOT saved"),
        "{}",
        tab.text("#saved")
    );
    assert_eq!(score_of(&tab, 1), "3");
}
