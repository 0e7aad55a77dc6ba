//! Bodies of every shape, and the parts that are found in them.

use super::*;

fn parts(text: &str) -> (std::sync::Arc<Source>, Body) {
    let source = Source::new("q.md", text);
    let body = read(&source, Span::new(0, text.len())).unwrap_or_default();
    (source, body)
}

#[test]
fn prompt_and_sections() {
    let (source, body) = parts(
        "\nAsk **this**.\n\n---\n\nAnd this.\n\n## Why ask this\n\nBecause.\n\n### A detail\n\nMore.\n\n```md\n## Not a heading\n```\n\n## Own notes\n\n> ## Quoted\n\nRubric\n------\n- 3: three\n",
    );
    assert_eq!(
        source.slice(body.prompt),
        "Ask **this**.\n\n---\n\nAnd this."
    );
    let found: Vec<_> = body
        .sections
        .iter()
        .map(|section| (section.part, source.slice(section.title)))
        .collect();
    assert_eq!(
        found,
        [
            (Some(Part::WhyAskThis), "Why ask this"),
            (None, "Own notes"),
            (Some(Part::Rubric), "Rubric"),
        ]
    );
    assert!(source.slice(body.sections[0].content).ends_with("```"));
    assert_eq!(source.slice(body.sections[1].content), "> ## Quoted");
}

#[test]
fn a_deeper_heading_that_names_a_part_is_not_the_candidates() {
    let (source, body) =
        parts("Prompt\n\n## Candidate handout\n\nSee.\n\n### Reference answer\n\nSecret.\n");
    let handout: Vec<_> = body.part(Part::CandidateHandout).collect();
    assert_eq!(handout.len(), 1);
    assert_eq!(source.slice(handout[0].content), "See.");
    let (source, body) = parts("Prompt\n\n### Reference answer\n\nSecret.\n");
    assert_eq!(source.slice(body.prompt), "Prompt");
}

#[test]
fn follow_ups_with_what_they_listen_for() {
    let (source, body) = parts(
        "P\n\n## Follow-ups\n\n- First `a`\n  goes on?\n  - listens for: the plan,\n    statistics\n  - **Listens for** more\n- Second?\n\n  A paragraph.\n\n  - listens for x\n- Third?\n",
    );
    let found: Vec<(&str, Vec<&str>)> = body
        .follow_ups
        .iter()
        .map(|follow_up| {
            let details = follow_up.listens_for.iter();
            (
                source.slice(follow_up.question),
                details.map(|&span| source.slice(span)).collect(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "First `a`\n  goes on?",
                vec!["the plan,\n    statistics", "more"]
            ),
            ("Second?", vec!["A paragraph.", "x"]),
            ("Third?", vec![]),
        ]
    );
}

#[test]
fn rubrics_as_bullets_numbers_and_tables() {
    for text in [
        "P\n\n## Rubric\n\n- 3: three *it*\n- **4** – four\n- 5 (Strong Yes): five\n",
        "P\n\n## Rubric\n\n3. three *it*\n4. four\n5. five\n",
        "P\n\n## Rubric\n\n| Score | Anchor |\n| --- | --- |\n| 3 | three *it* |\n| **4** | four |\n| 5 Strong Yes | five |\n",
    ] {
        let (source, body) = parts(text);
        let found: Vec<_> = body
            .anchors
            .iter()
            .map(|anchor| (anchor.score.value, source.slice(anchor.text)))
            .collect();
        assert_eq!(
            found,
            [(3, "three *it*"), (4, "four"), (5, "five")],
            "{text}"
        );
    }
}

#[test]
fn scores_that_do_not_count_are_kept_apart() {
    for (text, expected) in [
        (
            "- 3: three\n- 6: six\n- 10: ten\n- 0: none\n",
            vec!["6", "10", "0"],
        ),
        (
            "- 3: three\n- 0-RTT\n- 24 hours\n- 12:30 is late\n- 10. May\n",
            vec![],
        ),
        (
            "| 3 | three |\n| --- | --- |\n| 4 | four |\n| 7 | seven |\n",
            vec!["3", "7"],
        ),
        ("0. nothing\n1. one\n", vec!["0."]),
        ("- 3: three\n- 999999: a lot\n", vec!["999999"]),
    ] {
        let (source, body) = parts(&format!("P\n\n## Rubric\n\n{text}"));
        let strays = body.strays.iter();
        let found: Vec<_> = strays.map(|stray| source.slice(stray.score)).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(body.anchors.len(), 1, "{text}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let text = "> ".repeat(500) + "x\n";
    let source = Source::new("q.md", text.as_str());
    assert!(read(&source, Span::new(0, text.len())).is_err());
}
