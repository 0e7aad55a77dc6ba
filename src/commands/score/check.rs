//! `intervy score check`: whether the screens and scorecards below a folder hold together.

use std::fmt::Write;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::cli::Context;
use crate::commands::interviews::{self, listed};
use crate::exit::ExitState;
use crate::lint::fingerprint;
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level};
use crate::output::findings;
use crate::output::lint::{self, FORMATS, Report, RuleText, Subject};
use crate::output::terminal::{SOFT, styled};
use crate::score::blind;
use crate::score::check::{self, Filed, RULES};
use crate::store::files::{Files, shown};
use crate::store::interviews::listing::{Content, KeptCard, Listing};
use crate::store::interviews::{doubts, purge};
use crate::store::scorecard;

/// Checks the screens and scorecards below a folder; no message says a score or a note
#[derive(Debug, clap::Args)]
#[command(after_help = after_help())]
pub(super) struct Args {
    /// The folder of the interviews [default: `[interviews] dir` of intervy.toml]
    #[arg(value_name = "DIR", env = "INTERVY_INTERVIEWS", hide_env_values = true)]
    interviews: Option<PathBuf>,
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    format: String,
    /// The level from which on findings fail the run
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = ["error", "warning"])]
    fail_on: String,
}

fn formats() -> PossibleValuesParser {
    let values = FORMATS.iter().map(|format| {
        let help = match format.name {
            "text" => "Findings with their hints for people; nothing of the files is quoted",
            _ => format.help,
        };
        PossibleValue::new(format.name).help(help)
    });
    PossibleValuesParser::new(values)
}

fn after_help() -> String {
    let mut text = String::from("Rules:\n");
    for rule in RULES {
        let _ = writeln!(text, "  {:<21} {}", rule.name, rule.summary);
    }
    text.push_str(
        "\nExit status: 0 clean, 1 findings at or above the failing level, 2 could not run.",
    );
    text
}

/// Checks the folder.
///
/// # Errors
/// When there is no such folder.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let listing = listed(bank, files, args.interviews.as_ref(), None)?;
    let mut found = found(&listing, &bank.config.evidence);
    let interviews = interviews::folder(bank, files, args.interviews.as_ref())?;
    let doubts = doubts::of(&interviews);
    // Said once, by the reason that weighs more.
    let is_doubt = |path: &str| doubts.iter().any(|doubt| doubt.path == path);
    found.retain(|finding| !check::is_stray(finding) || !is_doubt(&finding.location.source.path));
    found.extend(
        doubts
            .iter()
            .map(|doubt| check::doubtful(&doubt.path, &doubt.why)),
    );
    for [other, name] in doubts::spelt_alike(&listing) {
        let folder = shown(&interviews.of_candidate(&name));
        let why = format!("`{other}` and `{name}` differ by case alone");
        found.push(check::doubtful(&folder, &why));
    }
    for left in purge::remains(&interviews) {
        let candidate = left.entry.is_ok().then_some(left.candidate.as_str());
        found.push(check::remains(&left.path, candidate));
    }
    found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    show(context, bank, args, &listing, &found)?;
    let least = if args.fail_on == "warning" {
        Level::Warning
    } else {
        Level::Error
    };
    if found.iter().any(|finding| finding.level >= least) {
        return Ok(ExitState::Findings);
    }
    Ok(ExitState::Clean)
}

fn found(listing: &Listing, evidence: &[u8]) -> Vec<Finding> {
    let mut found = listing.findings.clone();
    found.extend(listing.strays.iter().map(|path| check::stray(path)));
    let mut last = None;
    for screen in &listing.screens {
        if last != Some(&screen.candidate) {
            last = Some(&screen.candidate);
            found.extend(check::name("candidate", &screen.candidate, &screen.path));
        }
        match &screen.content {
            Content::Read(source, content) => {
                found.extend(check::screen(
                    source,
                    content,
                    &screen.candidate,
                    &screen.id,
                ));
            }
            Content::Unreadable(findings) => found.extend(findings.iter().cloned()),
            Content::Missing => {}
        }
    }
    for of_candidate in listing.cards.chunk_by(same_candidate) {
        // Only some scores need a note: that one is missing tells of a score, and somebody has yet to give theirs.
        let is_open = of_candidate.iter().any(is_open);
        let evidence = if is_open { &[] } else { evidence };
        for card in of_candidate {
            let mut of_card = of_card(listing, card, evidence);
            // A line tells how many lines are before it, and so which scores have notes.
            if is_open && !self::is_open(card) {
                for finding in &mut of_card {
                    finding.location.span = None;
                }
            }
            found.extend(of_card);
        }
    }
    found
}

fn same_candidate(one: &KeptCard, other: &KeptCard) -> bool {
    one.place.candidate == other.place.candidate
}

fn is_open(kept: &KeptCard) -> bool {
    kept.content.get().is_none_or(|card| !card.is_submitted())
}

fn of_card(listing: &Listing, kept: &KeptCard, evidence: &[u8]) -> Vec<Finding> {
    let mut found = Vec::new();
    let place = &kept.place;
    let beside = listing
        .screens
        .binary_search_by_key(&(&place.candidate, &place.screen), |screen| {
            (&screen.candidate, &screen.id)
        });
    let screen = beside.ok().and_then(|index| listing.screens.get(index));
    if screen.is_none() {
        found.push(check::without_screen(&kept.path));
        found.extend(check::name("candidate", &place.candidate, &kept.path));
    }
    if kept.is_interrupted {
        found.push(check::interrupted(&kept.path));
    }
    found.extend(check::name("interviewer", &place.interviewer, &kept.path));
    match &kept.content {
        Content::Read(source, card) => {
            let filed = Filed {
                source,
                card,
                questions: &scorecard::places(source),
                place: [&place.candidate, &place.screen, &place.interviewer],
                screen: screen.and_then(|screen| screen.content.get()),
            };
            found.extend(check::scorecard(&filed, evidence));
        }
        Content::Unreadable(findings) => found.extend(findings.iter().cloned().map(blind)),
        Content::Missing => {}
    }
    found
}

fn show(
    context: &Context,
    bank: &Bank,
    args: &Args,
    listing: &Listing,
    found: &[Finding],
) -> anyhow::Result<()> {
    let Some(format) = lint::format(&args.format) else {
        return Ok(());
    };
    let rules: Vec<RuleText> = RULES.iter().map(rule_text).collect();
    let report = Report {
        findings: found,
        fingerprints: fingerprints(bank, found),
        paths: crate::commands::lint::repository_paths(&std::env::current_dir()?),
        rules: &rules,
        subject: Subject::Scorecards,
        checked: listing.cards.len(),
        today: jiff::Zoned::now().date(),
        width: context
            .width()
            .unwrap_or(findings::WIDEST)
            .min(findings::WIDEST),
    };
    let text = (format.write)(&report);
    if format.for_people {
        context.print(&text)?;
        context.note(&styled(SOFT, report.tally()));
    } else {
        context.print_raw(&text)?;
    }
    Ok(())
}

/// Fingerprints that do not depend on what a finding points at: a score has few values, and each could be tried.
fn fingerprints(bank: &Bank, found: &[Finding]) -> Vec<String> {
    let mut without_text = found.to_vec();
    for finding in &mut without_text {
        finding.location.span = None;
    }
    fingerprint::unique(bank, &without_text)
}

fn rule_text(rule: &check::Rule) -> RuleText {
    RuleText {
        name: rule.name,
        group: "scorecards",
        level: rule.level,
        fix: None,
        summary: rule.summary.to_owned(),
        documentation: rule.summary.to_owned(),
    }
}
