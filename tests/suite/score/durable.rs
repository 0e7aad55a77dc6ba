//! Nothing that was acknowledged is lost: kills, many writers at once, journals that are damaged.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use intervy::model::scorecard::Scorecard;
use intervy::store::interviews::{Holder, Interviews, Session};
use jiff::Timestamp;

use super::{card, card_path, project, read, score};
use crate::harness::Project;

/// A session on plain lines.
pub(super) fn session(project: &Project, interviewer: &str, interviews: &Path) -> Child {
    command(project, interviewer, interviews).spawn().unwrap()
}

/// What begins a session on plain lines.
pub(super) fn command(project: &Project, interviewer: &str, interviews: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intervy"));
    command
        .args(["--bank", "bank", "score", "s", "--candidate", "C-1"])
        .args(["--interviewer", interviewer, "--plain"])
        .args(["--interviews".as_ref(), interviews.as_os_str()])
        .current_dir(project.path(""))
        .env_remove("INTERVY_BANK")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Counts the answers of a session on the first question that are acknowledged, until it ends.
pub(super) fn count_saved(child: &mut Child) -> (Arc<AtomicUsize>, thread::JoinHandle<()>) {
    let output = child.stdout.take().unwrap();
    let saved = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&saved);
    let reader = thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            if line.is_ok_and(|line| line.contains("saved one:")) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    (saved, reader)
}

/// What the next session finds.
pub(super) fn found(interviews: &Path, screen: &str) -> Scorecard {
    let blank = Scorecard::new(screen, "C-1", "ana");
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    let (session, _) = Session::open(&Interviews::below(interviews), &blank, &holder).unwrap();
    session.card().clone()
}

/// The screen's id.
pub(super) fn screen_of(interviews: &Path) -> String {
    let screens = Interviews::below(interviews).screens_of("C-1");
    screens.into_iter().next().unwrap()
}

/// A small generator, so that a failure can be met again.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn five_hundred_kills_lose_nothing_that_was_acknowledged() {
    const KILLS: usize = 500;
    let project = project();
    score(&project, &["--set", "two=4"]).good();
    let interviews = project.path("interviews");
    let screen = screen_of(&interviews);
    let file = project.path(&card_path(&project, "ana"));
    let mut random = Random(11);
    let mut acknowledged = 0;
    for round in 0..KILLS {
        let mut child = session(&project, "ana", &interviews);
        let mut input = child.stdin.take().unwrap();
        let (saved, reader) = count_saved(&mut child);
        let writer = thread::spawn(move || {
            // Until the pipe breaks.
            for number in 1..10_000 {
                if writeln!(input, "note {round}-{number}").is_err() {
                    break;
                }
            }
        });
        let wanted = usize::try_from(random.below(6)).unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while saved.load(Ordering::SeqCst) < wanted && Instant::now() < deadline {
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(Duration::from_micros(random.below(4_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        writer.join().unwrap();
        let saved = saved.load(Ordering::SeqCst);
        acknowledged += saved;
        // The file is whole, whatever it holds; the next session finds all that was acknowledged.
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(read(&text).is_ok(), "{round}: {text}");
        let card = found(&interviews, &screen);
        assert_eq!(
            card.rating("two").unwrap().answer,
            card_of(&text).rating("two").unwrap().answer
        );
        let note = card.rating("one").unwrap().note.clone();
        if saved > 0 {
            let note = note.unwrap();
            let (of, number) = note.split_once('-').unwrap();
            assert_eq!(of, round.to_string(), "{note}, {saved} acknowledged");
            assert!(
                number.parse::<usize>().unwrap() >= saved,
                "{note}, {saved} acknowledged"
            );
        }
    }
    assert!(acknowledged > KILLS, "{acknowledged}");
}

pub(super) fn card_of(text: &str) -> Scorecard {
    read(text).unwrap()
}

#[test]
fn fifty_writers_at_once() {
    let project = project();
    // The folder is there, with the screen.
    score(&project, &["--set", "one=3"]).good();
    thread::scope(|scope| {
        for number in 0..50 {
            let project = &project;
            scope.spawn(move || {
                let own = format!("i{number}");
                let run = [
                    "--bank",
                    "bank",
                    "score",
                    "s",
                    "--candidate",
                    "C-1",
                    "--interviewer",
                    &own,
                    "--set",
                    "one=4",
                ];
                project.run(&run).good();
            });
        }
    });
    for number in 0..50 {
        let card = card(&project, &format!("i{number}"));
        assert_eq!(card.interviewer, format!("i{number}"));
        assert_eq!(card.rating("one").unwrap().answer.unwrap().score(), Some(4));
    }
    // The same scorecard: one at a time, and whoever is refused is told.
    let succeeded = AtomicUsize::new(0);
    thread::scope(|scope| {
        for number in 0..50 {
            let (project, succeeded) = (&project, &succeeded);
            scope.spawn(move || {
                let note = format!("two={number}");
                let run = score(project, &["--set", "two=4", "--note", &note]);
                if run.status == 0 {
                    succeeded.fetch_add(1, Ordering::SeqCst);
                } else {
                    assert_eq!(run.status, 2, "{}", run.stderr);
                    assert!(run.stderr.contains("another session"), "{}", run.stderr);
                }
            });
        }
    });
    assert!(succeeded.load(Ordering::SeqCst) > 0);
    let card = card(&project, "ana");
    assert_eq!(card.rating("one").unwrap().answer.unwrap().score(), Some(3));
    assert!(card.rating("two").unwrap().note.is_some());
    // Nothing is left lying about.
    let folder = project.path(&card_path(&project, "ana"));
    let left: Vec<String> = std::fs::read_dir(folder.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_none_or(|ending| ending != "toml")
        })
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_second_session_is_told_who_has_the_first() {
    let project = project();
    let interviews = project.path("interviews");
    let mut first = session(&project, "ana", &interviews);
    let mut input = first.stdin.take().unwrap();
    let mut output = BufReader::new(first.stdout.take().unwrap());
    writeln!(input, "note here").unwrap();
    let mut line = String::new();
    while !line.contains("saved one:") {
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0);
    }
    let run = score(&project, &["--set", "one=4"]).ended(2);
    assert!(
        run.stderr.contains(&format!("process {}", first.id())),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains(", since 20"), "{}", run.stderr);
    // Another interviewer is not kept waiting.
    project
        .run(&[
            "--bank",
            "bank",
            "score",
            "s",
            "--candidate",
            "C-1",
            "--interviewer",
            "ben",
            "--set",
            "one=4",
        ])
        .good();
    drop(input);
    assert!(first.wait().unwrap().success());
    score(&project, &["--set", "one=4"]).good();
    assert_eq!(
        card(&project, "ana").rating("one").unwrap().note.as_deref(),
        Some("here")
    );
}

#[test]
fn what_was_cut_off_or_edited_is_not_mistaken() {
    let project = project();
    score(&project, &["--set", "two=3"]).good();
    let interviews = project.path("interviews");
    let screen = screen_of(&interviews);
    let card_file = project.path(&card_path(&project, "ana"));
    let journal = card_file.with_extension("journal");
    let kill = || {
        let mut child = session(&project, "ana", &interviews);
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        writeln!(input, "note kept\nmode deep").unwrap();
        let mut line = String::new();
        let mut saved = 0;
        while saved < 2 {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0);
            saved += usize::from(line.contains("saved one:"));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    };
    kill();
    // A line that was cut off was never acknowledged.
    let whole = std::fs::read(&journal).unwrap();
    for cut in [b"0000".as_slice(), b"12345678 {\"schema\":1", &[0; 64]] {
        std::fs::write(&journal, [&whole, cut].concat()).unwrap();
        assert_eq!(
            found(&interviews, &screen)
                .rating("one")
                .unwrap()
                .note
                .as_deref(),
            Some("kept")
        );
        assert!(!std::fs::read(&journal).unwrap().ends_with(cut));
    }
    // Where the last answer may be lost, nothing else is said.
    let mut damaged = whole.clone();
    let place = damaged.len() - 20;
    damaged[place] ^= 1;
    std::fs::write(&journal, &damaged).unwrap();
    let run = score(&project, &["--set", "three=4"]).good();
    assert!(run.stderr.contains("may be missing"), "{}", run.stderr);
    assert!(!run.stderr.contains("nothing of it"), "{}", run.stderr);
    std::fs::remove_file(card_file.with_extension("journal.old")).unwrap();
    // What somebody wrote with an editor since counts, and the journal is set aside.
    std::fs::write(&journal, &whole).unwrap();
    let text = std::fs::read_to_string(&card_file).unwrap();
    std::fs::write(&card_file, text.replace("kept", "edited")).unwrap();
    let run = score(&project, &["--set", "three=4"]).good();
    assert!(
        run.stderr
            .contains("was changed after a session was interrupted"),
        "{}",
        run.stderr
    );
    assert_eq!(
        card(&project, "ana").rating("one").unwrap().note.as_deref(),
        Some("edited")
    );
    assert_eq!(
        std::fs::read(card_file.with_extension("journal.old")).unwrap(),
        whole
    );
    // A scorecard that cannot be read is left alone.
    std::fs::write(&card_file, "nonsense").unwrap();
    score(&project, &["--set", "three=5"]).ended(2);
    assert_eq!(std::fs::read_to_string(&card_file).unwrap(), "nonsense");
}
