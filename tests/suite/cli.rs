//! The command line: help, finding the bank, exit states, init.

use snapbox::Data;

use crate::harness::{Project, good_question, project_file};

#[test]
fn help_of_every_command_is_reviewed_like_code() {
    let project = Project::empty();
    for command in [
        "",
        "init",
        "list",
        "show",
        "lint",
        "pick",
        "render",
        "report",
        "report candidate",
        "report questions",
        "report interviewers",
        "report bank",
        "report compare",
        "report fairness",
        "report export",
        "score",
        "score decide",
        "score list",
        "score check",
        "score export",
        "score retain",
        "score assign",
        "score purge",
        "completions",
    ] {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let run = project
            .run_with(&arguments, "", &[("COLUMNS", "100")])
            .good();
        let name = if command.is_empty() {
            "intervy"
        } else {
            command
        };
        let path = format!(
            "{}/tests/snapshots/help/{}.txt",
            env!("CARGO_MANIFEST_DIR"),
            name.replace(' ', "-")
        );
        snapbox::assert_data_eq!(
            run.stdout.replace("intervy.exe", "intervy"),
            Data::read_from(path.as_ref(), None).raw()
        );
    }
}

#[test]
fn the_bank_is_found_in_the_documented_order() {
    let named =
        |name: &str| format!("[bank]\nname = \"{name}\"\nschema = 1\n[[categories]]\nid = \"c\"\n");
    let project = Project::empty()
        .file("flag/intervy.toml", named("flag"))
        .file("env/intervy.toml", named("env"))
        .file("bank/intervy.toml", named("beside"));
    for name in ["flag", "env", "bank"] {
        let text = good_question("c", "3");
        std::fs::create_dir_all(project.path(&format!("{name}/questions/c"))).unwrap();
        std::fs::write(project.path(&format!("{name}/questions/c/{name}.md")), text).unwrap();
    }
    let listed = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut all = vec!["list"];
        all.extend(arguments);
        let run = project.run_with(&all, "", environment).good();
        run.stdout
            .lines()
            .nth(1)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        listed(&["--bank", "flag"], &[("INTERVY_BANK", "env")]),
        "flag"
    );
    assert_eq!(listed(&[], &[("INTERVY_BANK", "env")]), "env");
    assert_eq!(listed(&[], &[]), "bank");
    let inside = std::process::Command::new(env!("CARGO_BIN_EXE_intervy"))
        .args(["list", "--format", "json"])
        .current_dir(project.path("flag/questions/c"))
        .env_remove("INTERVY_BANK")
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&inside.stdout).unwrap();
    assert_eq!(json[0]["path"], "../../questions/c/flag.md");
    let run = project.run(&["list", "--bank", "nowhere"]).ended(2);
    assert!(
        run.stderr.contains("there is no bank in nowhere"),
        "{}",
        run.stderr
    );
    let empty = Project::empty();
    let run = empty.run(&["list"]).good();
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("built-in") && run.stderr.contains("intervy init DIR"));
}

#[test]
fn init_writes_a_bank_that_lints_clean_and_overwrites_nothing() {
    let project = Project::empty().file("mine/.gitignore", "own\n");
    let run = project.run(&["init", "mine"]).good();
    assert!(run.stdout.contains("kept  .gitignore"), "{}", run.stdout);
    assert_eq!(project.read("mine/.gitignore"), "own\n");
    assert!(
        project
            .read("mine/.github/workflows/intervy.yml")
            .contains("intervy lint")
    );
    assert_eq!(
        project.read("mine/intervy.toml"),
        project_file("bank/intervy.toml")
    );
    project.run(&["lint", "--bank", "mine"]).good();
    let before = project.read("mine/intervy.toml");
    let run = project.run(&["init", "mine"]).ended(2);
    assert!(run.stderr.contains("is a bank already"), "{}", run.stderr);
    assert_eq!(project.read("mine/intervy.toml"), before);
}

#[test]
fn lint_fails_on_what_does_not_fit_together() {
    let project = Project::bank()
        .question("databases", "a")
        .file("questions/caching/a.md", good_question("cashing", "3"))
        .file(
            "questions/caching/b.md",
            good_question("caching", "3").replace("title", "never_with: [c]\nlevels: [mit]\ntitle"),
        )
        .file("screens/s.toml", "[[questions]]\nid = \"bb\"\n")
        .file(
            "loops/l.toml",
            "[[rounds]]\ntitle = \"R\"\nminutes = 30\nblueprint = \"x\"\n",
        )
        .file(
            "blueprints/p.toml",
            "minutes = 30\n[constraints]\ninclude = [\"zz\"]\n",
        );
    let run = project.run(&["lint", "--format", "json"]).ended(1);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found: Vec<String> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            format!(
                "{}:{}:{} {}",
                finding["path"].as_str().unwrap(),
                finding["line"],
                finding["column"],
                finding["rule"].as_str().unwrap()
            )
        })
        // Other rules have much to say of such a small bank.
        .filter(|finding| finding.contains(" unknown-") || finding.contains(" duplicate-"))
        .collect();
    assert_eq!(
        found,
        [
            "blueprints/p.toml:3:12 unknown-reference",
            "loops/l.toml:4:13 unknown-reference",
            "questions/caching/a.md:1:1 duplicate-id",
            "questions/caching/a.md:3:11 unknown-category",
            "questions/caching/b.md:2:14 unknown-reference",
            "questions/caching/b.md:3:10 unknown-reference",
            "questions/databases/a.md:1:1 duplicate-id",
            "screens/s.toml:2:6 unknown-reference",
        ]
    );
    let run = Project::empty().run(&["lint"]).ended(2);
    assert!(run.stderr.contains("nothing was checked"), "{}", run.stderr);
    let run = Project::bank().run(&["lint"]).ended(2);
    assert!(run.stderr.contains("nothing was checked"), "{}", run.stderr);
}

#[test]
fn one_broken_file_does_not_hide_or_spread() {
    let project = Project::bank()
        .question("databases", "a")
        .file("questions/databases/b.md", good_question("databse", "ten"))
        .file("questions/databases/c.md", good_question("db", "3"));
    let run = project.run(&["lint"]).ended(1).stdout;
    for expected in [
        "there is no category `databse`",
        "`minutes` must be",
        "write its id, `databases`",
    ] {
        assert!(run.contains(expected), "{expected}\n{run}");
    }
    // A configuration that cannot be read is one problem, not one per question.
    let project = project.file("intervy.toml", "garbage\n");
    let run = project.run(&["lint"]).ended(1).stdout;
    assert!(
        run.contains("intervy.toml:1:") && !run.contains("there is no category"),
        "{run}"
    );
}

#[test]
fn lists_filter_and_convert() {
    let project = Project::empty();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["list", "--format", "json"];
        all.extend(arguments);
        let json: serde_json::Value =
            serde_json::from_str(&project.run(&all).good().stdout).unwrap();
        let ids = json
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["id"].as_str().unwrap().to_owned());
        ids.collect()
    };
    assert_eq!(
        ids(&["--category", "db"]),
        ids(&["--category", "Databases"])
    );
    assert!(
        ids(&["--category", "db", "--difficulty", "medium"])
            .contains(&"n-plus-one-query".to_owned())
    );
    assert!(ids(&["--kind", "coding"]).len() >= 3);
    let mut reader = csv::Reader::from_reader(std::io::Cursor::new(
        project.run(&["list", "--format", "csv"]).good().stdout,
    ));
    assert_eq!(reader.records().map(Result::unwrap).count(), ids(&[]).len());
    project.run(&["list", "--category", "nothing"]).ended(2);
    project.run(&["list", "--difficulty", "nothing"]).ended(2);
}

#[test]
fn show_prints_the_question_or_a_suggestion() {
    let project = Project::empty();
    let run = project.run(&["show", "n-plus-one-query"]).good();
    assert!(
        run.stdout.starts_with("The N+1 query problem\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("Reference answer"));
    let run = project
        .run(&["show", "n-plus-one-query", "--format", "markdown"])
        .good();
    assert_eq!(
        run.stdout,
        project_file("bank/questions/databases/n-plus-one-query.md")
    );
    let run = project.run(&["show", "n-plus-one"]).ended(2);
    assert!(run.stderr.contains("intervy list"), "{}", run.stderr);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let project = Project::empty();
    let plain = project
        .run_with(&["list"], "", &[("NO_COLOR", "")])
        .good()
        .stdout;
    assert!(!plain.contains('\u{1b}'), "a pipe gets no colours");
    let coloured = project.run(&["list", "--color", "always"]).good().stdout;
    assert!(coloured.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let program = env!("CARGO_BIN_EXE_intervy");
    let script =
        format!("'{program}' list --format json | head -n 1; '{program}' --help | head -n 1");
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        !stderr.contains("error") && !stderr.contains("panicked"),
        "{stderr}"
    );
}

#[test]
fn unwritable_output_is_an_error_and_the_old_file_stays() {
    let project = Project::empty().file("s.toml", "old");
    let run = project
        .run(&["pick", "-o", "no/such/folder/s.toml"])
        .ended(2);
    assert!(
        run.stderr
            .contains("no/such/folder/s.toml cannot be written"),
        "{}",
        run.stderr
    );
    project.run(&["pick", "-o", "s.toml"]).good();
    assert!(project.read("s.toml").starts_with("schema = 1"));
}

#[test]
fn completions_for_every_shell() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            project
                .run(&["completions", shell])
                .good()
                .stdout
                .contains("blueprint")
        );
    }
}
