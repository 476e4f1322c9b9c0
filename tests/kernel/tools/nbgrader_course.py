"""A course for nbgrader with one assignment of 100 graded cells, and three students.

    nbgrader_course.py make      writes the configuration and the assignment's source
    nbgrader_course.py submit    hands in three solutions of the released assignment
    nbgrader_course.py points    prints each student's points, ten cells a line, and
                                 in which ways each of the ten tasks has failed

All of it in the current folder. What a wrong solution does depends on its place, so that
each kind of failure happens often, between cells that must not be harmed by it.
"""

import shutil
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

GROUPS, TASKS, POINTS = 10, 10, 2
SOURCE, RELEASE = Path("source/tens/tens.ipynb"), Path("release/tens")

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "tens"
c.ClearSolutions.code_stub = {"rust": "// YOUR CODE HERE\\ntodo!()"}
# Only the endless loop: no other cell may fail on a machine that is busy.
c.Execute.timeout_func = lambda cell: 3 if "f92" in cell.source else None
"""


def is_fallible(task):
    return task == 9


def function(group, task, body, returns=None):
    returns = returns or ("Result<i64, String>" if is_fallible(task) else "i64")
    return f"fn f{group}{task}(x: i64) -> {returns} {{\n{body}\n}}"


def right(group, task):
    """Some print: what stands on standard output is no failure."""
    value = f"x * {group}{task} + 1"
    return {
        5: f'    println!("error: Panic");\n    {value}',
        7: f'    print!("no newline");\n    {value}',
        9: f"    Ok({value})",
    }.get(task, f"    {value}")


def wrong(group, task):
    """Ten ways to fail; the first keeps the test that the student sees."""
    value, name = f"x * {group}{task} + 1", f"f{group}{task}"
    body = [
        f"if x == 1 {{ {value} }} else {{ 0 }}",
        "x - 1",
        "vec![1, 2, 3][x as usize + 7]",
        f'format!("{{}}", {value})',
        "std::process::exit(0)",
        "std::process::abort()",
        "todo!()",
        f"std::hint::black_box({name}(std::hint::black_box(x + 1))) + 1",
        f"if x < 2 {{ {value} }} else {{ 0 }}",
        'Err("not today".to_owned())',
    ][task]
    # The fourth has another type, so that the cell which tests it does not compile.
    return function(group, task, "    " + body, "String" if task == 3 else None)


def check(group, task):
    """The graded cell. The ninth task gives part of its points by its result."""
    name, n = f"f{group}{task}", f"{group}{task}"
    if task == 8:
        return f"(0..4).filter(|&x| {name}(x) == x * {n} + 1).count() as f64 / 2.0"
    called = f"{name}(1)?" if is_fallible(task) else f"{name}(1)"
    hidden = f"// BEGIN HIDDEN TESTS\nassert_eq!({name}(2), 2 * {n} + 1);\n// END HIDDEN TESTS"
    return f"assert_eq!({called}, {n} + 1);" + ("\n" + hidden if task == 0 else "")


def cell(grade_id, source, grade):
    metadata = {
        "grade_id": grade_id,
        "grade": grade,
        "solution": not grade,
        "locked": grade,
        "schema_version": 3,
        "task": False,
    }
    if grade:
        metadata["points"] = POINTS
    return new_code_cell(source, metadata={"nbgrader": metadata})


def solution_cell(group):
    regions = (
        "    // BEGIN SOLUTION\n" + right(group, task) + "\n    // END SOLUTION"
        for task in range(TASKS)
    )
    functions = [function(group, task, body) for task, body in enumerate(regions)]
    return cell(f"solve-{group}", "\n\n".join(functions), grade=False)


def make():
    Path("nbgrader_config.py").write_text(CONFIG)
    spec = {"name": "rust", "language": "rust", "display_name": "Rust"}
    notebook = new_notebook(metadata={"kernelspec": spec})
    for group in range(GROUPS):
        notebook.cells.append(solution_cell(group))
        for task in range(TASKS):
            name = f"test-{group}{task}"
            notebook.cells.append(cell(name, check(group, task), grade=True))
    SOURCE.parent.mkdir(parents=True)
    nbformat.write(notebook, SOURCE)


def solve_all(group, released):
    return "\n\n".join(function(group, task, right(group, task)) for task in range(TASKS))


def solve_every_second(group, released):
    def solve(task):
        is_right = (group + task) % 2 == 0
        body = function(group, task, right(group, task))
        return body if is_right else wrong(group, task)

    return "\n\n".join(solve(task) for task in range(TASKS))


def solve_none(group, released):
    if group == 3:
        return released  # handed in as it was given out
    functions = [wrong(group, task) for task in range(TASKS)]
    # Not half of the points, as the ninth kind would give.
    functions[8] = function(group, 8, "    -1")
    if group == 6:
        functions[5] = functions[5].rstrip("}")  # the whole cell does not compile
    if group == 9:
        functions[2] = function(group, 2, "    loop {}")
    return "\n\n".join(functions)


STUDENTS = {"all": solve_all, "half": solve_every_second, "none": solve_none}


def submit():
    for student, solve in STUDENTS.items():
        folder = Path("submitted") / student / RELEASE.name
        shutil.copytree(RELEASE, folder)
        notebook = nbformat.read(folder / SOURCE.name, as_version=4)
        cells = [cell for cell in notebook.cells if cell.metadata.nbgrader.solution]
        for group, cell in enumerate(cells):
            cell.source = solve(group, cell.source)
        nbformat.write(notebook, folder / SOURCE.name)


def points():
    from nbgrader.api import Gradebook

    with Gradebook("sqlite:///gradebook.db") as gradebook:
        for student in STUDENTS:
            submission = gradebook.find_submission_notebook("tens", "tens", student)
            by_name = {grade.name: grade.auto_score for grade in submission.grades}
            assert len(by_name) == GROUPS * TASKS, by_name
            print(student)
            for group in range(GROUPS):
                row = (by_name[f"test-{group}{task}"] for task in range(TASKS))
                print(" ".join(f"{score:g}" if score is not None else "?" for score in row))
    for task in range(TASKS):
        print(f"task {task}:", *sorted(failures(task)))


def failures(task):
    """Names of the errors in the graded cells of a task, of the student without points."""
    path = Path("autograded/none/tens/tens.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    graded = {f"test-{group}{task}" for group in range(GROUPS)}
    return {
        output.ename
        for cell in cells
        if cell.metadata.nbgrader.grade_id in graded
        for output in cell.outputs
        if output.output_type == "error"
    }


if __name__ == "__main__":
    {"make": make, "submit": submit, "points": points}[sys.argv[1]]()
