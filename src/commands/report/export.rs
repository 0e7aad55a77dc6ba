//! `intervy report export`: what is known, as tables for databases and spreadsheets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::doubts::Doubts;
use super::gather::settled;
use crate::cli::Context;
use crate::commands::interviews::{self, Folder, listed};
use crate::commands::progress::Working;
use crate::commands::{format_of, target};
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::model::words::counted;
use crate::output::tables::{self, Form};
use crate::output::terminal::clean_line;
use crate::report::tables::{Card, Known, OfCandidate, Table};
use crate::store::files::{Files, shown};
use crate::store::interviews::listing::Listing;
use crate::store::write::{self, Together};

/// Write what is known as tables: Parquet, CSV or JSON Lines
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Ratings are of candidates whose scorecards are all handed in. Notes and reasons are in no table. \
                  docs/export.md has every column, and the reports as SQL.\n\n\
                  Examples:\n  \
                  intervy report export --out-dir season\n  \
                  intervy report export --table ratings -o ratings.csv\n  \
                  intervy report export --table ratings | intervy report questions --from -"
)]
pub(super) struct Args {
    #[command(flatten)]
    folder: Folder,
    /// Only this table; several with commas [default: all]
    #[arg(
        long = "table",
        value_enum,
        value_name = "TABLE",
        value_delimiter = ','
    )]
    tables: Vec<Table>,
    /// The form [default: by the file's ending; parquet in a folder, csv on standard output]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Where to write a single table [default: standard output]
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    /// Write every table into this folder, a file each
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// Write it even into the bank's repository
    #[arg(long)]
    force: bool,
}

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns with types, for databases and data frames
    Parquet,
    /// For spreadsheets, and for `--from`
    Csv,
    /// An object a line
    Jsonl,
}

impl From<Format> for Form {
    fn from(format: Format) -> Self {
        match format {
            Format::Parquet => Self::Parquet,
            Format::Csv => Self::Csv,
            Format::Jsonl => Self::JsonLines,
        }
    }
}

const ENDINGS: [(&str, Format); 5] = [
    ("parquet", Format::Parquet),
    ("csv", Format::Csv),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("json", Format::Jsonl),
];

impl ValueEnum for Table {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.row_is()))
    }
}

/// Writes tables.
///
/// # Errors
/// When the folder of the interviews cannot be read, or a table not be written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let interviews = interviews::folder(bank, files, args.folder.interviews.as_ref())?;
    let tables: &[Table] = if args.tables.is_empty() {
        &Table::ALL
    } else {
        &args.tables
    };
    if let Some(folder) = &args.out_dir {
        target::check_folder(folder, &interviews, files.root(), args.force)?;
    } else if tables.len() > 1 {
        return Err(Hinted::error(
            format!("{} tables are more than one file", tables.len()),
            "write them into a folder with `--out-dir`, or choose one with `--table`",
        ));
    }
    let output = args.output.as_deref().unwrap_or(Path::new("-"));
    let is_stdout = args.out_dir.is_none() && output == Path::new("-");
    if !is_stdout && args.out_dir.is_none() {
        target::check(output, &interviews, files.root(), args.force)?;
    }
    let form = form(args, output, is_stdout)?;
    if is_stdout && form == Form::Parquet && context.is_terminal() {
        return Err(Hinted::error(
            "Parquet is nothing for a terminal",
            "write it into a file: `-o ratings.parquet`",
        ));
    }
    let working = Working::on("reading the interviews");
    let listing = listed(bank, files, args.folder.interviews.as_ref(), None)?;
    drop(working);
    let doubts = Doubts::of(bank, files, &args.folder, &listing)?;
    let known = known(context, bank, &listing, &doubts);
    let _working = Working::on("writing tables");
    match &args.out_dir {
        Some(folder) => into_folder(context, folder, form, tables, &known)?,
        None => single(context, output, form, tables, &known)?,
    }
    Ok(ExitState::Clean)
}

fn form(args: &Args, output: &Path, is_stdout: bool) -> anyhow::Result<Form> {
    if let Some(format) = args.format {
        return Ok(format.into());
    }
    let hint =
        "a table is .parquet, .csv or .jsonl; `--format` says which, whatever the file is called";
    let named = format_of(Some(output).filter(|_| !is_stdout), &ENDINGS, hint)?;
    let default = if args.out_dir.is_some() {
        Format::Parquet
    } else {
        Format::Csv
    };
    Ok(named.unwrap_or(default).into())
}

/// What tables tell, with what they do not tell said.
fn known<'l>(
    context: &Context,
    bank: &'l Bank,
    listing: &'l Listing,
    doubts: &Doubts,
) -> Known<'l> {
    let settled = settled(listing, doubts);
    settled.warn(context);
    let of_settled: BTreeSet<&str> = settled.candidates.iter().map(|one| one.name).collect();
    let screens: Vec<OfCandidate<'l>> = listing
        .screens
        .iter()
        .filter_map(|kept| {
            Some(OfCandidate {
                candidate: &kept.candidate,
                screen: kept.content.get()?,
            })
        })
        .collect();
    let by_id: BTreeMap<(&str, &str), &Screen> = screens
        .iter()
        .map(|of| ((of.candidate, of.screen.id.as_str()), of.screen))
        .collect();
    let cards = listing.cards.iter().filter_map(|kept| {
        let place = &kept.place;
        Some(Card {
            candidate: &place.candidate,
            screen_id: &place.screen,
            interviewer: &place.interviewer,
            card: kept.content.get()?,
            screen: by_id.get(&(&*place.candidate, &*place.screen)).copied(),
            is_settled: of_settled.contains(&*place.candidate),
        })
    });
    Known {
        bank,
        cards: cards.collect(),
        screens,
    }
}

fn into_folder(
    context: &Context,
    folder: &Path,
    form: Form,
    tables: &[Table],
    known: &Known<'_>,
) -> anyhow::Result<()> {
    write::make_folder(folder).with_context(|| format!("{} cannot be made", shown(folder)))?;
    let mut together = Together::default();
    let mut rows = Vec::new();
    for table in tables {
        let path = folder.join(format!("{}.{}", table.name(), form.ending()));
        together
            .add(&path, |file| {
                let count = tables::write(form, table.columns(), table.rows(known), file)?;
                rows.push(format!("{} {count}", table.name()));
                anyhow::Ok(())
            })
            .with_context(|| format!("{} cannot be written", clean_line(&shown(&path))))?;
    }
    together
        .settle()
        .with_context(|| format!("{} cannot be written", clean_line(&shown(folder))))?;
    context.note(&format!(
        "wrote {} to {}; rows: {}",
        counted(tables.len(), "table", "tables"),
        clean_line(&shown(folder)),
        rows.join(", ")
    ));
    Ok(())
}

fn single(
    context: &Context,
    output: &Path,
    form: Form,
    tables: &[Table],
    known: &Known<'_>,
) -> anyhow::Result<()> {
    let write_to = |out: &mut (dyn Write + Send)| -> anyhow::Result<()> {
        for table in tables {
            tables::write(form, table.columns(), table.rows(known), out)?;
        }
        Ok(())
    };
    if output != Path::new("-") {
        let mut file = Together::default();
        let shown = || format!("{} cannot be written", clean_line(&shown(output)));
        file.add(output, write_to).with_context(shown)?;
        return file.settle().with_context(shown);
    }
    if context.is_terminal() {
        let mut text = Vec::new();
        write_to(&mut text)?;
        return context.print_bytes(&text);
    }
    write_to(&mut std::io::BufWriter::new(std::io::stdout()))
}
