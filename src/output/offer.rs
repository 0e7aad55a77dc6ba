//! What a bank offers a request: tables for a terminal, JSON.

use std::fmt::Write;

use anstyle::Style;
use anyhow::Context;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::model::offer::{Lengths, Offer, SegmentOffer, Sets, Shelf, Stock};
use crate::model::vocabulary::{AskMode, Difficulty, Vocabulary};
use crate::output::terminal::{SOFT, STRONG, WARNING, clean_line, cut, escaped_json, styled};

/// The least columns that a name is cut to.
const SHORTEST_NAME: usize = 8;
/// What marks a number that leaves no choice, so that it shows without colour.
const MARK: &str = "*";

/// A number in a table.
#[derive(Default)]
struct Cell {
    text: String,
    is_thin: bool,
}

/// A line of a table: a name, and what stands right of it.
struct Line {
    name: String,
    cells: Vec<Cell>,
    is_soft: bool,
}

/// Tables with a number for every category and difficulty, and for every segment of a blueprint; then how
/// many sets of questions there are. On a terminal of `width` columns, longer names are cut.
#[must_use]
pub fn text(offer: &Offer, width: Option<usize>) -> String {
    let mut header = vec!["category"];
    header.extend(Difficulty::names());
    header.push("all");
    header.extend(AskMode::names());
    let mut lines: Vec<Line> = offer
        .categories
        .iter()
        .map(|category| shelf(clean_line(&category.name), &category.shelf))
        .collect();
    let mut total = shelf("all".to_owned(), &offer.total);
    for cell in &mut total.cells {
        cell.is_thin = false;
    }
    lines.push(total);
    lines.push(minutes_in_all(&offer.total.all));
    let mut is_thin = marks(&lines);
    let mut out = table(&header, &lines, width);
    if !offer.segments.is_empty() {
        let lines: Vec<Line> = offer.segments.iter().map(segment).collect();
        is_thin |= marks(&lines);
        out.push('\n');
        out.push_str(&table(
            &["segment", "minutes", "mode", "questions"],
            &lines,
            width,
        ));
    }
    if is_thin {
        let legend = format!("{MARK} no choice: one question or none");
        let _ = writeln!(out, "\n{}", styled(SOFT, legend));
    }
    let _ = writeln!(out, "\n{}", sentence(offer.sets));
    out
}

fn marks(lines: &[Line]) -> bool {
    lines
        .iter()
        .flat_map(|line| &line.cells)
        .any(|cell| cell.is_thin)
}

fn shelf(name: String, shelf: &Shelf) -> Line {
    let stocks = shelf.by_difficulty.iter().chain([&shelf.all]);
    let counts = stocks.map(|stock| Cell {
        text: grouped(stock.questions as u64),
        is_thin: stock.is_thin(),
    });
    let lengths = shelf.all.minutes.iter().map(|lengths| Cell {
        text: lengths.map_or_else(|| "-".to_owned(), range),
        is_thin: false,
    });
    Line {
        name,
        cells: counts.chain(lengths).collect(),
        is_soft: false,
    }
}

/// `3-5` minutes, or `3` where all take the same.
fn range(lengths: Lengths) -> String {
    match lengths {
        Lengths {
            shortest, longest, ..
        } if shortest == longest => shortest.to_string(),
        Lengths {
            shortest, longest, ..
        } => format!("{shortest}-{longest}"),
    }
}

fn minutes_in_all(stock: &Stock) -> Line {
    let blank = (0..=Difficulty::ALL.len()).map(|_| Cell::default());
    let totals = stock.minutes.iter().map(|lengths| Cell {
        text: grouped(lengths.map_or(0, |lengths| lengths.total)),
        is_thin: false,
    });
    Line {
        name: "all minutes".to_owned(),
        cells: blank.chain(totals).collect(),
        is_soft: true,
    }
}

fn segment(segment: &SegmentOffer) -> Line {
    let plain = |text: String| Cell {
        text,
        is_thin: false,
    };
    let questions = Cell {
        text: grouped(segment.questions as u64),
        is_thin: segment.questions <= 1,
    };
    Line {
        name: clean_line(&segment.title),
        cells: vec![
            plain(segment.minutes.to_string()),
            plain(segment.mode.map_or("any", Vocabulary::name).to_owned()),
            questions,
        ],
        is_soft: false,
    }
}

/// Names on the left, everything else right-aligned below its word.
fn table(header: &[&str], lines: &[Line], width: Option<usize>) -> String {
    let mut widths: Vec<usize> = header.iter().map(|word| word.width()).collect();
    for line in lines {
        let cells = line.cells.iter().map(|cell| cell.text.width());
        let all = std::iter::once(line.name.width()).chain(cells);
        for (width, own) in widths.iter_mut().zip(all) {
            *width = (*width).max(own);
        }
    }
    let numbers = widths.split_off(1);
    let right: usize = numbers.iter().map(|width| width + 2).sum();
    let name = widths.first().copied().unwrap_or(0);
    let room = width.map_or(name, |width| width.saturating_sub(right + 1));
    let name = name.min(room.max(SHORTEST_NAME));
    let mut out = String::new();
    let words = header.iter().skip(1).zip(&numbers);
    let words = words.map(|(word, width)| format!("  {word:>width$}"));
    let first = header.first().copied().unwrap_or("");
    let _ = writeln!(
        out,
        "{}",
        styled(
            STRONG,
            format!("{first:<name$}{}", words.collect::<String>())
        )
    );
    for line in lines {
        let _ = writeln!(out, "{}", one(line, name, &numbers));
    }
    out
}

fn one(line: &Line, name: usize, widths: &[usize]) -> String {
    let shown = cut(&line.name, name);
    let mut out = format!("{shown}{}", " ".repeat(name.saturating_sub(shown.width())));
    // The mark of a number stands in the gap before the next one.
    let mut gap = "  ";
    for (cell, width) in line.cells.iter().zip(widths) {
        let blanks = " ".repeat(width.saturating_sub(cell.text.width()));
        let _ = write!(out, "{gap}{blanks}");
        // A gap is louder than a single question; with colour for both, a young bank would glow.
        let style = if cell.is_thin && cell.text == "0" {
            WARNING
        } else {
            Style::new()
        };
        let mark = if cell.is_thin { MARK } else { "" };
        out.push_str(&styled(style, format!("{}{mark}", cell.text)));
        gap = if cell.is_thin { " " } else { "  " };
    }
    if line.is_soft {
        return styled(SOFT, out);
    }
    out
}

/// How many sets there are, as a sentence.
fn sentence(sets: Sets) -> String {
    let many = |words: &str, number: u64| styled(STRONG, format!("{words} {}", grouped(number)));
    let satisfy = "of questions satisfy this request";
    match sets {
        Sets::Exactly(0) => "No set of questions satisfies this request.".to_owned(),
        Sets::Exactly(1) => format!(
            "{} set of questions satisfies this request.",
            many("Exactly", 1)
        ),
        Sets::Exactly(number) => format!("{} sets {satisfy}.", many("Exactly", number)),
        Sets::MoreThan(number) => format!("{} sets {satisfy}.", many("More than", number)),
        Sets::AtLeast(0) => {
            "No set of questions was found before counting ended; there may be some.".to_owned()
        }
        Sets::AtLeast(1) => format!(
            "{} set of questions satisfies this request; counting ended there.",
            many("At least", 1)
        ),
        Sets::AtLeast(number) => format!(
            "{} sets {satisfy}; counting ended there.",
            many("At least", number)
        ),
    }
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The shape of the JSON.
#[derive(Debug, Serialize)]
struct Document<'o> {
    categories: Vec<CategoryEntry<'o>>,
    total: ShelfEntry,
    segments: Vec<SegmentEntry<'o>>,
    sets: SetsEntry,
}

#[derive(Debug, Serialize)]
struct CategoryEntry<'o> {
    id: &'o str,
    name: &'o str,
    #[serde(flatten)]
    shelf: ShelfEntry,
}

#[derive(Debug, Serialize)]
struct ShelfEntry {
    easy: StockEntry,
    medium: StockEntry,
    hard: StockEntry,
    all: StockEntry,
}

#[derive(Debug, Serialize)]
struct StockEntry {
    questions: usize,
    thin: bool,
    quick: Option<LengthsEntry>,
    standard: Option<LengthsEntry>,
    deep: Option<LengthsEntry>,
}

/// Minutes of the questions that have the mode.
#[derive(Debug, Serialize)]
struct LengthsEntry {
    questions: usize,
    shortest: u32,
    longest: u32,
    total: u64,
}

#[derive(Debug, Serialize)]
struct SegmentEntry<'o> {
    title: &'o str,
    minutes: u32,
    mode: Option<AskMode>,
    questions: usize,
}

#[derive(Debug, Serialize)]
struct SetsEntry {
    /// `exactly`, `more-than` or `at-least`.
    bound: &'static str,
    number: u64,
}

fn shelf_entry(shelf: &Shelf) -> ShelfEntry {
    let stock = |stock: &Stock| {
        let [quick, standard, deep] = stock.minutes.map(|lengths| {
            lengths.map(|lengths| LengthsEntry {
                questions: lengths.questions,
                shortest: lengths.shortest,
                longest: lengths.longest,
                total: lengths.total,
            })
        });
        StockEntry {
            questions: stock.questions,
            thin: stock.is_thin(),
            quick,
            standard,
            deep,
        }
    };
    let [easy, medium, hard] = shelf.by_difficulty.each_ref().map(stock);
    ShelfEntry {
        easy,
        medium,
        hard,
        all: stock(&shelf.all),
    }
}

/// The same as a JSON object.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json(offer: &Offer) -> anyhow::Result<String> {
    let (bound, number) = match offer.sets {
        Sets::Exactly(number) => ("exactly", number),
        Sets::MoreThan(number) => ("more-than", number),
        Sets::AtLeast(number) => ("at-least", number),
    };
    let categories = offer.categories.iter().map(|category| CategoryEntry {
        id: &category.id,
        name: &category.name,
        shelf: shelf_entry(&category.shelf),
    });
    let segments = offer.segments.iter().map(|segment| SegmentEntry {
        title: &segment.title,
        minutes: segment.minutes,
        mode: segment.mode,
        questions: segment.questions,
    });
    let document = Document {
        categories: categories.collect(),
        total: shelf_entry(&offer.total),
        segments: segments.collect(),
        sets: SetsEntry { bound, number },
    };
    let text = serde_json::to_string_pretty(&document).context("the offer as JSON")?;
    Ok(escaped_json(&text) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0, 999, 1_000, 12_345, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }
}
