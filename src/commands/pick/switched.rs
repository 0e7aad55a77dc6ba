//! `--without`: conditions that do not hold this time.

use super::args::Without;
use crate::pick::request::PickRequest;
use crate::pick::wish::Wish;

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
