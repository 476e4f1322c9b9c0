//! Where things are on a dial.

use std::f64::consts::TAU;

use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::consistent_hashing::{Circle, shares};
use crate::figure::px;

/// Middle of every dial, in CSS pixels.
const CENTRE: (f64, f64) = (220.0, 200.0);

/// How positions become angles: turns from the top, clockwise, in radians.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dial {
    /// Positions of one turn; 2^64 for a real ring.
    positions: u128,
}

impl Dial {
    pub(super) const WHOLE: Self = Self { positions: 1 << 64 };

    pub(super) fn of(positions: u64) -> Self {
        Self {
            positions: u128::from(positions.max(1)),
        }
    }

    pub(super) fn is_toy(self) -> bool {
        self.positions < Self::WHOLE.positions
    }

    pub(super) fn angle(self, position: u64) -> f64 {
        position as f64 / self.positions as f64 * TAU
    }

    /// Every arc as from, to and owner; `to` is not below `from`.
    pub(super) fn arcs(self, circle: &Circle) -> Vec<(f64, f64, &str)> {
        let points: Vec<(u64, &str)> = circle.points().collect();
        let Some((last, _)) = points.last() else {
            return Vec::new();
        };
        let mut from = self.angle(*last) - TAU;
        let mut arcs = Vec::with_capacity(points.len());
        for (position, server) in points {
            let to = self.angle(position);
            arcs.push((from, to, server));
            from = to;
        }
        arcs
    }

    /// Each server's part of the turn, in the order of the names.
    pub(super) fn shares(self, circle: &Circle) -> Vec<(&str, f64)> {
        if !self.is_toy() {
            return shares(circle);
        }
        let mut owned: Vec<(&str, f64)> = circle
            .servers()
            .iter()
            .map(|server| (server.as_str(), 0.0))
            .collect();
        for (from, to, server) in self.arcs(circle) {
            if let Some((_, share)) = owned.iter_mut().find(|(name, _)| *name == server) {
                *share += (to - from) / TAU;
            }
        }
        owned
    }

    /// Position of the point that a key at `position` goes to.
    pub(super) fn successor(self, circle: &Circle, position: u64) -> Option<u64> {
        let mut points = circle.points().map(|(point, _)| point);
        let first = circle.points().next()?.0;
        Some(points.find(|point| *point >= position).unwrap_or(first))
    }

    pub(super) fn ticks(self) -> Vec<(f64, String)> {
        if !self.is_toy() {
            return Vec::new();
        }
        (0..4)
            .map(|quarter| {
                let position = self.positions * quarter / 4;
                (quarter as f64 / 4.0 * TAU, position.to_string())
            })
            .collect()
    }

    pub(super) fn positions_in_words(self) -> String {
        if self.is_toy() {
            self.positions.to_string()
        } else {
            "2^64".to_owned()
        }
    }

    /// A toy ring's position as its number, a real one's as a part of the turn:
    /// twenty digits tell a listener nothing.
    pub(super) fn in_words(self, position: u64) -> String {
        if self.is_toy() {
            position.to_string()
        } else {
            format!(
                "{:.1}% of the way round",
                position as f64 / self.positions as f64 * 100.0
            )
        }
    }
}

/// The place of an angle at a radius in CSS pixels, in drawing units.
pub(super) fn at(angle: f64, radius_px: f64) -> (i32, i32) {
    let (sin, cos) = angle.sin_cos();
    (
        px(CENTRE.0 + radius_px * sin),
        px(CENTRE.1 - radius_px * cos),
    )
}

/// Where text of this size starts, so that it stands clear of a dial: beside it
/// on the right and the left, centred above and below.
pub(super) fn outside(angle: f64) -> Pos {
    let across = angle.sin();
    let horizontal = match across {
        _ if across > 0.35 => HPos::Left,
        _ if across < -0.35 => HPos::Right,
        _ => HPos::Center,
    };
    Pos::new(horizontal, VPos::Center)
}

/// Places for labels around a dial, at three distances, so that the names of
/// close neighbours do not cover one another.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    last: [Option<f64>; 3],
}

impl Shelves {
    /// Room for one letter, in radians.
    const ROOM: f64 = 0.085;

    /// The nearest shelf with room at this angle; angles must come in order.
    pub(super) fn place(&mut self, angle: f64) -> usize {
        let free = |last: &Option<f64>| last.is_none_or(|last| angle - last >= Self::ROOM);
        let shelf = self
            .last
            .iter()
            .position(free)
            .unwrap_or(self.last.len() - 1);
        self.last[shelf] = Some(angle);
        shelf
    }
}

/// The outline of a piece of a band.
pub(super) fn sector((from, to): (f64, f64), inner_px: f64, outer_px: f64) -> Vec<(i32, i32)> {
    let steps = ((to - from) / 0.03).ceil().max(1.0) as usize;
    let angles = (0..=steps).map(|step| from + (to - from) * step as f64 / steps as f64);
    let outer = angles.clone().map(|angle| at(angle, outer_px));
    let inner = angles.rev().map(|angle| at(angle, inner_px));
    outer.chain(inner).collect()
}

/// How far it is clockwise from one angle to another.
pub(super) fn clockwise_span(from: f64, to: f64) -> f64 {
    (to - from).rem_euclid(TAU)
}

/// A server's name without its label (`A@40`) or its domain (`cache-00.example:6379`).
pub(super) fn short(server: &str) -> &str {
    server.split(['@', '.']).next().unwrap_or(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toy_ring_wraps_behind_its_last_point() {
        let mut circle = Circle::default();
        circle.insert("A", [64]).expect("the name is new");
        circle.insert("B", [192]).expect("the name is new");
        let dial = Dial::of(256);
        assert_eq!(dial.successor(&circle, 193), Some(64));
        assert_eq!(dial.shares(&circle), [("A", 0.5), ("B", 0.5)]);
        assert!(
            (clockwise_span(dial.angle(200), dial.angle(64)) - TAU * 120.0 / 256.0).abs() < 1e-12
        );
    }

    #[test]
    fn close_neighbours_get_shelves_of_their_own() {
        let mut shelves = Shelves::default();
        let placed = [0.0, 0.01, 0.02, 0.1, 0.5].map(|angle| shelves.place(angle));
        assert_eq!(placed, [0, 1, 2, 0, 0]);
    }

    #[test]
    fn names_lose_what_a_figure_has_no_room_for() {
        assert_eq!(short("A@40,50"), "A");
        assert_eq!(short("cache-00.example:6379"), "cache-00");
        assert_eq!(short("plain"), "plain");
    }
}
