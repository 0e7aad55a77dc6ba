//! What plots are drawn from: lines, boxes, dots and texts in whole pixels.

use anyhow::Result;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Rectangle};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, ShapeStyle, TextStyle};

use super::theme::Shade;

/// A place, in pixels from the left and from the top.
pub(super) type Place = (i32, i32);

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Start,
    Middle,
    End,
}

/// A picture that is being drawn.
pub(super) struct Canvas<'raw> {
    area: DrawingArea<SVGBackend<'raw>, Shift>,
}

impl<'raw> Canvas<'raw> {
    /// An empty picture, which is written to `raw`.
    pub(super) fn new(raw: &'raw mut String, width: i32, height: i32) -> Self {
        let side = |length: i32| u32::try_from(length).unwrap_or(0);
        let backend = SVGBackend::with_string(raw, (side(width), side(height)));
        Self {
            area: backend.into_drawing_area(),
        }
    }

    /// A line.
    pub(super) fn line(&self, from: Place, to: Place, shade: Shade, thick: u32) -> Result<()> {
        let style = filled(shade).stroke_width(thick);
        self.draw(&PathElement::new([from, to], style))
    }

    /// A box from its upper left to its lower right corner.
    pub(super) fn cell(&self, from: Place, to: Place, shade: Shade) -> Result<()> {
        self.draw(&Rectangle::new([from, to], filled(shade)))
    }

    /// A filled circle.
    pub(super) fn dot(&self, at: Place, radius: i32, shade: Shade) -> Result<()> {
        self.draw(&Circle::new(at, radius, filled(shade)))
    }

    /// A text, `size` pixels high, with its middle at the height of its place.
    pub(super) fn text(
        &self,
        text: &str,
        at: Place,
        side: Side,
        size: i32,
        shade: Shade,
    ) -> Result<()> {
        Ok(self.area.draw_text(text, &letters(size, shade, side), at)?)
    }

    /// A text that is read upwards from its place.
    pub(super) fn turned(&self, text: &str, at: Place, size: i32, shade: Shade) -> Result<()> {
        let style = letters(size, shade, Side::Start).transform(FontTransform::Rotate270);
        Ok(self.area.draw_text(text, &style, at)?)
    }

    /// Ends the picture.
    pub(super) fn done(self) -> Result<()> {
        Ok(self.area.present()?)
    }

    fn draw<Element>(&self, element: &Element) -> Result<()>
    where
        for<'all> &'all Element: PointCollection<'all, Place>,
        Element: Drawable<SVGBackend<'raw>>,
    {
        Ok(self.area.draw(element)?)
    }
}

fn filled(shade: Shade) -> ShapeStyle {
    shade.stand_in().filled()
}

fn letters(size: i32, shade: Shade, side: Side) -> TextStyle<'static> {
    let across = match side {
        Side::Start => HPos::Left,
        Side::Middle => HPos::Center,
        Side::End => HPos::Right,
    };
    // The library takes the height of a line for the size, and writes that of the letters.
    TextStyle {
        font: ("sans-serif", f64::from(size) * 1.24).into_font(),
        color: shade.stand_in().to_backend_color(),
        pos: Pos::new(across, VPos::Center),
    }
}
