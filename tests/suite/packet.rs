//! What a packet carries over from where it was made: names, settings, the words of a language, hostile titles.

use intervy::model::scale::default_scale;

use crate::driver;
use crate::harness::{CONFIG, Project, project_file};
use crate::pdf::pages;

const SCREEN: &str = "title = \"T\"\n[[questions]]\nid = \"a\"\n";

fn bank() -> Project {
    Project::bank()
        .question("databases", "a")
        .file("s.toml", SCREEN)
}

#[test]
fn a_name_goes_with_the_screen_before_it() {
    let project = bank()
        .file("coding.toml", SCREEN)
        .file("debugging.toml", SCREEN);
    project
        .line("render coding.toml debugging.toml --out-dir all --interviewer coding=ana,debugging=ben,carla")
        .good();
    let folder = std::fs::read_dir(project.path("all")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(
        names,
        ["coding.html", "debugging-ben.html", "debugging-carla.html"]
    );
    let alone = project.read("all/coding.html");
    assert!(
        alone.contains(">ana<") || alone.contains("\"ana\""),
        "{alone}"
    );
    assert!(!alone.contains("carla"));
}

#[test]
fn the_words_of_the_scale_are_those_of_the_language_unless_a_bank_has_its_own() {
    let toml = |name: &str| -> toml::Table { project_file(name).parse().unwrap() };
    let words = |name: &str, field: &str| -> Vec<String> {
        let list = toml(name)["scale"][field].as_array().unwrap().clone();
        let words = list.iter().map(|word| word.as_str().unwrap().to_owned());
        words.collect()
    };
    let scale = default_scale();
    let labels: Vec<&str> = scale.iter().map(|point| &*point.label).collect();
    let meanings: Vec<&str> = scale.iter().map(|point| &*point.meaning).collect();
    assert_eq!(words("templates/lang/en.toml", "labels"), labels);
    assert_eq!(words("templates/lang/en.toml", "meanings"), meanings);
    let sheet = "render s.toml --document scoring-sheet --lang";
    for tag in ["de", "de-AT", "de-Latn-CH"] {
        let html = bank().line(&format!("{sheet} {tag}")).good().stdout;
        assert!(html.contains("Bewertungsbogen"), "{tag}");
        for label in words("templates/lang/de.toml", "labels") {
            assert!(html.contains(&label), "{tag}: {label}");
        }
        assert!(!html.contains("Strong Yes"), "{tag}");
    }
    let config = format!("{CONFIG}\n[[scale]]\nscore = 5\nlabel = \"A-plus\"\n");
    let html = bank()
        .file("intervy.toml", config)
        .line(&format!("{sheet} de"));
    assert!(html.good().stdout.contains("A-plus"));
}

#[test]
fn a_packet_asks_for_the_notes_that_the_bank_asks_for() {
    for (setting, expected) in [
        ("", "1 2 5"),
        ("\n[scorecard]\nevidence = [1]\n", "1"),
        ("\n[scorecard]\nevidence = []\n", ""),
    ] {
        let project = bank().file("intervy.toml", format!("{CONFIG}{setting}"));
        let html = project.line("render s.toml").good().stdout;
        assert!(
            html.contains(&format!("data-evidence=\"{expected}\"")),
            "{setting}"
        );
    }
}

/// Controls that turn the order of letters around would make a title say something else.
#[test]
fn titles_are_read_in_the_order_of_their_letters() {
    let project = Project::bank()
        .file(
            "s.toml",
            SCREEN.replace("\"T\"", "\"T \\u202Eevil\\u2066\""),
        )
        .question("databases", "a");
    let path = "questions/databases/a.md";
    let text = project.read(path);
    let project = project.file(
        path,
        text.replacen("title: ", "title: \"\\u202Elive \\u2067\" # ", 1),
    );
    for document in ["interviewer", "candidate", "scoring-sheet", "answer-key"] {
        for format in ["html", "markdown"] {
            let run = project
                .line(&format!(
                    "render s.toml --document {document} --format {format}"
                ))
                .good();
            // The candidate is told no title.
            let is_told = run.stdout.contains("live ") && run.stdout.contains("evil");
            assert_eq!(is_told, document != "candidate", "{document} {format}");
            for control in ['\u{202e}', '\u{2066}', '\u{2067}'] {
                assert!(!run.stdout.contains(control), "{document} {format}");
            }
        }
    }
}

#[test]
fn footnotes_and_lists_of_tasks_are_what_they_are() {
    let project = bank();
    let path = "questions/databases/a.md";
    let text = project.read(path);
    let project = project.file(
        path,
        text.replacen(
            "## Reference answer\n",
            "## Reference answer\n\nSee below.[^1]\n\n- [x] done\n- [ ] open\n\n[^1]: The small print.\n",
            1,
        ),
    );
    let html = project.line("render s.toml").good().stdout;
    assert!(html.contains("The small print."), "{html}");
    assert!(!html.contains("[^1]") && !html.contains("[x]"), "{html}");
    for item in ["☑ done", "☐ open", "<sup>1</sup>"] {
        assert!(html.contains(item), "{item}: {html}");
    }
}

/// What only interviewers hold is not even named in the style of what a candidate gets.
#[test]
fn the_candidates_page_has_the_style_of_all_pages_only() {
    let project = bank();
    let packet = project_file("templates/style/packet.css");
    let line = packet.lines().find(|line| line.starts_with(".meta {"));
    let line = line.unwrap();
    let page = |document: &str| {
        let line = format!("render s.toml --document {document}");
        project.line(&line).good().stdout
    };
    assert!(page("interviewer").contains(line));
    assert!(!page("candidate").contains(line));
}

#[test]
fn a_sheet_of_twenty_questions_is_one_page() {
    if driver::browser().is_none() {
        return;
    }
    let mut project = Project::bank();
    let mut screen = "title = \"Twenty\"\n".to_owned();
    for number in 0..20 {
        let id = format!("q-{number}");
        project = project.question("databases", &id);
        screen += &format!("[[questions]]\nid = \"{id}\"\n");
    }
    let project = project.file("s.toml", screen);
    for paper in ["a4", "letter"] {
        project
            .line(&format!(
                "render s.toml --document scoring-sheet --paper {paper} -o p.pdf"
            ))
            .good();
        let Some(pages) = pages(&std::fs::read(project.path("p.pdf")).unwrap()) else {
            return;
        };
        let pages = pages.iter().filter(|page| !page.trim().is_empty());
        assert_eq!(pages.count(), 1, "{paper}");
    }
}
