//! Which rows of the ratings a report is of, and what there is where none of them is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::args::Of;
use crate::exit::Hinted;
use crate::model::record::Record;
use crate::output::terminal::clean_line;

/// The most names that a hint lists.
const MOST_NAMES: usize = 20;

/// The flags that choose rows, with what went by.
pub(super) struct Sieve<'o> {
    of: &'o Of,
    blueprints: BTreeSet<String>,
    loops: BTreeSet<String>,
    days: Option<(Date, Date)>,
}

impl<'o> Sieve<'o> {
    /// # Errors
    /// When no day can be wanted.
    pub(super) fn new(of: &'o Of) -> anyhow::Result<Self> {
        if let (Some(since), Some(until)) = (of.since, of.until)
            && since > until
        {
            return Err(Hinted::error(
                format!("no day is since {since} and until {until}"),
                "give the earlier day to `--since`",
            ));
        }
        Ok(Self {
            of,
            blueprints: BTreeSet::new(),
            loops: BTreeSet::new(),
            days: None,
        })
    }

    fn is_wanted(&self, row: &Record<'_>) -> bool {
        let of = self.of;
        let is_since = |day| row.date.is_some_and(|date| date >= day);
        let is_until = |day| row.date.is_some_and(|date| date <= day);
        let is_blueprint = |name: &str| name == row.blueprint;
        let is_loop = |name: &str| name == row.hiring_loop;
        of.since.is_none_or(is_since)
            && of.until.is_none_or(is_until)
            && of.blueprint.as_deref().is_none_or(is_blueprint)
            && of.hiring_loop.as_deref().is_none_or(is_loop)
    }

    /// The rows that the flags let through.
    pub(super) fn wanted<'r>(&mut self, rows: &[Record<'r>]) -> Vec<Record<'r>> {
        for row in rows {
            see(&mut self.blueprints, row.blueprint);
            see(&mut self.loops, row.hiring_loop);
            if let Some(day) = row.date {
                let (first, last) = self.days.unwrap_or((day, day));
                self.days = Some((first.min(day), last.max(day)));
            }
        }
        let wanted = rows.iter().filter(|row| self.is_wanted(row));
        wanted.copied().collect()
    }

    /// Whether the flags let one of the rows through.
    pub(super) fn wants_any(&self, rows: &[Record<'_>]) -> bool {
        rows.iter().any(|row| self.is_wanted(row))
    }

    /// That the flags let nothing through, with what there is; `None`: no flag chooses.
    pub(super) fn nothing(&self) -> Option<anyhow::Error> {
        let of = self.of;
        let flags = [
            of.since.map(|day| format!("--since {day}")),
            of.until.map(|day| format!("--until {day}")),
            of.blueprint
                .as_ref()
                .map(|name| format!("--blueprint '{name}'")),
            of.hiring_loop
                .as_ref()
                .map(|name| format!("--loop '{name}'")),
        ];
        let flags: Vec<String> = flags.into_iter().flatten().collect();
        if flags.is_empty() {
            return None;
        }
        let named = |what: &str, names: &BTreeSet<String>| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            (!names.is_empty()).then(|| format!("{what}: {}", clean_line(&names.join(", "))))
        };
        let there = [
            named("blueprints", &self.blueprints),
            named("loops", &self.loops),
            self.days
                .map(|(first, last)| format!("days: {first} to {last}")),
        ];
        let there: Vec<String> = there.into_iter().flatten().collect();
        let hint = if there.is_empty() {
            "no scorecard that is handed in says its blueprint, its loop or its day".to_owned()
        } else {
            format!("there are {}", there.join("; "))
        };
        Some(Hinted::error(
            format!("no scorecard fits {}", clean_line(&flags.join(" "))),
            hint,
        ))
    }
}

fn see(names: &mut BTreeSet<String>, name: &str) {
    if !name.is_empty() && names.len() < MOST_NAMES && !names.contains(name) {
        names.insert(name.to_owned());
    }
}
