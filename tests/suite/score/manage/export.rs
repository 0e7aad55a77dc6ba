//! `intervy score export`: all of it, and not before everybody has handed in.

use std::fs;

use intervy::model::scorecard::Scorecard;
use intervy::store::interviews::{Holder, Interviews, Session};
use jiff::Timestamp;

use super::{SECRETS, fill, filled, manage, screen_folder, snapshot};
use crate::harness::Project;
use crate::score::{card, card_path};

fn export(project: &Project, more: &[&str]) -> crate::harness::Run {
    manage(project, &[&["export", "--candidate", "C-1"], more].concat())
}

#[test]
fn nothing_is_shown_before_all_have_handed_in() {
    let project = filled();
    let before = snapshot(&project, "interviews");
    let run = export(&project, &[]).ended(2);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
    assert!(run.stderr.contains("handed in: ana"), "{}", run.stderr);
    export(&project, &["-o", "copy.json"]).ended(2);
    assert!(!project.path("copy.json").exists());
    export(&project, &["--reveal", " "]).ended(2);
    assert_eq!(snapshot(&project, "interviews"), before);
    // One that cannot be read may be a draft.
    let path = project.path(&card_path(&project, "ben"));
    fs::write(&path, "x").unwrap();
    let run = export(&project, &["--reveal", "A request."]).ended(2);
    assert!(run.stderr.contains("may be a draft"), "{}", run.stderr);
    assert!(card(&project, "ana").reveals.is_empty());
}

#[test]
fn a_reveal_is_recorded_in_every_draft() {
    let project = filled();
    fill(&project, "C-1", "zoe", &["--set", "one=3"]).good();
    // A draft that a session left behind counts, too.
    let folder = project.path(&screen_folder(&project, "C-1"));
    let id = folder.file_name().unwrap().to_str().unwrap();
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    let interviews = Interviews::below(&project.path("interviews"));
    let blank = Scorecard::new(id, "C-1", "leo");
    let (mut session, _) = Session::open(&interviews, &blank, &holder).unwrap();
    session.record(blank).unwrap();
    let run = export(&project, &["--reveal", "A request."]).ended(2);
    assert!(run.stderr.contains("another session"), "{}", run.stderr);
    assert!(run.stdout.is_empty());
    assert!(card(&project, "ana").reveals.is_empty());
    drop(session);
    fs::remove_file(folder.join("leo.toml")).unwrap();
    let submitted = card(&project, "ben");
    let run = export(&project, &["--reveal", "A request."]).good();
    for interviewer in ["ana", "leo", "zoe"] {
        let reveals = card(&project, interviewer).reveals;
        assert_eq!(reveals.len(), 1, "{interviewer}");
        assert_eq!(reveals[0].reason, "A request.");
        assert!(!folder.join(format!("{interviewer}.journal")).exists());
    }
    assert_eq!(card(&project, "ben"), submitted);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["scorecards"].as_array().unwrap().len(), 4);
    assert_eq!(json["scorecards"][0]["reveals"][0]["reason"], "A request.");
}

#[test]
fn everything_that_is_held_is_in_the_copy() {
    let project = filled();
    fs::remove_file(project.path(&card_path(&project, "ana"))).unwrap();
    let folder = screen_folder(&project, "C-1");
    fs::write(project.path("interviews/C-1/cv.txt"), "Worked at X.").unwrap();
    fs::write(project.path("interviews/C-1/photo.jpg"), b"\xff\xd8").unwrap();
    fs::write(project.path(&format!("{folder}/.hidden")), "h").unwrap();
    let path = format!("{folder}/ben.toml");
    let comment = "# A remark.\n".to_owned() + &project.read(&path);
    // Another candidate is another matter; a scorecard in the wrong place is not.
    fill(
        &project,
        "C-2",
        "ben",
        &["--set", "one=4", "--note", "one=Elsewhere"],
    )
    .good();
    let elsewhere = screen_folder(&project, "C-2");
    fs::copy(
        project.path(&path),
        project.path(&format!("{elsewhere}/zoe.toml")),
    )
    .unwrap();
    fs::write(project.path(&path), comment).unwrap();
    let run = export(&project, &["-o", "copy.json"]).good();
    assert!(run.stdout.is_empty());
    let text = project.read("copy.json");
    for expected in SECRETS.iter().chain(&["Worked at X.", "A remark."]) {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("Elsewhere"));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["candidate"], "C-1");
    assert_eq!(json["screens"].as_array().unwrap().len(), 1);
    assert_eq!(json["scorecards"].as_array().unwrap().len(), 2);
    let files = json["files"].as_array().unwrap();
    let paths: Vec<&str> = files
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths.len(), 4, "{paths:?}");
    assert_eq!(paths[0], "C-1/cv.txt");
    assert_eq!(files[1]["base64"], "/9g=");
    for wrong in ["C-9", "..", "", ".", "../interviews", "C-1/../C-1"] {
        manage(&project, &["export", "--candidate", wrong]).ended(2);
    }
}

#[cfg(unix)]
#[test]
fn a_copy_holds_nothing_from_elsewhere() {
    use std::os::unix::fs::symlink;
    let project = filled();
    fs::remove_file(project.path(&card_path(&project, "ana"))).unwrap();
    let other = Project::empty().file("secret.txt", "Elsewhere");
    symlink(
        other.path("secret.txt"),
        project.path("interviews/C-1/link"),
    )
    .unwrap();
    symlink(other.path(""), project.path("interviews/C-1/folder")).unwrap();
    symlink(other.path(""), project.path("interviews/C-9")).unwrap();
    // Behind it could be drafts.
    let run = export(&project, &[]).ended(2);
    assert!(
        run.stderr
            .contains("interviews/C-1/folder may be a draft, and is not read"),
        "{}",
        run.stderr
    );
    fs::remove_file(project.path("interviews/C-1/folder")).unwrap();
    let run = export(&project, &[]).good();
    assert!(!run.stdout.contains("Elsewhere"), "{}", run.stdout);
    assert!(run.stdout.contains("\"link\""));
    manage(&project, &["export", "--candidate", "C-9"]).ended(2);
}

/// Who has yet to hand in could otherwise read the others' scores by calling the draft something else.
#[test]
fn a_draft_under_another_name_locks_the_copy() {
    let project = filled();
    let path = card_path(&project, "ana");
    let draft = project.path(&path);
    for name in ["sub/ana.toml", ".ana.toml", "ana.TOML"] {
        let to = draft.parent().unwrap().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(&draft, &to).unwrap();
        let run = export(&project, &[]).ended(2);
        assert_eq!(run.stdout, "");
        assert!(
            run.stderr.contains("may be a draft, and is not read"),
            "{}",
            run.stderr
        );
        let found = manage(&project, &["check", "--format", "json"])
            .ended(1)
            .stdout;
        assert_eq!(
            found.matches("\"doubtful-scorecard\"").count(),
            1,
            "{found}"
        );
        assert!(!found.contains("misplaced-file"), "{found}");
        fs::rename(&to, &draft).unwrap();
    }
}

/// What another candidate's scorecard says is nobody's to copy, wherever it lies.
#[test]
fn what_is_of_another_candidate_is_left_out_and_named() {
    let project = filled();
    let card_of_ana = project.path(&card_path(&project, "ana"));
    fs::remove_file(&card_of_ana).unwrap();
    let folder = screen_folder(&project, "C-1");
    let other = project
        .read(&format!("{folder}/ben.toml"))
        .replace("\"C-1\"", "\"C-777\"")
        .replace("\"ben\"", "\"eve\"")
        .replace("Zanzibar", "Elsewhere");
    // A draft of another's waits for nobody here.
    let draft = other.replace("status = \"submitted\"", "status = \"draft\"");
    let draft = draft.replace("submitted_at", "# submitted_at");
    for (name, text) in [
        ("eve.toml", other.as_str()),
        ("leo.toml", &draft),
        ("eve.journal.old", "C-777 Elsewhere"),
        ("eve.notes.txt", "Of C-1."),
    ] {
        fs::write(project.path(&format!("{folder}/{name}")), text).unwrap();
    }
    let run = export(&project, &[]).good();
    assert!(
        run.stderr.contains("eve.toml is left out") && run.stderr.contains("is of `C-777`"),
        "{}",
        run.stderr
    );
    for secret in ["C-777", "Elsewhere"] {
        assert!(!run.stdout.contains(secret), "{}", run.stdout);
    }
    assert!(run.stdout.contains("Of C-1."), "{}", run.stdout);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["scorecards"].as_array().unwrap().len(), 1);
    let files = json["files"].as_array().unwrap().iter();
    let left_out: Vec<&str> = files
        .filter(|file| file["left_out"] == "it says that it is of another candidate")
        .map(|file| file["path"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(left_out, ["eve.journal.old", "eve.toml", "leo.toml"]);
}

#[test]
fn only_locks_of_ours_are_left_out() {
    let project = filled();
    fs::remove_file(project.path(&card_path(&project, "ana"))).unwrap();
    let folder = screen_folder(&project, "C-1");
    let lock = "{\"pid\":1,\"host\":null,\"since\":\"2026-01-01T00:00:00Z\"}";
    for (name, text, is_ours) in [
        ("ben.lock", "", true),
        ("zoe.lock", lock, true),
        ("interview.lock", "A transcript.", false),
        ("ben.lock", "A transcript.", false),
        (
            "ben.lock",
            &lock.replace('}', ",\"note\":\"A transcript.\"}"),
            false,
        ),
        ("empty.lock", "", false),
    ] {
        let path = project.path(&format!("{folder}/{name}"));
        fs::write(&path, text).unwrap();
        let run = export(&project, &[]).good();
        assert_eq!(!run.stdout.contains(name), is_ours, "{name}: {text}");
        assert_eq!(run.stdout.contains("A transcript."), text.contains("A tr"));
        fs::remove_file(&path).unwrap();
    }
}

/// A reader who goes away does not leave the drafts as if their sessions had been killed.
#[test]
fn a_copy_that_nobody_reads_ends_its_sessions() {
    let project = filled();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_intervy"));
    let arguments = ["--bank", "bank", "score", "export", "--candidate", "C-1"];
    command
        .args(arguments)
        .args(["--reveal", "A request."])
        .current_dir(project.path(""))
        .env_remove("INTERVY_BANK")
        .stdout(writer)
        .stderr(std::process::Stdio::null());
    assert_eq!(command.status().unwrap().code(), Some(0));
    assert_eq!(card(&project, "ana").reveals.len(), 1);
    let folder = project.path(&screen_folder(&project, "C-1"));
    assert!(!folder.join("ana.journal").exists());
}

#[test]
fn a_copy_stays_out_of_the_banks_repository() {
    let project = filled();
    fs::create_dir(project.path("bank/.git")).unwrap();
    let reveal = ["--reveal", "A request."];
    for path in ["bank/e.json", "bank/questions/e.json"] {
        let run = export(&project, &[&reveal[..], &["-o", path]].concat()).ended(2);
        assert!(run.stderr.contains("--force"), "{}", run.stderr);
        assert!(!project.path(path).exists());
    }
    assert!(card(&project, "ana").reveals.is_empty());
    export(
        &project,
        &[&reveal[..], &["-o", "bank/e.json", "--force"]].concat(),
    )
    .good();
    assert!(project.read("bank/e.json").contains("Zanzibar"));
    export(&project, &[&reveal[..], &["-o", "e.json"]].concat()).good();
}

#[test]
fn a_copy_replaces_no_file_of_the_interviews() {
    let project = filled();
    let before = snapshot(&project, "interviews");
    let ben = card_path(&project, "ben");
    let absolute = project.path(&ben);
    let roundabout = format!("bank/../{ben}");
    for path in [&ben, absolute.to_str().unwrap(), &roundabout] {
        for more in [&[][..], &["--force"]] {
            let arguments = ["--reveal", "A request.", "-o", path];
            let run = export(&project, &[&arguments[..], more].concat()).ended(2);
            assert!(run.stderr.contains("may be a scorecard"), "{}", run.stderr);
        }
    }
    assert_eq!(snapshot(&project, "interviews"), before);
    // Elsewhere, as everywhere, a file is replaced.
    fs::write(project.path("copy.json"), "old").unwrap();
    export(&project, &["--reveal", "A request.", "-o", "copy.json"]).good();
    assert!(project.read("copy.json").contains("Zanzibar"));
}
