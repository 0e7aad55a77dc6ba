//! Scores from files: the JSON of a packet, TOML from an editor, CSV from a spreadsheet.

use std::fs;

use intervy::model::scorecard::Answer;
use intervy::model::vocabulary::{AskMode, CardStatus};

use super::{card, card_path, project, score};

#[test]
fn a_spreadsheet_comes_back_with_its_rows() {
    let project = project();
    let run = score(&project, &["--csv-template"]).good();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 5, "{}", run.stdout);
    assert!(lines[0].starts_with("screen,candidate,interviewer,date,question,asked,score"));
    let filled: Vec<String> = lines
        .iter()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let (asked, score, mode, note) = match cells[4] {
                "one" => ("true", "5", "deep", "\"'=SUM, of \"\"all\"\"\nand more\""),
                "two" => ("", "3", "", ""),
                "three" => ("no", "", "", ""),
                "overall" => ("", "4", "", "Solid."),
                _ => return (*line).to_owned(),
            };
            [
                cells[0],
                cells[1],
                cells[2],
                "2026-12-01",
                cells[4],
                asked,
                score,
                "",
                mode,
                "",
                note,
            ]
            .join(",")
        })
        .collect();
    fs::write(
        project.path("a.csv"),
        format!("\u{feff}{}\r\n", filled.join("\r\n")),
    )
    .unwrap();
    // Everything is in the file.
    project
        .run(&[
            "--bank", "bank", "score", "s", "--from", "a.csv", "--submit",
        ])
        .good();
    let card = card(&project, "ana");
    assert_eq!(card.status, CardStatus::Submitted);
    assert_eq!(card.questions[0].answer, Some(Answer::Score(5)));
    assert_eq!(card.questions[0].mode, Some(AskMode::Deep));
    assert_eq!(
        card.questions[0].note.as_deref(),
        Some("=SUM, of \"all\"\nand more")
    );
    assert_eq!(card.questions[1].mode, Some(AskMode::Standard));
    assert_eq!(card.questions[2].answer, Some(Answer::NotAsked));
    assert_eq!(card.overall.reason.as_deref(), Some("Solid."));
    assert_eq!(card.date.unwrap().to_string(), "2026-12-01");
}

#[test]
fn every_bad_row_is_named_with_its_line_and_nothing_is_taken() {
    let project = project();
    let text = "question;asked;score;mode;note\none;true;7;standard;\ntwo;false;3;;\nfour;;2;;x\none;;4;slow;\n\n;;3;;\nthree;perhaps;;;\n";
    fs::write(project.path("a.csv"), text).unwrap();
    let run = score(&project, &["--from", "a.csv"]).ended(2);
    for expected in [
        "a.csv:2:1",
        "`7` is no score",
        "a.csv:3:1",
        "what was not asked has no score",
        "a.csv:5:1",
        "given more than once",
        "a.csv:7:1",
        "names no question",
        "a.csv:8:1",
        "`perhaps` does not say",
        "nothing of the file was taken",
    ] {
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
    assert!(!project.path("interviews").exists(), "{}", run.stderr);
    // Questions that the screen lacks, once the rows are right.
    fs::write(project.path("b.csv"), "question,score\none,4\nfour,2\n").unwrap();
    let run = score(&project, &["--from", "b.csv"]).ended(2);
    assert!(
        run.stderr.contains("b.csv:3:1") && run.stderr.contains("no question `four`"),
        "{}",
        run.stderr
    );
    fs::write(project.path("c.csv"), "questions,score\none,4\n").unwrap();
    let run = score(&project, &["--from", "c.csv"]).ended(2);
    assert!(
        run.stderr.contains("did you mean `question`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_rows() {
    let project = project();
    for text in [
        "question,score,note\none,4,\"zwei\ntwo,3,x\nthree,3,\n",
        // The next quote of the file closes nothing.
        "question,score,note\none,4,\"zwei\ntwo,3,\"x\"\nthree,3,\n",
        "question;score;note\none;4;\"zwei\ntwo;3;x\n",
    ] {
        fs::write(project.path("a.csv"), text).unwrap();
        let run = score(&project, &["--from", "a.csv"]).ended(2);
        assert!(
            run.stderr.contains("a.csv:2:7") && run.stderr.contains("is not closed"),
            "{}",
            run.stderr
        );
        assert!(!project.path("interviews").exists());
    }
    // Other rows are read as far as it.
    let text = "question,score,note\none,9,\ntwo,4,\"zwei\nthree,3,\n";
    fs::write(project.path("a.csv"), text).unwrap();
    let run = score(&project, &["--from", "a.csv"]).ended(2);
    for expected in ["a.csv:2:1", "a.csv:3:7", "2 errors"] {
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
}

/// The signs of a full-width keyboard begin a formula as well; what guards them comes off again.
#[test]
fn what_a_spreadsheet_would_run_is_guarded_and_comes_back() {
    let project = project();
    let text = "question,score,note\none,4,'＝SUM(A1)\ntwo,3,'@me\nthree,3,'tis\n";
    fs::write(project.path("a.csv"), text).unwrap();
    score(&project, &["--from", "a.csv"]).good();
    let notes: Vec<_> = card(&project, "ana")
        .questions
        .into_iter()
        .map(|rating| rating.note.unwrap())
        .collect();
    assert_eq!(notes, ["＝SUM(A1)", "@me", "'tis"]);
}

#[test]
fn json_and_toml_are_taken_by_what_they_name() {
    let project = project();
    score(&project, &["--set", "one=4"]).good();
    let own = project.read(&card_path(&project, "ana"));
    let screen = own
        .lines()
        .find_map(|line| line.strip_prefix("screen = "))
        .unwrap();
    let hash = own
        .lines()
        .find_map(|line| line.strip_prefix("screen_hash = "))
        .unwrap();
    let json = format!(
        "{{\"schema\":1,\"screen\":{screen},\"screen_hash\":{hash},\"candidate\":\"C-1\",\"interviewer\":\"ben\",\"date\":\"2026-12-01\",\
         \"status\":\"submitted\",\"seconds\":1700,\"questions\":[{{\"id\":\"one\",\"asked\":true,\"score\":3,\"mode\":\"quick\",\"seconds\":60,\
         \"scored_at\":\"2026-12-01T10:00:00.123Z\"}},{{\"id\":\"two\",\"asked\":true,\"no_rating\":true}},{{\"id\":\"three\",\"asked\":false}}],\
         \"overall\":{{\"score\":3,\"reason\":\"Enough.\"}}}}"
    );
    fs::write(project.path("ben.json"), &json).unwrap();
    // The screen is found beside the other scorecards.
    project
        .run(&["--bank", "bank", "score", "--from", "ben.json"])
        .good();
    // A file that is taken twice changes nothing, also where it was handed in.
    let kept = project.read(&card_path(&project, "ben"));
    project
        .run(&["--bank", "bank", "score", "--from", "ben.json"])
        .good();
    assert_eq!(project.read(&card_path(&project, "ben")), kept);
    let other = json.replace("\"score\":3", "\"score\":4");
    fs::write(project.path("other.json"), other).unwrap();
    let run = project.run(&["--bank", "bank", "score", "--from", "other.json"]);
    assert!(run.stderr.contains("is submitted"), "{}", run.stderr);
    assert_eq!(
        (run.status, project.read(&card_path(&project, "ben"))),
        (2, kept)
    );
    let ben = card(&project, "ben");
    assert_eq!(ben.status, CardStatus::Submitted);
    assert_eq!(ben.seconds, Some(1700));
    assert_eq!(ben.questions[0].seconds, Some(60));
    assert_eq!(
        ben.questions[0].scored_at.unwrap().to_string(),
        "2026-12-01T10:00:00.123Z"
    );
    for (from, to, expected) in [
        (
            "\"ben\"",
            "\"ana\"",
            "the interviewer of this file is `ana`",
        ),
        (
            hash,
            &format!("\"sha256:{}\"", "0".repeat(64)),
            "another version of this screen",
        ),
        ("\"three\"", "\"four\"", "no question `four`"),
        (
            "\"schema\":1",
            "\"schema\":1,\"score\":3",
            "no field `score`",
        ),
    ] {
        fs::write(project.path("bad.json"), json.replace(from, to)).unwrap();
        let run = project.run(&[
            "--bank",
            "bank",
            "score",
            "--interviewer",
            "cy",
            "--from",
            "bad.json",
        ]);
        let run = if to == "\"ana\"" {
            run
        } else {
            project.run(&[
                "--bank",
                "bank",
                "score",
                "--interviewer",
                "ben",
                "--from",
                "bad.json",
            ])
        };
        assert_eq!(run.status, 2, "{to}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
    // A template filled in with an editor.
    let template = project
        .run(&[
            "--bank",
            "bank",
            "score",
            "template",
            "s",
            "--candidate",
            "C-1",
            "--interviewer",
            "dee",
        ])
        .good()
        .stdout;
    let filled = template
        .replacen("id = \"one\"\n", "id = \"one\"\nscore = 4\n", 1)
        .replacen("id = \"two\"\n", "id = \"two\"\nno_rating = true\n", 1)
        .replacen("id = \"three\"\n", "id = \"three\"\nasked = false\n", 1)
        .replacen(
            "[overall]\n",
            "[overall]\nscore = 4\nreason = \"Fine.\"\n",
            1,
        );
    fs::write(project.path("dee.toml"), filled).unwrap();
    project
        .run(&["--bank", "bank", "score", "--from", "dee.toml", "--submit"])
        .good();
    assert_eq!(card(&project, "dee").status, CardStatus::Submitted);
}
