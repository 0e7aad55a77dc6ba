//! The interview on plain lines, as a pipe or a screen reader meets it.

use intervy::model::scorecard::Answer;
use intervy::model::vocabulary::{AskMode, CardStatus};

use super::{card, project};
use crate::harness::{Project, Run};

fn talk(project: &Project, lines: &str) -> Run {
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
    project.run_with(&own, lines, &[])
}

#[test]
fn an_interview_is_talked_through_and_submitted() {
    let project = project();
    // Without a terminal, nobody has to say `--plain`.
    let run = talk(
        &project,
        "5\nNamed all three.\nmode deep\nnext\nnone\n\nnext\nback\ngo 3\nsubmit\nskip\ngo overall\n4\nKnows why.\nlist\nsubmit\n",
    )
    .good();
    for said in [
        "1. A question",
        "What would you do, and why?",
        "5 Strong Yes  With reasons.",
        "saved one: 5",
        "what was said (this score needs it)> ",
        "saved one: 5, with a note",
        "saved two: no rating",
        "Not yet:",
        "`three` has no score",
        "saved three: not asked",
        "Overall recommendation",
        "saved overall: 4, with a reason",
    ] {
        assert!(run.stdout.contains(said), "{said}:\n{}", run.stdout);
    }
    assert!(run.stderr.contains("submitted "), "{}", run.stderr);
    // What the interviewer alone may see is shown when it is asked for, and no escape without a terminal.
    assert!(
        !run.stdout.contains("This.") && !run.stdout.contains('\u{1b}'),
        "{}",
        run.stdout
    );
    let card = card(&project, "ana");
    assert_eq!(card.status, CardStatus::Submitted);
    let answers: Vec<_> = card.questions.iter().map(|rating| rating.answer).collect();
    assert_eq!(
        answers,
        [
            Some(Answer::Score(5)),
            Some(Answer::NoRating),
            Some(Answer::NotAsked)
        ]
    );
    assert_eq!(card.questions[0].mode, Some(AskMode::Deep));
    // Once it is handed in, there is nothing to ask.
    let run = talk(&project, "1\n").good();
    assert!(
        run.stderr.contains("--revise") && run.stdout.is_empty(),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_not_understood_changes_nothing_and_the_end_of_input_is_a_draft() {
    let project = project();
    let run = talk(
        &project,
        "6\nperhaps\nmode slow\ngo 9\nhelp\nanswer\ngo overall\nnone\nmode deep\n",
    )
    .good();
    for said in [
        "a score is 1 to 5",
        "`help` lists all words",
        "a mode is quick",
        "go where? 1 to 3, or overall",
        "leave it as a draft",
        "Reference answer",
        "the recommendation is a score",
        "no question is open",
    ] {
        assert!(run.stdout.contains(said), "{said}:\n{}", run.stdout);
    }
    assert!(
        !run.stdout.contains("saved one") && !run.stdout.contains("saved overall"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("as a draft"), "{}", run.stderr);
    let card = card(&project, "ana");
    assert_eq!(card.status, CardStatus::Draft);
    assert!(
        card.questions.iter().all(|rating| rating.answer.is_none()) && card.overall.score.is_none()
    );
    // A line that never ends, and letters that are none, are taken for what they are.
    let long = "x".repeat(300_000);
    talk(&project, &format!("note {long}\nnote short\n")).good();
    let bytes = "note caf\u{e9} \u{1b}[31mred\n";
    let run = talk(&project, bytes).good();
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
}
