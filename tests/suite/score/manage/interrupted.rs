//! A removal that is interrupted at any instant: whole or nothing, and finished by the next one.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::purge::{is_there, is_tidy, log, purge, three};
use super::{fill, manage, snapshot};

#[test]
fn an_interrupted_removal_is_finished() {
    let line =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"candidate\":\"C-2\",\"files\":2,\"why\":\"candidate\"}";
    let hidden = "interviews/.intervy-purge-C-2";
    // Before the rename: nothing was removed.
    let project = three();
    fs::create_dir(project.path(hidden)).unwrap();
    fs::write(project.path(hidden).join("entry.json"), line).unwrap();
    manage(&project, &["list"]).good();
    purge(&project, &["--candidate", "C-3", "--yes"]).good();
    assert!(is_there(&project, "C-2"));
    assert_eq!(log(&project).len(), 1);
    is_tidy(&project);
    // After it, with everything or only a part still there, the line written or not.
    for is_logged in [false, true] {
        for is_emptied in [false, true] {
            let project = three();
            fs::create_dir(project.path(hidden)).unwrap();
            fs::write(project.path(hidden).join("entry.json"), line).unwrap();
            let removed = project.path(hidden).join("removed");
            fs::rename(project.path("interviews/C-2"), &removed).unwrap();
            if is_emptied {
                fs::remove_dir_all(&removed).unwrap();
                fs::create_dir(&removed).unwrap();
            }
            if is_logged {
                let log = project.path("interviews/purged.jsonl");
                fs::write(log, format!("{line}\n")).unwrap();
            }
            let before = snapshot(&project, "interviews");
            purge(&project, &["--candidate", "C-2", "--dry-run"]).good();
            assert_eq!(snapshot(&project, "interviews"), before);
            let run = purge(&project, &["--candidate", "C-2", "--yes"]).good();
            assert!(run.stderr.contains("was interrupted"), "{}", run.stderr);
            assert!(!is_there(&project, "C-2") && is_there(&project, "C-1"));
            let log = log(&project);
            assert_eq!(log.len(), 1, "{log:?}");
            assert_eq!(log[0]["at"], "2026-01-01T00:00:00Z");
            is_tidy(&project);
        }
    }
}

/// Killed at any instant, a removal has happened or it has not; the next one ends it, with one line in the log.
#[test]
fn a_killed_removal_is_whole_or_nothing() {
    const KILLS: u64 = 40;
    const FILES: usize = 400;
    let project = three();
    let folder = project.path("interviews/C-4");
    let hidden = project.path("interviews/.intervy-purge-C-4");
    let (mut before_rename, mut after_rename) = (0, 0);
    for round in 0..KILLS {
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::write(folder.join("retention.toml"), "schema = 1\n").unwrap();
        for number in 0..FILES {
            fs::write(folder.join(format!("deep/{number}")), "x").unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_intervy"))
            .args([
                "--bank",
                "bank",
                "score",
                "purge",
                "--candidate",
                "C-4",
                "--yes",
            ])
            .current_dir(project.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if round % 2 == 0 {
            // As soon as it is at work.
            while !hidden.exists() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
        }
        std::thread::sleep(Duration::from_micros(round * 400));
        let _ = child.kill();
        child.wait().unwrap();
        let lines = log(&project).len();
        if folder.exists() {
            before_rename += 1;
            assert_eq!(fs::read_dir(folder.join("deep")).unwrap().count(), FILES);
        } else {
            after_rename += 1;
        }
        let is_unfinished = hidden.join("removed").exists();
        if folder.exists() || is_unfinished {
            purge(&project, &["--candidate", "C-4", "--yes"]).good();
        } else {
            purge(&project, &["--candidate", "C-4", "--yes"]).ended(2);
        }
        assert!(!folder.exists());
        let expected = usize::try_from(round).unwrap() + 1;
        let now = log(&project).len();
        assert_eq!(now, expected, "{lines} when it was killed");
    }
    assert!(
        after_rename > 0,
        "{before_rename} before, {after_rename} after"
    );
    purge(&project, &["--candidate", "C-2", "--yes"]).good();
    is_tidy(&project);
}

#[test]
fn a_line_of_the_log_that_was_cut_off_spoils_no_other() {
    let project = three();
    fs::write(project.path("interviews/purged.jsonl"), "{\"at\":").unwrap();
    purge(&project, &["--candidate", "C-2", "--yes"]).good();
    let log = project.read("interviews/purged.jsonl");
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(lines[1].starts_with('{') && lines[1].ends_with('}'));
}

/// What is left is there for nobody to read, and still there: every command that looks for it says so.
#[test]
fn what_is_left_is_told() {
    let line =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"candidate\":\"C-2\",\"files\":2,\"why\":\"candidate\"}";
    let project = three();
    let hidden = project.path("interviews/.intervy-purge-C-2");
    fs::create_dir(&hidden).unwrap();
    fs::write(hidden.join("entry.json"), line).unwrap();
    fs::rename(project.path("interviews/C-2"), hidden.join("removed")).unwrap();
    let said = "the removal of `C-2` was interrupted";
    let help = "`intervy score purge --candidate C-2` finishes it";
    let is_told = |arguments: &[&str], status: i32| {
        let run = manage(&project, arguments).ended(status);
        assert!(
            run.stderr.contains(said) && run.stderr.contains(help),
            "{arguments:?}: {}",
            run.stderr
        );
        assert_eq!(run.stderr.matches(said).count(), 1, "{}", run.stderr);
    };
    let is_silent = |arguments: &[&str]| {
        let run = manage(&project, arguments).good();
        assert!(!run.stderr.contains(said), "{}", run.stderr);
    };
    is_told(&["list"], 0);
    is_told(&["list", "--candidate", "C-2"], 0);
    is_silent(&["list", "--candidate", "C-1"]);
    is_told(&["export", "--candidate", "C-2"], 2);
    is_told(&["retain", "--candidate", "C-2"], 2);
    is_silent(&["export", "--candidate", "C-3"]);
    is_silent(&["retain", "--candidate", "C-3"]);
    let run = manage(&project, &["check", "--format", "concise"]).ended(1);
    assert!(
        run.stdout.contains("interrupted-removal") && run.stdout.contains(said),
        "{}",
        run.stdout
    );
    // The pseudonym has come back.
    fill(&project, "C-2", "ben", &["--set", "one=3"]).good();
    is_told(&["list"], 0);
    is_told(&["retain", "--candidate", "C-2"], 0);
    is_told(
        &["export", "--candidate", "C-2", "--reveal", "A request."],
        0,
    );
    // Nothing is said of what nobody began.
    fs::write(hidden.join("entry.json"), "x").unwrap();
    let run = manage(&project, &["list"]).good();
    assert!(run.stderr.contains("purge-C-2 stays"), "{}", run.stderr);
    let run = manage(&project, &["check", "--format", "concise"]).ended(1);
    assert!(run.stdout.contains("nothing says which"), "{}", run.stdout);
}
