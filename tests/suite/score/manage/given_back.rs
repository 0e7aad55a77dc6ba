//! A removal that was interrupted, and something keeps what is left: it goes back, or stays where it is.

use std::fs;

use intervy::model::scorecard::Scorecard;
use intervy::store::interviews::{Holder, Interviews, Session};
use jiff::Timestamp;

use super::purge::{is_there, is_tidy, log, purge, three};
use super::{fill, manage, screen_folder, snapshot};
use crate::harness::Project;

const LINE: &str =
    "{\"at\":\"2026-01-01T00:00:00Z\",\"candidate\":\"C-2\",\"files\":2,\"why\":\"candidate\"}";
const HIDDEN: &str = "interviews/.intervy-purge-C-2";

/// As a removal that was killed right after it had renamed the folder leaves it.
fn hide(project: &Project) {
    fs::create_dir(project.path(HIDDEN)).unwrap();
    fs::write(project.path(HIDDEN).join("entry.json"), LINE).unwrap();
    let folder = project.path("interviews/C-2");
    fs::rename(folder, project.path(HIDDEN).join("removed")).unwrap();
}

fn session(project: &Project) -> Session {
    let folder = project.path(&screen_folder(project, "C-2"));
    let id = folder.file_name().unwrap().to_str().unwrap().to_owned();
    let interviews = Interviews::below(&project.path("interviews"));
    let blank = Scorecard::new(&id, "C-2", "zoe");
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    let (mut session, _) = Session::open(&interviews, &blank, &holder).unwrap();
    session.record(blank).unwrap();
    session
}

#[test]
fn an_open_session_gets_its_folder_back() {
    let project = three();
    let session = session(&project);
    let before = snapshot(&project, "interviews/C-2");
    hide(&project);
    let run = purge(&project, &["--candidate", "C-3", "--dry-run"]).ended(1);
    assert!(run.stderr.contains("is open"), "{}", run.stderr);
    assert!(!is_there(&project, "C-2"));
    let run = purge(&project, &["--candidate", "C-3", "--yes"]).ended(1);
    assert!(
        run.stderr.contains("C-2 is in its place again"),
        "{}",
        run.stderr
    );
    assert_eq!(snapshot(&project, "interviews/C-2"), before);
    assert!(!is_there(&project, "C-3"));
    drop(session);
    let log = log(&project);
    assert_eq!(log.len(), 1);
    assert_eq!(log[0]["candidate"], "C-3");
    is_tidy(&project);
}

#[test]
fn a_session_whose_place_is_taken_keeps_what_it_has() {
    let project = three();
    let session = session(&project);
    hide(&project);
    fill(&project, "C-2", "ben", &["--set", "one=3"]).good();
    let left = snapshot(&project, HIDDEN);
    let run = purge(&project, &["--candidate", "C-3", "--yes"]).ended(1);
    assert!(run.stderr.contains("its place is taken"), "{}", run.stderr);
    assert!(!is_there(&project, "C-3") && is_there(&project, "C-2"));
    assert_eq!(snapshot(&project, HIDDEN), left);
    drop(session);
    // What the session added was never to be removed, unless somebody says so now.
    let run = purge(&project, &["--older-than", "36500", "--yes"]).ended(1);
    assert!(run.stderr.contains("and 2 were"), "{}", run.stderr);
    assert!(project.path(HIDDEN).join("removed").exists());
    let run = purge(&project, &["--candidate", "C-2", "--yes"]).good();
    assert!(
        run.stderr.contains("what is left of it (5 files) goes too"),
        "{}",
        run.stderr
    );
    assert!(!is_there(&project, "C-2"));
    is_tidy(&project);
}

#[test]
fn what_is_held_goes_back() {
    for (retention, why) in [
        (
            "schema = 1\n[hold]\nsince = \"2026-01-01T00:00:00Z\"\nreason = \"A claim.\"\n",
            "A claim.",
        ),
        ("schema = 2\n", "cannot be read"),
    ] {
        let project = three();
        fs::write(project.path("interviews/C-2/retention.toml"), retention).unwrap();
        hide(&project);
        // The removal had been logged, so that its end is, too.
        fs::write(project.path("interviews/purged.jsonl"), format!("{LINE}\n")).unwrap();
        let run = purge(&project, &["--candidate", "C-3", "--yes"]).ended(1);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(is_there(&project, "C-2") && !is_there(&project, "C-3"));
        let log = log(&project);
        assert_eq!(log.len(), 3, "{log:?}");
        assert_eq!(log[1]["candidate"], "C-2");
        assert_eq!(log[1]["why"], "given back");
        is_tidy(&project);
    }
}

/// Whoever holds a pseudonym means all that there is of it.
#[test]
fn the_remains_of_a_held_pseudonym_stay() {
    let project = three();
    hide(&project);
    fill(&project, "C-2", "ben", &["--set", "one=3"]).good();
    let left = snapshot(&project, HIDDEN);
    let hold = ["retain", "--candidate", "C-2", "--hold", "A claim."];
    let run = manage(&project, &hold).good();
    assert!(
        run.stderr.contains("the folder `C-2` of today is another"),
        "{}",
        run.stderr
    );
    for how in ["--dry-run", "--yes"] {
        let run = purge(&project, &["--candidate", "C-2", how]).ended(1);
        assert!(run.stdout.is_empty(), "{}", run.stdout);
        assert_eq!(run.stderr.matches("of it stays").count(), 1);
        for said in [
            "the removal of `C-2` was interrupted, and what is left of it stays",
            "C-2 is not removed: it is held since",
        ] {
            assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        }
        assert_eq!(snapshot(&project, HIDDEN), left);
    }
    let release = ["retain", "--candidate", "C-2", "--release", "Settled."];
    manage(&project, &release).good();
    let run = purge(&project, &["--older-than", "36500", "--yes"]).good();
    assert!(
        run.stderr.contains("the folder `C-2` of today is another"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout
            .contains("removed: C-2, what was left of it since 2026-01-01T00:00:00Z"),
        "{}",
        run.stdout
    );
    assert!(is_there(&project, "C-2"));
    is_tidy(&project);
}
