//! The debrief: when it is shown, what it says, what it does not.

use serde_json::json;

use super::world::World;
use super::{near, of, parsed};

const QUESTIONS: [(&str, &str); 4] = [
    ("joins", "databases"),
    ("indexes", "databases"),
    ("cache", "caching"),
    ("tokens", "security"),
];

#[test]
fn nothing_is_shown_before_everybody_has_handed_in() {
    let world = World::new(&QUESTIONS)
        .card("C-1", "ana", "submitted", "4321")
        .card("C-1", "ben", "draft", "3...");
    for format in ["text", "markdown", "html", "csv", "json"] {
        let run = of(&world.project, &format!("candidate C-1 --format {format}")).ended(2);
        assert_eq!(run.stdout, "");
        assert!(
            run.stderr.contains("1 scorecard is a draft"),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains("ben") && run.stderr.contains("--reveal"),
            "{}",
            run.stderr
        );
    }
    // Nor does any other report tell of the candidate.
    let report = parsed(of(&world.project, "questions --format json"));
    assert_eq!(report["of"]["candidates_with_drafts"], 1);
    assert_eq!(report["of"]["ratings"], 0);
    assert_eq!(report["questions"], json!([]));
    let text = of(&world.project, "interviewers").good().stdout;
    assert!(text.contains("1 candidate is left out"), "{text}");
}

#[test]
fn showing_it_early_is_recorded_in_every_draft() {
    let world = World::new(&QUESTIONS)
        .card("C-1", "ana", "submitted", "4321")
        .card("C-1", "ben", "draft", "3...");
    let report = parsed(world.project.run(&[
        "report",
        "candidate",
        "C-1",
        "--interviews",
        "interviews",
        "--reveal",
        "Ben has left",
        "--format",
        "json",
    ]));
    assert_eq!(
        report["rounds"][0]["scorecards"][1]["reveals"],
        json!(["Ben has left"])
    );
    assert!(
        world
            .project
            .read("interviews/C-1/s-1/ben.toml")
            .contains("Ben has left")
    );
    assert!(
        !world
            .project
            .read("interviews/C-1/s-1/ana.toml")
            .contains("Ben has left")
    );
}

/// By hand: joins (4+2)/2 = 3, indexes 5, so databases 4; cache 2; nobody asked tokens. 60·4 + 30·2 over 90.
#[test]
fn the_mean_is_weighted_and_says_what_was_not_answered() {
    let world = World::new(&QUESTIONS)
        .card("C-1", "ana", "submitted", "452-")
        .card("C-1", "ben", "submitted", "2n--");
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    let mean = &report["mean"];
    near(&mean["mean"]["value"], 300.0 / 90.0);
    assert_eq!(mean["mean"]["n"], 4);
    assert_eq!(
        (&mean["weight_answered"], &mean["weight"]),
        (&json!(90), &json!(100))
    );
    // Whatever culture came to, from 1 to 5.
    near(&mean["possible"][0], 3.1);
    near(&mean["possible"][1], 3.5);
    // Two questions of one dimension and one of another leave one degree of freedom: no error is told.
    assert_eq!(mean["error_of"], json!(null));
    assert_eq!(mean["dimensions"][2]["questions"], 0);
    let text = of(&world.project, "candidate C-1").good().stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("3.33. It is of independent scores (4 ratings, 3 questions)."),
        "{text}"
    );
    assert!(
        text.contains("over 90 of 100 weight. Without a score: Culture."),
        "{text}"
    );
    assert!(text.contains("between 3.10 and 3.50"), "{text}");
}

/// Two dimensions of two questions, and one of one.
const FIVE: [(&str, &str); 5] = [
    ("joins", "databases"),
    ("indexes", "databases"),
    ("cache", "caching"),
    ("tokens", "security"),
    ("secrets", "security"),
];

/// By hand: joins 4, indexes 3 (databases 3.5, squares 0.5); cache 3; tokens 3, secrets 4 (security 3.5, squares 0.5). The
/// pooled variance is (0.5 + 0.5) / 2, and of 60·3.5 + 30·3 + 10·3.5 the variance is 0.5 · (0.36/2 + 0.09/1 + 0.01/2).
#[test]
fn the_error_without_a_season_is_that_of_other_questions() {
    let world = World::new(&FIVE).card("C-1", "ana", "submitted", "43334");
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    let mean = &report["mean"];
    near(&mean["mean"]["value"], 3.35);
    assert_eq!(mean["error_of"], "questions");
    let error = (0.5_f64 * (0.36 / 2.0 + 0.09 + 0.01 / 2.0)).sqrt();
    near(&mean["mean"]["standard_error"], error);
    // The 97.5 % point of Student's distribution with two degrees of freedom.
    let half = mean["mean"]["interval"]["high"].as_f64().unwrap() - 3.35;
    assert!(
        (half / error - 4.302_652_729_749_464).abs() < 1e-6,
        "{half}"
    );
}

/// As above, and further apart: the interval ends where the scale does.
#[test]
fn no_interval_leaves_the_scale() {
    let world = World::new(&FIVE).card("C-1", "ana", "submitted", "51515");
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    let ends = &report["mean"]["mean"]["interval"];
    assert_eq!((&ends["low"], &ends["high"]), (&json!(1.0), &json!(5.0)));
}

#[test]
fn differences_come_sorted_with_their_notes() {
    let world = World::new(&QUESTIONS)
        .card("C-1", "ana", "submitted", "3254")
        .card("C-1", "ben", "submitted", "5414")
        .card("C-1", "cara", "submitted", "33-4");
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    let found = report["differences"].as_array().unwrap();
    let shown: Vec<_> = found
        .iter()
        .map(|difference| {
            (
                difference["question"].as_str().unwrap(),
                difference["apart"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(shown, [("cache", 4), ("joins", 2), ("indexes", 2)]);
    let text = of(&world.project, "candidate C-1").good().stdout;
    assert!(
        text.contains("4 points apart: About cache (cache)"),
        "{text}"
    );
    assert!(text.contains("- ben 1: Note of ben on cache."), "{text}");
    assert!(text.contains("- ana 5: Note of ana on cache."), "{text}");
}

#[test]
fn independent_and_revised_scores_stay_apart() {
    let revision = "\n[[revisions]]\nat = \"2026-03-03T10:00:00Z\"\nreason = \"Misheard\"\nquestion = \"cache\"\nasked = true\nscore = 4\n";
    let world = World::new(&QUESTIONS)
        .card("C-1", "ana", "submitted", "3344")
        .card_with("C-1", "ben", "revised", "3314", revision);
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    // Databases 3, caching 2.5 or 4, security 4.
    near(
        &report["mean"]["mean"]["value"],
        0.6 * 3.0 + 0.3 * 2.5 + 0.1 * 4.0,
    );
    near(
        &report["revised_mean"]["mean"]["value"],
        0.6 * 3.0 + 0.3 * 4.0 + 0.1 * 4.0,
    );
    assert_eq!(report["differences"][0]["apart"], 3);
    assert_eq!(report["differences"][0]["apart_revised"], 0);
    let text = of(&world.project, "candidate C-1").good().stdout;
    assert!(
        text.contains("1 → 4") && text.contains("ben revised cache to 4: Misheard"),
        "{text}"
    );
    // The season's statistics are of the independent ones.
    let questions = parsed(of(&world.project, "questions --format json"));
    let cache = questions["questions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == "cache")
        .unwrap();
    near(&cache["mean"]["value"], 2.5);
}

#[test]
fn nothing_is_a_verdict_and_people_decide() {
    let world = World::new(&QUESTIONS).card("C-1", "ana", "submitted", "5555");
    let text = of(&world.project, "candidate C-1")
        .good()
        .stdout
        .to_lowercase();
    for word in ["recommended", "rank", "pass", "reject"] {
        assert!(!text.contains(&format!(" {word} ")), "{word}");
    }
    assert!(text.contains("decision: ____") && text.contains("reason: ____"));
    // Of one candidate there is nothing to adjust by.
    let text = of(&world.project, "candidate C-1 --adjusted").good().stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("There is no adjusted score. 1 of 10: 10 candidates are needed"),
        "{text}"
    );
}

#[test]
fn who_is_not_there_and_what_cannot_be_read_is_said() {
    let world = World::new(&QUESTIONS).card("C-1", "ana", "submitted", "5555");
    let run = of(&world.project, "candidate C-2").ended(2);
    assert!(run.stderr.contains("C-2"), "{}", run.stderr);
    let world = world
        .project
        .file("interviews/C-1/s-1/ben.toml", "status = [");
    let run = of(&world, "candidate C-1").ended(2);
    assert!(
        run.stderr.contains("cannot be read") && run.stdout.is_empty(),
        "{}",
        run.stderr
    );
    let run = world
        .line("report candidate ../C-1 --interviews interviews")
        .ended(2);
    assert!(run.stdout.is_empty());
}

#[test]
fn hostile_notes_stay_text() {
    let world = World::new(&QUESTIONS).card("C-1", "ana", "submitted", "5515");
    let path = "interviews/C-1/s-1/ana.toml";
    let text = world.project.read(path).replace(
        "Note of ana on cache.",
        "</li><script>alert(1)</script> \\u001b[2J =1+1 | `x` @ana ##[error]",
    );
    let world = world.project.file(path, text);
    let html = of(&world, "candidate C-1 --format html").good().stdout;
    assert!(
        !html.contains("<script") && html.contains("&lt;script&gt;"),
        "{html}"
    );
    for format in ["text", "markdown", "csv", "json"] {
        let shown = of(&world, &format!("candidate C-1 --format {format}"))
            .good()
            .stdout;
        assert!(!shown.contains('\u{1b}'), "{format}");
        assert!(
            format == "csv" || !shown.contains("##[error]"),
            "{format}: {shown}"
        );
    }
    let markdown = of(&world, "candidate C-1 --format markdown").good().stdout;
    assert!(
        markdown.contains("\\<script\\>") && !markdown.contains("@ana"),
        "{markdown}"
    );
}
