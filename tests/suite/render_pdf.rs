//! Documents as PDF: what is on which page, and what is on none.

use intervy::model::question::Part;

use crate::driver;
use crate::harness::{Project, shipped};
use crate::pdf::pages;

fn screen() -> Project {
    let project = Project::empty();
    project
        .line("pick --blueprint backend-60 --seed 3 -o s.toml")
        .good();
    project
}

#[test]
fn no_question_is_cut_from_its_rubric() {
    if driver::browser().is_none() {
        return;
    }
    let project = screen();
    for paper in ["a4", "letter"] {
        project
            .line(&format!("render s.toml -o p.pdf --paper {paper}"))
            .good();
        let Some(pages) = pages(&std::fs::read(project.path("p.pdf")).unwrap()) else {
            return;
        };
        let screen = project.read("s.toml");
        let count = screen.matches("[[questions]]").count();
        assert_eq!(count, 6);
        for number in 1..=count {
            let of = |page: &&String| {
                let below = page.trim_start().split_once('\n');
                let below = below.map_or("", |(_, below)| below.trim_start());
                below.starts_with(&format!("{number}. "))
            };
            let begins: Vec<&String> = pages.iter().filter(of).collect();
            assert_eq!(begins.len(), 1, "{paper}: question {number}");
            for words in ["5 Strong Yes", "1 Strong No", "not asked", "Evidence"] {
                assert!(begins[0].contains(words), "{paper}: {number}: {words}");
            }
        }
        let last = pages.iter().rev().find(|page| !page.trim().is_empty());
        assert!(last.unwrap().contains("Overall recommendation"));
        assert!(pages[0].contains("Agenda") && pages[0].contains("Scale"));
    }
}

#[test]
fn the_candidates_pages_hold_no_answer() {
    if driver::browser().is_none() {
        return;
    }
    let project = screen();
    project
        .line("render s.toml --document candidate -o c.pdf")
        .good();
    let bytes = std::fs::read(project.path("c.pdf")).unwrap();
    let Some(pages) = pages(&bytes) else { return };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words(&pages.join(" "));
    let bank = shipped();
    let screen = project.read("s.toml");
    let mut looked = 0;
    for question in &bank.questions {
        if !screen.contains(&format!("id = \"{}\"", question.id())) {
            continue;
        }
        let (source, body) = (&question.text.source, question.text.body());
        assert!(
            !shown.contains(question.matter.title.as_str()),
            "{}",
            question.id()
        );
        for section in &body.sections {
            if section.part == Some(Part::CandidateHandout) {
                continue;
            }
            let text = source.slice(section.content);
            for line in text
                .lines()
                .filter(|line| line.len() > 40 && !line.contains('`'))
            {
                looked += 1;
                let line = words(line.trim_start_matches(['-', ' ']));
                assert!(!shown.contains(&line), "{}: {line}", question.id());
            }
        }
    }
    assert!(looked > 50);
    // Nor in what no page shows: the screen, the bank.
    for hidden in ["backend-60", "Backend interview", "intervy"] {
        let found = bytes
            .windows(hidden.len())
            .any(|part| part == hidden.as_bytes());
        assert!(!found, "{hidden}");
    }
}

#[test]
fn every_document_becomes_a_pdf() {
    if driver::browser().is_none() {
        return;
    }
    let project = screen();
    project
        .line("render s.toml --document all --interviewer ana,ben --format pdf --out-dir out")
        .good();
    let made = std::fs::read_dir(project.path("out")).unwrap().count();
    assert_eq!(made, 6);
    let run = project
        .line("render s.toml -o p.pdf --pdf-engine nothing")
        .ended(2);
    assert!(
        run.stderr.contains("known are `chromium`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_scoring_sheet_is_one_page() {
    if driver::browser().is_none() {
        return;
    }
    let project = Project::empty();
    for look in ["", "--lang de", "--paper letter"] {
        project
            .line(&format!(
                "render backend-developer --document scoring-sheet -o s.pdf {look}"
            ))
            .good();
        let Some(pages) = pages(&std::fs::read(project.path("s.pdf")).unwrap()) else {
            return;
        };
        let filled: Vec<&String> = pages
            .iter()
            .filter(|page| !page.trim().is_empty())
            .collect();
        assert_eq!(filled.len(), 1, "{look}: {filled:?}");
        for number in 1..=10 {
            assert!(
                filled[0].contains(&format!("{number}. ")),
                "{look}: {number}"
            );
        }
    }
}
