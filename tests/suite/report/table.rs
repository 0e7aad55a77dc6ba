//! Ratings from a table.

use super::{near, parsed};
use crate::harness::Project;

const HEADER: &str = "candidate,interviewer,question,score\n";

fn questions(project: &Project) -> serde_json::Value {
    parsed(project.line("report questions --from r.csv --format json"))
}

#[test]
fn a_table_is_enough() {
    let project = Project::empty().file(
        "r.csv",
        format!("\u{feff}{HEADER}C-1,ana,q,4\nC-1,ben,q,2\nC-2,ana,q,\nC-3,'=ana,q,5\n"),
    );
    let report = questions(&project);
    assert_eq!(report["of"]["candidates"], 3);
    near(&report["questions"][0]["mean"]["value"], 11.0 / 3.0);
    let run = project
        .run_with(
            &["report", "interviewers", "--from", "-", "--format", "csv"],
            &project.read("r.csv"),
            &[],
        )
        .good();
    assert!(run.stdout.contains("\n'=ana,1,1,1,"), "{}", run.stdout);
}

#[test]
fn every_problem_of_a_table_has_its_line() {
    let project = Project::empty().file(
        "r.csv",
        format!("{HEADER}C-1,ana,q,6\nC-1,,q,3\nC-1,ben,q,3,9\nC-2,ana,q,x\nC-1,cara,q,3\nC-3,ana,q,1\nC-3,ana,q,2\n"),
    );
    let run = project.line("report questions --from r.csv").ended(2);
    for expected in [
        "r.csv:2: score: `6` is not a score from 1 to 5",
        "r.csv:3: interviewer: no interviewer is named",
        "r.csv:4: 5 cells where the header has 4",
        "r.csv:5: score: `x` is not a score",
        "r.csv:6: candidate: rows of `C-1` are in two places",
        "r.csv:8: question: `ana` rated `q` on line 7 already",
        "r.csv has 6 problems",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }
    assert_eq!(run.stdout, "");
}

#[test]
fn a_table_without_its_columns_is_refused() {
    let project = Project::empty().file("r.csv", "candidate,interviewer,question,scores\n");
    let run = project.line("report questions --from r.csv").ended(2);
    assert!(
        run.stderr
            .contains("there is no column `score`; is it `scores`?"),
        "{}",
        run.stderr
    );
    for (text, expected) in [
        ("", "there is no column"),
        ("a\u{0}b", "there is no column"),
    ] {
        let project = Project::empty().file("r.csv", text);
        let run = project.line("report questions --from r.csv").ended(2);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    let run = Project::empty()
        .line("report questions --from nowhere.csv")
        .ended(2);
    assert!(run.stderr.contains("nowhere.csv"), "{}", run.stderr);
}

/// Pairs of interviewers grow with the square.
#[test]
fn a_crowd_is_no_panel() {
    let rows = |raters: usize| {
        let row = |at: usize| format!("C-1,i{at},q,{}\n", 1 + at % 5);
        (0..raters).map(row).collect::<String>()
    };
    let project = Project::empty()
        .file("r.csv", format!("{HEADER}{}", rows(201)))
        .file("few.csv", format!("{HEADER}{}", rows(200)));
    let run = project.line("report interviewers --from r.csv").ended(2);
    assert!(
        run.stderr
            .contains("r.csv:202: interviewer: more than 200 interviewers rated `q`"),
        "{}",
        run.stderr
    );
    let report = parsed(project.line("report interviewers --from few.csv --format json"));
    assert_eq!(report["agreement"]["answers"], 1);
    assert_eq!(report["pairs"].as_array().unwrap().len(), 0);
}

/// The order of candidates and of their rows changes nothing.
#[test]
fn another_order_gives_the_same_bytes() {
    let mut candidates: Vec<Vec<String>> = (0..24_u32)
        .map(|candidate| {
            let scores = |question: u32| {
                ["ana", "ben", "cara"]
                    .into_iter()
                    .enumerate()
                    .map(move |(who, name)| {
                        let score = 1 + (candidate * 7 + question * 5 + who as u32 * candidate) % 5;
                        format!("C-{candidate:02},{name},q{question},{score}\n")
                    })
            };
            (0..5).flat_map(scores).collect()
        })
        .collect();
    let text = |candidates: &[Vec<String>]| format!("{HEADER}{}", candidates.concat().concat());
    let project = Project::empty().file("r.csv", text(&candidates));
    candidates.reverse();
    for rows in &mut candidates {
        rows.reverse();
    }
    let project = project.file("s.csv", text(&candidates));
    for report in ["questions", "interviewers", "compare --by category"] {
        let of = |table: &str| {
            let words = format!("report {report} --from {table} --format json");
            project.line(&words).good().stdout
        };
        assert_eq!(of("r.csv"), of("s.csv"), "{report}");
    }
}

/// What the environment says does not stand in the way of a table.
#[test]
fn a_table_is_taken_instead_of_a_folder() {
    let project = Project::empty().file("r.csv", format!("{HEADER}C-1,ana,q,4\n"));
    let words = ["report", "questions", "--from", "r.csv"];
    project
        .run_with(&words, "", &[("INTERVY_INTERVIEWS", "nowhere")])
        .good();
}

/// A quote that is never closed does not take the rest of the file into memory.
#[test]
fn an_endless_row_ends() {
    let text = format!("{HEADER}C-1,\"ana,q,4\n{}", "C-1,ana,q,4\n".repeat(200_000));
    let project = Project::empty().file("r.csv", text);
    let run = project.line("report questions --from r.csv").ended(2);
    assert!(
        run.stderr.contains("is a quote never closed?"),
        "{}",
        run.stderr
    );
}

/// What one pass tells is the same whether everything is kept or not.
#[test]
fn one_pass_counts_as_all_do() {
    let mut text = HEADER.to_owned();
    for candidate in 0..40_u32 {
        for question in 0..6_u32 {
            for interviewer in 0..=candidate % 2 {
                let score =
                    1 + (candidate * 7 + question * 3 + interviewer * 5 + candidate * question) % 5;
                text.push_str(&format!(
                    "C-{candidate:02},i{},q{question},{score}\n",
                    (candidate + interviewer) % 4
                ));
            }
        }
    }
    let project = Project::empty().file("r.csv", text);
    let whole = questions(&project);
    let counted = parsed(project.line("report questions --from r.csv --descriptive --format json"));
    let pairs = whole["questions"]
        .as_array()
        .unwrap()
        .iter()
        .zip(counted["questions"].as_array().unwrap());
    for (a, b) in pairs {
        for figure in [
            "mean",
            "spread",
            "floor",
            "ceiling",
            "item_rest",
            "uses",
            "of_score",
        ] {
            assert_eq!(a[figure], b[figure], "{figure}");
        }
        assert_eq!(b["difficulty"]["why"]["reason"], "not-asked");
    }
    assert_eq!(whole["of"], counted["of"]);
}
