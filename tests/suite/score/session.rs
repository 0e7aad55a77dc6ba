//! What others do to the files of a scorecard while nobody, or somebody, works on it: nothing acknowledged is lost.

use std::fs;
use std::path::{Path, PathBuf};

use intervy::model::scorecard::{Answer, LONGEST_NOTE, Rating, Scorecard};
use intervy::store::interviews::{Begun, Holder, Interviews, Notice, OpenError, Session};
use jiff::Timestamp;
use proptest::prelude::*;

use super::read;
use crate::harness::Project;

const HASH: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

fn blank(interviewer: &str) -> Scorecard {
    let mut card = Scorecard::new("s-00000000", "C-1", interviewer);
    let rating = |id: &str| Rating {
        id: id.to_owned(),
        hash: Some(HASH.to_owned()),
        ..Rating::default()
    };
    card.questions = ["one", "two"].map(rating).to_vec();
    card
}

fn begin(folder: &Path, interviewer: &str) -> Result<(Session, Begun), OpenError> {
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    Session::open(&Interviews::below(folder), &blank(interviewer), &holder)
}

fn open(folder: &Path, interviewer: &str) -> (Session, Begun) {
    begin(folder, interviewer).unwrap()
}

/// Records a note on the first question; whether it is saved.
fn note(session: &mut Session, text: &str) -> bool {
    let mut card = session.card().clone();
    card.questions[0].note = Some(text.to_owned());
    session.record(card).is_ok()
}

fn noted(session: &Session) -> Option<&str> {
    session.card().questions[0].note.as_deref()
}

/// As when the process is killed: the lock is free, and nothing else is done.
fn kill(session: Session) {
    let lock = session.paths().lock.clone();
    std::mem::forget(session);
    // The lock is still held by this process: another file takes its place.
    fs::remove_file(lock).unwrap();
}

/// A folder with a session that was killed after three notes; the paths of the scorecard.
fn killed(project: &Project) -> [PathBuf; 2] {
    let (mut session, begun) = open(&project.path(""), "ana");
    assert_eq!(begun, Begun::New);
    for text in ["first", "second", "third"] {
        assert!(note(&mut session, text));
    }
    let paths = session.paths().clone();
    kill(session);
    [paths.card, paths.journal]
}

#[test]
fn a_damaged_journal_is_kept_and_its_last_whole_line_counts() {
    /// What is done to the lines.
    type Damage = fn(&mut Vec<Vec<u8>>);
    /// The damage, the note that is found, and the line that is told with whether it is the end.
    type Case = (Damage, &'static str, Option<(usize, bool)>);
    let lines_of = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        lines.map(<[u8]>::to_vec).collect()
    };
    let damages: [Case; 6] = [
        (|lines| lines[0][20] ^= 1, "third", Some((1, false))),
        (|lines| lines[1][20] ^= 1, "third", Some((2, false))),
        (|lines| lines[2][20] ^= 1, "second", Some((3, true))),
        // What does not end was never acknowledged.
        (|lines| lines.push(b"0000 {".to_vec()), "third", None),
        (|lines| lines.push(vec![0; 64]), "third", None),
        // As some tools end lines.
        (
            |lines| {
                for line in lines {
                    line.insert(line.len() - 1, b'\r');
                }
            },
            "third",
            None,
        ),
    ];
    for (damage, expected, notice) in damages {
        let project = Project::empty();
        let [card, journal] = killed(&project);
        let mut damaged = lines_of(&fs::read(&journal).unwrap());
        assert_eq!(damaged.len(), 3);
        damage(&mut damaged);
        fs::write(&journal, damaged.concat()).unwrap();
        // The journal alone has everything.
        fs::remove_file(&card).unwrap();
        let (mut session, begun) = open(&project.path(""), "ana");
        assert_eq!(begun, Begun::Interrupted);
        assert_eq!(noted(&session), Some(expected));
        let notices = session.notices();
        let Some((at, end)) = notice else {
            assert_eq!(notices, []);
            continue;
        };
        let [Notice::Damaged { copy, line, is_end }] = notices.as_slice() else {
            panic!("{notices:?}");
        };
        assert_eq!((*line, *is_end), (at, end));
        assert_eq!(fs::read(copy).unwrap(), damaged.concat());
        session.close();
        assert!(read(&fs::read_to_string(&card).unwrap()).is_ok());
    }
}

#[test]
fn what_is_set_aside_never_takes_the_place_of_what_was_set_aside_before() {
    let project = Project::empty();
    for round in 1..=3 {
        let [card, _] = killed_again(&project, round);
        let text = fs::read_to_string(&card).unwrap();
        fs::write(&card, text.replace(&format!("round {round}"), "by hand")).unwrap();
        let (mut session, _) = open(&project.path(""), "ana");
        assert_eq!(noted(&session), Some("by hand"));
        let notices = session.notices();
        let [Notice::Edited(copy)] = notices.as_slice() else {
            panic!("{notices:?}");
        };
        let copy = fs::read_to_string(copy).unwrap();
        assert!(copy.contains(&format!("round {round}")));
        session.close();
    }
    let kept = ["journal.old", "journal.old-2", "journal.old-3"];
    for name in kept {
        assert!(project.path(&format!("C-1/s-00000000/ana.{name}")).exists());
    }
}

fn killed_again(project: &Project, round: u32) -> [PathBuf; 2] {
    let (mut session, _) = open(&project.path(""), "ana");
    assert!(note(&mut session, &format!("round {round}")));
    let paths = session.paths().clone();
    kill(session);
    [paths.card, paths.journal]
}

#[test]
fn a_journal_of_somebody_else_is_refused() {
    let project = Project::empty();
    let [_, journal] = killed(&project);
    fs::copy(&journal, journal.with_file_name("ben.journal")).unwrap();
    let Err(OpenError::Misplaced(message)) = begin(&project.path(""), "ben") else {
        panic!("it was taken");
    };
    assert!(message.contains("its interviewer is `ana`"), "{message}");
    assert!(!journal.with_file_name("ben.toml").exists());
}

#[test]
fn a_folder_that_is_gone_comes_back_with_everything() {
    let project = Project::empty();
    let (mut session, _) = open(&project.path(""), "ana");
    assert!(note(&mut session, "first"));
    fs::remove_dir_all(project.path("C-1")).unwrap();
    assert!(note(&mut session, "second"));
    let card = session.paths().card.clone();
    session.close();
    let text = fs::read_to_string(card).unwrap();
    let rating = &read(&text).unwrap().questions[0];
    assert_eq!(rating.note.as_deref(), Some("second"));
    // Where it cannot come back, nothing is said to be saved.
    let (mut session, _) = open(&project.path(""), "ana");
    fs::remove_dir_all(project.path("C-1")).unwrap();
    fs::write(project.path("C-1"), "").unwrap();
    assert!(!note(&mut session, "third"));
    assert_eq!(noted(&session), Some("second"));
}

#[test]
fn a_session_whose_lock_was_taken_over_saves_nothing_any_more() {
    let project = Project::empty();
    let (mut first, _) = open(&project.path(""), "ana");
    assert!(note(&mut first, "first"));
    fs::remove_file(&first.paths().lock).unwrap();
    let (mut second, _) = open(&project.path(""), "ana");
    assert!(note(&mut second, "second"));
    assert!(!note(&mut first, "lost"));
    // Its end takes nothing from the other one.
    first.close();
    assert!(second.paths().lock.exists());
    assert!(note(&mut second, "third"));
    let card = second.paths().card.clone();
    second.close();
    assert!(fs::read_to_string(card).unwrap().contains("third"));
}

#[test]
fn what_somebody_else_writes_meanwhile_is_kept_beside() {
    let project = Project::empty();
    let (mut session, _) = open(&project.path(""), "ana");
    assert!(note(&mut session, "first"));
    let card = session.paths().card.clone();
    let text = fs::read_to_string(&card).unwrap();
    fs::write(&card, text.replace("first", "by hand")).unwrap();
    assert!(note(&mut session, "second"));
    let notices = session.notices();
    let [Notice::Replaced(copy)] = notices.as_slice() else {
        panic!("{notices:?}");
    };
    assert!(fs::read_to_string(copy).unwrap().contains("by hand"));
    assert!(fs::read_to_string(&card).unwrap().contains("second"));
    // A scorecard that is gone when the session ends comes back.
    fs::remove_file(&card).unwrap();
    session.close();
    assert!(fs::read_to_string(&card).unwrap().contains("second"));
    assert!(!card.with_extension("journal").exists());
}

#[test]
fn nothing_is_saved_that_could_not_be_read_again() {
    let project = Project::empty();
    let (mut session, _) = open(&project.path(""), "ana");
    let mut card = session.card().clone();
    for rating in &mut card.questions {
        rating.note = Some("x".repeat(LONGEST_NOTE));
    }
    session.record(card.clone()).unwrap();
    for number in 0..3 {
        let id = format!("more-{number}");
        let note = Some("x".repeat(LONGEST_NOTE));
        card.questions.push(Rating {
            id,
            note,
            ..Rating::default()
        });
    }
    let error = session.record(card).unwrap_err();
    assert!(!error.is_kept && error.error.to_string().contains("256 KiB"));
    session.close();
    assert_eq!(open(&project.path(""), "ana").0.card().questions.len(), 2);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_no_files_of_a_session() {
    use std::os::unix::fs::symlink;
    let project = Project::empty().file("precious", "x");
    let folder = project.path("C-1/s-00000000");
    fs::create_dir_all(&folder).unwrap();
    for name in ["ana.lock", "ana.journal", "ana.toml"] {
        for target in ["precious", "nowhere"] {
            symlink(project.path(target), folder.join(name)).unwrap();
            assert!(begin(&project.path(""), "ana").is_err(), "{name}");
            assert_eq!(project.read("precious"), "x", "{name}");
            assert!(!project.path("nowhere").exists(), "{name}");
            let _ = fs::remove_file(folder.join(name));
        }
    }
    let pipe = folder.join("ana.journal");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    assert!(matches!(
        begin(&project.path(""), "ana"),
        Err(OpenError::Io { .. })
    ));
    fs::remove_file(pipe).unwrap();
    // Nor are folders that are links.
    let other = Project::empty();
    symlink(other.path(""), project.path("C-1/s-link")).unwrap();
    fs::rename(&folder, project.path("C-1/away")).unwrap();
    fs::rename(project.path("C-1/s-link"), &folder).unwrap();
    assert!(matches!(
        begin(&project.path(""), "ana"),
        Err(OpenError::Io { .. })
    ));
    assert_eq!(fs::read_dir(other.path("")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_journal_is_as_private_as_its_scorecard_and_leftovers_go() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::empty();
    let (mut session, _) = open(&project.path(""), "ana");
    assert!(note(&mut session, "first"));
    let card = session.paths().card.clone();
    session.close();
    fs::set_permissions(&card, fs::Permissions::from_mode(0o600)).unwrap();
    let left = card.with_file_name(".intervy-left.tmp");
    let fresh = card.with_file_name(".intervy-fresh.tmp");
    for path in [&left, &fresh] {
        fs::write(path, "notes").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    let file = fs::File::options().write(true).open(&left).unwrap();
    file.set_modified(long_ago).unwrap();
    let (mut session, _) = open(&project.path(""), "ana");
    assert!(note(&mut session, "second"));
    let journal = session.paths().journal.metadata().unwrap();
    assert_eq!(journal.permissions().mode() & 0o777, 0o600);
    assert_eq!(card.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!left.exists() && fresh.exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is in a note, a session that is killed finds it again.
    #[test]
    fn every_letter_of_a_note_survives(text in proptest::collection::vec(any::<char>(), 1..40)) {
        let project = Project::empty();
        let mut text: String = text.into_iter().collect();
        text.push_str("a\u{7f}\u{9b}\u{fffe}\u{ffff}\u{feff}\u{2028}\u{0}\r\n\tz");
        let (mut session, _) = open(&project.path(""), "ana");
        let mut card = session.card().clone();
        card.questions[0].note = Some(text.clone());
        card.questions[0].answer = Some(Answer::Score(4));
        session.record(card).unwrap();
        let card = session.paths().card.clone();
        kill(session);
        fs::remove_file(card).unwrap();
        let (session, begun) = open(&project.path(""), "ana");
        prop_assert_eq!(begun, Begun::Interrupted);
        prop_assert_eq!(noted(&session), Some(text.trim()));
        let file = fs::read_to_string(&session.paths().card).unwrap();
        let card = read(&file).unwrap();
        prop_assert_eq!(card.questions[0].note.as_deref(), Some(text.trim()));
    }
}
