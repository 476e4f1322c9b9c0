//! The points, in the groups of the book's table.

mod errors;
mod messages;
mod output;
mod speed;
mod survival;

use crate::Point;

/// The group in which Jupyter's own test of kernels has its line.
pub const MESSAGES: &str = "Jupyter's messages";

/// Points that belong together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its heading.
    pub title: &'static str,
    /// What the facts in it mean, where they do not say it themselves.
    pub note: &'static str,
    /// Its lines.
    pub points: Vec<Point>,
}

/// All points.
///
/// # Examples
///
/// ```
/// let groups = kernel_compare::points::all();
/// assert_eq!(groups[0].title, "A cell that fails");
/// ```
pub fn all() -> Vec<Group> {
    vec![
        Group {
            title: "A cell that fails",
            note: "The cell first moves one variable of an earlier cell, and then does what the \
                   line says. *error* is the status of the reply; *kept* is a variable that the \
                   cell did not touch, with its value; *back* is the one that it moved.",
            points: survival::points(),
        },
        Group {
            title: "What an error says",
            note: "",
            points: errors::points(),
        },
        Group {
            title: "Text and rich output",
            note: "",
            points: output::points(),
        },
        Group {
            title: MESSAGES,
            note: "In Jupyter's own test of kernels, the cells that clear an output and open the \
                   pager are written for ours.",
            points: messages::points(),
        },
        Group {
            title: "Speed",
            note: "The median of nine, and in brackets the quickest and the slowest. One kernel was \
                   measured after the other, so that a difference below that range says nothing.",
            points: speed::points(),
        },
    ]
}
