//! Values with their intervals on one axis, a row each: a caterpillar plot.

use anyhow::Result;

use super::axis::{Scale, ends};
use super::canvas::{Canvas, Side};
use super::theme::Shade;
use super::widths::{cut, widest, width};
use super::{Drawing, Shape, count, drawable, number};
use crate::output::report::document::{Intervals, Mark};
use crate::output::report::markup::line;

/// The height of letters, of names and of what explains them.
const LARGE: i32 = 13;
const SMALL: i32 = 12;
const LINE: i32 = 20;
const TICKS: i32 = 24;
/// Where the names are not above the lines, what one may take.
const NAMES: (i32, i32) = (24, 290);

/// Lengths that depend on what a picture is made for.
struct Lengths {
    width: i32,
    /// Before the axis, where no names are.
    left: i32,
    /// Beyond the last tick there is room for half of its number.
    right: i32,
    row: i32,
    /// From the top of a row to its name, and to its interval.
    name: i32,
    mark: i32,
    key: i32,
    /// With more rows than these the axis is needed above, too.
    many: usize,
}

const WIDE: Lengths = Lengths {
    width: 720,
    left: 16,
    right: 24,
    row: 24,
    name: 12,
    mark: 12,
    key: 30,
    many: 25,
};

const NARROW: Lengths = Lengths {
    width: 340,
    left: 12,
    right: 12,
    row: 42,
    name: 13,
    mark: 31,
    key: 50,
    many: 12,
};

/// Where everything stands.
struct Layout<'plot> {
    plot: &'plot Intervals,
    shape: Shape,
    lengths: &'static Lengths,
    scale: Option<Scale>,
    names: Vec<String>,
    /// The ends of the axis.
    left: i32,
    right: i32,
    /// The rows.
    top: i32,
    bottom: i32,
    height: i32,
    /// Whether what the axis counts stands below what its ends mean.
    has_two_lines: bool,
}

/// Draws the rows in their order, on the axis that all of them need.
pub(super) fn draw(plot: &Intervals, whole: &Intervals, shape: Shape) -> Result<Drawing> {
    let layout = Layout::of(plot, whole, shape);
    let mut raw = String::new();
    let canvas = Canvas::new(&mut raw, layout.lengths.width, layout.height);
    layout.ground(&canvas)?;
    layout.axis(&canvas)?;
    layout.key(&canvas)?;
    for (row, mark) in plot.marks.iter().enumerate() {
        layout.mark(&canvas, row, mark)?;
    }
    canvas.done()?;
    Ok(Drawing {
        raw,
        classes: "intervals",
    })
}

impl<'plot> Layout<'plot> {
    fn of(plot: &'plot Intervals, whole: &Intervals, shape: Shape) -> Self {
        let (lengths, most) = match shape {
            Shape::Wide => (&WIDE, NAMES.1),
            Shape::Narrow => (&NARROW, NARROW.width - 2 * NARROW.left),
        };
        let name = |mark: &Mark| cut(&line(&mark.name), LARGE, most);
        let all: Vec<String> = whole.marks.iter().map(name).collect();
        let left = match shape {
            Shape::Wide => widest(&all, LARGE).clamp(NAMES.0, NAMES.1) + lengths.left,
            Shape::Narrow => lengths.left,
        };
        let right = lengths.width - lengths.right;
        let is_long = plot.marks.len() > lengths.many;
        let top = lengths.key + if is_long { TICKS } else { 4 };
        let rows = count(plot.marks.len().max(1)).saturating_mul(lengths.row);
        let bottom = top.saturating_add(rows);
        let words = plot
            .ends
            .as_ref()
            .map_or(0, |both| widest(both, SMALL) + 30);
        let title = width(&line(&plot.axis), SMALL);
        let has_two_lines = words > 0 && words * 2 + title > right - left;
        let below = TICKS + LINE + if has_two_lines { LINE } else { 2 };
        Self {
            plot,
            shape,
            lengths,
            scale: Scale::over(whole, (left, right), SMALL),
            names: plot.marks.iter().map(name).collect(),
            left,
            right,
            top,
            bottom,
            height: bottom.saturating_add(below),
            has_two_lines,
        }
    }

    /// Where a row begins.
    fn row(&self, row: usize) -> i32 {
        let above = count(row).saturating_mul(self.lengths.row);
        self.top.saturating_add(above)
    }

    /// Bands behind every other row, and a line at each tick.
    fn ground(&self, canvas: &Canvas<'_>) -> Result<()> {
        for row in (0..self.plot.marks.len()).step_by(2) {
            let end = (self.lengths.width, self.row(row + 1));
            canvas.cell((0, self.row(row)), end, Shade::Band)?;
        }
        for (x, _) in self.scale.iter().flat_map(|scale| &scale.ticks) {
            canvas.line((*x, self.top), (*x, self.bottom), Shade::Line, 1)?;
        }
        let reference = self.plot.reference.and_then(drawable);
        if let (Some(scale), Some(reference)) = (&self.scale, reference) {
            let x = scale.at(reference);
            canvas.line((x, self.top - 4), (x, self.bottom), Shade::Reference, 2)?;
        }
        Ok(())
    }

    /// The axis with its numbers, what it counts, and what its ends mean.
    fn axis(&self, canvas: &Canvas<'_>) -> Result<()> {
        let Some(scale) = &self.scale else {
            let at = (self.left, self.row(0) + self.lengths.mark);
            return canvas.text("nothing to show", at, Side::Start, SMALL, Shade::Soft);
        };
        let (right, wide) = (self.right, self.lengths.width);
        let base = self.bottom;
        canvas.line((self.left, base), (right, base), Shade::Soft, 1)?;
        for (x, words) in &scale.ticks {
            canvas.line((*x, base), (*x, base + 5), Shade::Soft, 1)?;
            // A long number at an end of the axis does not leave the picture.
            let half = width(words, SMALL) / 2;
            let x = (*x).clamp(half.min(wide / 2), (wide - half).max(wide / 2));
            canvas.text(words, (x, base + 14), Side::Middle, SMALL, Shade::Soft)?;
            if self.plot.marks.len() > self.lengths.many {
                let at = (x, self.top - 12);
                canvas.text(words, at, Side::Middle, SMALL, Shade::Soft)?;
            }
        }
        let mut y = base + TICKS + 10;
        if let Some([low, high]) = &self.plot.ends {
            let room = (right - self.left) / 2 - 10;
            let low = cut(&format!("\u{2190} {}", line(low)), SMALL, room);
            let high = cut(&line(high), SMALL, room - 20) + " \u{2192}";
            canvas.text(&low, (self.left, y), Side::Start, SMALL, Shade::Ink)?;
            canvas.text(&high, (right, y), Side::End, SMALL, Shade::Ink)?;
            y += if self.has_two_lines { LINE } else { 0 };
        }
        let title = cut(&line(&self.plot.axis), SMALL, right - self.left);
        let middle = i32::midpoint(self.left, right);
        canvas.text(&title, (middle, y), Side::Middle, SMALL, Shade::Ink)
    }

    /// What a dot, a line and the dashes are.
    fn key(&self, canvas: &Canvas<'_>) -> Result<()> {
        if self.scale.is_none() {
            return Ok(());
        }
        let (x, y) = (self.left, 12);
        canvas.line((x, y), (x + 32, y), Shade::Mark, 2)?;
        canvas.dot((x + 16, y), 4, Shade::Mark)?;
        let words = "value and its interval";
        canvas.text(words, (x + 40, y), Side::Start, SMALL, Shade::Soft)?;
        let Some(reference) = self.plot.reference.and_then(drawable) else {
            return Ok(());
        };
        let (x, y) = match self.shape {
            Shape::Wide => (x + 40 + width(words, SMALL) + 20, y),
            Shape::Narrow => (x + 16, y + LINE),
        };
        canvas.line((x, y - 8), (x, y + 8), Shade::Reference, 2)?;
        let words = format!("compared with {}", shortest(reference));
        let at = match self.shape {
            Shape::Wide => (x + 10, y),
            Shape::Narrow => (x + 24, y),
        };
        canvas.text(&words, at, Side::Start, SMALL, Shade::Soft)
    }

    fn mark(&self, canvas: &Canvas<'_>, row: usize, mark: &Mark) -> Result<()> {
        let y = self.row(row) + self.lengths.mark;
        self.name(canvas, row)?;
        let Some(scale) = &self.scale else {
            return Ok(());
        };
        if let Some((low, high)) = ends(mark) {
            let (from, to) = ((scale.at(low), y), (scale.at(high), y));
            canvas.line(from, to, Shade::Mark, 2)?;
        }
        if let Some(value) = drawable(mark.value) {
            return canvas.dot((scale.at(value), y), 4, Shade::Mark);
        }
        let at = (self.left + 6, y);
        self.clear(canvas, row, at, "no value")?;
        canvas.text("no value", at, Side::Start, SMALL, Shade::Soft)
    }

    fn name(&self, canvas: &Canvas<'_>, row: usize) -> Result<()> {
        let Some(name) = self.names.get(row) else {
            return Ok(());
        };
        let y = self.row(row) + self.lengths.name;
        if self.shape == Shape::Wide {
            let at = (self.left - self.lengths.left, y);
            return canvas.text(name, at, Side::End, LARGE, Shade::Ink);
        }
        let at = (self.left, y);
        self.clear(canvas, row, at, name)?;
        canvas.text(name, at, Side::Start, LARGE, Shade::Ink)
    }

    /// Takes the lines away that would cross a text.
    fn clear(
        &self,
        canvas: &Canvas<'_>,
        row: usize,
        (x, y): (i32, i32),
        words: &str,
    ) -> Result<()> {
        let ground = [Shade::Band, Shade::Paper][row % 2];
        let end = (x + 4 + width(words, LARGE)).min(self.lengths.width);
        canvas.cell((x - 4, y - LINE / 2), (end, y + LINE / 2), ground)
    }
}

/// A number with as many decimals as it needs, three at most.
fn shortest(value: f64) -> String {
    let text = number(value, 3);
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
