//! The values of a question: the same from YAML and TOML, each with its bytes.

use intervy::model::question::Part;
use intervy::model::source::Span;
use intervy::model::vocabulary::{AskMode, Difficulty, Kind, Status};

use crate::harness::read_question;

const YAML: &str = "---
title: The N+1 query problem
category: databases
difficulty: medium
minutes: { quick: 3, standard: 6, deep: 12 }   # or one number
kind: technical
levels: [mid, senior]
tags: [orm, sql]
status: active
group: query-performance
never_with: [sql-joins]
reviewed: 2026-10-01
authors: [ana]
source: https://example.com/x
license: CC-BY-4.0
locator: page 3
---

Prompt.

## Rubric

- 3: three
";

const TOML: &str = "+++
title = \"The N+1 query problem\"
category = \"databases\"
difficulty = \"medium\"
minutes = { quick = 3, standard = 6, deep = 12 }   # or one number
kind = \"technical\"
levels = [\"mid\", \"senior\"]
tags = [\"orm\", \"sql\"]
status = \"active\"
group = \"query-performance\"
never_with = [\"sql-joins\"]
reviewed = 2026-10-01
authors = [\"ana\"]
source = \"https://example.com/x\"
license = \"CC-BY-4.0\"
locator = \"page 3\"
+++

Prompt.

## Rubric

- 3: three
";

#[test]
fn yaml_and_toml_give_the_same_question() {
    for text in [YAML, TOML] {
        let (question, findings) = read_question(text);
        assert_eq!(findings, Vec::<String>::new());
        let question = question.unwrap();
        let matter = &question.matter;
        assert_eq!(question.id(), "q");
        assert_eq!(matter.title.value, "The N+1 query problem");
        assert_eq!(matter.category.value, "databases");
        assert_eq!(matter.difficulty.value, Difficulty::Medium);
        assert_eq!(matter.kind, Kind::Technical);
        assert_eq!(matter.status, Status::Active);
        let modes: Vec<_> = matter.minutes.modes().collect();
        assert_eq!(
            modes,
            [
                (AskMode::Quick, 3),
                (AskMode::Standard, 6),
                (AskMode::Deep, 12)
            ]
        );
        assert_eq!(matter.tags[1].value, "sql");
        assert_eq!(
            matter.reviewed.as_ref().unwrap().value.to_string(),
            "2026-10-01"
        );
        assert_eq!(
            matter.provenance.license.as_ref().unwrap().value,
            "CC-BY-4.0"
        );
    }
}

#[test]
fn every_value_knows_its_bytes() {
    for text in [YAML, TOML] {
        // Whatever comes before a value must not move its place: a byte order mark, CRLF line
        // ends, letters of several bytes.
        for text in [
            text.to_owned(),
            format!("\u{feff}{text}"),
            text.replace('\n', "\r\n"),
            text.replace("The N+1", "Größe 𝄞 N+1"),
        ] {
            let (question, findings) = read_question(&text);
            assert_eq!(findings, Vec::<String>::new());
            let question = question.unwrap();
            let source = &question.text.source;
            let at = |span: Span| source.slice(span).trim_matches('"').to_owned();
            let matter = &question.matter;
            assert_eq!(at(matter.title.span), matter.title.value);
            assert_eq!(at(matter.category.span), "databases");
            assert_eq!(at(matter.difficulty.span), "medium");
            assert!(at(matter.minutes.span).starts_with("{ quick"));
            assert!(
                at(matter.minutes.span).ends_with("12 }"),
                "{}",
                at(matter.minutes.span)
            );
            assert_eq!(at(matter.levels[1].span), "senior");
            assert_eq!(at(matter.never_with[0].span), "sql-joins");
            assert_eq!(at(matter.reviewed.as_ref().unwrap().span), "2026-10-01");
            assert_eq!(at(question.text.body().prompt), "Prompt.");
            let rubric = question.text.body().part(Part::Rubric).next().unwrap();
            assert_eq!(at(rubric.title), "Rubric");
            assert_eq!(at(rubric.content), "- 3: three");
            assert_eq!(at(question.text.body().anchors[0].text), "three");
        }
    }
}

#[test]
fn minutes_in_all_their_forms() {
    for (minutes, wrong) in [
        ("6", None),
        ("{ standard: 6 }", None),
        ("{ deep: 20 }", None),
        ("-3", Some("`minutes` must be whole minutes")),
        ("0", Some("`minutes` must be whole minutes")),
        ("2.5", Some("`minutes` must be whole minutes")),
        ("4294967293", Some("`minutes` must be whole minutes")),
        ("{}", Some("`minutes` names no ask mode")),
        (
            "{ quick: 8, standard: 6 }",
            Some("`standard` takes 6 minutes, fewer than `quick` with 8"),
        ),
        (
            "{ quik: 2, standard: 6 }",
            Some("`minutes` has no field `quik`"),
        ),
        ("[3, 6]", Some("`minutes` must be whole minutes")),
        ("yes", Some("`minutes` must be whole minutes")),
    ] {
        let text =
            format!("---\ntitle: A\ncategory: c\ndifficulty: easy\nminutes: {minutes}\n---\nP\n");
        let (_, findings) = read_question(&text);
        match wrong {
            None => assert_eq!(findings, Vec::<String>::new(), "{minutes}"),
            Some(message) => {
                assert_eq!(findings.len(), 1, "{minutes}: {findings:?}");
                assert!(findings[0].starts_with("5:"), "{}", findings[0]);
                assert!(findings[0].contains(message), "{}", findings[0]);
            }
        }
    }
}

#[test]
fn yaml_words_are_what_yaml_1_2_says() {
    // `no`, `on` and `3:30` are texts, not a truth value or seconds of an older YAML.
    let text =
        "---\ntitle: no\ncategory: on\ndifficulty: easy\nminutes: 3\nlocator: 3:30\n---\nP\n";
    let (question, findings) = read_question(text);
    assert_eq!(findings, Vec::<String>::new());
    let matter = question.unwrap().matter;
    assert_eq!(matter.title.value, "no");
    assert_eq!(matter.category.value, "on");
    assert_eq!(matter.provenance.locator.unwrap().value, "3:30");
}
