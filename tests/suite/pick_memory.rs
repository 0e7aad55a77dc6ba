//! What is remembered of earlier interviews.

use std::collections::BTreeSet;

use crate::harness::Project;
use crate::pick::ten;

const TWO: [&str; 5] = ["pick", "--categories", "2", "--minutes", "16"];

fn picked(project: &Project, more: &[&str]) -> (BTreeSet<String>, String) {
    let args = [&TWO[..], &["--json"], more].concat();
    let run = project.run(&args).good();
    let screen: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let questions = screen["questions"].as_array().unwrap().iter();
    let ids = questions.map(|question| question["id"].as_str().unwrap().to_owned());
    (ids.collect(), run.stderr)
}

#[test]
fn a_candidate_meets_no_question_again() {
    let project = ten();
    let mut met: BTreeSet<String> = BTreeSet::new();
    for day in 1..=5 {
        let date = format!("2026-11-0{day}");
        let place = format!("iv/C-1/s{day}/screen.toml");
        std::fs::create_dir_all(project.path(&format!("iv/C-1/s{day}"))).unwrap();
        let args = [
            "--history",
            "iv",
            "--candidate",
            "C-1",
            "--date",
            &date,
            "--seed",
            "5",
        ];
        let (ids, _) = picked(&project, &args);
        assert_eq!(ids.len(), 2);
        assert!(ids.is_disjoint(&met), "{ids:?} {met:?}");
        met.extend(ids);
        let args = [&TWO[..], &args, &["-o", &place]].concat();
        project.run(&args).good();
        let saved = project.read(&place);
        assert!(
            saved.contains("candidate = \"C-1\"") && saved.contains(&date),
            "{saved}"
        );
    }
    assert_eq!(met.len(), 10);
    // All have been met: that is no reason to ask one again.
    let args = [&TWO[..], &["--history", "iv", "--candidate", "C-1"]].concat();
    let run = project.run(&args).ended(1);
    assert!(
        run.stderr.contains("the candidate meets no question again"),
        "{}",
        run.stderr
    );
    let (_, stderr) = picked(&project, &["--history", "iv", "--candidate", "C-2"]);
    assert!(!stderr.contains("warning"), "{stderr}");
}

#[test]
fn questions_rest_and_the_least_exposed_come_first() {
    let project = ten();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for day in 1..=4 {
        let date = format!("2026-11-0{day}");
        std::fs::create_dir_all(project.path(&format!("iv/C-{day}/s"))).unwrap();
        let place = format!("iv/C-{day}/s/screen.toml");
        let candidate = format!("C-{day}");
        let args = [
            "--history",
            "iv",
            "--candidate",
            &candidate,
            "--date",
            &date,
            "--seed",
            "5",
        ];
        let (ids, _) = picked(&project, &args);
        // Never used ones come first, whoever the candidate is.
        assert!(ids.is_disjoint(&used), "{ids:?} {used:?}");
        used.extend(ids);
        project
            .run(&[&TWO[..], &args, &["-o", &place]].concat())
            .good();
    }
    // Of those that were asked once, the one that was asked longest ago.
    let exclude: Vec<String> = (0..5)
        .flat_map(|index| [format!("d{index}"), format!("c{index}")])
        .filter(|id| !used.contains(id))
        .collect();
    let mut args = vec!["--history", "iv", "--date", "2026-11-20"];
    for id in &exclude {
        args.extend(["--exclude", id]);
    }
    let (ids, _) = picked(&project, &args);
    let first = project.read("iv/C-1/s/screen.toml");
    for id in &ids {
        assert!(first.contains(&format!("id = \"{id}\"")), "{ids:?}");
    }
    // All rest; the fewest are taken all the same, and it is said which.
    args.extend(["--cool-down", "30"]);
    let (ids, stderr) = picked(&project, &args);
    assert_eq!(ids.len(), 2);
    for id in &ids {
        let line = format!("`{id}`, last asked on 2026-11-");
        assert!(stderr.contains(&line), "{stderr}");
    }
    // Ten days after, the days of rest of most are over.
    let rested = [
        "--history",
        "iv",
        "--date",
        "2026-11-20",
        "--cool-down",
        "5",
    ];
    let (_, stderr) = picked(&project, &rested);
    assert!(!stderr.contains("warning"), "{stderr}");
    let capped = ["--history", "iv", "--exposure-cap", "1"];
    let (ids, stderr) = picked(&project, &capped);
    assert!(
        ids.is_disjoint(&used) && !stderr.contains("warning"),
        "{stderr}"
    );
}

#[test]
fn what_the_candidate_met_must_be_readable() {
    let pick = "pick --categories 2 --minutes 16 --history iv --candidate";
    let project = ten()
        .file(
            "iv/C-1/s/screen.toml",
            "schema = 1\nid = \"s\"\nquestions = 3\n",
        )
        .file("iv/C-2/s/screen.toml", SCREEN);
    let run = project.line(&format!("{pick} C-1")).ended(2);
    assert!(
        run.stderr
            .contains("what `C-1` has met cannot be read: iv/C-1/s/screen.toml"),
        "{}",
        run.stderr
    );
    let run = project.line(&format!("{pick} C-3")).good();
    assert!(
        run.stderr
            .contains("what could not be read is not remembered"),
        "{}",
        run.stderr
    );
    let run = project.line(&format!("{pick} c-2")).good();
    assert!(
        run.stderr
            .contains("`c-2` is not taken for `C-2`, who is in the history"),
        "{}",
        run.stderr
    );
}

const SCREEN: &str = "schema = 1\nid = \"s\"\n[[questions]]\nid = \"d1\"\n";
