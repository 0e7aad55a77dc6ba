//! The documents in `examples/` are those that the program renders of the shipped screen and loop now.

use std::collections::BTreeMap;
use std::path::Path;

use crate::harness::{Project, shipped};

/// Every example by its name.
fn rendered() -> BTreeMap<String, String> {
    let project = Project::empty();
    let all = "--out-dir out --candidate C-042 --date 2026-12-01";
    for line in [
        "render backend-developer --document interviewer,candidate,scoring-sheet,answer-key",
        "render backend-developer --document interviewer --format markdown",
        "render backend-developer --document interviewer --format json",
    ] {
        project
            .line(&format!("{line} {all} --interviewer ana"))
            .good();
    }
    // Rounds of the loop, each picked alone, which ends by itself however slow the machine is.
    for (blueprint, round) in [
        ("backend-30", "Technical phone screen"),
        ("coding-60", "Coding"),
        ("debugging-45", "Debugging"),
        ("collaboration-45", "Collaboration"),
    ] {
        let pick = format!("pick --blueprint {blueprint} --seed 1 -o {blueprint}.toml");
        project.line(&pick).good();
        let screen = project.read(&format!("{blueprint}.toml"));
        let occasion = format!("seed = 1\nloop = \"backend\"\nround = \"{round}\"\n");
        let screen = screen.replacen("seed = 1\n", &occasion, 1);
        std::fs::write(project.path(&format!("{blueprint}.toml")), screen).unwrap();
    }
    let rounds = "backend-30.toml coding-60.toml debugging-45.toml collaboration-45.toml";
    project
        .line(&format!(
            "render {rounds} --document debrief {all} --interviewer coding=ana,debugging=ben"
        ))
        .good();
    let files = std::fs::read_dir(project.path("out")).unwrap();
    let named = files.map(|file| {
        let name = file.unwrap().file_name().into_string().unwrap();
        let text = project.read(&format!("out/{name}"));
        (name, text)
    });
    named.collect()
}

#[test]
fn the_examples_are_what_is_rendered_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let rendered = rendered();
    assert_eq!(rendered.len(), 7);
    if std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
        for (name, text) in &rendered {
            std::fs::write(folder.join(name), text).unwrap();
        }
        return;
    }
    let there = std::fs::read_dir(&folder).unwrap();
    let there = there.map(|file| file.unwrap().file_name().into_string().unwrap());
    // The season has a test of its own.
    let is_rendered = |name: &String| !["README.md", "season"].contains(&name.as_str());
    let mut there: Vec<String> = there.filter(is_rendered).collect();
    there.sort();
    assert_eq!(there, rendered.keys().cloned().collect::<Vec<_>>());
    for (name, text) in &rendered {
        let kept = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            kept.replace("\r\n", "\n") == *text,
            "examples/{name}: SNAPSHOTS=overwrite cargo test writes it anew"
        );
    }
}

#[test]
fn every_question_of_the_shipped_bank_renders_without_a_warning() {
    let bank = shipped();
    let mut screen = "title = \"All\"\nintro_minutes = 0\nclosing_minutes = 0\n".to_owned();
    for question in &bank.questions {
        screen.push_str(&format!("[[questions]]\nid = \"{}\"\n", question.id()));
    }
    let project = Project::empty().file("all.toml", screen);
    for more in [
        "",
        "--document candidate",
        "--format markdown",
        "--lang de --large-print",
    ] {
        let run = project.line(&format!("render all.toml {more}")).good();
        assert!(!run.stderr.contains("warning"), "{more}: {}", run.stderr);
        // The same bytes every time.
        let again = project.line(&format!("render all.toml {more}")).good();
        assert!(run.stdout == again.stdout, "{more}");
    }
}
