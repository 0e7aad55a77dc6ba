//! `intervy report fairness`: selection rates, from counts that the user gives.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::args::{Form, Personal, Report};
use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::config::SCHEMA;
use crate::output::report::common::json;
use crate::output::report::fairness;
use crate::output::terminal::clean_line;
use crate::report::fairness::{Group, MOST_PEOPLE, compare};
use crate::store::files::shown;
use crate::store::group_csv;

/// Selection rates of groups beside each other: the four-fifths rule with Fisher's exact test
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It takes counts alone, and keeps nothing: no candidate is read, and no group is written anywhere.\n\n\
                  Examples:\n  \
                  intervy report fairness --group women=18/60 --group men=41/90\n  \
                  intervy report fairness --counts phone-screen.csv\n\n\
                  The CSV has the columns group, selected and of."
)]
pub(super) struct Args {
    /// A group: how many were selected, of how many
    #[arg(long, value_name = "NAME=SELECTED/OF", value_parser = group)]
    group: Vec<(String, Group)>,
    /// The groups as CSV with the columns group, selected, of; `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "group")]
    counts: Option<PathBuf>,
    #[command(flatten)]
    form: Form,
}

/// More groups than anybody compares.
const MOST_GROUPS: usize = 100;

/// Compares the groups.
///
/// # Errors
/// When there are fewer than two groups, a count is wrong, or the report cannot be written.
pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<ExitState> {
    args.form
        .check(None, None, args.counts.as_deref(), Personal::No)?;
    let groups = match &args.counts {
        Some(file) => from_file(context, file)?,
        None => args.group.clone(),
    };
    if groups.len() > MOST_GROUPS {
        return Err(Hinted::error(
            format!("{} groups are more than {MOST_GROUPS}", groups.len()),
            "put those of few people together",
        ));
    }
    let mut names = BTreeSet::new();
    for (name, _) in &groups {
        if !names.insert(name) {
            let name = clean_line(name);
            return Err(Hinted::error(
                format!("the group `{name}` is given twice"),
                "give each group once, with all of its people",
            ));
        }
    }
    if groups.len() < 2 {
        return Err(Hinted::error(
            "a rate alone says nothing: two groups are needed",
            "`--group NAME=SELECTED/OF` twice or more, or `--counts FILE`",
        ));
    }
    let rows = compare(&groups);
    let report = fairness::Fairness {
        schema: SCHEMA,
        report: "fairness",
        groups: &rows,
    };
    let written = Report {
        document: &|| fairness::document(&report),
        rows: &|| fairness::rows(&rows),
        json: &|| json(&report),
    };
    args.form.write(context, &written)?;
    Ok(ExitState::Clean)
}

fn group(given: &str) -> Result<(String, Group), String> {
    const SHAPE: &str = "write NAME=SELECTED/OF, as women=18/60";
    let (name, counts) = given.rsplit_once('=').ok_or(SHAPE)?;
    let (selected, of) = counts.split_once('/').ok_or(SHAPE)?;
    let number = |word: &str| word.trim().parse::<u64>().map_err(|_| SHAPE.to_owned());
    let name = name.trim();
    if name.is_empty() {
        return Err(SHAPE.to_owned());
    }
    let group = Group {
        selected: number(selected)?,
        of: number(of)?,
    };
    check(group)?;
    Ok((name.to_owned(), group))
}

fn check(group: Group) -> Result<(), String> {
    if group.selected > group.of {
        return Err(format!(
            "{} of {} is more than all",
            group.selected, group.of
        ));
    }
    if group.of > MOST_PEOPLE {
        return Err(format!("more than {MOST_PEOPLE} people"));
    }
    Ok(())
}

fn from_file(context: &Context, file: &std::path::Path) -> anyhow::Result<Vec<(String, Group)>> {
    let path = clean_line(&shown(file));
    let rows = group_csv::read(file).map_err(|error| {
        Hinted::error(
            format!("{path}: {error}"),
            "name a CSV with the columns group, selected, of",
        )
    })?;
    let mut groups = Vec::new();
    let mut problems = 0;
    for row in rows {
        let group = row.group.and_then(|(name, selected, of)| {
            let group = Group { selected, of };
            check(group).map(|()| (name, group))
        });
        match group {
            Ok(group) => groups.push(group),
            Err(why) => {
                problems += 1;
                context.note(&format!("{path}:{}: {}", row.line, clean_line(&why)));
            }
        }
    }
    if problems > 0 {
        return Err(Hinted::error(
            format!("{path} has rows that cannot be used"),
            "each row is a group: its name, how many were selected, of how many",
        ));
    }
    Ok(groups)
}
