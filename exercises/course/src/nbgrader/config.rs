//! nbgrader's settings for these assignments.

/// Text of `nbgrader_config.py`.
///
/// The line for a cell that comes back begins with `# `, which nbgrader puts there for
/// Python. Behind it, `[allow(unused)]` makes an attribute of it, and the cell compiles.
pub(super) const TEXT: &str = r##"# Made by `cargo course nbgrader`.
c = get_config()
c.CourseDirectory.course_id = "system-design-in-rust"

# A solution cell holds the solution in a region that nbgrader takes out, and below it
# the stub in a comment whose two ends are such regions: what is left is the stub.
c.ClearSolutions.code_stub = {"rust": ""}

# A graded cell that was removed comes back. nbgrader puts "# " before this line.
c.OverwriteCells.add_missing_cells = True
c.OverwriteCells.missing_cell_notification = (
    "[allow(unused)] // The cell {cell_id} was missing; nbgrader has put it back.\n"
)

# Seconds. A graded cell compiles, then tries its rule under several seeds, each with a
# limit of 10 s; the other cells may have to compile the crate first.
c.Execute.timeout_func = lambda cell: (
    120 if cell.metadata.get("nbgrader", {}).get("grade", False) else 900
)
"##;
