//! Questions and configuration: every problem at its place, all of them in one run.

mod settings;
mod values;

use intervy::store::question;

use crate::harness::{marked, read_question, source};

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
