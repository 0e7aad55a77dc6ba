//! Colours as `#rrggbb`, and whether text in one can be read on another.

/// A colour by its red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The background of a document in the light.
pub const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
/// The background of a document in the dark.
pub const NIGHT: Colour = Colour([0x15, 0x17, 0x1b]);

/// The least contrast of text that WCAG 2.2 asks for at level AA (success criterion 1.4.3).
pub const READABLE: f64 = 4.5;

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The contrast with another colour, from 1 to 21, as WCAG 2.2 defines it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let contrast = |text: &str| {
            let colour = Colour::read(text);
            colour.map_or(0.0, |colour| colour.contrast(WHITE))
        };
        // Black on white is 21 to 1 by definition; #767676 is the lightest grey that reaches 4.5.
        assert!((contrast("#000000") - 21.0).abs() < 1e-9);
        assert!(contrast("#767676") >= READABLE && contrast("#777777") < READABLE);
        for other in ["767676", "#76767", "#7676761", "#76767g", "#é7676", "red"] {
            assert_eq!(Colour::read(other), None, "{other}");
        }
    }
}
