//! How the scores of a class spread, as a figure and as a table.

use exercises::figure::{Canvas, DrawingError, Figure, Ink, Theme, label, px};
use exercises::grade::page::escaped;
use plotters::chart::ChartBuilder;
use plotters::element::{Rectangle, Text};

use super::tally::{N_BINS, bin_name};

/// The figure with its caption, and the numbers behind it as a table.
pub(super) fn html(bins: &[usize; N_BINS]) -> String {
    let rows: String = (0..N_BINS)
        .map(|bin| {
            let name = escaped(&bin_name(bin));
            format!(
                "<tr><th scope=\"row\">{name}</th><td class=\"number\">{}</td></tr>\n",
                bins[bin]
            )
        })
        .collect();
    format!(
        "<figure>\n{}<figcaption>Learners by score: their points of all exercises, in per cent. \
         The last bar is full scores only.</figcaption>\n</figure>\n\
         <details><summary>The numbers behind the figure</summary>\n<table class=\"table\">\n\
         <thead><tr><th scope=\"col\">score</th><th scope=\"col\" class=\"number\">learners</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</details>\n",
        draw(bins).to_svg(Theme::Book)
    )
}

fn draw(bins: &[usize; N_BINS]) -> Figure {
    Figure::draw("Learners by score", describe(bins), (460, 280), |canvas| {
        bars(canvas, bins)
    })
}

fn describe(bins: &[usize; N_BINS]) -> String {
    let filled = (0..N_BINS).filter(|bin| bins[*bin] > 0);
    let parts: Vec<String> = filled
        .map(|bin| format!("{}: {}", bin_name(bin), bins[bin]))
        .collect();
    format!(
        "Bars: how many of {} learners have which score. {}.",
        bins.iter().sum::<usize>(),
        parts.join(", ")
    )
}

fn bars(canvas: &Canvas<'_>, bins: &[usize; N_BINS]) -> Result<(), DrawingError> {
    // Room for the number above the highest bar; plotters wants a range of some width.
    let most = bins.iter().copied().max().unwrap_or(0).max(1) as f64;
    let mut chart = ChartBuilder::on(canvas)
        .margin(px(10.0))
        .x_label_area_size(px(48.0))
        .build_cartesian_2d(0.0..N_BINS as f64, 0.0..most * 1.12)?;
    chart
        .configure_mesh()
        .disable_mesh()
        .disable_y_axis()
        .axis_style(Ink::Muted.line(1.0))
        // The labels are drawn below, each in the middle of its bar.
        .x_labels(0)
        .draw()?;
    for (bin, n) in bins.iter().enumerate() {
        let (left, n_learners) = (bin as f64, *n as f64);
        let bar = [(left + 0.08, 0.0), (left + 0.92, n_learners)];
        chart.draw_series([Rectangle::new(bar, Ink::Blue.filled())])?;
        let (x, top) = chart.backend_coord(&(left + 0.5, n_learners));
        let (_, bottom) = chart.backend_coord(&(left + 0.5, 0.0));
        if *n > 0 {
            let count = Text::new(n.to_string(), (x, top - px(10.0)), label(14.0, Ink::Text));
            canvas.draw(&count)?;
        }
        let first = (10 * bin).to_string();
        canvas.draw(&Text::new(
            first,
            (x, bottom + px(14.0)),
            label(13.0, Ink::Text),
        ))?;
    }
    let (width, height) = canvas.dim_in_pixel();
    let middle = (width as i32 / 2, height as i32 - px(12.0));
    let axis = "score in per cent, from this number up";
    canvas.draw(&Text::new(axis, middle, label(14.0, Ink::Muted)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_figure_says_in_words_what_it_shows() {
        let mut bins = [0; N_BINS];
        (bins[0], bins[10]) = (2, 40);
        expect!["Bars: how many of 42 learners have which score. 0–9%: 2, 100%: 40."]
            .assert_eq(draw(&bins).description());
        let html = html(&bins);
        assert!(
            html.contains("<th scope=\"row\">100%</th><td class=\"number\">40</td>"),
            "{html}"
        );
    }

    #[test]
    fn a_class_without_a_score_has_a_figure_too() {
        assert!(draw(&[0; N_BINS]).to_svg(Theme::Book).starts_with("<svg"));
    }
}
