//! A disk that is full, or cannot be written any more, in the middle of an interview.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use super::durable::{card_of, found, screen_of, session};
use super::{project, score};
use crate::harness::Project;

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
    // What is written to a journal that is not in its place would be found by nobody.
    let folder = interviews.join("C-1").join(screen_of(&interviews));
    std::fs::rename(&folder, disk.0.join("away")).unwrap();
    std::fs::write(&folder, "").unwrap();
    answered("note second", "NOT SAVED");
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

/// As somebody whose permission on the folder goes in the middle, and comes back: as root another user, since root may
/// write everywhere.
#[cfg(unix)]
#[test]
fn a_permission_that_is_lost_midway_is_said_and_loses_nothing() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let project = project();
    let interviews = project.path("interviews");
    let screen = {
        score(&project, &["--set", "two=3"]).good();
        screen_of(&interviews)
    };
    let folder = interviews.join("C-1").join(&screen);
    let is_root = folder.metadata().unwrap().uid() == 0;
    let allow = |mode: u32| {
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    if is_root {
        for path in [project.path(""), interviews.clone(), interviews.join("C-1")] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::os::unix::fs::chown(entry.unwrap().path(), Some(NOBODY), None).unwrap();
        }
        std::os::unix::fs::chown(&folder, Some(NOBODY), None).unwrap();
    }
    let mut command = super::durable::command(&project, "ana", &interviews);
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    let Ok(mut child) = command.spawn() else {
        eprintln!("SKIPPED: the program cannot be run by another user here");
        return;
    };
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
    let card = || {
        let text = std::fs::read_to_string(folder.join("ana.toml")).unwrap();
        card_of(&text).rating("one").unwrap().note.clone()
    };
    answered("note first", "saved one:");
    assert_eq!(card().as_deref(), Some("first"));
    allow(0o555);
    answered("note second", "in the journal only");
    // The file is the old one, and whole; the journal has the rest.
    assert_eq!(card().as_deref(), Some("first"));
    let journal = std::fs::read_to_string(folder.join("ana.journal")).unwrap();
    assert!(journal.contains("\"second\""), "{journal}");
    allow(0o755);
    answered("note third", "saved one:");
    assert_eq!(card().as_deref(), Some("third"));
    drop(input);
    assert!(child.wait().unwrap().success());
}
