//! The lines: what a person waits for, in which unit, and what it may be.

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// From the kernel's start to the first figure, for who runs all cells at once.
    Tour,
    /// The same, beside a stock kernel whose own cache of crates is full.
    TourBesideCache,
    /// From the first cell to the first figure, for who reads before running it.
    TourLater,
    /// The first variable of a session.
    FirstVariable,
    /// A cell with a variable of an earlier one.
    WarmVariable,
    /// A cell without any.
    WarmTrivial,
    /// A cell that draws.
    WarmFigure,
    /// A cell with a variable, once `.await` was used.
    AfterAwait,
    /// `:dep` of a crate that the course's own crate has brought.
    KnownCrate,
    /// `:dep` of any crate, in the second session that asks for it.
    SecondSession,
    /// Four kernels that start together.
    Crowd,
    /// Jupyter's button *restart*, and a cell.
    Restart,
    /// What an idle kernel keeps.
    Memory,
    /// The same after a variable, with the kernel that waits for a restart.
    SpareMemory,
    /// Whether cells take longer the more cells there were.
    Growth,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// Two numbers of the same kernel, divided.
    Times,
}

/// What a number may be at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Our number divided by the other kernel's.
    Ratio(f64),
    /// Our number, in the line's unit.
    Ours(f64),
}

impl Row {
    /// In the table's order.
    pub const ALL: [Self; 15] = [
        Self::Tour,
        Self::TourBesideCache,
        Self::TourLater,
        Self::FirstVariable,
        Self::WarmVariable,
        Self::WarmTrivial,
        Self::WarmFigure,
        Self::AfterAwait,
        Self::KnownCrate,
        Self::SecondSession,
        Self::Crowd,
        Self::Restart,
        Self::Memory,
        Self::SpareMemory,
        Self::Growth,
    ];

    /// In words, for the table's first column.
    pub fn title(self) -> &'static str {
        match self {
            Self::Tour => "start to first figure, run at once",
            Self::TourBesideCache => "the same, beside a full `:cache`",
            Self::TourLater => "first figure, run 8 s after start",
            Self::FirstVariable => "first variable, 8 s after start",
            Self::WarmVariable => "a cell that uses a variable",
            Self::WarmTrivial => "a cell that uses none",
            Self::WarmFigure => "a cell that draws a figure",
            Self::AfterAwait => "uses a variable, after an `.await`",
            Self::KnownCrate => "`:dep` of a crate of the course",
            Self::SecondSession => "`:dep` of a crate, second session",
            Self::Crowd => "4 first figures at once, to one",
            Self::Restart => "restart after 30 s, to a cell's end",
            Self::Memory => "memory when idle, after a figure",
            Self::SpareMemory => "memory when idle, with the spare",
            Self::Growth => "the 200th cell's time to the 10th's",
        }
    }

    /// What its numbers count.
    pub fn unit(self) -> Unit {
        match self {
            Self::Memory | Self::SpareMemory => Unit::Bytes,
            Self::Crowd | Self::Growth => Unit::Times,
            _ => Unit::Seconds,
        }
    }

    /// What is asked of our kernel; all of it is to hold.
    pub fn goals(self) -> &'static [Goal] {
        use Goal::{Ours, Ratio};
        match self {
            Self::Tour => &[Ratio(0.15), Ours(6.0)],
            Self::TourBesideCache | Self::SpareMemory => &[],
            Self::TourLater => &[Ours(1.2)],
            Self::FirstVariable => &[Ratio(0.25)],
            Self::WarmVariable | Self::WarmFigure | Self::Restart => &[Ratio(0.5)],
            Self::WarmTrivial => &[Ratio(0.7)],
            Self::AfterAwait => &[Ratio(0.3)],
            Self::KnownCrate => &[Ratio(0.05)],
            Self::SecondSession => &[Ratio(0.2)],
            Self::Crowd => &[Ours(2.0)],
            Self::Memory => &[Ratio(1.0)],
            Self::Growth => &[Ours(1.3)],
        }
    }

    /// Whether it takes many minutes, and is measured once and on demand.
    pub fn is_long(self) -> bool {
        matches!(self, Self::TourBesideCache | Self::Growth)
    }

    /// Whether it says something only beside another kernel.
    pub(crate) fn is_beside_other(self) -> bool {
        self == Self::TourBesideCache
    }
}
