//! How often each question of the shipped bank is picked over many seeds:
//! `cargo bench --bench exposure [-- SEEDS]`. Fails where a question is never picked, or one more than three times as
//! often as the average.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a measurement, not a program"
)]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use intervy::pick::exact::Limits;
use intervy::pick::pick;
use intervy::pick::request::{PickRequest, Wishes};
use intervy::store::files::Files;
use intervy::store::{bank, built_in};

fn main() -> ExitCode {
    let mut numbers = std::env::args().filter_map(|word| word.parse::<u64>().ok());
    let seeds = numbers.next().unwrap_or(1_000);
    let bank = bank::read(&Files::BuiltIn(&built_in::BANK));
    let start = Instant::now();
    let active = bank.questions.iter().filter(|one| one.is_active());
    let mut uses: BTreeMap<&str, u64> = active.map(|question| (question.id(), 0)).collect();
    for seed in 0..seeds {
        let mut wishes = Wishes {
            minutes: Some(30),
            seed,
            ..Wishes::default()
        };
        wishes.constraints.min_categories = Some(4);
        let request = PickRequest::resolve(&bank, None, &wishes).unwrap();
        let screen = pick(&bank, &request, &Limits::default()).unwrap();
        for question in &screen.questions {
            *uses.get_mut(question.id.as_str()).unwrap() += 1;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let total: u64 = uses.values().sum();
    let average = total as f64 / uses.len() as f64;
    let mut ranked: Vec<(&str, u64)> = uses.into_iter().collect();
    ranked.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    for (id, count) in &ranked {
        println!("{count:6}  {:4.2}  {id}", *count as f64 / average);
    }
    let most = ranked.first().map_or(0.0, |one| one.1 as f64 / average);
    let never = ranked.iter().filter(|one| one.1 == 0).count();
    println!(
        "{seeds} screens of {} active questions: average {average:.1}, most {most:.2} times that, never {never}; \
         {:.1} ms a screen",
        ranked.len(),
        1_000.0 * seconds / seeds as f64,
    );
    if never == 0 && most <= 3.0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
