//! Figures: SVG pictures that plotters draws, with a text alternative, for book and notebooks.
//!
//! A topic's `figures` module draws from the reference implementation with fixed
//! seeds and hands out a [`Figure`]. The book takes it as [`Theme::Book`], whose
//! colours follow the reader's theme; a notebook shows it as [`Theme::Paper`] by
//! having it as the last expression of a cell.
//!
//! Not here: rasterising, animation, interaction. Colours are the Okabe-Ito
//! palette ("Color Universal Design", Okabe and Ito 2008), darkened where a line
//! would have less contrast than 3:1 with white.

mod book;
mod ink;
mod sequence;

pub use book::{BookFile, book_files, table};
pub use ink::Ink;
pub use sequence::{Party, Sequence};

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, TextStyle};
use xxhash_rust::xxh3::xxh3_64;

use crate::display;

/// Drawing units to one CSS pixel of a figure at its natural size.
///
/// plotters places things on whole units; with four to the pixel, circles and
/// curves look smooth, with one they jitter.
pub const UNITS_PER_PIXEL: u32 = 4;

/// What a drawing function may fail with. Drawing goes into a string, so this
/// happens only when the drawing itself is wrong (a range of no width, say).
pub type DrawingError = DrawingAreaErrorKind<std::io::Error>;

/// Where a drawing function draws.
pub type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Where a figure will be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// In a page of the book: no background; text and lines take their colours
    /// from the page's style sheet, so that they read on light and dark alike.
    Book,
    /// Anywhere else: fixed colours on white.
    Paper,
}

/// A picture with its title and its text alternative.
///
/// # Examples
///
/// ```
/// use exercises::figure::{Figure, Ink, Theme};
/// use plotters::element::Circle;
///
/// let figure = Figure::draw(
///     "A dot",
///     "One blue dot in the middle of an empty square.",
///     (100, 100),
///     |canvas| canvas.draw(&Circle::new((200, 200), 40, Ink::Blue.filled())),
/// );
/// assert!(figure.to_svg(Theme::Book).contains(r#"fill="var(--figure-blue, #0072B2)""#));
/// assert!(figure.to_svg(Theme::Paper).contains(r##"fill="#0072B2""##));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    title: String,
    description: String,
    width_px: u32,
    height_px: u32,
    /// What is between the `<svg>` tags, in [`Ink`]'s fixed colours.
    shapes: String,
}

impl Figure {
    /// Draws a figure of the given natural size in CSS pixels.
    ///
    /// `description` says in words what a reader who cannot see the picture
    /// would miss. `draw` works in units of a quarter pixel, see
    /// [`UNITS_PER_PIXEL`], and takes its colours from [`Ink`].
    ///
    /// # Panics
    ///
    /// If `draw` fails: it writes into memory, so its failure is a bug in it.
    pub fn draw(
        title: impl Into<String>,
        description: impl Into<String>,
        (width_px, height_px): (u32, u32),
        draw: impl FnOnce(&Canvas<'_>) -> Result<(), DrawingError>,
    ) -> Self {
        let title = title.into();
        let units = (width_px * UNITS_PER_PIXEL, height_px * UNITS_PER_PIXEL);
        let mut svg = String::new();
        {
            let canvas = SVGBackend::with_string(&mut svg, units).into_drawing_area();
            let drawn = draw(&canvas).and_then(|()| canvas.present());
            if let Err(error) = drawn {
                panic!("drawing {title:?} failed: {error}");
            }
        }
        Self {
            title,
            description: description.into(),
            width_px,
            height_px,
            shapes: shapes_of(&svg),
        }
    }

    /// The figure's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The figure in words, for readers who cannot see it.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The figure as an `<svg>` element.
    ///
    /// It holds no blank line, so that Markdown takes it as one block of HTML,
    /// and its ids differ from those of every other picture on the page.
    pub fn to_svg(&self, theme: Theme) -> String {
        let id = format!("figure-{:08x}", xxh3_64(self.shapes.as_bytes()) as u32);
        let (width, height) = (
            self.width_px * UNITS_PER_PIXEL,
            self.height_px * UNITS_PER_PIXEL,
        );
        let (background, shapes) = match theme {
            Theme::Book => (String::new(), Ink::themed(&self.shapes)),
            Theme::Paper => (
                "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n".to_owned(),
                self.shapes.clone(),
            ),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\">\n\
             <title id=\"{id}-title\">{}</title>\n\
             <desc id=\"{id}-description\">{}</desc>\n\
             {background}{shapes}</svg>\n",
            self.width_px,
            self.height_px,
            escaped(&self.title),
            escaped(&self.description),
        )
    }

    /// Shows the figure in a notebook: evcxr calls this for a cell's last value.
    ///
    /// The text alternative goes along as `text/plain`.
    pub fn evcxr_display(&self) {
        let words = format!("{}. {}", self.title, self.description);
        display::show(&[
            ("image/svg+xml", &self.to_svg(Theme::Paper)),
            ("text/plain", &words),
        ]);
    }
}

/// A size in CSS pixels as drawing units.
pub fn px(pixels: f64) -> i32 {
    (pixels * f64::from(UNITS_PER_PIXEL)).round() as i32
}

/// Text of a height in CSS pixels, centred on the point at which it is drawn.
pub fn label(size_px: f64, ink: Ink) -> TextStyle<'static> {
    // plotters divides a font's size by this for the SVG.
    const PLOTTERS_FONT_RATIO: f64 = 1.24;
    let size = f64::from(px(size_px)) * PLOTTERS_FONT_RATIO;
    let mut style =
        TextStyle::from(("sans-serif", size).into_font()).pos(Pos::new(HPos::Center, VPos::Center));
    style.color = ink.colour().to_backend_color();
    style
}

/// Like [`label`], in bold.
pub fn bold_label(size_px: f64, ink: Ink) -> TextStyle<'static> {
    let mut style = label(size_px, ink);
    style.font = style.font.style(FontStyle::Bold);
    style
}

/// What stands between the outermost tags of an SVG file, one element a line.
fn shapes_of(svg: &str) -> String {
    let start = svg.find('>').map_or(0, |end_of_tag| end_of_tag + 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    let mut shapes = String::with_capacity(end - start);
    for line in svg[start..end]
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        shapes.push_str(line.trim_end());
        // plotters gives a text's content lines of its own; inside `<text>` the
        // line breaks would be drawn as spaces and push the text off its place.
        let inside_text = line.starts_with("<text") || !line.starts_with('<');
        if !inside_text {
            shapes.push('\n');
        }
    }
    shapes
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::element::{Circle, Text};

    fn dot_and_text() -> Figure {
        Figure::draw("Dot <1>", "A dot & a word.", (50, 50), |canvas| {
            canvas.draw(&Circle::new((100, 100), px(5.0), Ink::Vermillion.filled()))?;
            canvas.draw(&Text::new("word", (100, 40), label(12.0, Ink::Text)))
        })
    }

    #[test]
    fn a_book_figure_takes_its_colours_from_the_page_and_has_no_background() {
        let svg = dot_and_text().to_svg(Theme::Book);
        assert!(
            svg.contains("fill=\"var(--figure-vermillion, #C65000)\""),
            "{svg}"
        );
        assert!(svg.contains("fill=\"currentColor\""), "{svg}");
        assert!(!svg.contains("<rect"), "{svg}");
    }

    #[test]
    fn a_paper_figure_has_fixed_colours_on_white() {
        let svg = dot_and_text().to_svg(Theme::Paper);
        assert!(
            svg.contains("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>"),
            "{svg}"
        );
        assert!(!svg.contains("var("), "{svg}");
    }

    #[test]
    fn no_blank_line_ends_the_html_block_early() {
        for theme in [Theme::Book, Theme::Paper] {
            let svg = dot_and_text().to_svg(theme);
            assert!(svg.lines().all(|line| !line.trim().is_empty()), "{svg}");
            assert!(svg.contains(">word</text>"), "{svg}");
        }
    }

    #[test]
    fn the_text_alternative_is_named_by_ids_of_its_own() {
        let svg = dot_and_text().to_svg(Theme::Book);
        let other = Figure::draw("Other", "Nothing.", (50, 50), |_| Ok(())).to_svg(Theme::Book);
        let id = svg
            .split("<title id=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let id = id.unwrap_or_default();
        assert!(svg.contains(&format!("aria-labelledby=\"{id} ")), "{svg}");
        assert!(svg.contains("Dot &lt;1&gt;"), "{svg}");
        assert!(!other.contains(id), "{other}");
    }
}
