//! What a bank offers a request: counts of sets against brute force, and the tables.

mod output;

use std::collections::{BTreeMap, BTreeSet};

use intervy::model::bank::Bank;
use intervy::model::offer::Sets;
use intervy::model::vocabulary::{AskMode, Vocabulary};
use intervy::pick::offer::offer;
use intervy::pick::program::{Origin, Program, Row, Scope};
use intervy::pick::request::{PickRequest, Wishes};
use intervy::pick::sets::{BUDGET, CAP, count};
use proptest::prelude::*;

use crate::harness::shipped;
use crate::oracle::{Asked, check};
use crate::random_banks::{bank_of, banks, request};

/// Every set of questions, as indices into the bank, that some segments and modes make a screen of.
fn sets(bank: &Bank, request: &PickRequest) -> BTreeSet<Vec<usize>> {
    let mut found = BTreeSet::new();
    add_sets(bank, request, 0, &mut Vec::new(), &mut found);
    found
}

fn add_sets<'b>(
    bank: &'b Bank,
    request: &PickRequest,
    next: usize,
    asked: &mut Vec<(usize, Asked<'b>)>,
    found: &mut BTreeSet<Vec<usize>>,
) {
    let Some(question) = bank.questions.get(next) else {
        let set: Vec<usize> = asked.iter().map(|(index, _)| *index).collect();
        let asked: Vec<Asked<'_>> = asked.iter().map(|(_, asked)| *asked).collect();
        if !found.contains(&set) && check(request, &asked).is_ok() {
            found.insert(set);
        }
        return;
    };
    add_sets(bank, request, next + 1, asked, found);
    if request.memory.of(next).met {
        return;
    }
    for segment in 0..request.segments.len() {
        for &mode in AskMode::ALL {
            if question.matter.minutes.of(mode).is_some() {
                asked.push((next, (question, segment, mode)));
                add_sets(bank, request, next + 1, asked, found);
                asked.pop();
            }
        }
    }
}

/// What the candidate has met is left out by [`sets`] as well.
fn program(bank: &Bank, request: &PickRequest) -> Program {
    Program::new(bank, request, Scope::All)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_set_is_counted_once(texts in banks(), request in request()) {
        let bank = bank_of(&texts);
        let expected = sets(&bank, &request).len() as u64;
        let program = program(&bank, &request);
        prop_assert_eq!(count(&program, CAP, BUDGET), Sets::Exactly(expected));
        // A cap below, and budgets that end before: still true.
        if expected > 1 {
            prop_assert_eq!(count(&program, expected - 1, BUDGET), Sets::MoreThan(expected - 1));
        }
        for budget in [0, 3, 10, 40] {
            match count(&program, CAP, budget) {
                Sets::Exactly(found) => prop_assert_eq!(found, expected),
                Sets::AtLeast(found) => prop_assert!(found <= expected),
                Sets::MoreThan(_) => prop_assert!(false, "of {}", expected),
            }
        }
    }

    #[test]
    fn questions_that_are_alike_are_counted_each(
        texts in prop::collection::vec((0usize..2, 0usize..2, 0usize..8), 5..8),
        mut request in request(),
    ) {
        let texts: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(index, (category, minutes, extra))| format!(
                "---\nid: q{index}\ntitle: Q\ncategory: {}\ndifficulty: easy\nminutes: {}\n{}---\nP\n",
                ["databases", "caching"][*category],
                ["3", "{ quick: 2, standard: 4 }"][*minutes],
                ["", "", "", "", "", "group: g\n", "tags: [t]\n", "never_with: [q0]\n"][*extra],
            ))
            .collect();
        request.segments.truncate(1);
        let bank = bank_of(&texts);
        let expected = sets(&bank, &request).len() as u64;
        prop_assert_eq!(count(&program(&bank, &request), CAP, BUDGET), Sets::Exactly(expected));
    }

    #[test]
    fn any_row_is_honoured(
        texts in banks(),
        request in request(),
        marks in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 1..6), 0..3),
        rows in prop::collection::vec(
            (prop::collection::vec((any::<prop::sample::Index>(), -2i64..4), 1..8), prop::option::of(-2i64..4), prop::option::of(-1i64..6)),
            1..4,
        ),
    ) {
        let bank = bank_of(&texts);
        let mut program = program(&bank, &request);
        let choices = program.choices.len();
        prop_assume!(choices > 0);
        // Marks of other things than categories: the ways to ask one question may differ in them.
        for marked in marks {
            let marked: BTreeSet<usize> = marked.into_iter().map(|index| index.index(choices)).collect();
            let mark = program.add_variable(1);
            let terms = marked.into_iter().map(|choice| (choice, 1)).chain([(mark, -1)]).collect();
            program.rows.push(Row { origin: Origin::CategoryUsed, terms, least: Some(0), most: None });
        }
        let variables = choices + program.extra.len();
        for (terms, least, most) in rows {
            let terms: BTreeMap<usize, i64> =
                terms.into_iter().map(|(index, weight)| (index.index(variables), weight)).collect();
            // Without an upper bound, such a row can be read as what makes a mark a mark.
            let most = most.or(Some(1_000));
            program.rows.push(Row {
                origin: Origin::Mix,
                terms: terms.into_iter().collect(),
                least,
                most,
            });
        }
        let expected = sets_of_rows(&program).len() as u64;
        prop_assert_eq!(count(&program, CAP, BUDGET), Sets::Exactly(expected));
    }
}

/// Every set of questions of which some choices satisfy all rows; the marks are those of categories.
fn sets_of_rows(program: &Program) -> BTreeSet<Vec<usize>> {
    let mut by_question: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (variable, choice) in program.choices.iter().enumerate() {
        by_question
            .entry(choice.question)
            .or_default()
            .push(variable);
    }
    let questions: Vec<(usize, Vec<usize>)> = by_question.into_iter().collect();
    let mut found = BTreeSet::new();
    let mut open: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    for (question, variables) in &questions {
        for made in open.clone() {
            for variable in variables {
                let mut made = made.clone();
                made.push((*question, *variable));
                open.push(made);
            }
        }
    }
    for made in open {
        let mut values = vec![0i64; program.choices.len() + program.extra.len()];
        for (_, variable) in &made {
            values[*variable] = 1;
        }
        for row in program
            .rows
            .iter()
            .filter(|row| row.origin == Origin::CategoryUsed)
        {
            let (mark, choices) = row.terms.split_last().unwrap();
            values[mark.0] = choices
                .iter()
                .map(|(variable, _)| values[*variable])
                .max()
                .unwrap();
        }
        let holds = |row: &Row| {
            let sum: i64 = row
                .terms
                .iter()
                .map(|(variable, weight)| weight * values[*variable])
                .sum();
            row.least.is_none_or(|least| sum >= least) && row.most.is_none_or(|most| sum <= most)
        };
        if program.rows.iter().all(holds) {
            found.insert(made.into_iter().map(|(question, _)| question).collect());
        }
    }
    found
}

#[test]
fn variables_that_are_no_marks_give_leeway_or_no_answer() {
    let text = |id: &str| {
        format!(
            "---\nid: {id}\ntitle: Q\ncategory: caching\ndifficulty: easy\nminutes: 3\n---\nP\n"
        )
    };
    let bank = bank_of(&["a", "b", "c", "d"].map(text));
    let request = PickRequest::resolve(&bank, None, &Wishes::default()).unwrap();
    let mut program = program(&bank, &request).without(|origin| *origin == Origin::MinCategories);
    assert_eq!(count(&program, CAP, BUDGET), Sets::Exactly(15));
    // Asked less what the variable takes off: one question, or up to three.
    let variable = program.add_variable(2);
    let mut terms: Vec<(usize, i64)> = (0..program.choices.len()).map(|at| (at, 1)).collect();
    terms.push((variable, -1));
    let row = Row {
        origin: Origin::Mix,
        terms,
        least: Some(1),
        most: Some(1),
    };
    program.rows.push(row.clone());
    assert_eq!(count(&program, CAP, BUDGET), Sets::Exactly(4 + 6 + 4));
    program.rows.push(row);
    assert_eq!(count(&program, CAP, BUDGET), Sets::AtLeast(0));
}

#[test]
fn the_shipped_bank_leaves_a_wide_choice() {
    let bank = shipped();
    let mut wishes = Wishes::default();
    wishes.constraints.min_categories = Some(4);
    let request = PickRequest::resolve(&bank, None, &wishes).unwrap();
    let offer = offer(&bank, &request);
    assert_eq!(offer.sets, Sets::MoreThan(CAP));
    assert!(offer.segments.is_empty());
    let active = bank
        .questions
        .iter()
        .filter(|question| question.is_active())
        .count();
    assert_eq!(offer.total.all.questions, active);
    let shelves = offer
        .categories
        .iter()
        .map(|category| category.shelf.all.questions);
    assert_eq!(shelves.sum::<usize>(), active);
    for category in &offer.categories {
        let by_difficulty = category
            .shelf
            .by_difficulty
            .iter()
            .map(|stock| stock.questions);
        assert_eq!(by_difficulty.sum::<usize>(), category.shelf.all.questions);
    }
    for blueprint in &bank.blueprints {
        let request = PickRequest::resolve(&bank, Some(blueprint), &Wishes::default()).unwrap();
        let offer = intervy::pick::offer::offer(&bank, &request);
        assert!(
            !matches!(offer.sets, Sets::AtLeast(_) | Sets::Exactly(0)),
            "{:?}",
            offer.sets
        );
        assert_eq!(offer.segments.len(), request.segments.len());
        assert!(offer.segments.iter().all(|segment| segment.questions > 0));
    }
}

#[test]
fn a_request_that_cannot_be_met_leaves_nothing() {
    let bank = bank_of(&[
        "---\nid: a\ntitle: Q\ncategory: caching\ndifficulty: easy\nminutes: 3\n---\nP\n".to_owned(),
        "---\nid: b\ntitle: Q\ncategory: databases\ndifficulty: hard\nminutes: { quick: 4, deep: 9 }\n---\nP\n".to_owned(),
    ]);
    let offered = |categories: u32| {
        let mut wishes = Wishes::default();
        wishes.constraints.min_categories = Some(categories);
        offer(&bank, &PickRequest::resolve(&bank, None, &wishes).unwrap())
    };
    assert_eq!(offered(3).sets, Sets::Exactly(0));
    assert_eq!(offered(2).sets, Sets::Exactly(1));
    let offer = offered(1);
    assert_eq!(offer.sets, Sets::Exactly(3));
    let [quick, standard, deep] = offer.total.all.minutes;
    assert_eq!(
        quick.map(|quick| (quick.questions, quick.total)),
        Some((1, 4))
    );
    assert_eq!(
        standard.map(|standard| (standard.shortest, standard.longest)),
        Some((3, 3))
    );
    assert_eq!(deep.map(|deep| deep.total), Some(9));
}
