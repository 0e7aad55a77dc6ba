//! Reading for reports: `cargo bench --bench report [-- SCORECARDS RATINGS]` copies the example season until it has so many
//! scorecards, reads them and counts; then counts so many ratings of a table that is made while it is read. It prints seconds, and
//! what memory was needed at most, where the system tells.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, not a program"
)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use intervy::model::random::SplitMix64;
use intervy::model::record::{Record, records};
use intervy::report::season::{Keep, Season};
use intervy::store::interviews::{Interviews, listing};
use intervy::store::ratings_csv;

fn main() {
    let arguments = std::env::args().skip(1);
    let named: Vec<usize> = arguments.filter_map(|word| word.parse().ok()).collect();
    let [cards, ratings] = match named.as_slice() {
        [cards, ratings] => [*cards, *ratings],
        _ => [10_000, 1_000_000],
    };
    // First, so that the most memory is that of the table.
    table(ratings / 10);
    table(ratings);
    folder(cards);
}

fn table(ratings: usize) {
    let start = Instant::now();
    let mut season = Season::new(Keep::Counts, None);
    let reading = ratings_csv::read(Table::new(ratings), |rows| season.add(rows));
    assert!(
        reading.problems.is_empty(),
        "{:?}",
        reading.problems.first()
    );
    println!(
        "a table of {} ratings of {} candidates: {:.2} s{}",
        season.ratings(),
        season.candidates,
        start.elapsed().as_secs_f64(),
        memory()
    );
}

fn folder(cards: usize) {
    let season = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/season/interviews");
    let folder = tempfile::tempdir().unwrap();
    let mut made = 0;
    let mut copy = 0;
    while made < cards {
        copy += 1;
        for candidate in fs::read_dir(&season)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let name = candidate.file_name().unwrap().to_str().unwrap().to_owned();
            for screen in fs::read_dir(&candidate)
                .unwrap()
                .map(|entry| entry.unwrap().path())
            {
                let there = folder
                    .path()
                    .join(format!("{name}-{copy}"))
                    .join(screen.file_name().unwrap());
                fs::create_dir_all(&there).unwrap();
                for file in fs::read_dir(&screen)
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                {
                    let text = fs::read_to_string(&file).unwrap();
                    let text = text.replace(&format!("\"{name}\""), &format!("\"{name}-{copy}\""));
                    fs::write(there.join(file.file_name().unwrap()), text).unwrap();
                    made += usize::from(!file.ends_with("screen.toml"));
                }
            }
        }
    }
    let start = Instant::now();
    let listing = listing::read(&Interviews::below(folder.path()), None).unwrap();
    let read = start.elapsed().as_secs_f64();
    let mut season = Season::new(Keep::Scores, None);
    for own in listing
        .cards
        .chunk_by(|a, b| a.place.candidate == b.place.candidate)
    {
        let rows: Vec<Record<'_>> = own
            .iter()
            .flat_map(|card| {
                let screen = listing.screens.iter().find(|screen| {
                    screen.candidate == card.place.candidate && screen.id == card.place.screen
                });
                records(
                    screen.and_then(|screen| screen.content.get()),
                    card.content.get().unwrap(),
                )
            })
            .collect();
        season.add(&rows);
    }
    println!(
        "{made} scorecards: read in {read:.2} s, {} ratings{}",
        season.ratings(),
        memory()
    );
}

/// The most memory that was needed.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    most.map_or_else(String::new, |most| {
        format!(", at most {} so far", most.trim())
    })
}

/// A table that is made while it is read: six questions and one or two interviewers a candidate.
struct Table {
    random: SplitMix64,
    ratings: usize,
    candidate: usize,
    made: Vec<u8>,
    given: usize,
}

impl Table {
    fn new(ratings: usize) -> Self {
        Self {
            random: SplitMix64::new(1),
            ratings,
            candidate: 0,
            made: b"candidate,screen,interviewer,question,category,date,planned_minutes,seconds,asked,score\n".to_vec(),
            given: 0,
        }
    }

    fn below(&mut self, most: u64) -> u64 {
        (self.random.next_u64() >> 16) % most
    }

    fn make(&mut self) {
        self.made.clear();
        self.given = 0;
        self.candidate += 1;
        let interviewers = 1 + self.below(2);
        let first = self.below(40);
        for interviewer in 0..interviewers {
            for question in 0..6 {
                if self.ratings == 0 {
                    return;
                }
                self.ratings -= 1;
                let (score, seconds) = (1 + self.below(5), 100 + self.below(300));
                let row = format!(
                    "C-{:07},s,i{},q{},c{question},2026-03-02,5,{seconds},true,{score}\n",
                    self.candidate,
                    first + interviewer,
                    question * 100 + self.candidate % 100,
                );
                self.made.extend(row.bytes());
            }
        }
    }
}

impl Read for Table {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.made.len() {
            self.make();
        }
        let left = &self.made[self.given..];
        let n = left.len().min(room.len());
        room[..n].copy_from_slice(&left[..n]);
        self.given += n;
        Ok(n)
    }
}
