//! Scores from files: the JSON of a packet, TOML from an editor; taken twice, or against what is handed in.

use std::fs;

use intervy::model::scorecard::Answer;
use intervy::model::vocabulary::CardStatus;

use super::{COMPLETE, card, card_path, project, score};
use crate::harness::{Project, Run};

/// `intervy --bank bank score --from FILE` with what is in it.
fn take(project: &Project, file: &str, text: &str) -> Run {
    fs::write(project.path(file), text).unwrap();
    project.run(&["--bank", "bank", "score", "--from", file])
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

/// Whoever can guess a score, or all but one word, is told nothing.
#[test]
fn what_is_handed_in_cannot_be_guessed_with_files() {
    let project = project();
    score(
        &project,
        &[&COMPLETE[..], &["--note", "two=Read it.", "--submit"]].concat(),
    )
    .good();
    let path = card_path(&project, "ana");
    let kept = project.read(&path);
    let head = "question,score,note\n";
    let rows = [
        "one,4,\n",
        "two,3,Read it.\n",
        "three,skip,\n",
        "overall,4,Knows why.\n",
    ];
    let whole = format!("{head}{}", rows.concat());
    let taken = |text: &str| {
        fs::write(project.path("a.csv"), text).unwrap();
        let run = score(&project, &["--from", "a.csv"]);
        assert_eq!(project.read(&path), kept, "{text}");
        (run.status, run.stderr)
    };
    assert_eq!(taken(&whole).0, 0);
    let refused = taken(head);
    assert_eq!(refused.0, 2);
    assert!(refused.1.contains("its scores stay"), "{}", refused.1);
    for score in 1..=5 {
        for row in [
            "one,*,\n",
            "two,*,\n",
            "two,*,Read it.\n",
            "overall,*,\n",
            "overall,*,Knows why.\n",
        ] {
            let row = row.replace('*', &score.to_string());
            assert_eq!(taken(&format!("{head}{row}")), refused, "{row}");
        }
    }
    for left in rows {
        assert_eq!(taken(&whole.replace(left, "")), refused, "{left}");
    }
    for (from, to) in [
        ("Read it.", "Read"),
        ("Knows why.", ""),
        ("one,4,\n", "one,4,x\n"),
        ("skip", "none"),
    ] {
        assert_eq!(taken(&whole.replace(from, to)), refused, "{to}");
    }
    for (column, value) in [("seconds", "60"), ("mode", "deep"), ("date", "2001-01-01")] {
        let text = format!("question,{column},score,note\n")
            + &rows
                .concat()
                .replace("one,", &format!("one,{value},"))
                .replace("two,", "two,,")
                .replace("three,", "three,,")
                .replace("overall,", "overall,,");
        assert_eq!(taken(&text), refused, "{column}");
    }
    // What flags add is refused as it is without a file.
    fs::write(project.path("a.csv"), &whole).unwrap();
    let run = score(&project, &["--from", "a.csv", "--set", "one=4"]).ended(2);
    assert_eq!(run.stderr, refused.1);
}

#[test]
fn revisions_and_reveals_of_a_file_are_not_dropped() {
    let project = project();
    score(&project, &[&COMPLETE[..], &["--submit"]].concat()).good();
    let original = project.read(&card_path(&project, "ana"));
    let revision = ["--set", "one=3", "--revise", "Ben saw the log."];
    score(&project, &revision).good();
    let path = card_path(&project, "ana");
    let revised = project.read(&path);
    // What is kept is kept, whether the file knows of its revisions or not.
    for text in [&revised, &original] {
        take(&project, "again.toml", text).good();
        assert_eq!(project.read(&path), revised);
    }
    let other = revised.replace("Ben saw", "Cy saw");
    let run = take(&project, "again.toml", &other).ended(2);
    assert!(run.stderr.contains("`--revise REASON`"), "{}", run.stderr);
    // Where nothing of them is kept, they are no part of what can be taken.
    let reveal = original.replace("\"ana\"", "\"cy\"")
        + "\n[[reveals]]\nat = \"2026-12-01T10:00:00Z\"\nreason = \"An access request\"\n";
    let fresh = revised.replace("\"ana\"", "\"ben\"");
    for (file, text) in [("cy", &reveal), ("ben", &fresh)] {
        let run = take(&project, "again.toml", text).ended(2);
        assert!(
            run.stderr.contains("revisions and reveals are not taken")
                && run.stderr.contains("`--revise REASON`"),
            "{}",
            run.stderr
        );
        assert!(!project.path(&path.replace("ana", file)).exists());
    }
    // A draft's own reveals are.
    let draft = reveal
        .replace("\"cy\"", "\"dee\"")
        .replace("status = \"submitted\"", "status = \"draft\"");
    let draft: String = draft
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("submitted_at"))
        .collect();
    let path = project.path(&path.replace("ana", "dee"));
    fs::write(&path, &draft).unwrap();
    take(
        &project,
        "again.toml",
        &draft.replace("score = 3", "score = 4"),
    )
    .good();
    assert_eq!(
        card(&project, "dee").questions[1].answer,
        Some(Answer::Score(4))
    );
    assert_eq!(card(&project, "dee").reveals.len(), 1);
}
