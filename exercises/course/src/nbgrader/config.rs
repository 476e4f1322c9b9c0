//! nbgrader's settings for these assignments.

/// Text of `nbgrader_config.py`.
pub(super) const TEXT: &str = r##"# Made by `cargo course nbgrader`.
from nbgrader.preprocessors import OverwriteCells

c = get_config()
c.CourseDirectory.course_id = "system-design-in-rust"

# A solution cell holds the solution in a region that nbgrader takes out, and below it
# the stub in a comment whose two ends are such regions: what is left is the stub.
c.ClearSolutions.code_stub = {"rust": ""}

# A graded cell that was removed comes back, with a note in a comment of Python's.
c.OverwriteCells.add_missing_cells = True
pythons_comment = OverwriteCells.missing_cell_transform


def rusts_comment(*arguments, **named):
    cell = pythons_comment(*arguments, **named)
    if cell.cell_type == "code" and cell.source.startswith("#"):
        cell.source = "//" + cell.source[1:]
    return cell


OverwriteCells.missing_cell_transform = rusts_comment

# Seconds. A graded cell compiles, then tries its rule under several seeds, each with a
# limit of 10 s; the other cells may have to compile the crate first.
c.Execute.timeout_func = lambda cell: (
    120 if cell.metadata.get("nbgrader", {}).get("grade", False) else 900
)
"##;
