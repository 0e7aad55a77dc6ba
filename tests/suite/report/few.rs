//! What a report says where there is little or nothing: never a figure that looks certain, never silence.

use serde_json::{Value, json};

use super::world::World;
use super::{of, of_season, parsed};
use crate::harness::Project;

const QUESTIONS: [(&str, &str); 3] = [
    ("joins", "databases"),
    ("cache", "caching"),
    ("tokens", "security"),
];

/// Candidates C-1, C-2 and so on, each rated by ana and ben.
fn rated(scores: &[[&str; 2]]) -> Project {
    let mut world = World::new(&QUESTIONS);
    for (at, [ana, ben]) in (1..).zip(scores) {
        let at: usize = at;
        let name = format!("C-{at}");
        world = world
            .card(&name, "ana", "submitted", ana)
            .card(&name, "ben", "submitted", ben);
    }
    world.project
}

#[test]
fn variances_of_two_candidates_are_not_shown() {
    let project = rated(&[["435", "425"], ["234", "233"]]);
    let model = &parsed(of(&project, "questions --format json"))["model"];
    let few = json!({"reason": "too-few", "has": 2, "needs": 10, "of": "candidates"});
    assert_eq!(model["dependability"]["why"], few);
    assert_eq!(model["if_changed"], json!([]));
    for row in model["variances"].as_array().unwrap() {
        assert_eq!(row["variance"]["why"], few, "{row}");
    }
    let text = of(&project, "questions").good().stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "Φ of a candidate's mean score is not shown. 2 of 10: 10 candidates are needed"
        ),
        "{text}"
    );
    let text = of(&project, "interviewers").good().stdout;
    assert!(text.contains("Nobody's severity is shown"), "{text}");
}

/// Candidates who are all alike on average: what differs is questions and chance.
#[test]
fn where_no_differences_are_found_nothing_is_0() {
    let one = [["543", "543"], ["345", "345"], ["435", "435"]];
    let scores: Vec<[&str; 2]> = (0..12).map(|at| one[at % 3]).collect();
    let project = rated(&scores);
    let report = parsed(of(&project, "interviewers --format json"));
    assert_eq!(
        report["model"]["dependability"]["why"],
        json!({"reason": "undefined", "of": "none-found"})
    );
    let severity = &report["interviewers"][0]["severity"];
    assert_eq!(severity["no_interval"]["of"], "none-found", "{severity}");
    assert_eq!(report["interviewers"][0]["is_apart"], false);
    let text = of(&project, "interviewers").good().stdout;
    assert!(
        text.contains("No differences in severity were found"),
        "{text}"
    );
    assert!(text.contains("none found"), "{text}");
}

#[test]
fn a_value_without_an_interval_says_why() {
    let project = rated(&[["435", "425"], ["234", "233"]]);
    let report = parsed(of(&project, "questions --format json"));
    let joins = &report["questions"][1];
    assert_eq!(joins["id"], "joins");
    assert_eq!(joins["mean"]["value"], 3.0);
    assert_eq!(joins["mean"]["no_interval"]["needs"], 5);
    assert!(joins["mean"]["interval"].is_null());
    let alike: Vec<[&str; 2]> = (0..6).map(|_| ["444", "444"]).collect();
    let project = rated(&alike);
    let text = of(&project, "questions").good().stdout;
    assert!(text.contains("4.00 (all alike)"), "{text}");
}

#[test]
fn scores_after_a_reveal_are_no_agreement() {
    let scores: Vec<[&str; 2]> = (0..12)
        .map(|at| [["543", "543"], ["345", "354"]][at % 2])
        .collect();
    let project = rated(&scores);
    let agreement = |project: &Project| {
        let report = parsed(of(project, "interviewers --format json"));
        let of = report["of"]["scorecards_revealed"].clone();
        (of, report["agreement"]["candidates"].clone())
    };
    assert_eq!(agreement(&project), (json!(0), json!(12)));
    let card = "interviews/C-3/s-1/ben.toml";
    let revealed = project.read(card).replace(
        "\n[[questions]]\nid = \"joins\"",
        "\n[[reveals]]\nat = \"2026-03-02T17:00:00Z\"\nreason = \"Late\"\n\n[[questions]]\nid = \"joins\"",
    );
    let project = project.file(card, revealed);
    assert_eq!(agreement(&project), (json!(1), json!(11)));
    let table = of(&project, "export --table ratings").good().stdout;
    assert_eq!(table.matches(",true\n").count(), 3, "{table}");
    let project = project.file("r.csv", table);
    let report = parsed(project.line("report interviewers --from r.csv --format json"));
    assert_eq!(report["agreement"]["candidates"], 11);
    let text = of(&project, "interviewers").good().stdout;
    assert!(
        text.contains("1 scorecard was handed in after others' scores had been shown"),
        "{text}"
    );
    let debrief = of(&project, "candidate C-3").good().stdout;
    let debrief = debrief.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        debrief.contains("so that ben's may not be independent. Reason: Late"),
        "{debrief}"
    );
    assert!(
        !debrief.contains("It is of independent scores"),
        "{debrief}"
    );
}

#[test]
fn flags_that_fit_nothing_are_an_error_with_what_there_is() {
    for (flags, expected) in [
        (
            "--blueprint backend",
            "no scorecard fits --blueprint 'backend'",
        ),
        (
            "--loop x --since 2026-01-01",
            "no scorecard fits --since 2026-01-01 --loop 'x'",
        ),
        ("--since 2027-01-01", "no scorecard fits --since 2027-01-01"),
    ] {
        for report in ["questions", "interviewers", "compare"] {
            let run = of_season(&format!("{report} {flags}")).ended(2);
            assert!(run.stderr.contains(expected), "{}", run.stderr);
            assert!(
                run.stderr.contains("there are blueprints: backend-30"),
                "{}",
                run.stderr
            );
            assert!(
                run.stderr.contains("days: 2026-03-03 to 2026-06-04"),
                "{}",
                run.stderr
            );
            assert_eq!(run.stdout, "");
        }
    }
    let run = of_season("questions --since 2026-05-01 --until 2026-04-01").ended(2);
    assert!(
        run.stderr
            .contains("no day is since 2026-05-01 and until 2026-04-01"),
        "{}",
        run.stderr
    );
    // Of the draft there is no word where its day is not wanted.
    let left_out = |flags: &str| {
        let report: Value = parsed(of_season(&format!("questions --format json {flags}")));
        report["of"]["candidates_with_drafts"].clone()
    };
    assert_eq!(left_out("--until 2026-03-31"), json!(0));
    assert_eq!(left_out("--since 2026-05-01"), json!(1));
    let text = of_season("compare --by loop").good().stdout;
    assert!(text.contains("No scorecard says its loop"), "{text}");
}

#[test]
fn an_interview_whose_screen_is_lost_is_not_left_out_in_silence() {
    let project = World::new(&QUESTIONS)
        .card("C-1", "ana", "submitted", "435")
        .project
        .file(
            "interviews/C-1/s-2/screen.toml",
            "schema = 1\nthis is no screen\n",
        );
    let card = project
        .read("interviews/C-1/s-1/ana.toml")
        .replace("s-1", "s-2");
    let project = project.file("interviews/C-1/s-2/ana.toml", card);
    let run = of(&project, "candidate C-1").ended(2);
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr
            .contains("s-2/ana.toml has no screen beside it that can be read"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_empty_folder_is_a_short_report() {
    let project = Project::bank().file("interviews/.keep", "");
    for report in ["questions", "interviewers", "compare"] {
        let text = of(&project, report).good().stdout;
        assert!(text.contains("No scorecard is handed in yet"), "{text}");
        assert!(text.lines().count() < 8, "{text}");
        let page = of(&project, &format!("{report} --format html"))
            .good()
            .stdout;
        assert!(page.contains("No scorecard is handed in yet") && !page.contains("<table"));
        parsed(of(&project, &format!("{report} --format json")));
    }
}

/// Of a draft there is no adjusted score: the season has only candidates who are through.
#[test]
fn who_is_not_in_the_season_has_no_adjusted_score() {
    let mut world = World::new(&QUESTIONS).card("C-99", "ana", "draft", "4..");
    for at in 1..=10 {
        let scores = ["543", "345", "424"][at % 3];
        world = world.card(&format!("C-{at}"), "ana", "submitted", scores);
    }
    let text = of(&world.project, "candidate C-99 --reveal now --adjusted")
        .good()
        .stdout;
    assert!(
        text.contains("There is no adjusted score: it is taken from candidates"),
        "{text}"
    );
}
