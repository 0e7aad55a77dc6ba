//! A folder to work in and the program to run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use intervy::commands;
use intervy::commands::lint::Keep;
use intervy::lint::levels::{Flags, Levels};
use intervy::model::bank::Bank;
use intervy::model::finding::Finding;
use intervy::model::question::Question;
use intervy::model::source::Source;
use intervy::store::built_in::BANK;
use intervy::store::files::Files;
use intervy::store::question::{self, Reading};
use intervy::store::{self};

/// A configuration with the categories that tests use.
pub(crate) const CONFIG: &str = "[bank]\nname = \"Test\"\nschema = 1\n
[[categories]]\nid = \"databases\"\nname = \"Databases\"\naliases = [\"db\"]\n
[[categories]]\nid = \"caching\"\nname = \"Caching\"\n
[[categories]]\nid = \"security\"\nname = \"Security\"\n";

/// A folder that is removed at the end.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder with a configuration and no questions.
    pub(crate) fn bank() -> Self {
        Self::empty().file("intervy.toml", CONFIG)
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Adds a good question.
    pub(crate) fn question(self, category: &str, id: &str) -> Self {
        let text = good_question(category, "{ quick: 3, standard: 6, deep: 12 }");
        self.file(&format!("questions/{category}/{id}.md"), text)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "", &[])
    }

    /// [`Project::run`] for arguments that hold no blanks.
    pub(crate) fn line(&self, arguments: &str) -> Run {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        self.run(&arguments)
    }

    pub(crate) fn run_with(
        &self,
        arguments: &[&str],
        input: &str,
        environment: &[(&str, &str)],
    ) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_intervy"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("INTERVY_BANK")
            .env_remove("CLICOLOR_FORCE")
            .env("NO_COLOR", "1")
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input closes it; that is no failure.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// The run ended well.
    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.status, 0, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// The run ended with this status.
    #[track_caller]
    pub(crate) fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// A question without a problem.
pub(crate) fn good_question(category: &str, minutes: &str) -> String {
    format!(
        "---\ntitle: A question\ncategory: {category}\ndifficulty: medium\nminutes: {minutes}\n---\n\nWhat would you do, and why?\n\n## Reference answer\n\nThis.\n\n## Follow-ups\n\n- What else?\n\n## Rubric\n\n- 3: That.\n- 4: And this.\n- 5: With reasons.\n"
    )
}

/// Reads one question; its findings as `line:column rule: message`.
pub(crate) fn read_question(text: &str) -> (Option<Question>, Vec<String>) {
    let source = Source::new("questions/databases/q.md", text);
    let (reading, problems) = question::read(&source, "questions/databases");
    let findings = problems.into_findings();
    let question = match reading {
        Reading::Usable(question) => Some(*question),
        Reading::Incomplete(_) | Reading::Unreadable => None,
    };
    (question, findings.iter().map(line).collect())
}

/// Lints a bank as of 2026-11-23, blueprints aside; findings as `path:line:column rule: message`.
pub(crate) fn lint(root: &Path) -> Vec<String> {
    lint_files(&Files::disk(root))
}

/// [`lint`] for a bank wherever it is.
pub(crate) fn lint_files(files: &Files) -> Vec<String> {
    let day = jiff::civil::date(2026, 11, 23);
    let (bank, mut findings) = commands::lint::check(files, day, &Flags::default(), Keep::Needed);
    let (_, with_all_texts) = commands::lint::check(files, day, &Flags::default(), Keep::All);
    assert_eq!(
        findings, with_all_texts,
        "a text that was let go changes nothing"
    );
    if let Some(path) = files
        .root()
        .map(|root| root.join("baseline.json"))
        .filter(|path| path.exists())
    {
        let baseline = store::baseline::read(&path).unwrap();
        let levels = Levels::new(&bank.config.lint, &Flags::default());
        intervy::lint::baseline::apply(&bank, &baseline, &levels, &mut findings);
    }
    let shown = findings
        .iter()
        .filter(|finding| finding.suppressed.is_none());
    shown
        .map(|finding| {
            let path = bank.relative(&finding.location.source.path);
            format!("{path}:{}", line(finding))
        })
        .collect()
}

/// `line:column rule: message`.
pub(crate) fn line(finding: &Finding) -> String {
    let place = match finding.location.positions() {
        Some((start, _)) => format!("{}:{}", start.line, start.column),
        None => "-".to_owned(),
    };
    format!("{place} {}: {}", finding.rule, finding.message)
}

/// The text that a finding points at.
pub(crate) fn marked(finding: &Finding) -> String {
    let span = finding.location.span.unwrap_or_default();
    finding.location.source.slice(span).to_owned()
}

/// The bank that is compiled into the program.
pub(crate) fn shipped() -> Bank {
    store::bank::read(&Files::BuiltIn(&BANK))
}

/// A file of the project itself.
pub(crate) fn project_file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// A source for tests.
pub(crate) fn source(path: &str, text: &str) -> Arc<Source> {
    Source::new(path, text)
}
