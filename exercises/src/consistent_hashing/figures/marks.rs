//! Marks on a dial: servers, and the ways of keys to them.

use std::f64::consts::TAU;

use plotters::element::{Circle as Disc, PathElement, Polygon};

use super::geometry::{at, clockwise_span};
use crate::figure::{Canvas, DrawingError, Ink, px};

/// The mark of the `rank`-th server: a shape of its own in its own hue.
pub(super) fn marker(
    canvas: &Canvas<'_>,
    (x, y): (i32, i32),
    size_px: f64,
    rank: usize,
) -> Result<(), DrawingError> {
    let corners = |angles: &[f64], stretch: f64| {
        let reach = f64::from(px(size_px)) * stretch;
        let corner = |turn: &f64| {
            let (sin, cos) = (turn * TAU).sin_cos();
            (
                x + (reach * sin).round() as i32,
                y - (reach * cos).round() as i32,
            )
        };
        angles.iter().map(corner).collect::<Vec<_>>()
    };
    let shape = match rank % 4 {
        0 => {
            canvas.draw(&Disc::new((x, y), px(size_px + 1.5), Ink::Page.filled()))?;
            return canvas.draw(&Disc::new((x, y), px(size_px), Ink::hue(rank).filled()));
        }
        1 => corners(&[0.125, 0.375, 0.625, 0.875], 1.25),
        2 => corners(&[0.0, 1.0 / 3.0, 2.0 / 3.0], 1.35),
        _ => corners(&[0.0, 0.25, 0.5, 0.75], 1.3),
    };
    canvas.draw(&Polygon::new(shape.clone(), Ink::hue(rank).filled()))?;
    let mut outline = shape;
    outline.extend(outline.first().copied());
    canvas.draw(&PathElement::new(outline, Ink::Page.line(1.5)))
}

/// The way of a key, clockwise from one angle to another and there out from one
/// radius to another, with an arrow's head.
pub(super) fn way(
    canvas: &Canvas<'_>,
    (from, to): (f64, f64),
    (radius, end): (f64, f64),
) -> Result<(), DrawingError> {
    const LIFT: f64 = 0.3;
    let span = clockwise_span(from, to);
    let steps = (span / 0.02).ceil().max(8.0) as usize;
    let path: Vec<(i32, i32)> = (0..=steps)
        .map(|step| {
            let gone = span * step as f64 / steps as f64;
            // The last stretch of the way rises to the band.
            let lifted = ((gone - span) / LIFT.min(span) + 1.0).max(0.0).powi(2);
            at(from + gone, radius + (end - radius) * lifted)
        })
        .collect();
    let (tip, tail) = (path[steps], path[steps - 2]);
    canvas.draw(&PathElement::new(path, Ink::Text.line(1.5)))?;
    canvas.draw(&Polygon::new(arrow_head(tail, tip), Ink::Text.filled()))
}

/// A triangle that points from `tail` to `tip`, a little beyond it.
fn arrow_head(tail: (i32, i32), tip: (i32, i32)) -> Vec<(i32, i32)> {
    let (dx, dy) = (f64::from(tip.0 - tail.0), f64::from(tip.1 - tail.1));
    let length = dx.hypot(dy).max(1.0);
    let (dx, dy) = (dx / length, dy / length);
    let place = |along: f64, across: f64| {
        let (along, across) = (f64::from(px(along)), f64::from(px(across)));
        let x = f64::from(tip.0) + dx * along - dy * across;
        let y = f64::from(tip.1) + dy * along + dx * across;
        (x.round() as i32, y.round() as i32)
    };
    vec![place(5.0, 0.0), place(-5.0, 4.5), place(-5.0, -4.5)]
}
