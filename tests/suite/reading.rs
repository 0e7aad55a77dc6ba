//! Questions and configuration: every problem at its place, all of them in one run.

use std::fmt::Write;

use intervy::model::question::Part;
use intervy::model::source::Span;
use intervy::model::vocabulary::{AskMode, Difficulty, Kind, Status};
use intervy::store::document::decode::Problems;
use intervy::store::{plan, question, screen, settings};

use crate::harness::{line, marked, read_question, source};

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
fn all_problems_of_a_file_in_one_go() {
    let text = "---
titel: A title
category: [databases]
dificulty: hard
minutes: ten
kind: tecnical
levels: [mid, 3]
status: done
reviewed: 2026-13-01
kind: coding
---
Prompt.
";
    let (question, findings) = read_question(text);
    assert!(question.is_none());
    assert_eq!(
        findings,
        [
            "10:1 duplicate-key: `kind` is given more than once",
            "1:1 missing-field: the front matter has no `title`",
            "1:1 missing-field: the front matter has no `difficulty`",
            "3:11 invalid-value: `category` must be a text, not a list",
            "5:10 invalid-value: `minutes` must be whole minutes from 1 to 240, or a table of them per ask mode",
            "6:7 invalid-value: `kind` must be one of `technical`, `behavioral`, `situational`, `design`, `debugging`, `coding`",
            "7:15 invalid-value: `levels` must be a text, not a whole number",
            "8:9 invalid-value: `status` must be one of `draft`, `active`, `retired`",
            "9:11 invalid-value: `reviewed` must be a day written as year-month-day (`2026-10-01`)",
            "2:1 unknown-field: the front matter has no field `titel`",
            "4:1 unknown-field: the front matter has no field `dificulty`",
        ]
    );
}

#[test]
fn hints_name_the_way_out() {
    let text = "---\ntitel: A\ncategory: databases\ndifficulty: medum\nminutes: \"6\"\n---\nP\n";
    let source = source("q.md", text);
    let (_, problems) = question::read(&source, "questions");
    let findings = problems.into_findings();
    let hint = |rule: &str| {
        let finding = findings
            .iter()
            .find(|finding| finding.rule == rule)
            .unwrap();
        (marked(finding), finding.hint.clone().unwrap_or_default())
    };
    assert_eq!(
        hint("unknown-field"),
        ("titel".to_owned(), "did you mean `title`?".to_owned())
    );
    assert_eq!(
        hint("invalid-value"),
        ("medum".to_owned(), "did you mean `medium`?".to_owned())
    );
    let quoted = findings
        .iter()
        .find(|finding| marked(finding) == "\"6\"")
        .unwrap();
    assert_eq!(quoted.hint.as_deref(), Some("remove the quotes"));
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

#[test]
fn broken_syntax_says_where_and_keeps_quiet_about_the_rest() {
    let cases = [
        ("---\ntitle: a: b\n---\nP\n", "2:", "not valid YAML"),
        ("---\ntitle: [a\n---\nP\n", "", "not valid YAML"),
        (
            "+++\ntitle = ten\n+++\nP\n",
            "2:9",
            "`ten` is neither a number nor a quoted text",
        ),
        ("+++\ntitle\n+++\nP\n", "2:", "not valid TOML"),
        (
            "+++\ntitle = \"a\"\ntitle = \"b\"\n+++\nP\n",
            "3:1",
            "`title` is given more than once",
        ),
        (
            "---\n- a\n---\nP\n",
            "2:1",
            "the front matter must be a table of fields, not a list",
        ),
        ("title: a\n", "1:1", "this question has no front matter"),
        ("---\ntitle: a\n", "1:1", "never closed"),
        (
            "\n---\ntitle: a\n---\n",
            "2:1",
            "must begin on the first line",
        ),
    ];
    for (text, place, message) in cases {
        let (question, findings) = read_question(text);
        assert!(question.is_none());
        assert!(findings[0].starts_with(place), "{text:?}: {findings:?}");
        assert!(findings[0].contains(message), "{text:?}: {findings:?}");
        let missing = findings
            .iter()
            .any(|finding| finding.contains("missing-field"));
        let readable = text.starts_with("---\n- a") || text.contains("title = \"b\"");
        assert!(!missing || readable, "{findings:?}");
    }
}

#[test]
fn an_empty_matter_misses_its_fields() {
    for text in [
        "---\n---\nP\n",
        "---\n\n---\nP\n",
        "---\n# nothing\n---\nP\n",
        "+++\n+++\nP\n",
    ] {
        let (question, findings) = read_question(text);
        assert!(question.is_none());
        assert_eq!(findings.len(), 4, "{findings:?}");
        assert!(
            findings
                .iter()
                .all(|finding| finding.starts_with("1:1 missing-field"))
        );
    }
}

#[test]
fn a_question_that_asks_nothing_is_refused() {
    let matter = "---\ntitle: A\ncategory: c\ndifficulty: easy\nminutes: 3\n---\n";
    for (body, place) in [
        ("", "1:1"),
        ("\n# A title\n\nThe prompt.\n", "8:3"),
        ("\n## Reference answer\n\nx\n", "8:4"),
    ] {
        let (question, findings) = read_question(&format!("{matter}{body}"));
        assert!(question.is_none());
        assert_eq!(
            findings,
            [format!(
                "{place} missing-prompt: this question has no prompt"
            )]
        );
    }
}

#[test]
fn a_heading_that_is_swallowed_cannot_leak_an_answer() {
    let matter = "---\ntitle: A\ncategory: c\ndifficulty: easy\nminutes: 3\n---\nAsk.\n\n";
    for (body, place) in [
        (
            "## Candidate handout\n\n```sql\nSELECT 1;\n\n## Reference answer\n\nSecret.\n",
            "11:1",
        ),
        (
            "## Candidate handout\n\n<div>\n## Rubric\n\n- 3: secret\n",
            "12:1",
        ),
        ("> ## Reference answer\n> Secret.\n", "9:1"),
        ("- a\n\n  ### Red flags\n\n  Secret.\n", "11:1"),
        ("```\nRubric\n---\nSecret.\n", "9:1"),
    ] {
        let (question, findings) = read_question(&format!("{matter}{body}"));
        assert!(question.is_none(), "{body}");
        assert_eq!(findings.len(), 1, "{body}: {findings:?}");
        let expected = format!("{place} swallowed-heading");
        assert!(findings[0].starts_with(&expected), "{body}: {findings:?}");
    }
    for leak in [
        "```sql\nSELECT 1;\n\n## Reference answer\n\nSecret.\n",
        "<div>\n## Reference answer\n</div>\n\nSecret.\n",
        "1. Ask\n\n   ## Reference answer\n\n   Secret.\n",
        "##Reference answer\n\nSecret.\n",
        "##\u{a0}Reference answer\n\nSecret.\n",
        "\u{200b}## Reference answer\n\nSecret.\n",
        "    ## Reference answer\n\nSecret.\n",
        "####### Reference answer\n\nSecret.\n",
        "\\## Reference answer\n\nSecret.\n",
        "x\u{2028}## Reference answer\u{2028}Secret.\n",
        "<h2>Reference answer</h2>\n\nSecret.\n",
        "**Reference answer**\n\nSecret.\n",
        "**Rubric:**\n\nSecret.\n",
    ] {
        let (question, findings) = read_question(&format!("{matter}{leak}"));
        assert!(question.is_none(), "{leak:?}: {findings:?}");
    }
    // Words of the prompt and comments of code are no headings.
    let fine =
        "The rubric:\n\n## Candidate handout\n\n```python\n# score an answer\nrubric = 3\n```\n";
    assert!(read_question(&format!("{matter}{fine}")).0.is_some());
}

#[test]
fn configuration_problems_have_places() {
    let text = "[bank]
name = \"B\"
schema = 2
nam = 1

[[categories]]
id = \"Data Bases\"

[[categories]]
id = \"a\"

[[categories]]
id = \"a\"

[[dimensions]]
name = \"D\"
weight = -1
categories = \"a\"

[[scale]]
score = 6

[screen]
intro_minutes = \"2\"

[pick]
mix = { esy = 1 }

[interviews]
directory = \"x\"
";
    let source = source("intervy.toml", text);
    let mut problems = Problems::new(&source);
    let config = settings::read(&source, &|_, _| Err("no files".to_owned()), &mut problems);
    let mut findings = problems.into_findings();
    findings.sort_by_key(|finding| finding.location.span);
    let mut found = String::new();
    for finding in &findings {
        let _ = writeln!(found, "{}", line(finding));
    }
    snapbox::assert_data_eq!(
        found,
        snapbox::str![[r#"
3:10 invalid-value: this program reads schema 1, not 2
4:1 unknown-field: `[bank]` has no field `nam`
7:6 invalid-value: `id` must be a kebab-case id of at most 100 characters (`n-plus-one-query`)
13:6 invalid-value: `a` is given more than once
17:10 invalid-value: `weight` must be a whole number from 0 to 1000
21:9 invalid-value: `score` must be a whole number from 1 to 5
24:17 invalid-value: `intro_minutes` must be a whole number from 0 to 600
27:9 invalid-value: `mix` must be one of `easy`, `medium`, `hard`
30:1 unknown-field: `[interviews]` has no field `directory`

"#]]
    );
    assert_eq!(config.categories.len(), 1);
}

#[test]
fn blueprint_loop_and_screen_problems_have_places() {
    let read = |text: &str, kind: &str| {
        let source = source("x.toml", text);
        let mut problems = Problems::new(&source);
        let good = match kind {
            "blueprint" => plan::read_blueprint(&source, "x", &mut problems).is_some(),
            "loop" => plan::read_loop(&source, "x", &mut problems).is_some(),
            _ => screen::read(&source, "x", &mut problems).is_some(),
        };
        assert!(!good);
        let findings = problems.into_findings();
        findings.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        read(
            "minutes = 10\n[[segments]]\ntitle = \"A\"\nminutes = 8\nmode = \"fast\"\nquestions = { min = 3, max = 1 }\n[[segments]]\ntitle = \"A\"\nminutes = 8\n",
            "blueprint"
        ),
        [
            "6:13 invalid-value: `questions` must be bounds with `min` not above `max`",
            "5:8 invalid-value: `mode` must be one of `quick`, `standard`, `deep`",
            "8:9 invalid-value: `A` is given more than once",
        ]
    );
    assert_eq!(
        read("[[rounds]]\ntitle = \"A\"\nminutes = 30\n", "loop"),
        ["1:1 invalid-value: a round has either a `blueprint` or `[[rounds.sessions]]`"]
    );
    assert_eq!(
        read(
            "[[questions]]\nid = \"a\"\nmod = \"deep\"\n[[questions]]\nid = \"a\"\n",
            "screen"
        ),
        [
            "3:1 unknown-field: a question has no field `mod`",
            "5:6 invalid-value: `a` is given more than once",
        ]
    );
    assert_eq!(
        read("{\"schema\": 1, \"id\": \"a\", \"questions\": 3}", "screen")
            .iter()
            .filter(|finding| finding.contains("questions"))
            .collect::<Vec<_>>(),
        ["1:39 invalid-value: `questions` must be a list of tables, not a whole number"]
    );
}
