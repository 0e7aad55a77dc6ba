//! Every console example of the documentation is run as a user would type it.

use crate::harness::project_file;

/// The commands of the ```console blocks: (what follows `$ `, expected output).
#[cfg(unix)]
fn examples(text: &str) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => {
                    output.push_str(line);
                    output.push('\n');
                }
                (None, None) => panic!("output before the first command: {line}"),
            }
        }
    }
    examples
}

#[cfg(unix)]
#[test]
fn console_examples_print_what_the_page_shows() {
    for page in ["README.md", "CONTRIBUTING.md"] {
        let folder = tempfile::tempdir().unwrap();
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_intervy"));
        let path = format!(
            "{}:{}",
            program.parent().unwrap().display(),
            std::env::var("PATH").unwrap()
        );
        let examples = examples(&project_file(page));
        assert!(page != "README.md" || examples.len() > 3, "{page} has no examples");
        for (command, expected) in examples {
            if command.starts_with("cargo ") || command.starts_with("git clone") {
                continue;
            }
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("{command} 2>&1")])
                .current_dir(folder.path())
                .env("PATH", &path)
                .env("NO_COLOR", "1")
                .env_remove("INTERVY_BANK")
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_shows(page, &command, &printed, &expected);
        }
    }
}

/// A line `…` of the page stands for any lines.
#[cfg(unix)]
fn assert_shows(page: &str, command: &str, printed: &str, expected: &str) {
    if expected.is_empty() {
        return;
    }
    let mut rest = printed;
    for piece in expected.split("…\n").filter(|piece| !piece.is_empty()) {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => panic!("{page}: `{command}` prints\n{printed}\nbut the page shows\n{piece}"),
        }
    }
    if !expected.contains('…') {
        assert_eq!(printed, expected, "{page}: `{command}`");
    }
}

#[test]
fn the_readme_opens_with_the_two_commands_that_matter() {
    let readme = project_file("README.md");
    let first: Vec<&str> = readme
        .lines()
        .filter(|line| line.starts_with("$ ") || line.starts_with("cargo "))
        .take(2)
        .collect();
    assert!(first[0].contains("pick --categories 4 --minutes 30"), "{first:?}");
    assert!(first[1].contains("cargo test"), "{first:?}");
    let ci = project_file(".ci/run");
    assert!(ci.contains("README.md"), "CI runs the test command of the README");
}
