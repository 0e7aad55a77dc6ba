//! Scores from a spreadsheet: what programs save, and every row that is wrong.

use std::fs;

use intervy::model::scorecard::Answer;
use intervy::model::vocabulary::{AskMode, CardStatus};

use super::{card, project, score};

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
    // Questions that the screen lacks.
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
    // That no row can name its question is said once.
    assert!(run.stderr.contains("2 errors"), "{}", run.stderr);
}

/// What is wrong with values hides neither unknown questions nor another candidate, and all of it is in the file's order.
#[test]
fn one_run_shows_all_that_is_wrong() {
    let project = project();
    let csv =
        "candidate,question,score,date\nC-1,one,6,\n,nope,3,\nC-9,two,9,31/12/2026\n,nope2,3,\n";
    fs::write(project.path("a.csv"), csv).unwrap();
    let json = "{\"schema\":1,\n\"screen\":\"x\",\n\"candidate\":\"C-9\",\n\"interviewer\":\"ana\",\n\"status\":\"done\",\n\
                \"questions\":[\n{\"id\":\"nope\",\"score\":6},\n{\"id\":\"one\",\"score\":7}]}";
    fs::write(project.path("a.json"), json).unwrap();
    let toml = "schema = 1\nscreen = \"x\"\ncandidate = \"C-9\"\ninterviewer = \"ana\"\nstatus = \"done\"\n\
                [[questions]]\nid = \"nope\"\nscore = 6\n[[questions]]\nid = \"one\"\nscore = 7\n";
    fs::write(project.path("a.toml"), toml).unwrap();
    for (file, expected) in [
        (
            "a.csv",
            &[
                "a.csv:2:1",
                "`6` is no score",
                "a.csv:3:1",
                "no question `nope`",
                "a.csv:4:1",
                "the candidate is `C-9` here",
                "which number is the month",
                "`9` is no score",
                "a.csv:5:1",
                "no question `nope2`",
            ][..],
        ),
        (
            "a.json",
            &[
                "a.json:2:10",
                "the screen of this file is `x`",
                "a.json:3:13",
                "the candidate of this file is `C-9`",
                "a.json:5:10",
                "a.json:7:7",
                "no question `nope`",
                "a.json:7:22",
                "a.json:8:21",
            ],
        ),
        (
            "a.toml",
            &[
                "a.toml:2:10",
                "a.toml:3:13",
                "a.toml:5:10",
                "a.toml:7:6",
                "no question `nope`",
                "a.toml:8:9",
                "a.toml:11:9",
            ],
        ),
    ] {
        let run = score(&project, &["--from", file]).ended(2);
        for expected in expected {
            assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
        }
        let places = run.stderr.lines().filter_map(|line| {
            let place = line.split_once("--> ")?.1.split(':');
            place.skip(1).map(|number| number.parse().ok()).collect()
        });
        let places: Vec<Vec<usize>> = places.collect();
        assert!(places.len() > 5 && places.is_sorted(), "{}", run.stderr);
    }
    assert!(!project.path("interviews").exists());
    // Where it cannot be told whose scorecard it is, that is said as well.
    let run = project
        .run(&["--bank", "bank", "score", "s", "--from", "a.csv"])
        .ended(2);
    for expected in ["`6` is no score", "nothing of the file", "nobody is named"] {
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
}

#[test]
fn scores_are_the_words_of_flags_and_what_spreadsheets_of_other_languages_save() {
    let project = project();
    let answers = || {
        let card = card(&project, "ana");
        let answers = card.questions.iter().map(|rating| rating.answer);
        (answers.collect::<Vec<_>>(), card)
    };
    for (text, date) in [
        (
            "question,score,date\none,4,2026-11-23\ntwo,None,\nthree,skip,\noverall,4,\n",
            "2026-11-23",
        ),
        (
            "question,score\none,4.0\ntwo,no-rating\nthree,not-asked\noverall,4.0\n",
            "2026-11-23",
        ),
        (
            "sep=;\r\nquestion;asked;score;no_rating;date\r\none;WAHR;4,0;;24.11.2026\r\ntwo;ja;;WAHR;24.11.2026\r\n\
             three;FALSCH;;FALSCH;\r\noverall;;4,00;;\r\n",
            "2026-11-24",
        ),
        (
            "question;asked;score;no_rating;date\none;VRAI;4;FAUX;5.1.2027\ntwo;VERDADERO;none;verdadero;\nthree;FALSO;skip;;\noverall;;4;;\n",
            "2027-01-05",
        ),
        (
            "question\tasked\tscore\tno_rating\none\tSÍ\t4\tnein\ntwo\tVERO\t\toui\nthree\tnon\t\t\noverall\t\t4\t\n",
            "2027-01-05",
        ),
    ] {
        score(
            &project,
            &["--set", "one=unset", "--set", "two=1", "--set", "three=1"],
        )
        .good();
        fs::write(project.path("a.csv"), text).unwrap();
        score(&project, &["--from", "a.csv"]).good();
        let (answers, card) = answers();
        let expected = [Answer::Score(4), Answer::NoRating, Answer::NotAsked].map(Some);
        assert_eq!(answers, expected, "{text}");
        assert_eq!(card.overall.score, Some(4));
        assert_eq!(card.date.unwrap().to_string(), date);
    }
    for (row, expected) in [
        ("one,4.5,,,", "`none` (no rating) or `skip` (not asked)"),
        ("one,skip,true,,", "`skip` for what was asked"),
        ("one,none,false,,", "what was not asked has no score"),
        ("one,skip,,yes,", "what was not asked has no score"),
        ("overall,skip,,,", "the recommendation is a score"),
        ("overall,,no,,", "the recommendation is a score"),
        (
            "one,4,,,23.13.2026",
            "help: write `2026-12-01` or `1.12.2026`",
        ),
        ("one,4,,,11/23/2026", "which number is the month"),
    ] {
        let text = format!("question,score,asked,no_rating,date\n{row}\n");
        fs::write(project.path("a.csv"), text).unwrap();
        let run = score(&project, &["--from", "a.csv"]).ended(2);
        assert!(run.stderr.contains(expected), "{row}: {}", run.stderr);
        assert!(!run.stderr.contains("holds one scorecard"), "{row}");
    }
    // The template says which words there are, and takes them.
    let template = score(&project, &["--csv-template"]).good().stdout;
    assert!(template.contains(",score (1-5 none skip),"), "{template}");
    let filled = template.replace(",one,,,", ",one,,none,");
    assert_ne!(filled, template);
    fs::write(project.path("a.csv"), filled).unwrap();
    score(&project, &["--from", "a.csv"]).good();
    assert_eq!(answers().0[0], Some(Answer::NoRating));
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
