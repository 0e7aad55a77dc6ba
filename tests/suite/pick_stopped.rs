//! Searches that are stopped, that find nothing, and conditions that are switched off.

use intervy::model::screen::VerdictStatus;
use intervy::pick::exact::Limits;
use intervy::pick::solver::SolveError;
use intervy::pick::{assemble, pick};
use proptest::prelude::*;

use crate::harness::{Project, good_question, shipped};
use crate::oracle::{asked, brute_force, check, value};
use crate::pick::{plain, ten};
use crate::random_banks::{bank_of, banks, request};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_a_stopped_search_says_is_true(
        texts in banks(),
        request in request(),
        nodes in 0u64..6,
    ) {
        let bank = bank_of(&texts);
        let limits = Limits { nodes, ..Limits::default() };
        let best = brute_force(&bank, &request);
        match pick(&bank, &request, &limits) {
            Ok(screen) => {
                let asked = asked(&bank, &request, &screen);
                prop_assert_eq!(check(&request, &asked), Ok(()));
                let best = best.unwrap();
                let objectives = &screen.verdict.objectives;
                let proven = screen.verdict.status == VerdictStatus::Optimal;
                prop_assert_eq!(proven, objectives.iter().all(|one| one.bound.is_none()));
                if proven {
                    prop_assert_eq!(&value(&bank, &request, &asked), &best);
                }
                for (objective, best) in objectives.iter().zip(best) {
                    match objective.bound {
                        None => prop_assert_eq!(objective.value, best),
                        Some(bound) => {
                            prop_assert!(bound < objective.value);
                            prop_assert!(bound <= best && best <= objective.value);
                            break;
                        }
                    }
                }
            }
            Err(SolveError::Infeasible) => prop_assert_eq!(best, None),
            Err(SolveError::Stopped(_)) => {}
        }
    }
}

#[test]
fn a_search_that_finds_nothing_in_time_says_so() {
    let bank = shipped();
    let limits = Limits {
        stop: &|| true,
        ..Limits::default()
    };
    let found = assemble(&bank, &[plain(&bank, 1)], &limits);
    assert_eq!(found.err(), Some(SolveError::Stopped(0)));
}

/// Ctrl-C gives the best screen so far.
#[cfg(unix)]
#[test]
fn an_interrupted_search_gives_what_it_has() {
    use std::process::{Command, Stdio};
    // Eight hours of questions are not proven within minutes without optimisation.
    let child = Command::new(env!("CARGO_BIN_EXE_intervy"))
        .args("pick --categories 4 --minutes 480 --time-limit 0 --json --seed 1".split(' '))
        .env_remove("INTERVY_BANK")
        .current_dir(std::env::temp_dir())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let screen: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    if screen["verdict"]["status"] == "unproven" {
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.contains("not proven to be the best when it was interrupted"),
            "{stderr}"
        );
    }
}

#[test]
fn a_dry_run_tells_tools_what_it_took() {
    let run = ten()
        .line("pick --categories 2 --minutes 16 --dry-run --json")
        .good();
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["status"], "optimal");
    assert!(report["seconds"].as_f64().unwrap() >= 0.0);
    // Of the five alike in each category, four fit into twelve minutes at three minutes each.
    assert_eq!(report["model"]["questions"], 8);
    assert_eq!(report["model"]["choices"], 24);
    assert_eq!(report["objectives"][0]["name"], "unused minutes");
    let pick = "pick --categories 3 --minutes 30 --json";
    let run = ten().line(&format!("{pick} --dry-run")).ended(1);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["status"], "infeasible");
    assert_eq!(report["conflicts"][0][0], "at least 3 categories");
    assert_eq!(report["ways"][0], "2 categories would do");
    // Without `--dry-run` the same is said to tools, and in words to people.
    let run = ten().line(pick).ended(1);
    let again: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(again["conflicts"], report["conflicts"]);
    assert!(
        run.stderr.contains("2 categories would do"),
        "{}",
        run.stderr
    );
}

#[test]
fn every_condition_can_be_switched_off() {
    let enemies = |id: &str, enemy: &str| {
        let text = good_question("databases", "{ quick: 3, standard: 6, deep: 12 }");
        let id = format!("---\nid: {id}\nnever_with: [{enemy}]\ngroup: g\n");
        text.replacen("---\n", &id, 1)
    };
    let project = Project::bank()
        .file("questions/databases/a.md", enemies("a", "b"))
        .file("questions/databases/b.md", enemies("b", "a"))
        .file(
            "blueprints/x.toml",
            "minutes = 30\n[[segments]]\ntitle = \"One\"\nminutes = 20\nquestions = 3\nmode = \"deep\"\n\
             categories = [\"caching\"]\nrequired = [\"a\", \"b\"]\n[constraints]\nmin_categories = 3\n",
        );
    let pick = ["pick", "--blueprint", "x", "--dry-run"];
    project.run(&pick).ended(1);
    let without = "questions,modes,filters,categories,groups,never-with";
    project
        .run(&[&pick[..], &["--without", without]].concat())
        .good();
    for left in without.split(',') {
        let others: Vec<&str> = without.split(',').filter(|one| *one != left).collect();
        let others = others.join(",");
        let args = [&pick[..], &["--without", &others]].concat();
        // A filter takes nothing from what a segment requires.
        let ended = project.run(&args);
        assert_eq!(ended.status, i32::from(left != "filters"), "{left}");
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    let project = ten();
    for (arguments, message) in [
        (
            "--categories 2 --without categories",
            "`--without categories` switches off what `--categories` asks for",
        ),
        (
            "--together d1,d1",
            "`d1` alone cannot be together with anything",
        ),
        ("--seed x", "a whole number from 0 to 9223372036854775807"),
        ("--date 2026-13-01", "a day of the calendar as YYYY-MM-DD"),
        (
            "--time-limit 1e-300",
            "seconds from 0.001 to 86400, or 0 for no limit",
        ),
        ("--loop backend --minutes 30", "cannot be used with"),
        ("--stats --forms 2", "cannot be used with"),
    ] {
        let run = project.line(&format!("pick {arguments}")).ended(2);
        assert!(run.stderr.contains(message), "{arguments}: {}", run.stderr);
    }
}

#[test]
fn two_things_in_the_way_are_both_named() {
    let run = ten()
        .line("pick --minutes 30 --categories 3 --difficulty hard=2 --questions 2")
        .ended(1);
    let expected = "error: no screen satisfies this request
  this cannot be had:
    - at least 3 categories
  and this cannot be had either:
    - exactly 2 of difficulty hard
  available: 10 active questions in 2 categories
  nearest: 2 categories, and without “exactly 2 of difficulty hard”, together
";
    assert_eq!(run.stderr, expected);
}

#[test]
fn a_bank_without_active_questions_says_so() {
    let retired =
        good_question("databases", "3").replacen("---\n", "---\nid: a\nstatus: retired\n", 1);
    let project = Project::bank().file("questions/databases/a.md", retired);
    let run = project.line("pick --minutes 30").ended(1);
    assert_eq!(run.stderr, "error: the bank has no active questions\n");
    project.line("pick --minutes 30 --stats").ended(1);
}
