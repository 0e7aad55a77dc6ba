//! `--without`: conditions that do not hold this time.

use clap::ValueEnum;

use super::args::{Args, Without};
use crate::exit::Hinted;
use crate::pick::request::PickRequest;
use crate::pick::wish::Wish;

/// Refuses a condition that is set and switched off at once.
///
/// # Errors
/// When there is one.
pub(super) fn check(args: &Args) -> anyhow::Result<()> {
    let set = [
        (
            Without::Categories,
            args.categories.is_some(),
            "--categories",
        ),
        (
            Without::MaxPerCategory,
            args.max_per_category.is_some(),
            "--max-per-category",
        ),
        (Without::Questions, args.questions.is_some(), "--questions"),
        (Without::Counts, !args.category.is_empty(), "--category"),
        (Without::Counts, !args.difficulty.is_empty(), "--difficulty"),
        (Without::Counts, !args.kind.is_empty(), "--kind"),
        (Without::Counts, !args.tag.is_empty(), "--tag"),
        (
            Without::Levels,
            args.level.iter().any(|level| level.number.is_none()),
            "--level",
        ),
        (Without::Include, !args.include.is_empty(), "--include"),
        (Without::Exclude, !args.exclude.is_empty(), "--exclude"),
        (Without::Together, !args.together.is_empty(), "--together"),
        (Without::CoolDown, args.cool_down.is_some(), "--cool-down"),
        (
            Without::ExposureCap,
            args.exposure_cap.is_some(),
            "--exposure-cap",
        ),
    ];
    let mut set = set.into_iter();
    match set.find(|(switch, given, _)| *given && args.without.contains(switch)) {
        None => Ok(()),
        Some((switch, _, flag)) => {
            let name = switch.to_possible_value();
            let name = name.as_ref().map_or("", |value| value.get_name());
            Err(Hinted::error(
                format!("`--without {name}` switches off what `{flag}` asks for"),
                "leave one of them out",
            ))
        }
    }
}

/// Switches conditions off.
pub(super) fn switch_off(request: &mut PickRequest, without: &[Without]) {
    for switch in without {
        // Neither is a condition that could be in the way: a mix is a wish, and rest is told by the memory.
        if *switch == Without::Mix {
            request.constraints.mix.clear();
        }
        for wish in Wish::all(request) {
            if is_of(&wish, *switch) {
                wish.leave_out(request);
            }
        }
    }
}

fn is_of(wish: &Wish, switch: Without) -> bool {
    match switch {
        Without::Mix | Without::CoolDown | Without::ExposureCap => false,
        Without::Categories => matches!(wish, Wish::Categories),
        Without::MaxPerCategory => matches!(wish, Wish::PerCategory),
        Without::Questions => matches!(wish, Wish::Questions | Wish::SegmentCount(_)),
        Without::Counts => matches!(wish, Wish::Counted(_)),
        Without::Levels => matches!(wish, Wish::Levels),
        Without::Include => {
            matches!(wish, Wish::Include(_) | Wish::Required(_) | Wish::OneOf(_))
        }
        Without::Exclude => matches!(wish, Wish::Exclude(_)),
        Without::Together => matches!(wish, Wish::Together(_)),
        Without::Modes => matches!(wish, Wish::Mode(_)),
        Without::Filters => matches!(wish, Wish::Filter(_)),
        Without::Groups => matches!(wish, Wish::Groups),
        Without::NeverWith => matches!(wish, Wish::Enemies),
    }
}
