//! Every console example of the documentation is run as a user would type it.

use crate::harness::{CONFIG, Project, project_file, shipped};

/// The page with the output of every command of its `console` blocks as it is printed now. What a
/// page abbreviates with a line `…` stays, if the rest of it is printed in that order; commands
/// that need a clone or a toolchain are not run.
#[cfg(unix)]
fn refreshed(page: &str, mut run: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let fence = line.trim_start();
        if fence.starts_with("```") {
            inside = fence == "```console";
        }
        let indent = &line[..line.len() - fence.len()];
        let Some(command) = fence.strip_prefix("$ ").filter(|_| inside) else {
            continue;
        };
        let mut shown = String::new();
        while let Some(next) = lines.peek() {
            let next = next.strip_prefix(indent).unwrap_or(next);
            if next.starts_with("$ ") || next.starts_with("```") {
                break;
            }
            shown.push_str(next);
            shown.push('\n');
            lines.next();
        }
        if command.starts_with("cargo ") {
            out.push_str(&shown);
            continue;
        }
        let printed = run(command);
        let kept = shown.contains("…\n") && abbreviates(&shown, &printed);
        for line in if kept { &shown } else { &printed }.lines() {
            out.push_str(format!("{indent}{line}").trim_end());
            out.push('\n');
        }
    }
    out
}

/// Whether `shown` is `printed` with any lines at its `…`.
#[cfg(unix)]
fn abbreviates(shown: &str, printed: &str) -> bool {
    let mut rest = printed;
    shown
        .split("…\n")
        .filter(|piece| !piece.is_empty())
        .all(|piece| {
            let found = rest.find(piece);
            rest = found.map_or(rest, |at| &rest[at + piece.len()..]);
            found.is_some()
        })
}

#[cfg(unix)]
#[test]
fn console_examples_print_what_the_page_shows() {
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/export.md",
        "docs/render.md",
        "docs/report.md",
        "docs/score.md",
        "docs/templates.md",
    ] {
        let folder = tempfile::tempdir().unwrap();
        // What a page shows of the examples, it shows of those that are there.
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
        std::os::unix::fs::symlink(examples, folder.path().join("examples")).unwrap();
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_intervy"));
        let programs = program.parent().unwrap().display();
        let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
        let text = project_file(page);
        let mut count = 0;
        let now = refreshed(&text, |command| {
            count += 1;
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("{command} 2>&1")])
                .current_dir(folder.path())
                .env("PATH", &path)
                .env("NO_COLOR", "1")
                .env_remove("INTERVY_BANK")
                .output()
                .unwrap();
            String::from_utf8(output.stdout).unwrap()
        });
        assert!(count > 1, "{page} has no examples");
        if std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
            std::fs::write(file, &now).unwrap();
        } else {
            snapbox::assert_data_eq!(now, snapbox::Data::from(text).raw());
        }
    }
}

#[test]
fn the_page_of_rules_is_that_of_the_registry() {
    let run = Project::empty()
        .run(&["lint", "--list-rules", "--format", "markdown"])
        .good();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    if std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
        std::fs::write(path, &run.stdout).unwrap();
    }
    snapbox::assert_data_eq!(
        run.stdout,
        snapbox::Data::from(project_file("docs/rules.md")).raw()
    );
}

#[test]
fn the_linting_page_names_every_format_and_its_settings_are_read() {
    let page = project_file("docs/lint.md");
    for format in intervy::output::lint::FORMATS {
        assert!(
            page.contains(&format!("`{}`", format.name)),
            "{}",
            format.name
        );
    }
    let example = page
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let example = example.replace("extends", "# extends");
    let project = Project::empty()
        .file("intervy.toml", format!("{CONFIG}\n{example}"))
        .question("databases", "a");
    let run = project.run(&["lint", "--format", "concise"]);
    assert!(!run.stdout.contains(": error["), "{}", run.stdout);
    // Commands of the page are run as they stand, but for those that need a repository.
    let commands = page
        .lines()
        .filter_map(|line| line.strip_prefix("$ intervy "));
    let mut count = 0;
    for command in commands.filter(|command| !command.contains("--since")) {
        let words: Vec<&str> = command
            .split('#')
            .next()
            .unwrap()
            .split_whitespace()
            .collect();
        let run = project.run(&words);
        assert!(run.status != 2, "{command}: {}", run.stderr);
        count += 1;
    }
    assert!(count >= 6, "{count}");
}

#[test]
fn the_readme_opens_with_the_two_commands_that_matter() {
    let readme = project_file("README.md");
    let first: Vec<&str> = readme
        .lines()
        .filter(|line| line.starts_with("$ ") || line.starts_with("cargo "))
        .take(2)
        .collect();
    assert!(
        first[0].contains("pick --categories 4 --minutes 30"),
        "{first:?}"
    );
    assert!(first[1].contains("cargo test"), "{first:?}");
    let count = shipped().questions.len();
    assert!(readme.contains(&format!("the shipped bank of {count} questions")));
    let ci = project_file(".ci/run");
    assert!(
        ci.contains("README.md"),
        "CI runs the test command of the README"
    );
}
