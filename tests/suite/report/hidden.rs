//! Nothing is told of a candidate whose scorecards may not all be known, and nothing is overwritten.

use std::fs;

use super::of;
use super::world::World;
use crate::harness::Project;

const FOLDER: &str = "interviews/C-1/s-1";

/// Two candidates; of the first one, ben has yet to hand in.
fn world() -> Project {
    World::new(&[("a", "databases"), ("b", "caching")])
        .card("C-1", "ana", "submitted", "45")
        .card("C-1", "ben", "draft", "12")
        .card("C-2", "ana", "submitted", "33")
        .project
}

#[track_caller]
fn is_locked(project: &Project, expected: &str) {
    let run = of(project, "candidate C-1").ended(2);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    let run = of(project, "candidate C-1 --reveal why").ended(2);
    assert_eq!(run.stdout, "", "{expected}");
    for report in ["questions", "interviewers", "compare"] {
        let run = of(project, &format!("{report} --format json")).good();
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(report["of"]["candidates"], 1, "{expected}");
        assert_eq!(report["of"]["candidates_unreadable"], 1, "{expected}");
    }
    let run = of(project, "export --table ratings").good();
    assert!(!run.stdout.contains("C-1,"), "{expected}");
}

#[test]
fn a_draft_elsewhere_locks_as_one_in_its_place() {
    for (to, expected) in [
        (
            format!("{FOLDER}/sub/ben.toml"),
            "it is not in the folder of a screen",
        ),
        (
            "interviews/C-1/ben.toml".to_owned(),
            "it is not in the folder of a screen",
        ),
        (format!("{FOLDER}/.ben.toml"), "its name begins with a dot"),
        (
            format!("{FOLDER}/ben.TOML"),
            "its ending is not written in small letters",
        ),
        (
            format!("{FOLDER}/zoe.toml"),
            "it says that it is of another interviewer",
        ),
    ] {
        let project = world();
        let to = project.path(&to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(project.path(&format!("{FOLDER}/ben.toml")), to).unwrap();
        is_locked(&project, expected);
    }
}

#[test]
fn a_draft_in_another_candidates_folder_locks_both() {
    let project = world();
    let to = project.path("interviews/C-2/s-1/ben.toml");
    fs::rename(project.path(&format!("{FOLDER}/ben.toml")), to).unwrap();
    for candidate in ["C-1", "C-2"] {
        let run = of(&project, &format!("candidate {candidate}")).ended(2);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("another candidate"), "{}", run.stderr);
    }
    let run = of(&project, "questions --format json").good();
    assert!(run.stdout.contains("\"candidates\": 0"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_looked_into_locks() {
    use std::os::unix::fs::symlink;
    let outside = "elsewhere.toml";
    let away = |project: &Project| {
        let card = project.path(&format!("{FOLDER}/ben.toml"));
        fs::rename(&card, project.path(outside)).unwrap();
        card
    };
    let project = world();
    let card = away(&project);
    symlink(project.path(outside), &card).unwrap();
    is_locked(&project, "a symbolic link is not followed");

    let project = world();
    let card = away(&project);
    fs::create_dir(&card).unwrap();
    is_locked(&project, "it is a folder");

    let project = world();
    away(&project);
    symlink(project.path("."), project.path("interviews/C-1/s-2")).unwrap();
    is_locked(&project, "a symbolic link is not followed");

    let project = world();
    let card = away(&project);
    let pipe = std::process::Command::new("mkfifo")
        .arg(&card)
        .status()
        .unwrap();
    assert!(pipe.success());
    is_locked(&project, "it is no plain file");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_by_case_are_one() {
    let project = world();
    fs::remove_file(project.path(&format!("{FOLDER}/ben.toml"))).unwrap();
    of(&project, "candidate C-1").good();
    let text = project.read(&format!("{FOLDER}/ana.toml"));
    let project = project.file(
        "interviews/c-1/s-1/ben.toml",
        text.replace("\"ana\"", "\"ben\"").replace("C-1", "c-1"),
    );
    let run = of(&project, "candidate C-1").ended(2);
    assert!(
        run.stderr.contains("differ by case alone"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_report_replaces_nothing_that_it_is_made_of() {
    let project = World::new(&[("a", "databases")])
        .card("C-1", "ana", "submitted", "4")
        .project
        .file(
            "r.csv",
            "candidate,interviewer,question,score\nC-1,ana,a,4\n",
        )
        .file("g.csv", "group,selected,of\na,1,2\nb,1,3\n");
    let card = format!("{FOLDER}/ana.toml");
    for (words, target) in [
        (
            "candidate C-1 --interviews interviews --format text",
            card.as_str(),
        ),
        (
            "questions --interviews interviews --format json",
            card.as_str(),
        ),
        (
            "compare --interviews interviews --format json",
            "interviews/C-1/s-1/screen.toml",
        ),
        ("bank --interviews interviews --format text", card.as_str()),
        ("questions --from r.csv --format csv", "r.csv"),
        ("fairness --counts g.csv --format csv", "g.csv"),
    ] {
        let before = project.read(target);
        let run = project
            .line(&format!("report {words} -o {target}"))
            .ended(2);
        assert_eq!(project.read(target), before, "{words}: {}", run.stderr);
    }
    fs::create_dir(project.path(".git")).unwrap();
    let words = "report candidate C-1 --interviews interviews -o debrief.html";
    let run = project.line(words).ended(2);
    assert!(
        run.stderr.contains("is in the bank's git repository"),
        "{}",
        run.stderr
    );
    project.line(&format!("{words} --force")).good();
}

/// Nothing is recorded for a report that cannot be written.
#[test]
fn a_reveal_waits_for_a_target() {
    let project = world();
    let before = project.read(&format!("{FOLDER}/ben.toml"));
    let run = of(&project, "candidate C-1 --reveal why -o x.docx").ended(2);
    assert!(
        run.stderr.contains("cannot write `.docx` files"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read(&format!("{FOLDER}/ben.toml")), before);
}

#[test]
fn a_score_beside_the_screen_is_told() {
    let more = "\n[[questions]]\nid = \"zz\"\nasked = true\nscore = 1\n";
    let project = World::new(&[("a", "databases")])
        .card_with("C-1", "ana", "submitted", "4", "")
        .project;
    let card = format!("{FOLDER}/ana.toml");
    let text = project
        .read(&card)
        .replace("\n[overall]", &format!("{more}\n[overall]"));
    let project = project.file(&card, text);
    let run = of(&project, "candidate C-1").good();
    assert!(
        run.stdout
            .contains("zz has a score and is not in the screen s-1: it does not count."),
        "{}",
        run.stdout
    );
}
