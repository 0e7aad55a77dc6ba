//! Packets: whole for the interviewer, silent for the candidate, safe for everyone.

use intervy::model::question::Part;
use intervy::model::vocabulary::AskMode;

use crate::harness::{CONFIG, Project, project_file, shipped};

const HOSTILE: &str = "---
title: \"<script>alert(1)</script> & co\"
category: databases
difficulty: easy
minutes: { quick: 2, standard: 4 }
---

See [where][answer]. Ask <b onclick=\"x()\">this</b> <script>alert(2)</script>[link](javascript:alert(3)) <!-- TELLTALE comment -->

<!--
TELLTALE block
-->

![a](../../pixel.png) ![b](https://example.com/track.png) ![c](../../../secret.png)

<img src=\"https://example.com/raw.png\"> <iframe src=\"https://example.com\"></iframe> <style>body{display:none}</style>

[ref]

[ref]: https://example.com/ref
[//]: # (secret)

## Candidate handout

```sql
SELECT '<script>' -- & comment
```

| left | right |
| :--- | ---: |
| a | 1 |

- [x] done

### Reference answer (short)

TELLTALE nested

### Candidate handout

More to see.

### Model answer

TELLTALE model

### Candidate handout

More again.

#### Reference&nbsp;*answer*

TELLTALE entity

## Why ask this

TELLTALE why

## Reference answer

TELLTALE reference

## Follow-ups

- TELLTALE follow-up?
  - listens for: TELLTALE listening

## Strong signals

- TELLTALE strong

## Red flags

- TELLTALE red

[answer]: https://example.com/TELLTALE

## Own notes

TELLTALE notes

## Rubric

- 3: TELLTALE three
- 4: TELLTALE four
";

/// A PNG of one grey pixel.
const PIXEL: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cch\x00\x00\x00\x82\x00\x81w\xcdr\xb6\x00\x00\x00\x00IEND\xaeB`\x82";

fn hostile() -> Project {
    let project = Project::empty()
        .file("secret.png", PIXEL)
        .file("bank/intervy.toml", CONFIG)
        .file("bank/pixel.png", PIXEL)
        .file("bank/questions/databases/q.md", HOSTILE);
    let pick = ["pick", "--minutes", "8", "--seed", "1", "-o", "s.toml"];
    project.run(&pick).good();
    project
}

#[test]
fn the_candidate_sees_prompt_and_handout_and_nothing_else() {
    let project = hostile();
    for format in ["html", "markdown"] {
        let run = project
            .run(&[
                "render",
                "s.toml",
                "--audience",
                "candidate",
                "--format",
                format,
            ])
            .good();
        assert!(!run.stdout.contains("TELLTALE"), "{}", run.stdout);
        assert!(run.stdout.contains("this"), "{}", run.stdout);
        assert!(run.stdout.contains("SELECT"), "{}", run.stdout);
        for hidden in [
            "<script>alert",
            "secret",
            "example.com/track",
            "onclick",
            "<iframe",
        ] {
            assert!(!run.stdout.contains(hidden), "{hidden}\n{}", run.stdout);
        }
        // Not even what the question is called, or which one it is.
        for metadata in [
            "alert(1)",
            "databases",
            "Databases",
            "easy",
            "s.toml",
            "screen-",
        ] {
            assert!(!run.stdout.contains(metadata), "{metadata}\n{}", run.stdout);
        }
    }
}

#[test]
fn no_candidate_packet_of_the_shipped_bank_leaks_an_answer() {
    let bank = shipped();
    let project = Project::empty();
    for question in &bank.questions {
        let screen = format!("title = \"t\"\n[[questions]]\nid = \"{}\"\n", question.id());
        let run = project
            .run_with(
                &[
                    "render",
                    "-",
                    "--audience",
                    "candidate",
                    "--format",
                    "markdown",
                ],
                &screen,
                &[],
            )
            .good();
        let source = &question.text.source;
        let body = &question.text.body();
        // A signature that the handout gives may stand in the reference answer again.
        let handouts = body.part(Part::CandidateHandout);
        let shown: String = handouts
            .map(|section| source.slice(section.content))
            .collect();
        for section in &body.sections {
            if section.part == Some(Part::CandidateHandout) {
                continue;
            }
            let lines = source.slice(section.content).lines().map(str::trim);
            for line in lines.filter(|line| line.len() > 40 && !shown.contains(line)) {
                assert!(!run.stdout.contains(line), "{}: {line}", question.id());
            }
        }
    }
}

#[test]
fn the_interviewer_sees_everything_and_nothing_runs() {
    let project = hostile();
    let run = project.run(&["render", "s.toml"]).good();
    let html = &run.stdout;
    for part in [
        "why",
        "reference",
        "follow-up?",
        "listening",
        "strong",
        "red",
        "three",
        "four",
    ] {
        assert!(html.contains(&format!("TELLTALE {part}")), "{part}");
    }
    assert!(!html.contains("TELLTALE comment"));
    // One script, the packet's own, and the policy knows no other.
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("script-src 'sha256-").count(), 1);
    assert!(html.contains(&project_file("templates/script/live.js")));
    for dangerous in [
        "onclick",
        "javascript:",
        "<iframe",
        "display:none",
        "example.com/track",
        "example.com/raw",
    ] {
        assert!(!html.contains(dangerous), "{dangerous}");
    }
    assert!(
        html.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt; &amp; co"),
        "the title is escaped"
    );
    assert!(
        html.contains("src=\"data:image/png;base64,iVBORw0KGgo"),
        "the image is inlined"
    );
    assert!(
        html.contains("<td class=\"right\">1</td>"),
        "alignment is kept"
    );
    assert!(
        html.contains("href=\"https://example.com/ref\""),
        "reference links work"
    );
    assert!(
        html.contains("<span class=\"k\">SELECT"),
        "code is coloured"
    );
    assert!(html.contains("default-src 'none'"));
    // The scale's own words stand in where the rubric is silent.
    assert!(html.contains("Some pieces, with gaps"));
    assert!(
        run.stderr.contains("https://example.com/track.png"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("it lies outside the bank"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_changed_question_is_marked() {
    let project = hostile();
    let text = project.read("bank/questions/databases/q.md");
    assert!(
        !project
            .run(&["render", "s.toml"])
            .good()
            .stdout
            .contains("has changed in the bank")
    );
    let project = project.file(
        "bank/questions/databases/q.md",
        text.replace("three", "3rd"),
    );
    let run = project.run(&["render", "s.toml"]).good();
    assert!(run.stdout.contains("has changed in the bank"));
    assert!(run.stderr.contains("`q` has changed"), "{}", run.stderr);
    std::fs::remove_file(project.path("bank/questions/databases/q.md")).unwrap();
    let project = project.question("databases", "other");
    let run = project.run(&["render", "s.toml"]).ended(2);
    assert!(
        run.stderr.contains("no such questions any more: q"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_pipe_from_pick_to_render() {
    let project = Project::empty();
    for extension in ["toml", "json"] {
        let screen = project
            .run(&[
                "pick",
                "--categories",
                "4",
                "--minutes",
                "30",
                "-o",
                "-",
                "--format",
                extension,
            ])
            .good();
        let run = project
            .run_with(&["render", "-"], &screen.stdout, &[])
            .good();
        assert!(run.stdout.starts_with("<!DOCTYPE html>"));
        assert!(run.stdout.trim_end().ends_with("</html>"));
    }
}

#[test]
fn every_question_renders_in_every_mode_without_a_warning() {
    let bank = shipped();
    let project = Project::empty();
    for mode in [AskMode::Quick, AskMode::Standard, AskMode::Deep] {
        let questions: String = bank
            .questions
            .iter()
            .map(|question| {
                format!(
                    "[[questions]]\nid = \"{}\"\nmode = \"{mode}\"\n",
                    question.id()
                )
            })
            .collect();
        let screen = format!("title = \"All\"\n{questions}");
        let run = project.run_with(&["render", "-"], &screen, &[]).good();
        assert_eq!(run.stdout.matches("<article").count(), bank.questions.len());
        let notes: Vec<_> = run
            .stderr
            .lines()
            .filter(|line| !line.contains("built-in"))
            .collect();
        assert!(notes.is_empty(), "{notes:?}");
    }
}

#[test]
fn rendering_is_the_same_bytes_every_time() {
    let project = Project::empty();
    let render = || project.run(&["render", "backend-developer"]).good().stdout;
    assert_eq!(render(), render());
}

#[test]
fn no_question_of_a_screen_can_vanish() {
    let project = Project::empty();
    let arguments = ["pick", "--seed", "1", "--format", "toml"];
    let screen = project.run(&arguments).good().stdout;
    let changed = screen.replacen("segment = \"Questions\"", "segment = \"Elsewhere\"", 1);
    assert_ne!(screen, changed);
    let run = project.run_with(&["render", "-"], &changed, &[]).ended(2);
    let expected = "must be the title of one of the screen's segments";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
}

#[test]
fn a_screen_that_is_wrong_says_where() {
    let project = Project::bank().question("databases", "a");
    for (screen, expected) in [
        ("[[questions]]\nid = \"b\"\n", "there is no question `b`"),
        (
            "minutes = 5\n[[questions]]\nid = \"a\"\n",
            "takes 10 minutes, more than its slot of 5",
        ),
        (
            "[[questions]]\nid = \"a\"\nsegment = \"A\"\n[[questions]]\nid = \"b\"\nsegment = \"B\"\n[[questions]]\nid = \"c\"\nsegment = \"A\"\n",
            "the segment `A` has ended before",
        ),
        ("<!DOCTYPE html>\n<p>a</p>\n", "this is not a screen"),
        ("", "this is not a screen"),
        ("{\"schema\": 1,", "not valid JSON"),
        ("schema = 9\n", "`schema` must be 1"),
    ] {
        let run = project.run_with(&["render", "-"], screen, &[]).ended(2);
        assert!(run.stderr.contains(expected), "{screen}\n{}", run.stderr);
        assert!(run.stderr.contains("standard input:"), "{}", run.stderr);
    }
}
