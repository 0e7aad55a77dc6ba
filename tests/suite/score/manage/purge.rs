//! `intervy score retain` and `intervy score purge`: what goes, what must not, and what happens in between.

use std::fs;

use intervy::model::scorecard::Scorecard;
use intervy::store::interviews::{Holder, Interviews, Session};
use jiff::Timestamp;

use super::{fill, filled, manage, screen_folder, snapshot};
use crate::harness::{Project, Run};
use crate::score::project;

/// `C-1` of today, `C-2` of long ago, `C-3` without a date.
pub(super) fn three() -> Project {
    let project = filled();
    fill(
        &project,
        "C-2",
        "ana",
        &["--set", "one=4", "--date", "2001-02-03"],
    )
    .good();
    fs::create_dir_all(project.path("interviews/C-3")).unwrap();
    fs::write(project.path("interviews/C-3/cv.txt"), "x").unwrap();
    fs::write(
        project.path("interviews/C-3/retention.toml"),
        "schema = 1\n",
    )
    .unwrap();
    project
}

pub(super) fn purge(project: &Project, more: &[&str]) -> Run {
    manage(project, &[&["purge"], more].concat())
}

pub(super) fn is_there(project: &Project, candidate: &str) -> bool {
    project.path("interviews").join(candidate).exists()
}

pub(super) fn log(project: &Project) -> Vec<serde_json::Value> {
    let log = fs::read_to_string(project.path("interviews/purged.jsonl")).unwrap_or_default();
    let lines = log.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Nothing is left but candidates' folders and the log.
pub(super) fn is_tidy(project: &Project) {
    for entry in fs::read_dir(project.path("interviews")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.starts_with('.'), "{name}");
    }
}

#[test]
fn one_candidate_is_removed_and_logged() {
    let project = three();
    let others = snapshot(&project, "interviews/C-1");
    let before = snapshot(&project, "interviews");
    let run = purge(&project, &["--candidate", "C-2", "--dry-run"]).good();
    assert!(
        run.stdout
            .contains("would go: C-2, 2 files, the latest of 2001-02-03"),
        "{}",
        run.stdout
    );
    // Nobody says yes.
    let run = purge(&project, &["--candidate", "C-2"]).ended(2);
    assert!(run.stderr.contains("--yes"), "{}", run.stderr);
    for wrong in ["C-9", "..", ".", "", "C-2/x", "c-2"] {
        purge(&project, &["--candidate", wrong, "--yes"]).ended(2);
    }
    purge(&project, &["--yes"]).ended(2);
    purge(&project, &["--candidate", "C-2", "--retain-until", "--yes"]).ended(2);
    assert_eq!(snapshot(&project, "interviews"), before);
    let run = purge(&project, &["--candidate", "C-2", "--yes"]).good();
    assert!(
        run.stdout.contains("removed: C-2, 2 files"),
        "{}",
        run.stdout
    );
    assert!(!run.stderr.contains("git"), "{}", run.stderr);
    assert!(!is_there(&project, "C-2"));
    assert_eq!(snapshot(&project, "interviews/C-1"), others);
    let log = log(&project);
    assert_eq!(log.len(), 1);
    assert_eq!(log[0]["candidate"], "C-2");
    assert_eq!(log[0]["files"], 2);
    assert_eq!(log[0]["why"], "candidate");
    assert!(log[0]["at"].as_str().unwrap().parse::<Timestamp>().is_ok());
    is_tidy(&project);
}

#[test]
fn old_ones_are_removed_by_their_dates() {
    let project = three();
    let run = purge(&project, &["--older-than", "365", "--dry-run"]).good();
    assert!(
        run.stdout.contains("C-2") && !run.stdout.contains("C-1"),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr.contains("C-3: nothing in it has a date"),
        "{}",
        run.stderr
    );
    // What has its own day stays until then.
    manage(
        &project,
        &["retain", "--candidate", "C-2", "--until", "2999-01-01"],
    )
    .good();
    let run = purge(&project, &["--older-than", "365", "--yes"]).good();
    assert!(
        run.stderr.contains("retained until 2999-01-01"),
        "{}",
        run.stderr
    );
    manage(
        &project,
        &["retain", "--candidate", "C-2", "--until", "2002-01-01"],
    )
    .good();
    // What cannot be read has no known date.
    let card = project.path(&format!("{}/ana.toml", screen_folder(&project, "C-2")));
    let good = fs::read(&card).unwrap();
    fs::write(&card, "x").unwrap();
    let run = purge(&project, &["--older-than", "365", "--yes"]).good();
    assert!(run.stderr.contains("cannot be read"), "{}", run.stderr);
    assert!(is_there(&project, "C-2"));
    fs::write(&card, good).unwrap();
    purge(&project, &["--older-than", "365", "--yes"]).good();
    assert!(!is_there(&project, "C-2") && is_there(&project, "C-1") && is_there(&project, "C-3"));
    assert_eq!(log(&project)[0]["why"], "older-than 365");
}

#[test]
fn what_need_not_be_retained_any_longer_is_removed() {
    let project = three();
    for (candidate, until) in [("C-2", "2001-03-01"), ("C-3", "2999-01-01")] {
        manage(
            &project,
            &["retain", "--candidate", candidate, "--until", until],
        )
        .good();
    }
    purge(&project, &["--retain-until", "--yes"]).good();
    assert!(!is_there(&project, "C-2") && is_there(&project, "C-1") && is_there(&project, "C-3"));
    assert_eq!(log(&project)[0]["why"], "retain-until");
}

#[test]
fn nothing_that_is_held_is_removed() {
    let project = three();
    let retain = |more: &[&str]| {
        manage(
            &project,
            &[&["retain", "--candidate", "C-2"], more].concat(),
        )
    };
    let run = retain(&[]).good();
    assert_eq!(run.stdout, "C-2: no day is set; not held\n");
    assert!(!project.path("interviews/C-2/retention.toml").exists());
    retain(&["--release", "no claim"]).ended(2);
    retain(&["--hold", " "]).ended(2);
    let run = retain(&["--hold", "A claim.", "--until", "2001-03-01"]).good();
    assert!(
        run.stdout.contains("retained until 2001-03-01; held since"),
        "{}",
        run.stdout
    );
    retain(&["--hold", "Another."]).ended(2);
    manage(&project, &["check"]).good();
    let before = snapshot(&project, "interviews");
    for whose in [
        &["--candidate", "C-2"][..],
        &["--older-than", "365"],
        &["--retain-until"],
    ] {
        for how in ["--yes", "--dry-run"] {
            let run = purge(&project, &[whose, &[how]].concat()).ended(1);
            assert!(run.stderr.contains("C-2 is not removed"), "{}", run.stderr);
            assert!(run.stderr.contains("A claim."), "{}", run.stderr);
        }
    }
    assert_eq!(snapshot(&project, "interviews"), before);
    // What cannot be read may hold it.
    let path = project.path("interviews/C-2/retention.toml");
    let good = fs::read(&path).unwrap();
    fs::write(&path, "schema = 2").unwrap();
    purge(&project, &["--candidate", "C-2", "--yes"]).ended(1);
    retain(&["--until", "2030-01-01"]).ended(2);
    fs::write(&path, good).unwrap();
    assert!(is_there(&project, "C-2"));
    let run = retain(&["--release", "Settled."]).good();
    assert!(run.stdout.contains("not held"), "{}", run.stdout);
    let text = project.read("interviews/C-2/retention.toml");
    assert!(
        text.contains("Settled.") && text.contains("A claim."),
        "{text}"
    );
    purge(&project, &["--candidate", "C-2", "--yes"]).good();
    assert!(!is_there(&project, "C-2"));
    manage(&project, &["retain", "--candidate", "C-9", "--hold", "x"]).ended(2);
}

#[test]
fn an_open_session_keeps_its_candidate() {
    let project = three();
    let folder = project.path(&screen_folder(&project, "C-2"));
    let id = folder.file_name().unwrap().to_str().unwrap();
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    let interviews = Interviews::below(&project.path("interviews"));
    let blank = Scorecard::new(id, "C-2", "zoe");
    let (session, _) = Session::open(&interviews, &blank, &holder).unwrap();
    let run = purge(&project, &["--candidate", "C-2", "--yes"]).ended(1);
    assert!(run.stderr.contains("is open"), "{}", run.stderr);
    assert!(is_there(&project, "C-2") && log(&project).is_empty());
    drop(session);
    purge(&project, &["--candidate", "C-2", "--yes"]).good();
    assert!(!is_there(&project, "C-2"));
}

#[test]
fn git_keeps_what_was_committed_and_that_is_said() {
    let project = three();
    fs::create_dir(project.path("interviews/.git")).unwrap();
    for how in ["--dry-run", "--yes"] {
        let run = purge(&project, &["--candidate", "C-2", how]).good();
        assert!(
            run.stderr.contains("stays in git's history"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("log --all -- C-2"), "{}", run.stderr);
    }
}

#[test]
fn a_bank_is_no_folder_of_interviews() {
    let project = project();
    let run = purge(
        &project,
        &["--candidate", "questions", "--interviews", "bank", "--yes"],
    )
    .ended(2);
    assert!(run.stderr.contains("is a bank"), "{}", run.stderr);
    assert!(project.path("bank/questions").is_dir());
}

#[test]
fn a_folder_of_something_else_is_not_removed() {
    let project = three();
    for file in ["novel.txt", "deep/Cargo.toml", "deep/deeper/screen.toml"] {
        let path = project.path("interviews/Documents").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "[package]\n").unwrap();
    }
    let before = snapshot(&project, "interviews");
    for how in ["--dry-run", "--yes"] {
        let run = purge(&project, &["--candidate", "Documents", how]).ended(1);
        assert!(
            run.stderr.contains("may be another folder"),
            "{}",
            run.stderr
        );
    }
    for whose in [&["--older-than", "0"][..], &["--retain-until"]] {
        let run = purge(&project, &[whose, &["--dry-run"]].concat()).good();
        assert!(!run.stdout.contains("Documents"), "{}", run.stdout);
    }
    assert_eq!(snapshot(&project, "interviews"), before);
    // An empty one loses nothing, and one that was given a day is a candidate's.
    fs::create_dir(project.path("interviews/C-7")).unwrap();
    purge(&project, &["--candidate", "C-7", "--yes"]).good();
    let retain = [
        "retain",
        "--candidate",
        "Documents",
        "--until",
        "2001-01-01",
    ];
    manage(&project, &retain).good();
    purge(&project, &["--candidate", "Documents", "--yes"]).good();
    assert!(!is_there(&project, "Documents") && !is_there(&project, "C-7"));
}

/// Names alone make nobody a candidate: something must be readable as ours.
#[test]
fn a_folder_with_names_like_ours_is_not_removed() {
    let project = three();
    let folder = screen_folder(&project, "C-2");
    let damaged = project.read(&format!("{folder}/ana.toml")).replace('=', "");
    for (name, file, text) in [
        ("Documents", "finance/2024.journal", "2024-01-01 opening\n"),
        ("Diary", "finance/2024.journal", ""),
        ("dotfiles", "tmux/screen.toml", "not = [a screen"),
        ("Pictures", "2024/a.toml", "x"),
        ("Damaged", "s/ana.toml", &damaged),
        ("Files", "retention.toml", "[keep]\ndays = 3\n"),
    ] {
        let path = project.path("interviews").join(name).join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        let precious = project.path("interviews").join(name).join("precious.txt");
        fs::write(precious, "x").unwrap();
        let before = snapshot(&project, "interviews");
        purge(&project, &["--candidate", name, "--yes"]).ended(1);
        assert_eq!(snapshot(&project, "interviews"), before, "{name}");
    }
    // What a killed session leaves is ours, though there is nothing else.
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    let interviews = Interviews::below(&project.path("interviews"));
    let blank = Scorecard::new("s", "C-8", "zoe");
    let (mut session, _) = Session::open(&interviews, &blank, &holder).unwrap();
    session.record(blank).unwrap();
    drop(session);
    fs::remove_file(project.path("interviews/C-8/s/zoe.toml")).unwrap();
    assert!(project.path("interviews/C-8/s/zoe.journal").exists());
    purge(&project, &["--candidate", "C-8", "--yes"]).good();
    assert!(!is_there(&project, "C-8"));
}

#[cfg(unix)]
#[test]
fn links_are_removed_and_not_followed() {
    use std::os::unix::fs::symlink;
    let project = three();
    let other = Project::empty().file("deep/precious.txt", "x");
    symlink(other.path(""), project.path("interviews/C-2/folder")).unwrap();
    symlink(
        other.path("deep/precious.txt"),
        project.path("interviews/C-2/file"),
    )
    .unwrap();
    symlink("..", project.path("interviews/C-2/loop")).unwrap();
    symlink(other.path(""), project.path("interviews/C-8")).unwrap();
    purge(&project, &["--candidate", "C-8", "--yes"]).ended(2);
    let target = other.path("deep/precious.txt");
    for how in ["--dry-run", "--yes"] {
        let run = purge(&project, &["--candidate", "C-2", how]).good();
        assert_eq!(run.stderr.matches("stays").count(), 1, "{}", run.stderr);
        for said in [
            "C-2: links are not followed, and what they lead to stays",
            "loop -> ..",
            &format!("file -> {}", target.display()),
        ] {
            assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        }
    }
    let links = log(&project)[0]["links"].clone();
    assert_eq!(links.as_array().unwrap().len(), 3, "{links}");
    assert_eq!(links[2]["path"], "loop");
    assert_eq!(links[2]["to"], "..");
    assert!(!is_there(&project, "C-2") && is_there(&project, "C-1"));
    assert_eq!(other.read("deep/precious.txt"), "x");
    // Nor is a log elsewhere written.
    symlink(
        other.path("deep/precious.txt"),
        project.path("interviews/x"),
    )
    .unwrap();
    fs::remove_file(project.path("interviews/purged.jsonl")).unwrap();
    fs::rename(
        project.path("interviews/x"),
        project.path("interviews/purged.jsonl"),
    )
    .unwrap();
    purge(&project, &["--candidate", "C-3", "--yes"]).ended(2);
    assert_eq!(other.read("deep/precious.txt"), "x");
}
