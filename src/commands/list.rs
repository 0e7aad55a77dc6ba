//! `intervy list`: the questions of the bank.

use clap::ValueEnum;

use super::word;
use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::question::Question;
use crate::model::suggest;
use crate::model::vocabulary::{Difficulty, Kind, Status};
use crate::output::questions;

/// Arguments of `intervy list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Every filter must hold; a filter given twice allows either value.")]
pub struct Args {
    /// Only this category, by id, name or alias
    #[arg(long, value_name = "NAME")]
    category: Vec<String>,
    /// Only this difficulty
    #[arg(long, value_name = "WORD", value_parser = word::<Difficulty>())]
    difficulty: Vec<Difficulty>,
    /// Only this kind
    #[arg(long, value_name = "WORD", value_parser = word::<Kind>())]
    kind: Vec<Kind>,
    /// Only questions for this level
    #[arg(long, value_name = "WORD")]
    level: Vec<String>,
    /// Only questions with this tag
    #[arg(long, value_name = "WORD")]
    tag: Vec<String>,
    /// Only this status
    #[arg(long, value_name = "WORD", value_parser = word::<Status>())]
    status: Vec<Status>,
    /// How to show the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// A JSON array
    Json,
    /// For a spreadsheet
    Csv,
}

/// Lists the questions that pass the filters.
///
/// # Errors
/// When a filter names a category that the bank does not have.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let (bank, _) = context.open_bank()?;
    let categories = categories(&bank, &args.category)?;
    let questions: Vec<&Question> = bank
        .questions
        .iter()
        .filter(|question| passes(question, args, &categories))
        .collect();
    match args.format {
        Format::Text => context.print(&questions::text(&questions, context.width()))?,
        Format::Json => context.print_raw(&questions::json(&questions)?)?,
        Format::Csv => context.print_raw(&questions::csv(&questions)?)?,
    }
    Ok(ExitState::Clean)
}

fn categories(bank: &Bank, words: &[String]) -> anyhow::Result<Vec<String>> {
    words
        .iter()
        .map(|word| {
            if let Some(category) = bank.config.find_category(word) {
                return Ok(category.id.value.clone());
            }
            let known = bank.config.categories.iter();
            let known = known.map(|category| category.id.as_str());
            Err(Hinted::error(
                format!("there is no category `{word}`"),
                suggest::hint(word, known).unwrap_or_default(),
            ))
        })
        .collect()
}

fn passes(question: &Question, args: &Args, categories: &[String]) -> bool {
    fn any<T>(wanted: &[T], test: impl Fn(&T) -> bool) -> bool {
        wanted.is_empty() || wanted.iter().any(test)
    }
    let matter = &question.matter;
    let tagged = |tag: &String| matter.tags.iter().any(|own| own.value == *tag);
    let levelled = |level: &String| matter.levels.iter().any(|own| own.value == *level);
    any(categories, |category| *category == matter.category.value)
        && any(&args.difficulty, |wanted| {
            *wanted == matter.difficulty.value
        })
        && any(&args.kind, |wanted| *wanted == matter.kind)
        && any(&args.status, |wanted| *wanted == matter.status)
        && any(&args.level, levelled)
        && any(&args.tag, tagged)
}
