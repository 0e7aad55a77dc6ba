//! The log of removals: it can be written before anything goes, and nobody else writes its lines.

use std::fs;
use std::process::{Command, Stdio};

use super::purge::{is_there, is_tidy, log, purge, three};
use super::{fill, manage, snapshot};

const NAMED: [&str; 3] = ["--candidate", "C-2", "--yes"];

#[test]
fn nobody_goes_by_the_name_of_the_log() {
    let project = three();
    for name in ["purged.jsonl", "PURGED.jsonl", "intervy.toml"] {
        let run = fill(&project, name, "ana", &["--set", "one=4"]).ended(2);
        assert!(run.stderr.contains("another file"), "{}", run.stderr);
    }
    // One that is there nevertheless costs nobody's files.
    let folder = project.path("interviews/purged.jsonl");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("retention.toml"), "schema = 1\n").unwrap();
    let before = snapshot(&project, "interviews");
    for whose in ["C-2", "purged.jsonl"] {
        let run = purge(&project, &["--candidate", whose, "--yes"]).ended(2);
        assert!(run.stderr.contains("no plain file"), "{}", run.stderr);
        assert!(!run.stderr.contains("logged in"), "{}", run.stderr);
    }
    assert_eq!(snapshot(&project, "interviews"), before);
}

#[cfg(unix)]
#[test]
fn a_log_that_is_a_pipe_or_a_link_stops_everything() {
    let project = three();
    let log = project.path("interviews/purged.jsonl");
    let is_refused = || {
        let run = purge(&project, &NAMED).ended(2);
        assert!(run.stderr.contains("no plain file"), "{}", run.stderr);
        assert!(is_there(&project, "C-2"));
        is_untouched(&project);
    };
    let made = Command::new("mkfifo").arg(&log).status().unwrap();
    assert!(made.success());
    is_refused();
    for target in ["nowhere", "C-1", "/dev/null"] {
        fs::remove_file(&log).unwrap();
        std::os::unix::fs::symlink(target, &log).unwrap();
        is_refused();
    }
}

#[cfg(unix)]
fn is_untouched(project: &crate::harness::Project) {
    is_tidy(project);
    assert_eq!(snapshot(project, "interviews/C-2").len(), 2);
}

/// Hidden folders whose removal nobody began are nobody's to empty, and keep nobody else's from going.
#[test]
fn what_nothing_says_anything_about_stays() {
    let line = |candidate: &str| {
        format!(
            "{{\"at\":\"2020-01-01T00:00:00Z\",\"candidate\":\"{candidate}\",\"files\":1,\"why\":\"x\"}}"
        )
    };
    let unfit = [
        None,
        Some("x".to_owned()),
        Some(format!("{}\n{}", line("foo"), line("C-1"))),
        Some(line("C-1")),
        Some(line("foo").replace("why", "because")),
        Some(line("foo").replace('}', ",\"more\":1}")),
    ];
    for entry in unfit {
        let project = three();
        let hidden = project.path("interviews/.intervy-purge-foo");
        fs::create_dir_all(hidden.join("removed")).unwrap();
        fs::write(hidden.join("removed/file"), "Somebody's.").unwrap();
        if let Some(entry) = &entry {
            fs::write(hidden.join("entry.json"), entry).unwrap();
        }
        let run = purge(&project, &NAMED).ended(1);
        assert!(run.stdout.contains("removed: C-2"), "{}", run.stdout);
        assert!(
            run.stderr.contains(".intervy-purge-foo stays"),
            "{}",
            run.stderr
        );
        let run = purge(&project, &["--candidate", "C-3", "--yes"]).ended(1);
        assert!(run.stderr.contains("logged in"), "{}", run.stderr);
        let run = purge(&project, &["--candidate", "foo", "--yes"]).ended(1);
        assert!(!run.stderr.contains("logged in"), "{}", run.stderr);
        let names: Vec<_> = log(&project)
            .iter()
            .map(|entry| entry["candidate"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(names, ["C-2", "C-3"], "{entry:?}");
        assert_eq!(
            fs::read_to_string(hidden.join("removed/file")).unwrap(),
            "Somebody's."
        );
        // A candidate of that name is in its way only.
        let folder = project.path("interviews/foo");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("retention.toml"), "schema = 1\n").unwrap();
        let run = purge(&project, &["--candidate", "foo", "--yes"]).ended(2);
        assert!(run.stderr.contains("in the way"), "{}", run.stderr);
        assert!(folder.join("retention.toml").exists());
    }
}

#[test]
fn what_others_put_beside_it_stays() {
    let project = three();
    let hidden = project.path("interviews/.intervy-purge-C-2");
    fs::create_dir(&hidden).unwrap();
    fs::write(hidden.join("novel.txt"), "x").unwrap();
    fs::write(hidden.join(".intervy-x.tmp"), "x").unwrap();
    fs::write(hidden.join("entry.json"), "x").unwrap();
    purge(&project, &NAMED).good();
    assert!(!is_there(&project, "C-2"));
    let left: Vec<_> = fs::read_dir(&hidden).unwrap().collect();
    assert_eq!(left.len(), 1);
    assert!(hidden.join("novel.txt").exists());
}

/// The lines are written by one serializer, however that of an interrupted removal was written.
#[test]
fn a_line_is_written_again_before_it_is_logged() {
    let project = three();
    let hidden = project.path("interviews/.intervy-purge-C-2");
    fs::create_dir(&hidden).unwrap();
    let entry = "{ \"candidate\": \"C-2\",\n \"at\": \"2020-01-01T00:00:00Z\",\n \"why\": \"a\\nb\", \"files\": 2 }\n";
    fs::write(hidden.join("entry.json"), entry).unwrap();
    fs::rename(project.path("interviews/C-2"), hidden.join("removed")).unwrap();
    purge(&project, &["--candidate", "C-3", "--yes"]).good();
    let text = project.read("interviews/purged.jsonl");
    assert_eq!(
        text.lines().next().unwrap(),
        "{\"at\":\"2020-01-01T00:00:00Z\",\"candidate\":\"C-2\",\"files\":2,\"why\":\"a\\nb\"}"
    );
    assert_eq!(log(&project).len(), 2);
    is_tidy(&project);
}

/// A reader who goes away decides nothing.
#[test]
fn what_cannot_be_printed_is_removed_nevertheless() {
    let project = three();
    for candidate in ["C-5", "C-6", "C-7"] {
        let old = ["--set", "one=4", "--date", "2001-02-03"];
        fill(&project, candidate, "ana", &old).good();
    }
    let purge = |more: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_intervy"));
        command
            .args(["--bank", "bank", "score", "purge", "--yes"])
            .args(more)
            .current_dir(project.path(""))
            .env_remove("INTERVY_BANK")
            .stdin(Stdio::null())
            .stdout(writer)
            .stderr(Stdio::null());
        command.status().unwrap().code()
    };
    let hold = ["retain", "--candidate", "C-6", "--hold", "x"];
    manage(&project, &hold).good();
    assert_eq!(purge(&["--older-than", "30"]), Some(1));
    for (candidate, stays) in [
        ("C-2", false),
        ("C-5", false),
        ("C-6", true),
        ("C-7", false),
    ] {
        assert_eq!(is_there(&project, candidate), stays, "{candidate}");
    }
    assert_eq!(log(&project).len(), 3);
    assert_eq!(purge(&["--candidate", "C-3"]), Some(0));
    assert!(!is_there(&project, "C-3"));
}
