//! Nothing that was acknowledged is lost: kills, a full disk, many writers at once.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
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
fn session(project: &Project, interviewer: &str, interviews: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_intervy"))
        .args([
            "--bank",
            "bank",
            "score",
            "s",
            "--candidate",
            "C-1",
            "--interviewer",
            interviewer,
            "--plain",
        ])
        .args(["--interviews".as_ref(), interviews.as_os_str()])
        .current_dir(project.path(""))
        .env_remove("INTERVY_BANK")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the next session finds.
fn found(interviews: &Path, screen: &str) -> Scorecard {
    let blank = Scorecard::new(screen, "C-1", "ana");
    let holder = Holder::here(Timestamp::UNIX_EPOCH);
    let (session, _) = Session::open(&Interviews::below(interviews), &blank, &holder).unwrap();
    session.card().clone()
}

/// The screen's id.
fn screen_of(interviews: &Path) -> String {
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

fn card_of(text: &str) -> Scorecard {
    read(text).unwrap()
}

/// A small file system, gone at the end.
struct Disk(PathBuf);

impl Disk {
    /// `None`, said aloud, where nothing can be mounted.
    fn mount(project: &Project) -> Option<Self> {
        let disk = project.path("disk");
        std::fs::create_dir(&disk).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=192k", "tmpfs"])
            .arg(&disk)
            .output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(disk));
        }
        eprintln!("SKIPPED: no small file system can be mounted here");
        None
    }

    fn remount(&self, how: &str) {
        let how = format!("remount,{how}");
        let output = Command::new("mount")
            .args(["-o", &how])
            .arg(&self.0)
            .output();
        assert!(output.is_ok_and(|output| output.status.success()));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let project = project();
    if let Some(disk) = Disk::mount(&project) {
        fill(&project, &disk.0);
    }
}

#[test]
fn a_disk_that_cannot_be_written_any_more_is_said_and_the_session_goes_on() {
    let project = project();
    let Some(disk) = Disk::mount(&project) else {
        return;
    };
    let interviews = disk.0.join("interviews");
    let mut child = session(&project, "ana", &interviews);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut answered = |line: &str, expected: &str| {
        writeln!(input, "{line}").unwrap();
        let mut answer = String::new();
        while !(answer.contains("saved one:") || answer.contains("NOT SAVED")) {
            answer.clear();
            assert!(output.read_line(&mut answer).unwrap() > 0, "{line}");
        }
        assert!(answer.contains(expected), "{line}: {answer}");
    };
    answered("note first", "saved one:");
    // A file that is open for writing keeps a file system writable: as when the folder loses its permission.
    let folder = interviews.join("C-1").join(screen_of(&interviews));
    std::fs::rename(&folder, disk.0.join("away")).unwrap();
    std::fs::write(&folder, "").unwrap();
    answered("note second", "saved one:");
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(disk.0.join("away"), &folder).unwrap();
    answered("note third", "saved one:");
    drop(input);
    assert!(child.wait().unwrap().success());
    assert_eq!(
        card_of(&std::fs::read_to_string(folder.join("ana.toml")).unwrap())
            .rating("one")
            .unwrap()
            .note
            .as_deref(),
        Some("third")
    );
    // Read-only from the start.
    disk.remount("ro");
    let interviews = interviews.to_str().unwrap();
    let run = score(&project, &["--set", "one=4", "--interviews", interviews]).ended(2);
    assert!(
        run.stderr.contains("ana.lock cannot be locked"),
        "{}",
        run.stderr
    );
    disk.remount("rw");
    score(&project, &["--set", "one=4", "--interviews", interviews]).good();
}

fn fill(project: &Project, disk: &Path) {
    let interviews = disk.join("interviews");
    let mut child = session(project, "ana", &interviews);
    let mut input = child.stdin.take().unwrap();
    let writer = thread::spawn(move || {
        let long = "x".repeat(6_000);
        for number in 1..=40 {
            let _ = writeln!(input, "note {number} {long}");
        }
        // There is room for a short one.
        let _ = writeln!(input, "note short\nquit");
    });
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<String> = output.lines().map(Result::unwrap).collect();
    writer.join().unwrap();
    let status = child.wait().unwrap();
    assert!(status.success(), "{lines:?}");
    let saved = lines
        .iter()
        .filter(|line| line.contains("saved one:"))
        .count();
    let refused = lines
        .iter()
        .filter(|line| line.contains("NOT SAVED"))
        .count();
    assert!(
        saved > 1 && refused < 41,
        "{saved} saved, {refused} refused"
    );
    assert_eq!(saved + refused, 41, "{lines:?}");
    let card = found(&interviews, &screen_of(&interviews));
    let note = card.rating("one").unwrap().note.clone().unwrap();
    let last_saved = lines
        .iter()
        .filter(|line| line.contains("saved one:") || line.contains("NOT SAVED"));
    let last_saved = last_saved
        .enumerate()
        .filter(|(_, line)| line.contains("saved one:"))
        .last()
        .unwrap()
        .0
        + 1;
    let expected = if last_saved == 41 {
        "short".to_owned()
    } else {
        last_saved.to_string()
    };
    assert!(note.starts_with(&expected), "{note:.20}, {expected}");
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
    // A journal that is damaged in the middle is not guessed at.
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let mut damaged = whole.clone();
    damaged[20] ^= 1;
    std::fs::write(&journal, &damaged).unwrap();
    assert!(lines.len() > 1);
    let run = score(&project, &["--set", "three=4"]).ended(2);
    assert!(run.stderr.contains("damaged at line 1"), "{}", run.stderr);
    assert_eq!(std::fs::read(&journal).unwrap(), damaged);
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
