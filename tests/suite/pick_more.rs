//! Memory, changes, loops, forms, and searches that are stopped.

use std::collections::BTreeSet;

use intervy::model::bank::Bank;
use intervy::model::screen::{Screen, VerdictStatus};
use intervy::pick::edit::{self, Edit};
use intervy::pick::exact::Limits;
use intervy::pick::forms::{Between, assemble_forms};
use intervy::pick::request::{PickRequest, Wishes};
use intervy::pick::solver::SolveError;
use intervy::pick::{assemble, pick, pick_together, pinned};
use proptest::prelude::*;

use crate::harness::{Project, good_question, shipped};
use crate::oracle::{asked, brute_force, check, value};
use crate::random_banks::{bank_of, banks, request};

fn plain(bank: &Bank, seed: u64) -> PickRequest {
    let mut wishes = Wishes {
        minutes: Some(30),
        seed,
        ..Wishes::default()
    };
    wishes.constraints.min_categories = Some(4);
    PickRequest::resolve(bank, None, &wishes).unwrap()
}

fn ids(screen: &Screen) -> BTreeSet<&str> {
    let questions = screen.questions.iter();
    questions.map(|question| question.id.as_str()).collect()
}

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
fn replacing_one_question_leaves_all_others_where_they_are() {
    let bank = shipped();
    for seed in 0..4 {
        let before = pick(&bank, &plain(&bank, seed), &Limits::default()).unwrap();
        for question in &before.questions {
            let edit = Edit {
                replace: vec![question.id.clone()],
                keep: Vec::new(),
            };
            let wishes = Wishes {
                seed,
                ..Wishes::default()
            };
            let request = edit::request(&bank, &before, &edit, &wishes).unwrap();
            let after = pick(&bank, &request, &Limits::default()).unwrap();
            assert!(!ids(&after).contains(question.id.as_str()));
            for other in before.questions.iter().filter(|one| one.id != question.id) {
                let stayed = after
                    .questions
                    .iter()
                    .find(|one| one.id == other.id)
                    .unwrap();
                assert_eq!((stayed.mode, &stayed.segment), (other.mode, &other.segment));
            }
            let changes = edit::changes(&before, &after);
            assert_eq!(changes.stayed, before.questions.len() - 1);
            assert_eq!(changes.gone, std::slice::from_ref(question));
            assert!(!changes.new.is_empty());
        }
    }
}

#[test]
fn keeping_some_keeps_those() {
    let bank = shipped();
    let before = pick(&bank, &plain(&bank, 1), &Limits::default()).unwrap();
    let kept = before.questions[0].id.clone();
    let edit = Edit {
        replace: Vec::new(),
        keep: vec![kept.clone()],
    };
    let wishes = Wishes {
        seed: 99,
        ..Wishes::default()
    };
    let request = edit::request(&bank, &before, &edit, &wishes).unwrap();
    let after = pick(&bank, &request, &Limits::default()).unwrap();
    assert!(ids(&after).contains(kept.as_str()));
    assert_ne!(ids(&before), ids(&after));
}

#[test]
fn a_loop_asks_nothing_twice() {
    let bank = shipped();
    let hiring_loop = &bank.loops[0];
    let sessions = hiring_loop.rounds.iter().flat_map(|round| &round.sessions);
    // The four shortest rounds: enough to meet each other, and quick.
    let requests: Vec<PickRequest> = sessions
        .map(|session| {
            let blueprint = bank.blueprint(&session.blueprint);
            PickRequest::resolve(&bank, blueprint, &Wishes::default()).unwrap()
        })
        .filter(|request| request.frame.minutes <= 45)
        .take(4)
        .collect();
    assert_eq!(requests.len(), 4);
    let screens = pick_together(&bank, &requests, &Limits::default()).unwrap();
    let mut met = BTreeSet::new();
    for (request, screen) in requests.iter().zip(&screens) {
        assert_eq!(check(request, &asked(&bank, request, screen)), Ok(()));
        for question in &screen.questions {
            assert!(met.insert(question.id.clone()), "{} twice", question.id);
        }
    }
    let groups: Vec<&str> = met
        .iter()
        .filter_map(|id| bank.question(id)?.matter.group.as_ref())
        .map(|group| group.as_str())
        .collect();
    let distinct: BTreeSet<&&str> = groups.iter().collect();
    assert_eq!(groups.len(), distinct.len());
    for id in &met {
        for enemy in &bank.question(id).unwrap().matter.never_with {
            assert!(!met.contains(&enemy.value), "{id} meets {}", enemy.value);
        }
    }
}

/// The sum of the difficulties of a screen's questions.
fn difficulty(screen: &Screen) -> u32 {
    let questions = screen.questions.iter();
    questions
        .map(|question| question.difficulty as u32 + 1)
        .sum()
}

#[test]
fn forms_are_alike_and_share_what_they_may() {
    let bank = shipped();
    for (count, max_overlap, max_uses, anchors) in [
        (3, 0, None, 0),
        (5, 1, Some(2), 0),
        (4, 0, None, 1),
        (6, 2, Some(3), 2),
    ] {
        let request = plain(&bank, 7);
        let between = Between {
            count,
            max_overlap,
            max_uses,
            anchors,
        };
        let solved = assemble_forms(&bank, &request, &between, &Limits::default()).unwrap();
        assert_eq!(solved.status, VerdictStatus::Optimal, "{between:?}");
        let requests = vec![request.clone(); count];
        let screens = pinned(&bank, &requests, &solved);
        // No form is worse than one alone would be.
        let alone = pick(&bank, &request, &Limits::default()).unwrap();
        for screen in &screens {
            assert_eq!(check(&request, &asked(&bank, &request, screen)), Ok(()));
            let own = value(&bank, &request, &asked(&bank, &request, screen));
            let best: Vec<u32> = alone
                .verdict
                .objectives
                .iter()
                .map(|one| one.value)
                .collect();
            assert_eq!(own, best);
            assert_eq!(screen.question_minutes(), screens[0].question_minutes());
            assert_eq!(difficulty(screen), difficulty(&screens[0]));
        }
        let mut common = ids(&screens[0]);
        for screen in &screens {
            common = common.intersection(&ids(screen)).copied().collect();
        }
        assert!(common.len() >= anchors as usize, "{between:?} {common:?}");
        let mut uses = std::collections::BTreeMap::<&str, u32>::new();
        for (index, one) in screens.iter().enumerate() {
            for id in ids(one) {
                *uses.entry(id).or_default() += 1;
            }
            for other in &screens[..index] {
                let (one, other) = (ids(one), ids(other));
                let shared = one.intersection(&other).count();
                assert!(shared <= (max_overlap + anchors) as usize, "{between:?}");
            }
        }
        if let Some(most) = max_uses {
            let worn = uses.values().filter(|uses| **uses > most).count();
            assert!(worn <= anchors as usize, "{between:?} {uses:?}");
        }
    }
}

#[test]
fn too_many_forms_are_refused_with_a_way_out() {
    let project = Project::bank()
        .question("databases", "a")
        .question("databases", "b")
        .question("caching", "c")
        .question("security", "d");
    let three = [
        "pick",
        "--categories",
        "2",
        "--minutes",
        "20",
        "--forms",
        "3",
    ];
    let run = project.run(&three).ended(1);
    assert!(run.stderr.contains("2 forms would do"), "{}", run.stderr);
    let two = [
        "pick",
        "--categories",
        "2",
        "--minutes",
        "20",
        "--forms",
        "2",
        "--json",
    ];
    let run = project.run(&two).good();
    assert!(run.stdout.contains("\"form\": 2"), "{}", run.stdout);
    let run = project.run(&three).ended(1);
    let most = overlap(&run.stderr).unwrap();
    let args = [&three[..], &["--max-overlap", &most]].concat();
    project.run(&args).good();
}

/// The overlap that a message says would do.
fn overlap(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("`--max-overlap ")?;
    Some(rest.split_once('`')?.0.to_owned())
}

/// A bank of ten questions in two categories.
fn ten() -> Project {
    (0..5).fold(Project::bank(), |project, index| {
        project
            .question("databases", &format!("d{index}"))
            .question("caching", &format!("c{index}"))
    })
}

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
fn a_dry_run_tells_tools_what_it_took() {
    let run = ten()
        .run(&[&TWO[..], &["--dry-run", "--json"]].concat())
        .good();
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["status"], "optimal");
    assert!(report["seconds"].as_f64().unwrap() >= 0.0);
    // Of the five alike in each category, four fit into twelve minutes at three minutes each.
    assert_eq!(report["model"]["questions"], 8);
    assert_eq!(report["model"]["choices"], 24);
    assert_eq!(report["objectives"][0]["name"], "unused minutes");
    let args = [
        "pick",
        "--categories",
        "3",
        "--minutes",
        "30",
        "--dry-run",
        "--json",
    ];
    let run = ten().run(&args).ended(1);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["status"], "infeasible");
    assert_eq!(report["conflict"][0], "at least 3 categories");
    assert_eq!(report["ways"][0], "2 categories would do");
}

#[test]
fn every_question_is_explained() {
    let project = Project::bank()
        .question("databases", "only")
        .question("caching", "one")
        .question("caching", "other");
    let args = [
        "pick",
        "--categories",
        "2",
        "--minutes",
        "16",
        "--seed",
        "1",
        "--explain",
    ];
    let run = project.run(&args).good();
    assert!(
        run.stdout.contains("there is no screen without it"),
        "{}",
        run.stdout
    );
    let (asked, left) = if run.stdout.contains("standard · one") {
        ("one", "other")
    } else {
        ("other", "one")
    };
    let swap = format!("chosen by the seed; as good: `{left}` instead");
    assert!(run.stdout.contains(&swap), "{asked} {}", run.stdout);
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
        .args([
            "pick",
            "--categories",
            "4",
            "--minutes",
            "480",
            "--time-limit",
            "0",
            "--json",
        ])
        .args(["--seed", "1"])
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
