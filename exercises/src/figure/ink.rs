//! The colours of the figures.
//!
//! Drawing code names an ink, never a colour value: the fixed values below are
//! for paper, and in the book each stands for a variable of the style sheet
//! (`book/theme/course.css`), which has a value for each of mdBook's themes.

use plotters::style::{Color, RGBColor, ShapeStyle};

/// A colour with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Text and axes.
    Text,
    /// Text and lines that stay in the background.
    Muted,
    /// Grid lines and areas nobody should look at.
    Faint,
    /// The page itself: the halo that keeps a label readable on a line.
    Page,
    /// First of the four hues.
    Blue,
    /// Second hue.
    Vermillion,
    /// Third hue.
    Green,
    /// Fourth hue.
    Purple,
}

impl Ink {
    /// Every ink.
    pub const ALL: [Ink; 8] = [
        Ink::Text,
        Ink::Muted,
        Ink::Faint,
        Ink::Page,
        Ink::Blue,
        Ink::Vermillion,
        Ink::Green,
        Ink::Purple,
    ];

    /// The hues, in the order in which a figure uses them up.
    pub const HUES: [Ink; 4] = [Ink::Blue, Ink::Vermillion, Ink::Green, Ink::Purple];

    /// The hue of the `index`-th of many things; after four they repeat, so
    /// that a figure with more needs labels or shapes to tell them apart.
    pub fn hue(index: usize) -> Ink {
        Self::HUES[index % Self::HUES.len()]
    }

    /// The ink's value on white.
    pub fn colour(self) -> RGBColor {
        match self {
            Ink::Text => RGBColor(0x11, 0x11, 0x11),
            Ink::Muted => RGBColor(0x66, 0x66, 0x66),
            Ink::Faint => RGBColor(0xD5, 0xD5, 0xD5),
            Ink::Page => RGBColor(0xFF, 0xFF, 0xFF),
            Ink::Blue => RGBColor(0x00, 0x72, 0xB2),
            Ink::Vermillion => RGBColor(0xC6, 0x50, 0x00),
            Ink::Green => RGBColor(0x00, 0x80, 0x5D),
            Ink::Purple => RGBColor(0xA8, 0x54, 0x8A),
        }
    }

    /// The ink as a fill.
    pub fn filled(self) -> ShapeStyle {
        self.colour().filled()
    }

    /// The ink as a line of a width in CSS pixels.
    pub fn line(self, width_px: f64) -> ShapeStyle {
        self.colour()
            .stroke_width(u32::try_from(super::px(width_px)).unwrap_or(1))
    }

    /// Replaces each ink's fixed value by what the book's style sheet says.
    pub(super) fn themed(shapes: &str) -> String {
        Self::ALL.iter().fold(shapes.to_owned(), |svg, ink| {
            svg.replace(&format!("\"{}\"", ink.hex()), &format!("\"{}\"", ink.css()))
        })
    }

    /// The value as plotters writes it.
    fn hex(self) -> String {
        let RGBColor(red, green, blue) = self.colour();
        format!("#{red:02X}{green:02X}{blue:02X}")
    }

    fn css(self) -> String {
        let variable = match self {
            Ink::Text => return "currentColor".to_owned(),
            Ink::Page => "bg",
            Ink::Muted => "figure-muted",
            Ink::Faint => "figure-faint",
            Ink::Blue => "figure-blue",
            Ink::Vermillion => "figure-vermillion",
            Ink::Green => "figure-green",
            Ink::Purple => "figure-purple",
        };
        format!("var(--{variable}, {})", self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_inks_share_a_value_or_the_book_could_not_tell_them_apart() {
        let values: BTreeSet<String> = Ink::ALL.iter().map(|ink| ink.hex()).collect();
        assert_eq!(values.len(), Ink::ALL.len());
    }

    #[test]
    fn the_fifth_thing_has_the_first_hue_again() {
        assert_eq!(Ink::hue(4), Ink::Blue);
    }
}
