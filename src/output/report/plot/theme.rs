//! The colours of a plot: none of its own, names of classes that the style of the page fills in.

use std::fmt::Write;

use plotters::style::RGBColor;

use super::Drawing;
use crate::output::report::document::Plot;
use crate::output::report::markup::escaped;

/// The steps of a heat map.
pub(super) const STEPS: usize = 7;

/// What something is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shade {
    /// Text.
    Ink,
    /// Text and lines that step back.
    Soft,
    /// Lines that only guide the eye.
    Line,
    /// What is measured.
    Mark,
    /// What it is compared with.
    Reference,
    /// Behind every other row.
    Band,
    /// Behind the others.
    Paper,
    /// A cell, from the lightest to the darkest.
    Heat(usize),
    /// Text in such a cell.
    OnHeat(usize),
}

impl Shade {
    const PLAIN: [(Self, &'static str); 7] = [
        (Self::Ink, "ink"),
        (Self::Soft, "soft"),
        (Self::Line, "line"),
        (Self::Mark, "mark"),
        (Self::Reference, "reference"),
        (Self::Band, "band"),
        (Self::Paper, "paper"),
    ];

    /// The colour that the library is given in its stead; it goes no further than this file.
    pub(super) fn stand_in(self) -> RGBColor {
        let number = match self {
            Self::Heat(step) => 0x40 + step.min(STEPS - 1),
            Self::OnHeat(step) => 0x80 + step.min(STEPS - 1),
            plain => Self::PLAIN
                .iter()
                .position(|(shade, _)| *shade == plain)
                .unwrap_or(0),
        };
        RGBColor(0xfa, 0xce, u8::try_from(number).unwrap_or(0))
    }

    /// Every shade, with the class that the style knows it by.
    fn all() -> impl Iterator<Item = (Self, String)> {
        let plain = Self::PLAIN.map(|(shade, class)| (shade, class.to_owned()));
        let heat = (0..STEPS).flat_map(|step| {
            [
                (Self::Heat(step), format!("h{step}")),
                (Self::OnHeat(step), format!("t{step}")),
            ]
        });
        plain.into_iter().chain(heat)
    }
}

/// What the library wrote, with classes for colours, and with a title and a description.
///
/// Quotes in texts are escaped, so an attribute is not mistaken for what a name says.
pub(super) fn dressed(drawing: &Drawing, plot: &Plot, id: &str) -> String {
    let mut out = drawing.raw.clone();
    for (shade, class) in Shade::all() {
        let RGBColor(red, green, blue) = shade.stand_in();
        for property in ["fill", "stroke"] {
            out = out.replace(
                &format!(" {property}=\"#{red:02X}{green:02X}{blue:02X}\""),
                &format!(" {property}=\"currentColor\" class=\"{class}\""),
            );
        }
    }
    for needless in [
        " opacity=\"1\"",
        " stroke=\"none\"",
        " font-family=\"sans-serif\"",
    ] {
        out = out.replace(needless, "");
    }
    let id: String = id
        .chars()
        .map(|letter| match letter {
            _ if letter.is_ascii_alphanumeric() => letter,
            _ => '-',
        })
        .collect();
    let mut frame = format!(
        "<svg class=\"plot {}\" role=\"img\" preserveAspectRatio=\"xMinYMin meet\" aria-labelledby=\"{id}-title",
        drawing.classes
    );
    let title = escaped(&plot.title);
    let mut names = format!(">\n<title id=\"{id}-title\">{title}</title>");
    if !plot.about.is_empty() {
        let about = escaped(&plot.about);
        let _ = write!(frame, " {id}-about");
        let _ = write!(names, "\n<desc id=\"{id}-about\">{about}</desc>");
    }
    frame.push('"');
    out.replacen("<svg", &frame, 1).replacen('>', &names, 1)
}
