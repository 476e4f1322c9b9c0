//! The committed files: what a reader sees who never runs them.

use std::process::Command;

use super::{committed, files, joined, plain, stem};
use crate::fixture::course::course_setup;
use crate::fixture::course::{root, said};

#[test]
fn every_notebook_has_its_source_beside_it() {
    let names = |extension| {
        files(extension)
            .iter()
            .map(|path| stem(path))
            .collect::<Vec<_>>()
    };
    assert!(!names("ipynb").is_empty());
    assert_eq!(
        names("ipynb"),
        names("md"),
        "`cargo course dev notebooks` makes the one from the other"
    );
}

#[test]
fn every_notebook_is_linked_from_the_chapter_of_its_name() {
    for notebook in committed() {
        let name = notebook.name();
        let chapter = root().join("book/src").join(format!("{name}.md"));
        let text = std::fs::read_to_string(&chapter)
            .unwrap_or_else(|error| panic!("{}: {error}", chapter.display()));
        assert!(
            text.contains(&format!("notebooks.html?open={name})")),
            "{} does not open it",
            chapter.display()
        );
    }
}

#[test]
fn every_notebook_is_valid_by_the_schema_of_format_4_5() {
    let validate = "import sys, nbformat
for path in sys.argv[1:]:
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))";
    for notebook in committed() {
        assert_eq!(
            (&notebook.json["nbformat"], &notebook.json["nbformat_minor"]),
            (&4.into(), &5.into())
        );
    }
    let output = Command::new(&course_setup().python)
        .args(["-I", "-W", "error", "-c", validate])
        .args(files("ipynb"))
        .output()
        .expect("the environment's Python runs");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn every_cell_was_run_once_from_top_to_bottom_without_an_error() {
    for notebook in committed() {
        for (index, cell) in notebook.code_cells().enumerate() {
            let source = joined(&cell["source"]);
            assert_eq!(
                cell["execution_count"],
                index + 1,
                "{}: {source}",
                notebook.name()
            );
            let outputs = cell["outputs"].as_array().expect("a code cell has outputs");
            for output in outputs {
                assert_ne!(
                    output["output_type"],
                    "error",
                    "{}: {source}",
                    notebook.name()
                );
                assert_ne!(output["name"], "stderr", "{}: {source}", notebook.name());
            }
        }
    }
}

#[test]
fn every_figure_and_table_has_a_text_alternative() {
    for notebook in committed() {
        let outputs = notebook
            .code_cells()
            .flat_map(|cell| cell["outputs"].as_array().into_iter().flatten());
        let rich: Vec<_> = outputs
            .filter_map(|output| output["data"].as_object())
            .collect();
        assert!(
            rich.iter().any(|data| data.contains_key("image/svg+xml")),
            "{} has no figure",
            notebook.name()
        );
        for data in rich {
            assert!(
                !joined(&data["text/plain"]).trim().is_empty(),
                "{}: {:?}",
                notebook.name(),
                data.keys()
            );
        }
    }
}

#[test]
fn saving_a_notebook_does_not_write_its_source() {
    for notebook in committed() {
        // With `formats` there, jupytext's contents manager would keep the two in step.
        assert!(
            notebook.json["metadata"].get("jupytext").is_none(),
            "{}",
            notebook.name()
        );
    }
}

#[test]
fn the_committed_solution_is_a_start_and_not_the_answer() {
    for notebook in committed() {
        let report = plain(notebook.tagged("grade"));
        assert!(
            report.contains("\npassed ") && report.contains("\nfailed "),
            "{}: {report}",
            notebook.name()
        );
        assert!(
            report.contains("expected") && report.contains("actual"),
            "no counterexample: {report}"
        );
    }
}
