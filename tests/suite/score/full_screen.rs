//! The interview in a real terminal of 80 columns and 24 rows, typed through.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use intervy::model::scorecard::Answer;
use intervy::model::vocabulary::{AskMode, CardStatus};

use super::{card, card_path, project};
use crate::harness::Project;

/// How many terminals there were.
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// A terminal of its own.
struct Terminal {
    socket: String,
}

impl Terminal {
    /// Runs the interview in a terminal; `None`, said aloud, where there is no tmux. CI must have it.
    fn start(project: &Project, environment: &str) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "CI needs tmux");
            eprintln!("SKIPPED: no tmux on the PATH");
            return None;
        }
        let number = STARTED.fetch_add(1, Ordering::SeqCst);
        let socket = project.path(&format!("tmux-{number}"));
        let socket = socket.to_str().unwrap().to_owned();
        let terminal = Self { socket };
        let program = env!("CARGO_BIN_EXE_intervy");
        let line = format!(
            "env -u INTERVY_BANK {environment} {program} --bank bank score s --candidate C-1 --interviewer ana; echo ended $?; sleep 60"
        );
        terminal.tmux(
            &[
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-s",
                "t",
                "-x",
                "80",
                "-y",
                "24",
                "-c",
            ],
            project.path(""),
            &line,
        );
        Some(terminal)
    }

    fn tmux(&self, arguments: &[&str], folder: impl AsRef<Path>, line: &str) {
        let mut command = Command::new("tmux");
        command.arg("-S").arg(&self.socket).args(arguments);
        if !line.is_empty() {
            command.arg(folder.as_ref()).arg(line);
        }
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn screen(&self) -> String {
        let output = Command::new("tmux")
            .args(["-S", &self.socket, "capture-pane", "-t", "t", "-p"])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Waits until the screen shows it.
    #[track_caller]
    fn shows(&self, expected: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let screen = self.screen();
            if screen.contains(expected) {
                return self.settled();
            }
            assert!(Instant::now() < deadline, "no `{expected}`:\n{screen}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The screen once it has stopped changing: a busy machine draws it in pieces.
    fn settled(&self) -> String {
        let mut before = self.screen();
        for _ in 0..50 {
            thread::sleep(Duration::from_millis(30));
            let screen = self.screen();
            if screen == before {
                break;
            }
            before = screen;
        }
        before
    }

    /// Presses keys by name, then waits for what they lead to.
    #[track_caller]
    fn press(&self, keys: &[&str], expected: &str) -> String {
        self.tmux(&[&["send-keys", "-t", "t"], keys].concat(), "", "");
        self.shows(expected)
    }

    /// Types a text as it is.
    fn type_text(&self, text: &str) {
        self.tmux(&["send-keys", "-t", "t", "-l", text], "", "");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = Command::new("tmux")
            .args(["-S", &self.socket, "kill-server"])
            .output();
    }
}

#[test]
fn an_interview_is_typed_through_and_submitted() {
    let project = project();
    let Some(terminal) = Terminal::start(&project, "") else {
        return;
    };
    let screen = terminal.shows("1-5 score");
    // All of it fits: the title, the prompt, the anchors beside their numbers, the keys.
    for part in [
        "A screen · C-1 · ana",
        "saved",
        "intro: ",
        "Questions: ",
        "in all: ",
        " left",
        "What would you do, and why?",
        "[ ] 5 Strong Yes  With reasons.",
        "[ ] 2 No",
        "? help",
    ] {
        assert!(screen.contains(part), "{part}:\n{screen}");
    }
    assert_eq!(screen.lines().count(), 24, "{screen}");
    terminal.press(&["5"], "[x] 5 Strong Yes");
    terminal.shows("needs evidence");
    terminal.press(&["e"], "Enter keeps it");
    terminal.type_text("5 reasons, q and S too");
    terminal.press(&["Enter"], "Evidence: 5 reasons, q and S too");
    terminal.press(&["m"], "asked as deep");
    // The answer, and back.
    let screen = terminal.press(&["a"], "Reference answer");
    assert!(
        screen.contains("This.") && !screen.contains('\u{241b}'),
        "{screen}"
    );
    terminal.press(&["a"], "What would you do");
    // Where something is below, that is said, and the last page ends with the last line.
    terminal.press(&["?"], "more below (space)");
    let screen = terminal.press(&["Space"], "Every answer is on the disk");
    assert!(!screen.contains("more below"), "{screen}");
    terminal.press(&["?"], "What would you do");
    terminal.press(&["n"], "2. A question");
    terminal.press(&["0"], "[x] 0 no rating");
    terminal.press(&["Right"], "3. A question");
    terminal.press(&["S"], "3. A question: no score (1 to 5");
    terminal.press(&["x"], "[x] x not asked");
    // Forward and backward, as one likes.
    terminal.press(&["p"], "2. A question");
    terminal.press(&["4"], "[x] 4 Yes");
    terminal.press(&["l"], "5, with a note");
    // In the list digits open a question and score none.
    let screen = terminal.press(&["Down"], ">  3. A question");
    assert!(screen.contains("l back"), "{screen}");
    terminal.press(&["3"], "3. A question");
    terminal.press(&["n"], "Overall recommendation");
    terminal.press(&["4"], "[x] 4 Yes");
    terminal.press(&["e"], "Enter keeps it");
    terminal.type_text("Knows why.");
    terminal.press(&["Enter"], "Reason: Knows why.");
    let screen = terminal.press(&["S"], "S again submits");
    assert!(screen.contains("not asked"), "{screen}");
    terminal.press(&["S"], "ended 0");
    let card = card(&project, "ana");
    assert_eq!(card.status, CardStatus::Submitted);
    let answers: Vec<_> = card.questions.iter().map(|rating| rating.answer).collect();
    assert_eq!(
        answers,
        [
            Some(Answer::Score(5)),
            Some(Answer::Score(4)),
            Some(Answer::NotAsked)
        ]
    );
    assert_eq!(
        card.questions[0].note.as_deref(),
        Some("5 reasons, q and S too")
    );
    assert_eq!(card.questions[0].mode, Some(AskMode::Deep));
    assert_eq!(
        (card.overall.score, card.overall.reason.as_deref()),
        (Some(4), Some("Knows why."))
    );
}

#[test]
fn whoever_leaves_or_is_cut_off_comes_back_to_everything() {
    let project = project();
    let Some(terminal) = Terminal::start(&project, "NO_COLOR=1") else {
        return;
    };
    terminal.shows("1-5 score");
    terminal.press(&["3"], "[x] 3 Maybe");
    terminal.press(&["n"], "2. A question");
    terminal.press(&["C-c"], "ended 0");
    // The terminal is as it was.
    assert!(
        terminal.screen().contains("as a draft"),
        "{}",
        terminal.screen()
    );
    drop(terminal);
    let terminal = Terminal::start(&project, "").unwrap();
    // The first question without an answer is open.
    terminal.shows("2. A question");
    terminal.press(&["4"], "[x] 4 Yes");
    terminal.press(&["p"], "[x] 3 Maybe");
    // Gone without a word.
    drop(terminal);
    let terminal = Terminal::start(&project, "").unwrap();
    terminal.shows("3. A question");
    terminal.press(&["p"], "[x] 4 Yes");
    // A window that is too small says so, and grows again.
    terminal.tmux(
        &["resize-window", "-t", "t", "-x", "50", "-y", "10"],
        "",
        "",
    );
    terminal.shows("This needs 60 columns");
    terminal.tmux(
        &["resize-window", "-t", "t", "-x", "120", "-y", "40"],
        "",
        "",
    );
    terminal.shows("[x] 4 Yes");
    terminal.press(&["q"], "ended 0");
}

/// What is pasted is a text whatever stands in it, also where the terminal does not say that it is pasted.
#[test]
fn a_text_is_pasted_with_its_lines_and_no_key_of_it_counts() {
    let project = project();
    let Some(terminal) = Terminal::start(&project, "") else {
        return;
    };
    terminal.shows("1-5 score");
    terminal.press(&["4"], "[x] 4 Yes");
    let text = project.path("paste.txt");
    std::fs::write(&text, "first\n1 two\nS\nx 3\nq end").unwrap();
    let paste = |how: &[&str]| {
        let path = text.to_str().unwrap();
        terminal.tmux(&["load-buffer", path], "", "");
        terminal.tmux(&[&["paste-buffer", "-t", "t"], how].concat(), "", "");
    };
    // Nothing is open to take it.
    paste(&["-p"]);
    terminal.shows("not pasted");
    for (how, expected) in [(&["-p"][..], "q end"), (&[], "q endfirst")] {
        terminal.press(&["e"], "Enter keeps it");
        paste(how);
        terminal.shows(expected);
        terminal.press(&["Enter"], "1-5 score");
    }
    terminal.press(&["q"], "ended 0");
    let card = card(&project, "ana");
    let lines = "first\n1 two\nS\nx 3\nq end";
    assert_eq!(card.questions[0].note, Some(format!("{lines}{lines}")));
    assert_eq!(card.questions[0].answer, Some(Answer::Score(4)));
    let rest = &card.questions[1..];
    assert!(rest.iter().all(|rating| rating.answer.is_none()));
}

#[test]
fn a_note_keeps_its_lines_and_what_is_typed_of_it_survives() {
    let project = project();
    super::score(&project, &["--set", "one=4", "--note", "one=a\nb"]).good();
    let Some(terminal) = Terminal::start(&project, "") else {
        return;
    };
    terminal.press(&["p"], "1. A question");
    // Opened and kept, it is as it was; a new line is a key.
    terminal.press(&["e"], "Ctrl-J new line");
    terminal.press(&["Enter"], "1-5 score");
    assert_eq!(
        card(&project, "ana").questions[0].note.as_deref(),
        Some("a\nb")
    );
    terminal.press(&["e"], "Ctrl-J new line");
    terminal.press(&["C-j", "c", "Up", "x"], "bx");
    terminal.press(&["Enter"], "1-5 score");
    let note = |expected: &str| {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let card = card(&project, "ana");
            let note = card.questions[0].note.as_deref();
            if note == Some(expected) {
                return;
            }
            assert!(Instant::now() < deadline, "{note:?}");
            thread::sleep(Duration::from_millis(50));
        }
    };
    note("a\nbx\nc");
    // Whoever pauses has it saved; whoever drops it has what was before.
    terminal.press(&["e"], "Ctrl-J new line");
    terminal.type_text(" and more");
    note("a\nbx\nc and more");
    terminal.press(&["Escape"], "1-5 score");
    note("a\nbx\nc");
    // Whoever leaves in the middle keeps it, and so does one that is told to end.
    terminal.press(&["e"], "Ctrl-J new line");
    terminal.type_text("!");
    terminal.press(&["C-c"], "ended 0");
    note("a\nbx\nc!");
    drop(terminal);
    let terminal = Terminal::start(&project, "").unwrap();
    terminal.press(&["p"], "1. A question");
    terminal.press(&["e"], "Ctrl-J new line");
    terminal.type_text("?");
    terminal.shows("c!?");
    let lock = project.read(&card_path(&project, "ana").replace(".toml", ".lock"));
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    let told = Command::new("kill").arg(lock["pid"].to_string()).status();
    assert!(told.unwrap().success());
    terminal.shows("ended 0");
    note("a\nbx\nc!?");
}
