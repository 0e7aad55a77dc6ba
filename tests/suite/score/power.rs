//! A power cut in the middle of an interview: what a disk holds at that instant, looked at afterwards.
//!
//! A file stands for the disk. What is written below its file system is in it only once the system has handed it down,
//! as after a sync; a copy of it at any instant is what is left when the power goes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use super::durable::{count_saved, found, screen_of, session};
use super::{project, read};
use crate::harness::Project;

/// A disk in a file, mounted until the end.
struct Disk {
    mounted: PathBuf,
}

impl Disk {
    /// `None` where nothing can be mounted.
    fn mount(image: &Path, at: PathBuf) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "ext4", "-o", "loop"])
            .args([image, &at])
            .output();
        let is_mounted = mounted.is_ok_and(|mounted| mounted.status.success());
        is_mounted.then_some(Self { mounted: at })
    }

    /// A new one.
    fn make(project: &Project, round: u32) -> Option<(Self, PathBuf)> {
        let image = project.path(&format!("disk-{round}"));
        fs::File::create(&image).unwrap().set_len(12 << 20).unwrap();
        let made = Command::new("mkfs.ext4")
            .args(["-q", "-F"])
            .arg(&image)
            .output();
        if !made.is_ok_and(|made| made.status.success()) {
            return None;
        }
        let disk = Self::mount(&image, project.path(&format!("before-{round}")))?;
        Some((disk, image))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.mounted).output();
    }
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    const ROUNDS: u32 = 12;
    let project = project();
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let Some((disk, image)) = Disk::make(&project, round) else {
            eprintln!("SKIPPED: no disk in a file can be made and mounted here");
            return;
        };
        let mut child = session(&project, "ana", &disk.mounted.join("interviews"));
        let mut input = child.stdin.take().unwrap();
        let (saved, reader) = count_saved(&mut child);
        let writer = thread::spawn(move || {
            for number in 1..10_000 {
                if writeln!(input, "note {number}").is_err() {
                    break;
                }
            }
        });
        let wanted = usize::try_from(round * 3).unwrap();
        while saved.load(Ordering::SeqCst) < wanted {
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(Duration::from_micros(u64::from(round) * 700));
        // What was acknowledged before the disk is copied must be in the copy.
        let before = saved.load(Ordering::SeqCst);
        let copy = project.path(&format!("copy-{round}"));
        stop(child.id());
        fs::copy(&image, &copy).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        writer.join().unwrap();
        drop(disk);
        acknowledged += before;
        let disk = Disk::mount(&copy, project.path(&format!("after-{round}")));
        let disk = disk.expect("the copy is a file system");
        let interviews = disk.mounted.join("interviews");
        if before > 0 {
            let screen = screen_of(&interviews);
            let card = interviews.join("C-1").join(&screen).join("ana.toml");
            let text = fs::read_to_string(card).unwrap();
            assert!(read(&text).is_ok(), "{round}: {text}");
            let note = found(&interviews, &screen)
                .rating("one")
                .unwrap()
                .note
                .clone();
            let note: usize = note.unwrap().parse().unwrap();
            assert!(note >= before, "{round}: {note} of {before}");
        }
        drop(disk);
        for file in [image, copy] {
            fs::remove_file(file).unwrap();
        }
    }
    assert!(acknowledged > 100, "{acknowledged}");
}

/// Stops a process where it is, so that nothing changes while the disk is copied.
fn stop(process: u32) {
    let stopped = Command::new("kill")
        .args(["-STOP", &process.to_string()])
        .status();
    assert!(stopped.unwrap().success());
}
