//! Several screens at once: loops and parallel forms.

use std::collections::BTreeSet;

use intervy::model::screen::{Screen, VerdictStatus};
use intervy::pick::exact::Limits;
use intervy::pick::forms::{Between, assemble_forms};
use intervy::pick::request::{PickRequest, Wishes};
use intervy::pick::{pick, pick_together, pinned};

use crate::harness::{Project, shipped};
use crate::oracle::{asked, check, value};
use crate::pick::{ids, plain};

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
    let pick = "pick --categories 2 --minutes 20 --forms";
    let run = project.line(&format!("{pick} 3")).ended(1);
    assert!(run.stderr.contains("2 forms would do"), "{}", run.stderr);
    let two = project.line(&format!("{pick} 2 --json")).good();
    assert!(two.stdout.contains("\"form\": 2"), "{}", two.stdout);
    let most = overlap(&run.stderr).unwrap();
    project
        .line(&format!("{pick} 3 --max-overlap {most}"))
        .good();
}

/// The overlap that a message says would do.
fn overlap(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("`--max-overlap ")?;
    Some(rest.split_once('`')?.0.to_owned())
}

#[test]
fn what_is_in_the_way_of_forms_is_named_beside_them() {
    let project = Project::bank()
        .question("databases", "a")
        .question("databases", "b")
        .question("caching", "c")
        .question("caching", "d");
    let pick = "pick --categories 2 --minutes 12 --forms 2";
    project.line(pick).good();
    let run = project.line(&format!("{pick} --include c")).ended(1);
    let expected = "error: there is a screen, but there are no 2 forms of it\n  these cannot all be had:\n    \
                    - 2 forms\n    - no question in two forms\n    - with `c`\n";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    assert!(
        run.stderr.contains("without `c` it works"),
        "{}",
        run.stderr
    );
    project
        .line(&format!("{pick} --include c --max-overlap 1"))
        .good();
}
