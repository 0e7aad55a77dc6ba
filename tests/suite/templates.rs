//! Templates and words of a bank's own: what they may change, and what they may not do.

use std::collections::BTreeSet;

use crate::harness::{CONFIG, Project, project_file};

const SCREEN: &str = "title = \"T\"\n[[questions]]\nid = \"a\"\n";

fn bank() -> Project {
    Project::bank()
        .question("databases", "a")
        .file("s.toml", SCREEN)
}

#[test]
fn a_part_of_the_bank_stands_in_for_the_built_in_one() {
    let project = bank();
    project.line("templates eject part/scale.html.j2").good();
    let text = project.read("templates/part/scale.html.j2");
    let project = project.file(
        "templates/part/scale.html.j2",
        text.replace("{{ t.scale.title }}", "OUR {{ t.scale.title|upper }}"),
    );
    let html = project.line("render s.toml").good().stdout;
    assert!(html.contains("OUR SCALE"), "{html}");
    assert!(
        html.contains("<h2 id=\"agenda\">Agenda</h2>"),
        "the rest is built in"
    );
    let list = project.line("templates list").good().stdout;
    assert!(
        list.contains("part/scale.html.j2") && list.contains("templates/part/scale.html.j2"),
        "{list}"
    );
    project.line("templates check").good();
    // A folder that is named comes before the bank's.
    let project = project.file("mine/part/scale.html.j2", "MINE");
    let html = project.line("render s.toml --template mine").good().stdout;
    assert!(
        html.contains("MINE") && !html.contains("OUR SCALE"),
        "{html}"
    );
    let run = project.line("render s.toml --template nowhere").ended(2);
    assert!(
        run.stderr.contains("nowhere is no folder"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_there_is_not_replaced_unasked() {
    let project = bank();
    project
        .line("templates eject --to out lang style/packet.css")
        .good();
    assert!(project.read("out/lang/de.toml").contains("Kandidat/in"));
    let project = project.file("out/lang/de.toml", "own\n");
    let run = project.line("templates eject --to out").ended(2);
    assert!(
        run.stderr.contains("3 files would be replaced in out"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("out/lang/de.toml"), "own\n");
    project.line("templates eject --to out --force").good();
    assert_ne!(project.read("out/lang/de.toml"), "own\n");
    let run = project
        .line("templates eject --to out part/scael.html.j2")
        .ended(2);
    assert!(
        run.stderr.contains("did you mean `part/scale.html.j2`"),
        "{}",
        run.stderr
    );
    // What was copied out is as good as what is built in.
    let built_in = project.line("render s.toml").good().stdout;
    let copied = project.line("render s.toml --template out").good().stdout;
    assert_eq!(built_in, copied);
}

#[test]
fn a_name_that_is_not_there_is_an_error_with_its_place() {
    let project = bank().file(
        "templates/part/foot.html.j2",
        "<footer>\n{{ screen.id }}\n{{ screen.titel }}\n</footer>\n",
    );
    let run = project.line("render s.toml").ended(2);
    assert!(
        run.stderr.contains(
            "templates/part/foot.html.j2:3: undefined value: `screen.titel` is undefined"
        ),
        "{}",
        run.stderr
    );
    let run = project.line("templates check").ended(1);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert!(
        run.stdout.contains("templates/part/foot.html.j2:3"),
        "{}",
        run.stdout
    );
    let project = project.file("templates/part/foot.html.j2", "{% if %}");
    let run = project.line("render s.toml").ended(2);
    assert!(
        run.stderr
            .contains("templates/part/foot.html.j2:1: syntax error"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_hostile_template_gets_nowhere() {
    let secret = Project::empty().file("secret.txt", "TELLTALE");
    for (text, expected) in [
        ("{% include \"../intervy.toml\" %}", "template not found"),
        ("{% include \"/etc/passwd\" %}", "template not found"),
        (
            "{% include \"foot.html.j2\" %}{% include \"part/foot.html.j2\" %}",
            "",
        ),
        (
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "too many steps",
        ),
        (
            "{% for a in range(90000) %}{{ page.style }}{{ page.style }}{% endfor %}",
            "too large",
        ),
        ("{{ 'x' * 1000000000000 }}", "too many steps"),
        (
            "{% set kept = namespace(x='aa') %}{% for a in range(60) %}{% set kept.x = kept.x ~ kept.x %}{% endfor %}",
            "too many steps",
        ),
        (
            "{% set kept = namespace(x='{n}{n}') %}{% for a in range(60) %}{% set kept.x = kept.x|fill(kept.x) %}{% endfor %}",
            "too many steps",
        ),
        (
            "{% set kept = namespace(x=['a']) %}{% for a in range(60) %}{% set kept.x = [kept.x, kept.x] %}{% endfor %}{{ '{n}'|fill(kept.x) }}",
            "only a text or a number can be filled in",
        ),
    ] {
        let project = bank().file("templates/part/foot.html.j2", text);
        let run = project.line("render s.toml").ended(2);
        assert!(run.stderr.contains(expected), "{text}: {}", run.stderr);
    }
    #[cfg(unix)]
    {
        let project = bank().file("templates/x", "");
        let link = project.path("templates/part");
        std::os::unix::fs::symlink(secret.path(""), &link).unwrap();
        let project = project.file(
            "templates/interviewer.md.j2",
            "{% include \"part/secret.txt\" %}",
        );
        let run = project.line("render s.toml --format markdown");
        assert!(!run.stdout.contains("TELLTALE"), "{}", run.stdout);
    }
}

#[test]
fn the_policy_of_a_page_stands_before_anything_that_a_template_writes() {
    let script = "<script>fetch('https://example.com')</script>";
    for page in [
        format!("{script}<!DOCTYPE html><html><head></head></html>"),
        format!("<!DOCTYPE html>{script}<html><head></head></html>"),
        format!("<!DOCTYPE html><html onload=\"x\"{script}><head></head></html>"),
        "<p>no page</p>".to_owned(),
    ] {
        let project = bank().file("templates/candidate.html.j2", &page);
        let run = project.line("render s.toml --document candidate").ended(2);
        assert!(
            run.stderr.contains("a page begins with"),
            "{page}: {}",
            run.stderr
        );
    }
    let page =
        format!("<!DOCTYPE html>\n<html lang=\"en\">\n<head>{script}</head><body></body></html>");
    let project = bank().file("templates/candidate.html.j2", page);
    let html = project
        .line("render s.toml --document candidate")
        .good()
        .stdout;
    let policy = html.find("Content-Security-Policy").unwrap();
    assert!(policy < html.find("<script>").unwrap());
    // The script is there and is not one that the policy knows.
    assert!(
        html.contains("default-src 'none'; style-src 'sha256-"),
        "{html}"
    );
}

#[test]
fn languages_differ_in_words_dates_and_numbers() {
    let config = format!(
        "{CONFIG}\n[[dimensions]]\nname = \"All\"\nweight = 1\ncategories = [\"databases\"]\n"
    );
    let project = bank().file("intervy.toml", config);
    let sheet = "render s.toml --document scoring-sheet --date 2026-03-09";
    let english = project.line(sheet).good().stdout;
    assert!(
        english.contains("9 March 2026") && english.contains("Scoring sheet"),
        "{english}"
    );
    let german = project.line(&format!("{sheet} --lang de")).good().stdout;
    assert!(
        german.contains("9. März 2026") && german.contains("Bewertungsbogen"),
        "{german}"
    );
    assert!(german.contains("<html lang=\"de\">"));
    let packet = project.line("render s.toml --lang de").good().stdout;
    assert!(packet.contains("100 % All"), "{packet}");
    assert!(
        packet.contains("<div lang=\"en\">"),
        "the question is English still"
    );
    let packet = project.line("render s.toml").good().stdout;
    assert!(
        packet.contains("100% All") && !packet.contains("<div lang"),
        "{packet}"
    );
    let run = project.line("render s.toml --lang ed").ended(2);
    assert!(
        run.stderr
            .contains("there are no words for the language `ed`"),
        "{}",
        run.stderr
    );
    let run = project.line("render s.toml --lang ../x").ended(2);
    assert!(
        run.stderr.contains("no words for the language"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_bank_may_bring_a_language() {
    let project = bank().file(
        "templates/lang/fr.toml",
        "[scale]\ntitle = \"Échelle\"\n[format]\ndate = \"{day} {month}\"\n",
    );
    let html = project.line("render s.toml --lang fr").good().stdout;
    assert!(
        html.contains(">Échelle</h2>") && html.contains(">Agenda</h2>"),
        "{html}"
    );
    // What is missing stays English; a date without its year is wrong.
    let run = project.line("templates check").ended(1);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert!(run.stdout.contains("`format.date`"), "{}", run.stdout);
    assert!(
        run.stderr.contains("`agenda.closing` first"),
        "{}",
        run.stderr
    );
    let project = project.file("templates/lang/fr.toml", "[scale]\ntitle = 1.5\n");
    let run = project.line("render s.toml --lang fr").ended(2);
    assert!(
        run.stderr.contains("templates/lang/fr.toml:"),
        "{}",
        run.stderr
    );
}

#[test]
fn three_settings_make_a_look() {
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    let look = "[packet]\nlogo = \"logo.svg\"\ncolour = \"#7a2b8f\"\ncolour_dark = \"#d3a4e6\"\npaper = \"letter\"\n";
    let project = bank()
        .file("logo.svg", logo)
        .file("intervy.toml", format!("{CONFIG}\n{look}"));
    let html = project.line("render s.toml").good().stdout;
    for part in [
        "--accent: #7a2b8f",
        "--accent: #d3a4e6",
        "size: letter",
        "class=\"logo\" src=\"data:image/svg+xml;base64,",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let html = project.line("render s.toml --paper a4").good().stdout;
    assert!(html.contains("size: A4"));
    let config = format!(
        "{CONFIG}\n[packet]\ncolour = \"#d3a4e6\"\ncolour_dark = \"red\"\nlanguage = \"../x\"\n"
    );
    let project = project.file("intervy.toml", config);
    let run = project.line("lint").ended(1);
    for part in [
        "this colour cannot be read on white: a contrast of 2.1 to 1, where 4.5 is the least",
        "a colour is `#` and six hexadecimal digits",
        "a language is a tag of letters, digits and `-`",
    ] {
        assert!(run.stdout.contains(part), "{part}\n{}", run.stdout);
    }
}

/// The paths of all fields of a value: `a.b[].c`.
fn paths(value: &serde_json::Value, above: &str, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if above.is_empty() { "" } else { "." };
                paths(value, &format!("{above}{dot}{name}"), found);
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                paths(item, &format!("{above}[]"), found);
            }
        }
        _ => {
            found.insert(above.to_owned());
        }
    }
}

#[test]
fn what_templates_see_is_what_the_page_about_it_says() {
    let page = project_file("docs/templates.md");
    let project = Project::empty();
    project
        .line("pick --blueprint backend-60 --seed 1 -o s.toml")
        .good();
    for (heading, documents) in [
        (
            "interviewer, scoring-sheet, answer-key",
            vec!["interviewer", "scoring-sheet", "answer-key"],
        ),
        ("candidate", vec!["candidate"]),
        ("debrief", vec!["debrief"]),
        ("handbook", vec!["handbook"]),
    ] {
        let section = page.split(&format!("### {heading}\n")).nth(1).unwrap();
        let section = section.split("\n### ").next().unwrap();
        let fields = section.lines().filter_map(|line| line.strip_prefix("| `"));
        let first = fields.map(|line| line.split(" |").next().unwrap().to_owned());
        let said: BTreeSet<String> = first
            .flat_map(|line| {
                let fields = line
                    .split(", ")
                    .map(|field| field.trim_matches('`').to_owned());
                fields.collect::<Vec<_>>()
            })
            .collect();
        for document in documents {
            let screen = if document == "handbook" { "" } else { "s.toml" };
            let line = format!("render {screen} --document {document} --format json");
            let shown: serde_json::Value =
                serde_json::from_str(&project.line(&line).good().stdout).unwrap();
            assert_eq!(shown["schema"], 1);
            assert_eq!(shown["document"], document);
            let mut found = BTreeSet::new();
            paths(&shown, "", &mut found);
            for frame in ["schema", "document", "lang"] {
                found.remove(frame);
            }
            assert_eq!(found, said, "{document}");
        }
    }
}
