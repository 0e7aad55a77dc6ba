//! Values of cells as spreadsheets of several languages save them.

use jiff::civil::Date;

/// What is wrong, and what to do.
pub(super) type WrongCell = (String, &'static str);

/// As people write it, and as spreadsheets do: in English, German, French, Spanish, Portuguese, Italian, Dutch.
const YES: [&str; 18] = [
    "true",
    "yes",
    "y",
    "1",
    "x",
    "wahr",
    "ja",
    "j",
    "vrai",
    "oui",
    "verdadero",
    "sí",
    "si",
    "verdadeiro",
    "sim",
    "vero",
    "sì",
    "waar",
];
const NO: [&str; 12] = [
    "false", "no", "n", "0", "falsch", "nein", "faux", "non", "falso", "não", "onwaar", "nee",
];

/// Whether a cell says yes; what says neither is wrong.
pub(super) fn yes_or_no(column: &str, cell: &str, wrong: &mut Vec<WrongCell>) -> Option<bool> {
    let word = cell.to_lowercase();
    if YES.contains(&word.as_str()) {
        return Some(true);
    }
    if NO.contains(&word.as_str()) {
        return Some(false);
    }
    if !cell.is_empty() {
        let message = format!("`{cell}` does not say whether it was {column}");
        wrong.push((message, "write true or false"));
    }
    None
}

/// A whole number that a spreadsheet shows with decimals, without them: `4.0` and `4,00` are `4`.
pub(super) fn whole(cell: &str) -> &str {
    match cell.split_once(['.', ',']) {
        // Three of them are thousands in some languages.
        Some((whole, "0" | "00")) => whole,
        _ => cell,
    }
}

/// A day, as `2026-12-01` or `1.12.2026`.
///
/// # Errors
/// When it is written another way; with slashes, nobody knows which number is the month.
pub(super) fn day(cell: &str) -> Result<Date, WrongCell> {
    day_first(cell)
        .or_else(|| cell.parse().ok())
        .ok_or_else(|| {
            let hint = if cell.contains('/') {
                "which number is the month is not known: write `2026-12-01` or `1.12.2026`"
            } else {
                "write `2026-12-01` or `1.12.2026`"
            };
            (format!("`{cell}` is no day"), hint)
        })
}

fn day_first(cell: &str) -> Option<Date> {
    let mut numbers = cell.split('.').map(|number| {
        let is_number = number.bytes().all(|digit| digit.is_ascii_digit());
        number.parse::<i16>().ok().filter(|_| is_number)
    });
    let (day, month, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() || year < 1000 {
        return None;
    }
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar_and_in_an_order_that_is_known() {
        let december = jiff::civil::date(2026, 12, 1);
        for good in ["2026-12-01", "1.12.2026", "01.12.2026"] {
            assert_eq!(day(good), Ok(december), "{good}");
        }
        for bad in [
            "1/12/2026",
            "12/01/2026",
            "31.11.2026",
            "1.13.2026",
            "1.12.26",
            "2026.12.01",
            "1. 12. 2026.",
            "+1.+12.2026",
            "tomorrow",
            "46000",
        ] {
            assert!(day(bad).is_err(), "{bad}");
        }
        assert!(day("1/12/2026").is_err_and(|(_, hint)| hint.contains("not known")));
    }

    #[test]
    fn decimals_that_say_nothing_are_left_out() {
        for (cell, expected) in [
            ("4", "4"),
            ("4.0", "4"),
            ("4,00", "4"),
            ("4.5", "4.5"),
            ("4,", "4,"),
            ("1.000", "1.000"),
            ("", ""),
            (".0", ""),
        ] {
            assert_eq!(whole(cell), expected, "{cell}");
        }
    }
}
