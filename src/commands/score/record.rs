//! Answers that flags or a file give, all of them or none.

use jiff::{Timestamp, Zoned};

use super::args::Args;
use super::begin::{begin, behind, not_kept, told};
use super::from::{self, Given};
use super::now;
use super::place::{self, Wanted};
use super::screen::Called;
use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::scorecard::{Answer, Rating, Revision, Scorecard};
use crate::model::screen::Screen;
use crate::model::suggest;
use crate::model::vocabulary::{CardStatus, Vocabulary};
use crate::model::words::counted;
use crate::output::terminal::clean_line;
use crate::score::{Change, Missing, Refused, import, missing};
use crate::store::files::{Files, shown};
use crate::store::interviews::Begun;

/// Takes the answers.
///
/// # Errors
/// When one of them cannot be taken; then none is.
pub(super) fn run(
    context: &Context,
    args: &Args,
    bank: &Bank,
    files: &Files,
) -> anyhow::Result<ExitState> {
    args.are_clear()?;
    let path = args.from.as_deref();
    let given = path.map(|path| from::read(context, path)).transpose()?;
    let (wanted, given) = match given {
        None => (place::wanted(context, args, bank, files)?, None),
        Some(given) => {
            let (wanted, card) = given_for(context, args, bank, files, given)?;
            (wanted, Some(card))
        }
    };
    are_known(args, &wanted.screen)?;
    let from = given.as_ref();
    let at = now();
    if !wanted.is_kept() {
        // Not even a folder is made for what cannot be taken.
        changed(&wanted.blank, from, args, &wanted.screen, at)?;
    }
    let (mut session, begun) = begin(context, bank, &wanted)?;
    let mut card = changed(session.card(), from, args, &wanted.screen, at)?;
    no_anchors(context, bank, session.card(), &card);
    let lacking = missing(&card, &bank.config.evidence);
    let wants_submission = args.submit || from.is_some_and(Scorecard::is_submitted);
    if wants_submission && !card.is_submitted() && lacking.is_empty() {
        take(&mut card, &wanted.screen, &Change::Submit { at })
            .map_err(|refused| hinted(&refused))?;
    }
    if begun == Begun::New || card != *session.card() {
        session.record(card).map_err(not_kept)?;
    }
    let card = session.card().clone();
    let path = clean_line(&shown(&session.paths().card));
    for notice in session.notices() {
        context.warn(&told(&notice));
    }
    if let Some(behind) = behind(&session) {
        context.warn(&behind);
    }
    session.close();
    if wants_submission && !card.is_submitted() {
        context.note(&format!("saved {path}, not submitted:"));
        for missing in &lacking {
            context.note(&format!("  {}", in_words(missing)));
        }
        context.note("`--set`, `--note`, `--overall` and `--reason` say it, or the command without them asks");
        return Ok(ExitState::Findings);
    }
    context.note(&format!("saved {path}: {}", state(&card)));
    Ok(ExitState::Clean)
}

/// How far a scorecard is, in words.
fn state(card: &Scorecard) -> String {
    let is_answered = |rating: &&Rating| rating.answer.is_some();
    let answered = card.questions.iter().filter(is_answered).count();
    match card.status {
        CardStatus::Draft => format!(
            "{answered} of {}",
            counted(card.questions.len(), "question", "questions")
        ),
        status => status.name().to_owned(),
    }
}

/// The scorecard with all that the file and the flags say.
fn changed(
    kept: &Scorecard,
    from: Option<&Scorecard>,
    args: &Args,
    screen: &Screen,
    at: Timestamp,
) -> anyhow::Result<Scorecard> {
    let mut card = kept.clone();
    let from = from.map(|from| import::changes(kept, from, at)).transpose();
    let mut changes = from
        .map_err(|refused| hinted(&refused))?
        .unwrap_or_default();
    changes.extend(said(args, at)?);
    for change in &changes {
        take(&mut card, screen, change).map_err(|refused| hinted(&refused))?;
    }
    if card.date.is_none() && !card.is_submitted() {
        card.date = Some(Zoned::now().date());
    }
    Ok(card)
}

/// Whether the screen has the questions that flags name; looked at before anything is written.
fn are_known(args: &Args, screen: &Screen) -> anyhow::Result<()> {
    let set = args.set.iter().map(|(id, _)| id);
    let notes = args.note.iter().map(|(id, _)| id);
    let modes = args.mode.iter().map(|(id, _)| id);
    let known = || screen.questions.iter().map(|pinned| pinned.id.as_str());
    for id in set.chain(notes).chain(modes) {
        if !known().any(|own| own == id) {
            let list = || known().collect::<Vec<_>>().join(", ");
            let hint = suggest::hint(id, known());
            return Err(Hinted::error(
                format!("the screen has no question `{}`", clean_line(id)),
                hint.unwrap_or_else(|| format!("it has {}", clean_line(&list()))),
            ));
        }
    }
    Ok(())
}

/// The scorecard that a file is for, by the flags or by what it says itself, and what it says of it.
fn given_for(
    context: &Context,
    args: &Args,
    bank: &Bank,
    files: &Files,
    given: Given,
) -> anyhow::Result<(Wanted, Scorecard)> {
    let said = |own: &Option<String>, given: &str| {
        own.clone()
            .or_else(|| (!given.is_empty()).then(|| given.to_owned()))
    };
    let by_file = || Called::ByFile {
        id: given.card.screen.clone(),
        file: args.from.clone().unwrap_or_default(),
    };
    let by_command = args.screen.clone().map(Called::ByCommand);
    let named = place::Named {
        screen: by_command.or_else(|| (!given.card.screen.is_empty()).then(by_file)),
        candidate: said(&args.candidate, &given.card.candidate),
        interviewer: said(&args.interviewer, &given.card.interviewer),
        date: args.date.or(given.card.date),
    };
    let wanted = match place::find(context, &args.place, &named, bank, files) {
        Ok(wanted) => wanted,
        Err(error) => return Err(given.with_problems(context, error)),
    };
    let names_screen = args.screen.is_some();
    let card = given.checked(context, &wanted.screen, &wanted.blank, names_screen)?;
    Ok((wanted, card))
}

/// The changes that flags ask for.
///
/// # Errors
/// When they take back what is handed in.
fn said(args: &Args, at: Timestamp) -> anyhow::Result<Vec<Change>> {
    if let Some(reason) = &args.revise {
        let revision = |question: Option<String>, answer: Answer| {
            Change::Revise(Revision {
                at,
                reason: reason.clone(),
                question,
                answer,
            })
        };
        let mut changes = Vec::new();
        for (question, answer) in &args.set {
            let Some(answer) = answer else {
                return Err(Hinted::error(
                    "a revision says what it is now, and takes nothing back",
                    "`none` is no rating, `skip` not asked",
                ));
            };
            changes.push(revision(Some(question.clone()), *answer));
        }
        let overall = args.overall.map(Answer::Score);
        changes.extend(overall.map(|answer| revision(None, answer)));
        return Ok(changes);
    }
    let mut changes = Vec::new();
    for (question, answer) in &args.set {
        changes.push(Change::Answer {
            question: question.clone(),
            answer: *answer,
            at,
        });
    }
    for (question, text) in &args.note {
        changes.push(Change::Note {
            question: question.clone(),
            text: text.clone(),
        });
    }
    for (question, mode) in &args.mode {
        changes.push(Change::Mode {
            question: question.clone(),
            mode: *mode,
        });
    }
    changes.extend(args.date.map(|date| Change::Date { date }));
    changes.extend(
        args.overall
            .map(|score| Change::Overall { score: Some(score) }),
    );
    changes.extend(args.reason.clone().map(|text| Change::Reason { text }));
    Ok(changes)
}

/// Makes a change; a question that is answered was asked as planned unless somebody says otherwise.
pub(super) fn take(card: &mut Scorecard, screen: &Screen, change: &Change) -> Result<(), Refused> {
    crate::score::apply(card, change)?;
    if let Change::Answer {
        question, answer, ..
    } = change
        && let Some(pinned) = screen
            .questions
            .iter()
            .find(|pinned| pinned.id == *question)
        && let Some(rating) = card
            .questions
            .iter_mut()
            .find(|rating| rating.id == *question)
    {
        match answer {
            Some(Answer::NotAsked) => rating.mode = None,
            Some(_) => rating.mode = rating.mode.or(Some(pinned.mode)),
            None => {}
        }
    }
    Ok(())
}

fn hinted(refused: &Refused) -> anyhow::Error {
    let hint = match refused {
        Refused::Submitted => {
            "`--revise REASON` with `--set` or `--overall` adds a revision; the independent score stays"
        }
        Refused::Elsewhere => {
            "remove them; once the scorecard is handed in, `--revise REASON` with `--set` or `--overall` records a revision"
        }
        Refused::NotSubmitted => "score with `--set`; `--submit` hands it in",
        Refused::NoSuchQuestion(_) => "`intervy score SCREEN --csv-template` lists the questions",
        _ => "",
    };
    Hinted::error(clean_line(&refused.to_string()), hint)
}

/// Says which new scores their question does not describe.
fn no_anchors(context: &Context, bank: &Bank, before: &Scorecard, card: &Scorecard) {
    for rating in &card.questions {
        let Some(score) = rating.answer.and_then(Answer::score) else {
            continue;
        };
        let is_new = before.rating(&rating.id).and_then(|rating| rating.answer) != rating.answer;
        let Some(question) = bank.question(&rating.id).filter(|_| is_new) else {
            continue;
        };
        let has_anchor = |anchor: &crate::model::question::Anchor| anchor.score.value == score;
        if !question.text.body().anchors.iter().any(has_anchor) {
            context.warn(&format!(
                "`{}` does not say what {score} looks like: the scale's own words stand in",
                clean_line(&rating.id)
            ));
        }
    }
}

/// What is missing, in words.
pub(super) fn in_words(missing: &Missing) -> String {
    match missing {
        Missing::Answer(id) => format!(
            "`{}` has no score: 1 to 5, `none` (no rating) or `skip` (not asked)",
            clean_line(id)
        ),
        Missing::Note(id) => format!(
            "the score of `{}` needs a note: what was said",
            clean_line(id)
        ),
        Missing::Overall => "there is no overall recommendation, 1 to 5".to_owned(),
        Missing::Reason => "the overall recommendation has no reason".to_owned(),
    }
}
