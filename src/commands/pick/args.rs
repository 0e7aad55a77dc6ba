//! The flags of `intervy pick`.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use super::counted::{Counted, Number};

/// Arguments of `intervy pick`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[command(
    after_help = "The screen is proven to be the best: it fills the minutes, comes as near as it can to\n\
                  the difficulty mix of intervy.toml, asks questions in the mode that suits the slot,\n\
                  takes those that were asked least and longest ago, and repeats neither categories\n\
                  nor tags. Among all screens that are equally good, the seed chooses. docs/pick.md\n\
                  has the formulas.\n\n\
                  COUNT is a number (2), a range (1..3, 2.., ..3), or a share of the questions\n\
                  (25%, 20%..40%).\n\n\
                  Exit status: 0 picked, 1 no screen satisfies the request, 2 could not run."
)]
pub struct Args {
    /// At least this many distinct categories
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(super) categories: Option<u32>,
    /// The whole slot, intro and closing included [default: that of the blueprint, or of intervy.toml]
    #[arg(long, value_name = "N", value_parser = super::super::minutes)]
    pub(super) minutes: Option<u32>,
    /// A blueprint of the bank
    #[arg(long, value_name = "NAME", conflicts_with = "hiring_loop")]
    pub(super) blueprint: Option<String>,

    /// How many questions
    #[arg(long, value_name = "COUNT", help_heading = "Conditions")]
    pub(super) questions: Option<Number>,
    /// At most this many questions of any one category
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100), help_heading = "Conditions")]
    pub(super) max_per_category: Option<u32>,
    /// Questions of this category: at least one, or as many as COUNT says
    #[arg(long, value_name = "NAME[=COUNT]", help_heading = "Conditions")]
    pub(super) category: Vec<Counted>,
    /// Questions of this difficulty, counted alike
    #[arg(long, value_name = "WORD[=COUNT]", help_heading = "Conditions")]
    pub(super) difficulty: Vec<Counted>,
    /// Questions of this kind, counted alike
    #[arg(long, value_name = "WORD[=COUNT]", help_heading = "Conditions")]
    pub(super) kind: Vec<Counted>,
    /// Questions with this tag, counted alike
    #[arg(long, value_name = "WORD[=COUNT]", help_heading = "Conditions")]
    pub(super) tag: Vec<Counted>,
    /// Only questions for this level; with COUNT, so many for it among others
    #[arg(long, value_name = "WORD[=COUNT]", help_heading = "Conditions")]
    pub(super) level: Vec<Counted>,
    /// A question that must be in the screen
    #[arg(long, value_name = "ID", help_heading = "Conditions")]
    pub(super) include: Vec<String>,
    /// A question that must not be
    #[arg(long, value_name = "ID", help_heading = "Conditions")]
    pub(super) exclude: Vec<String>,
    /// Questions that are asked together or not at all
    #[arg(long, value_name = "ID,ID…", help_heading = "Conditions")]
    pub(super) together: Vec<String>,

    /// Conditions that do not hold this time, whoever set them: intervy.toml, a blueprint, the questions
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        help_heading = "Conditions"
    )]
    pub(super) without: Vec<Without>,

    /// Where earlier screens and scorecards are [default: with --candidate, --cool-down or --exposure-cap the
    /// `[interviews] dir` of intervy.toml]
    #[arg(long, value_name = "DIR", help_heading = "Memory")]
    pub(super) history: Option<PathBuf>,
    /// Questions rest for this many days after they were asked [default: that of intervy.toml]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=3_650), help_heading = "Memory")]
    pub(super) cool_down: Option<u32>,
    /// Questions that were in this many screens rest [default: that of intervy.toml]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000), help_heading = "Memory")]
    pub(super) exposure_cap: Option<u32>,
    /// The candidate's pseudonym: no question is met again, and the screen says whom it is for
    #[arg(long, value_name = "ID", value_parser = super::super::pseudonym, help_heading = "Memory")]
    pub(super) candidate: Option<String>,
    /// The day of the interview, to which the days of rest are counted [default: today; in the screen only with
    /// --candidate]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::super::date, help_heading = "Memory")]
    pub(super) date: Option<Date>,

    /// All screens of a loop at once, so that the candidate meets nothing twice
    #[arg(
        long = "loop",
        value_name = "NAME",
        conflicts_with = "minutes",
        help_heading = "Several screens"
    )]
    pub(super) hiring_loop: Option<String>,
    /// So many parallel forms: alike in minutes and difficulty, with few questions in common
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(2..=50), conflicts_with_all = ["hiring_loop", "from"], help_heading = "Several screens")]
    pub(super) forms: Option<u32>,
    /// The most questions that two forms share, anchors apart
    #[arg(long, value_name = "L", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100), requires = "forms", help_heading = "Several screens")]
    pub(super) max_overlap: u32,
    /// The most forms that a question is in, anchors apart
    #[arg(long, value_name = "U", value_parser = clap::value_parser!(u32).range(1..=50), requires = "forms", help_heading = "Several screens")]
    pub(super) max_uses: Option<u32>,
    /// So many questions are in every form, so that interviewers can be compared across forms
    #[arg(long, value_name = "A", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=20), requires = "forms", help_heading = "Several screens")]
    pub(super) anchors: u32,
    /// Where to write them, a file each
    #[arg(long, value_name = "DIR", help_heading = "Several screens")]
    pub(super) out_dir: Option<PathBuf>,

    /// A picked screen to change
    #[arg(long, value_name = "FILE", conflicts_with_all = ["hiring_loop", "blueprint", "minutes"], help_heading = "Changing a screen")]
    pub(super) from: Option<PathBuf>,
    /// A question of it to replace; all others stay
    #[arg(
        long,
        value_name = "ID",
        requires = "from",
        conflicts_with = "keep",
        help_heading = "Changing a screen"
    )]
    pub(super) replace: Vec<String>,
    /// A question of it that stays; all others may change
    #[arg(
        long,
        value_name = "ID",
        requires = "from",
        num_args = 1..,
        help_heading = "Changing a screen"
    )]
    pub(super) keep: Vec<String>,

    /// Makes the choice repeatable; drawn and shown when not given
    #[arg(long, value_name = "N", value_parser = super::seed, help_heading = "Search")]
    pub(super) seed: Option<u64>,
    /// Stop after this long with the best screen so far; 0 for no limit. So does Ctrl-C
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = super::watch::seconds, help_heading = "Search")]
    pub(super) time_limit: f64,
    /// Say why every question is in, what would take its place, and which conditions bind
    #[arg(long, conflicts_with = "forms", help_heading = "Search")]
    pub(super) explain: bool,
    /// Show what the bank offers for this request, and how many sets of questions satisfy it, instead of picking
    #[arg(long, conflicts_with_all = ["output", "out_dir", "explain", "dry_run", "forms"], help_heading = "Search")]
    pub(super) stats: bool,
    /// Solve, and show the size of the model, the time and the verdict instead of the screen
    #[arg(long, conflicts_with_all = ["output", "out_dir", "explain"], help_heading = "Search")]
    pub(super) dry_run: bool,

    /// Where to write the screen; `-` for standard output
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub(super) output: Option<PathBuf>,
    /// The format [default: text; with -o that of the file's ending, else toml]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
}

/// A sort of condition that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Without {
    /// The wanted shares of difficulties
    Mix,
    /// The least number of categories
    Categories,
    /// The most questions of any category
    MaxPerCategory,
    /// The number of questions, of the screen and of segments
    Questions,
    /// Counts and shares of categories, difficulties, kinds, levels and tags
    Counts,
    /// The levels that questions must be for
    Levels,
    /// Questions that must be there: included, required, one of a list
    Include,
    /// Questions that must not be there
    Exclude,
    /// Questions that go together
    Together,
    /// The ask modes of segments
    Modes,
    /// The categories, kinds, difficulties and tags of segments
    Filters,
    /// At most one question of a group
    Groups,
    /// Questions that never meet
    NeverWith,
    /// Days of rest
    CoolDown,
    /// The cap on exposure
    ExposureCap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A timeline to run the interview from
    Text,
    /// The pinned screen
    Toml,
    /// The pinned screen, in the same shape
    Json,
    /// The interviewer's packet as Markdown
    Markdown,
}
