//! `intervy score list`: who, how far, what is missing; never how good.

use std::fs;

use super::{SECRETS, filled, manage, screen_folder};
use crate::harness::Project;
use crate::score::{card_path, project};

#[test]
fn a_list_says_who_and_what_is_missing() {
    let project = filled();
    let run = manage(&project, &["list"]).good();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{}", run.stdout);
    assert!(lines[0].starts_with("candidate  screen"), "{}", run.stdout);
    assert!(
        lines[1].contains("ana") && lines[1].contains("draft") && lines[1].contains("1 of 3"),
        "{}",
        run.stdout
    );
    assert!(
        lines[1].ends_with("2 answers, overall, reason"),
        "{}",
        run.stdout
    );
    assert!(
        lines[2].contains("ben") && lines[2].contains("submitted"),
        "{}",
        run.stdout
    );
    let run = manage(&project, &["list", "--format", "json"]).good();
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["schema"], 1);
    let ana = &json["scorecards"][0];
    assert_eq!(ana["interviewer"], "ana");
    assert_eq!(ana["missing"]["answers"], 2);
    assert_eq!(ana["missing"]["overall"], true);
    assert!(json["scorecards"][1]["missing"].is_null());
    // Another candidate has none.
    let run = manage(
        &project,
        &["list", "--candidate", "C-2", "--format", "json"],
    )
    .good();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()["scorecards"],
        serde_json::json!([])
    );
}

/// The same list whatever the scores are: nothing in it, not even its order, can tell them.
#[test]
fn a_list_does_not_change_with_the_scores() {
    let project = filled();
    let path = project.path(&card_path(&project, "ben"));
    let good = fs::read_to_string(&path).unwrap();
    for format in ["text", "json", "csv"] {
        let list = || manage(&project, &["list", "--format", format]).good();
        fs::write(&path, &good).unwrap();
        let before = list();
        for secret in SECRETS {
            assert!(!before.stdout.contains(secret), "{}", before.stdout);
        }
        let other = good
            .replace("score = 4", "score = 3")
            .replace("Zanzibar", "x");
        assert_ne!(other, good);
        fs::write(&path, other).unwrap();
        let after = list();
        assert_eq!(before.stdout, after.stdout);
        assert_eq!(before.stderr, after.stderr);
    }
}

#[test]
fn what_cannot_be_read_is_listed_and_not_quoted() {
    let project = filled();
    let path = project.path(&card_path(&project, "ben"));
    let good = fs::read_to_string(&path).unwrap();
    for (from, to) in [
        ("score = 4", "score = 4x"),
        ("score = 4", "score = \"4\""),
        ("score = 4", "score4 = 4"),
        ("score = 4", "score = = 4"),
        ("\"Zanzibar\"", "Zanzibar"),
        ("note = \"Zanzibar\"", "\"Zanzibar\" = 4"),
    ] {
        let text = good.replace(from, to);
        assert_ne!(text, good, "{from}");
        fs::write(&path, text).unwrap();
        let run = manage(&project, &["list"]).good();
        assert!(run.stdout.contains("unreadable"), "{to}: {}", run.stdout);
        let place = run.stderr.split("ben.toml:").nth(1);
        assert!(place.is_some(), "{to}: {}", run.stderr);
        for line in run.stderr.lines() {
            let (_, message) = line.split_once("ben.toml:").unwrap();
            let message = message.splitn(3, [':', ' ']).last().unwrap();
            assert!(
                !message.contains('4') && !message.contains("Zanz"),
                "{to}: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn an_interrupted_session_is_listed_as_one() {
    let project = filled();
    let folder = screen_folder(&project, "C-1");
    fs::write(project.path(&format!("{folder}/ana.journal")), "").unwrap();
    fs::write(project.path(&format!("{folder}/zoe.journal")), "").unwrap();
    let run = manage(&project, &["list", "--format", "csv"]).good();
    let rows: Vec<&str> = run.stdout.lines().skip(1).collect();
    assert_eq!(rows.len(), 3, "{}", run.stdout);
    assert!(rows[0].contains("\"ana\",\"interrupted\""), "{}", rows[0]);
    assert!(rows[1].contains("\"ben\",\"submitted\""), "{}", rows[1]);
    assert!(rows[2].contains("\"zoe\",\"interrupted\""), "{}", rows[2]);
}

#[test]
fn cells_are_no_formulas() {
    let project = filled();
    let folder = screen_folder(&project, "C-1");
    let text = project.read(&card_path(&project, "ana"));
    fs::write(project.path(&format!("{folder}/=1+1.toml")), text).unwrap();
    let run = manage(&project, &["list", "--format", "csv"]).good();
    assert!(run.stdout.contains("\"'=1+1\""), "{}", run.stdout);
}

#[test]
fn no_folder_is_an_error() {
    let run = manage(&project(), &["list"]).ended(2);
    assert!(run.stderr.contains("no such folder"), "{}", run.stderr);
    let run = Project::empty().run(&["score", "list"]).ended(2);
    assert!(run.stderr.contains("--interviews"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_hostile_folder_is_listed_without_following_links() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let project = filled();
    let folder = project.path(&screen_folder(&project, "C-1"));
    let other = Project::empty().file("ana.toml", project.read(&card_path(&project, "ben")));
    symlink(project.path("interviews"), folder.join("loop")).unwrap();
    symlink(other.path(""), project.path("interviews/C-9")).unwrap();
    symlink(other.path("ana.toml"), folder.join("leo.toml")).unwrap();
    fs::write(folder.join("big.toml"), vec![b'#'; 3 << 20]).unwrap();
    fs::write(folder.join("\u{1b}[2J.toml"), "x").unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"\xff\xfe.toml");
    fs::write(folder.join(odd), "x").unwrap();
    fs::write(folder.join("bytes.toml"), b"\xff\xfe\x00").unwrap();
    fs::create_dir(folder.join("dir.toml")).unwrap();
    for format in ["text", "json", "csv"] {
        let run = manage(&project, &["list", "--format", format]).good();
        assert!(!run.stdout.contains("C-9") && !run.stdout.contains("leo"));
        assert!(run.stdout.contains("big") && run.stdout.contains("unreadable"));
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
        assert!(run.stderr.contains("symbolic links are not followed"));
    }
}
