//! Scorecards by flags and files: complete, checked, and where they belong.

use std::fs;
use std::process::Command;
use std::sync::Arc;

use intervy::model::scorecard::{Answer, Scorecard};
use intervy::model::source::Source;
use intervy::model::vocabulary::CardStatus;
use intervy::store::document::decode::Problems;
use intervy::store::scorecard;

use crate::harness::{Project, Run};
use crate::page_checks::installed;

mod csv;
mod disk;
mod durable;
mod from;
mod full_screen;
mod manage;
mod place;
mod plain;
mod power;
mod screen;
mod session;
mod walk;

/// The flags of a scorecard that is complete but for what a test adds.
const COMPLETE: [&str; 10] = [
    "--set",
    "one=4",
    "--set",
    "two=3",
    "--set",
    "three=skip",
    "--overall",
    "4",
    "--reason",
    "Knows why.",
];

/// A bank of three questions with a screen `s.toml` of them, and interviews beside it.
pub(crate) fn project() -> Project {
    let project = Project::bank()
        .question("databases", "one")
        .question("caching", "two")
        .question("security", "three");
    // The bank is a folder below, so that the interviews are beside it.
    let moved = Project::empty();
    for path in [
        "intervy.toml",
        "questions/databases/one.md",
        "questions/caching/two.md",
        "questions/security/three.md",
    ] {
        let target = moved.path("bank").join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(project.path(path), target).unwrap();
    }
    let config = moved.read("bank/intervy.toml") + "\n[interviews]\ndir = \"../interviews\"\n";
    fs::write(moved.path("bank/intervy.toml"), config).unwrap();
    let hand = "title = \"A screen\"\n[[questions]]\nid = \"one\"\n[[questions]]\nid = \"two\"\n[[questions]]\nid = \"three\"\n";
    fs::create_dir_all(moved.path("bank/screens")).unwrap();
    fs::write(moved.path("bank/screens/s.toml"), hand).unwrap();
    moved
}

/// `intervy score s --candidate C-1 --interviewer ana` and more.
pub(crate) fn score(project: &Project, more: &[&str]) -> Run {
    let own = [
        "--bank",
        "bank",
        "score",
        "s",
        "--candidate",
        "C-1",
        "--interviewer",
        "ana",
    ];
    project.run(&[&own, more].concat())
}

/// The only scorecard of an interviewer.
pub(crate) fn card(project: &Project, interviewer: &str) -> Scorecard {
    read(&project.read(&card_path(project, interviewer))).unwrap()
}

pub(crate) fn card_path(project: &Project, interviewer: &str) -> String {
    let folder = fs::read_dir(project.path("interviews/C-1")).unwrap();
    let screen = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let screen = screen.last().unwrap();
    format!("interviews/C-1/{screen}/{interviewer}.toml")
}

pub(crate) fn read(text: &str) -> Result<Scorecard, Vec<String>> {
    let source: Arc<Source> = Source::new("card.toml", text);
    let mut problems = Problems::new(&source);
    let card = scorecard::read(&source, &mut problems);
    card.ok_or_else(|| {
        let findings = problems.into_findings();
        findings
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    })
}

#[test]
fn a_scorecard_is_filled_in_submitted_and_revised() {
    let project = project();
    let run = score(&project, &["--set", "one=5", "--set", "two=none"]).good();
    assert!(run.stderr.contains("2 of 3 questions"), "{}", run.stderr);
    // What is missing is listed, and nothing is lost.
    let run = score(&project, &["--submit"]).ended(1);
    for missing in [
        "`one` needs a note",
        "`three` has no score",
        "no overall recommendation",
        "has no reason",
    ] {
        assert!(run.stderr.contains(missing), "{missing}: {}", run.stderr);
    }
    assert_eq!(card(&project, "ana").status, CardStatus::Draft);
    score(
        &project,
        &[
            "--note",
            "one=Named all three.",
            "--set",
            "three=skip",
            "--overall",
            "4",
            "--reason",
            "Solid.",
            "--submit",
        ],
    )
    .good();
    let submitted = card(&project, "ana");
    assert_eq!(submitted.status, CardStatus::Submitted);
    assert!(submitted.submitted_at.is_some() && submitted.date.is_some());
    let answers: Vec<_> = submitted
        .questions
        .iter()
        .map(|rating| rating.answer)
        .collect();
    assert_eq!(
        answers,
        [
            Some(Answer::Score(5)),
            Some(Answer::NoRating),
            Some(Answer::NotAsked)
        ]
    );
    // Nothing but a revision changes it, and that one keeps what was there.
    let run = score(&project, &["--set", "one=3"]).ended(2);
    assert!(run.stderr.contains("--revise"), "{}", run.stderr);
    score(
        &project,
        &[
            "--set",
            "one=3",
            "--overall",
            "3",
            "--revise",
            "Ben saw the log.",
        ],
    )
    .good();
    let revised = card(&project, "ana");
    assert_eq!(revised.status, CardStatus::Revised);
    assert_eq!(revised.questions, submitted.questions);
    assert_eq!(revised.overall, submitted.overall);
    assert_eq!(revised.revised("one"), Some(Answer::Score(3)));
    assert_eq!(revised.revised("two"), Some(Answer::NoRating));
    assert_eq!(revised.revised_overall(), Some(3));
    assert_eq!(revised.revisions.len(), 2);
    // The file follows the schema that the documentation gives, as JSON and as TOML.
    if let Some(checker) = installed("bin/check-jsonschema") {
        let json = serde_json::to_string(&scorecard::json(&revised)).unwrap();
        fs::write(project.path("card.json"), json).unwrap();
        fs::copy(
            project.path(&card_path(&project, "ana")),
            project.path("card.toml"),
        )
        .unwrap();
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/scorecard.json");
        for file in ["card.json", "card.toml"] {
            let output = Command::new(&checker)
                .args(["--schemafile", schema])
                .arg(project.path(file))
                .output()
                .unwrap();
            assert!(output.status.success(), "{file}: {output:?}");
        }
    }
    // The same again is no revision.
    score(&project, &["--set", "one=3", "--revise", "Once more."]).ended(2);
    assert_eq!(card(&project, "ana"), revised);
}

#[test]
fn all_answers_of_a_command_are_taken_or_none() {
    let project = project();
    // Not even a folder is made for what cannot be taken.
    let run = score(&project, &["--set", "ones=4"]).ended(2);
    assert!(run.stderr.contains("did you mean `one`?"), "{}", run.stderr);
    assert!(!project.path("interviews").exists());
    score(&project, &["--set", "one=4"]).good();
    let before = card(&project, "ana");
    for wrong in [
        &["--set", "one=3", "--set", "four=3"][..],
        &["--set", "two=3", "--note", "nothing=x"],
        &["--set", "two=3", "--revise", "too early"],
    ] {
        score(&project, wrong).ended(2);
        assert_eq!(card(&project, "ana"), before, "{wrong:?}");
    }
    for wrong in ["one=6", "one=0", "one", "=3", "one=four"] {
        score(&project, &["--set", wrong]).ended(2);
    }
}

#[test]
fn what_flags_say_is_clear_and_something() {
    let project = project();
    for (wrong, expected) in [
        (
            &["--set", "one=3", "--set", "one=4"][..],
            "`--set` gives `one` twice",
        ),
        (
            &["--note", "one=a", "--note", "one=b"],
            "`--note` gives `one` twice",
        ),
        (
            &["--mode", "one=deep", "--mode", "one=deep"],
            "`--mode` gives `one` twice",
        ),
        (
            &["--set", "one=skip", "--mode", "one=deep"],
            "`one` was not asked",
        ),
        (&["--overall", "none"], "a score from 1 to 5"),
        (&["--overall", "6"], "a score from 1 to 5"),
        (
            &["--revise", "x"],
            "--set <QUESTION=SCORE>|--overall <SCORE>",
        ),
    ] {
        let run = score(&project, wrong).ended(2);
        assert!(run.stderr.contains(expected), "{wrong:?}: {}", run.stderr);
        assert!(!project.path("interviews").exists(), "{wrong:?}");
    }
    score(&project, &[&COMPLETE[..], &["--submit"]].concat()).good();
    let kept = card(&project, "ana");
    for (wrong, expected) in [
        (
            &["--revise", "x"][..],
            "--set <QUESTION=SCORE>|--overall <SCORE>",
        ),
        (
            &["--revise", "x", "--set", "one=unset"],
            "`none` is no rating, `skip` not asked",
        ),
        (
            &["--revise", "x", "--set", "one=3", "--set", "one=5"],
            "twice",
        ),
    ] {
        let run = score(&project, wrong).ended(2);
        assert!(run.stderr.contains(expected), "{wrong:?}: {}", run.stderr);
        assert_eq!(card(&project, "ana"), kept, "{wrong:?}");
    }
}

/// What the bank asks for may change when a scorecard is in.
#[test]
fn missing_words_can_be_added_after_submission() {
    let project = project();
    score(&project, &[&COMPLETE[..], &["--submit"]].concat()).good();
    let check = || project.run(&["--bank", "bank", "score", "check"]);
    check().good();
    let config = project.read("bank/intervy.toml");
    fs::write(
        project.path("bank/intervy.toml"),
        format!("{config}\n[scorecard]\nevidence = [3, 4]\n"),
    )
    .unwrap();
    let path = project.path(&card_path(&project, "ana"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("reason = \"Knows why.\"\n", "")).unwrap();
    let before = card(&project, "ana");
    let run = check().ended(1);
    assert!(
        run.stdout.contains("2 notes, its reason")
            && run
                .stdout
                .contains("`--revise REASON --set QUESTION=SCORE`"),
        "{}",
        run.stdout
    );
    let words = [
        "--set",
        "one=4",
        "--set",
        "two=3",
        "--overall",
        "4",
        "--revise",
        "Said so at the time.",
    ];
    score(&project, &words).good();
    let run = check().good();
    assert!(run.stderr.contains("no problems"), "{}", run.stderr);
    let after = card(&project, "ana");
    assert_eq!(
        (&after.questions, &after.overall),
        (&before.questions, &before.overall)
    );
    assert_eq!(after.revised("one"), Some(Answer::Score(4)));
    // Now there are words, and the same again is no revision.
    let run = score(&project, &words).ended(2);
    assert!(run.stderr.contains("says already"), "{}", run.stderr);
    assert_eq!(card(&project, "ana"), after);
}

#[test]
fn a_bank_says_which_scores_need_a_note() {
    let project = project();
    let config = project.read("bank/intervy.toml");
    fs::write(
        project.path("bank/intervy.toml"),
        format!("{config}\n[scorecard]\nevidence = [4]\n"),
    )
    .unwrap();
    let run = score(&project, &[&COMPLETE[..], &["--submit"]].concat()).ended(1);
    assert!(
        run.stderr.contains("`one` needs a note") && !run.stderr.contains("`two`"),
        "{}",
        run.stderr
    );
    fs::write(
        project.path("bank/intervy.toml"),
        format!("{config}\n[scorecard]\nevidence = []\n"),
    )
    .unwrap();
    score(&project, &["--submit"]).good();
}

#[test]
fn what_a_scorecard_says_is_checked() {
    let project = project();
    score(&project, &COMPLETE).good();
    let good = project.read(&card_path(&project, "ana"));
    assert!(read(&good).is_ok());
    for (from, to, expected) in [
        (
            "schema = 1",
            "schema = 2",
            "the version that this program reads",
        ),
        ("score = 3", "score = 6", "from 1 to 5"),
        (
            "score = 3",
            "score = 3\nno_rating = true",
            "a score and `no_rating`",
        ),
        ("asked = false", "asked = false\nscore = 1", "has no score"),
        ("id = \"two\"", "id = \"one\"", "more than once"),
        ("status = \"draft\"", "status = \"done\"", "must be"),
        (
            "status = \"draft\"",
            "status = \"revised\"",
            "with revisions",
        ),
        (
            "candidate = \"C-1\"",
            "candidate = \"../C-1\"",
            "must be a short name",
        ),
        ("interviewer", "interviewers", "no `interviewer`"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let wrong = read(&text).unwrap_err();
        assert!(
            wrong.iter().any(|message| message.contains(expected)),
            "{to}: {wrong:?}"
        );
    }
}
