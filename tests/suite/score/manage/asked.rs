//! What comes while a removal waits for its word stays.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::purge::{is_there, log, three};
use super::{fill, manage, screen_folder, snapshot};
use crate::harness::Project;

/// A terminal in which a removal waits for its word.
struct Asked {
    socket: String,
}

impl Asked {
    /// Asks for a removal; `None`, said aloud, where there is no tmux. CI must have it.
    fn start(project: &Project, arguments: &str) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "CI needs tmux");
            eprintln!("SKIPPED: no tmux on the PATH");
            return None;
        }
        let socket = project.path("tmux").to_str().unwrap().to_owned();
        let program = env!("CARGO_BIN_EXE_intervy");
        let line = format!(
            "env -u INTERVY_BANK {program} --bank bank score purge {arguments}; echo ended $?; sleep 60"
        );
        let asked = Self { socket };
        let folder = project.path("");
        let folder = folder.to_str().unwrap();
        let window = ["-f", "/dev/null", "new-session", "-d", "-s", "t"];
        asked.tmux(&[&window[..], &["-x", "200", "-y", "50", "-c", folder, &line]].concat());
        asked.shows("to go on");
        Some(asked)
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("tmux");
        let output = command.args(["-S", &self.socket]).args(arguments).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    }

    /// Waits until the terminal shows it.
    #[track_caller]
    fn shows(&self, expected: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let screen = self.tmux(&["capture-pane", "-t", "t", "-p"]);
            if screen.contains(expected) {
                return screen;
            }
            assert!(Instant::now() < deadline, "no `{expected}`:\n{screen}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Says the word; what is on the terminal at the end.
    #[track_caller]
    fn go_on(&self, status: i32) -> String {
        self.tmux(&["send-keys", "-t", "t", "purge", "Enter"]);
        self.shows(&format!("ended {status}"))
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// What goes on while the removal waits, and what is said of it.
fn stays(arguments: &str, meanwhile: impl FnOnce(&Project), said: &str) {
    let project = three();
    let until = ["retain", "--candidate", "C-2", "--until", "2001-03-01"];
    manage(&project, &until).good();
    let Some(asked) = Asked::start(&project, arguments) else {
        return;
    };
    meanwhile(&project);
    let before = snapshot(&project, "interviews/C-2");
    let screen = asked.go_on(1);
    assert!(
        screen.contains("C-2 is not removed") && screen.contains(said),
        "{screen}"
    );
    assert_eq!(snapshot(&project, "interviews/C-2"), before);
    assert!(log(&project).is_empty(), "{screen}");
}

#[test]
fn a_new_interview_stays() {
    let meanwhile = |project: &Project| {
        let new = ["--set", "one=4", "--date", "2026-11-23"];
        fill(project, "C-2", "ben", &new).good();
    };
    stays("--older-than 365", meanwhile, "not asked for any more");
}

#[test]
fn a_day_that_was_put_off_counts() {
    let meanwhile = |project: &Project| {
        let until = ["retain", "--candidate", "C-2", "--until", "2999-01-01"];
        manage(project, &until).good();
    };
    stays("--retain-until", meanwhile, "not asked for any more");
    stays("--older-than 365", meanwhile, "retained until 2999-01-01");
}

#[test]
fn a_hold_counts() {
    let meanwhile = |project: &Project| {
        let hold = ["retain", "--candidate", "C-2", "--hold", "A claim."];
        manage(project, &hold).good();
    };
    stays("--candidate C-2", meanwhile, "A claim.");
}

#[test]
fn more_files_than_were_listed_stay() {
    let meanwhile = |project: &Project| {
        let folder = screen_folder(project, "C-2");
        fs::write(project.path(&format!("{folder}/offer.pdf")), "x").unwrap();
    };
    stays("--candidate C-2", meanwhile, "it has 4 files now, and 3");
    stays("--retain-until", meanwhile, "it has 4 files now, and 3");
}

#[test]
fn what_is_as_it_was_goes() {
    let project = three();
    let Some(asked) = Asked::start(&project, "--older-than 365") else {
        return;
    };
    let screen = asked.go_on(0);
    assert!(screen.contains("removed: C-2, 2 files"), "{screen}");
    assert!(!is_there(&project, "C-2") && is_there(&project, "C-1"));
}
