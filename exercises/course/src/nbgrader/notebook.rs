//! A notebook as nbformat 4.5 writes it, with nbgrader's metadata.
//!
//! What is needed to write one, and nothing to read one.

use serde::Serialize;

/// A notebook for the course's kernel.
#[derive(Debug, Serialize)]
pub(super) struct Notebook {
    pub(super) cells: Vec<Cell>,
    metadata: Metadata,
    nbformat: u32,
    nbformat_minor: u32,
}

#[derive(Debug, Serialize)]
struct Metadata {
    kernelspec: KernelSpec,
}

#[derive(Debug, Serialize)]
struct KernelSpec {
    display_name: &'static str,
    language: &'static str,
    name: &'static str,
}

impl Notebook {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            metadata: Metadata {
                // As the kernel installs itself, and as the course's notebooks name it.
                kernelspec: KernelSpec {
                    display_name: "Rust (system design)",
                    language: "rust",
                    name: "rust",
                },
            },
            nbformat: 4,
            nbformat_minor: 5,
        }
    }

    /// The notebook's file.
    ///
    /// # Errors
    ///
    /// None that can happen: the types have no maps with keys that are no text.
    pub(super) fn to_text(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// One cell.
#[derive(Debug, Serialize)]
pub(super) struct Cell {
    pub(super) id: String,
    #[serde(flatten)]
    kind: Kind,
    metadata: CellMetadata,
    pub(super) source: String,
}

#[derive(Debug, Serialize)]
#[serde(tag = "cell_type", rename_all = "lowercase")]
enum Kind {
    Markdown,
    Code {
        execution_count: Option<u32>,
        outputs: [(); 0],
    },
}

#[derive(Debug, Serialize)]
struct CellMetadata {
    nbgrader: Role,
}

/// What a cell is to nbgrader.
#[derive(Debug, Serialize)]
struct Role {
    grade_id: String,
    grade: bool,
    solution: bool,
    locked: bool,
    task: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<u32>,
    schema_version: u32,
}

impl Role {
    fn locked(id: &str) -> Self {
        Self {
            grade_id: id.to_owned(),
            grade: false,
            solution: false,
            locked: true,
            task: false,
            points: None,
            schema_version: 3,
        }
    }
}

impl Cell {
    fn new(kind: Kind, role: Role, source: String) -> Self {
        Self {
            id: role.grade_id.clone(),
            kind,
            metadata: CellMetadata { nbgrader: role },
            source,
        }
    }

    /// Text that learners read and do not change.
    pub(super) fn text(id: &str, source: String) -> Self {
        Self::new(Kind::Markdown, Role::locked(id), source)
    }

    /// Code that is restored before grading, and worth nothing.
    pub(super) fn locked(id: &str, source: String) -> Self {
        Self::new(Kind::code(), Role::locked(id), source)
    }

    /// Where the learner writes.
    pub(super) fn solution(id: &str, source: String) -> Self {
        let role = Role {
            solution: true,
            locked: false,
            ..Role::locked(id)
        };
        Self::new(Kind::code(), role, source)
    }

    /// A test that is restored before grading.
    pub(super) fn graded(id: &str, points: u32, source: String) -> Self {
        let role = Role {
            grade: true,
            points: Some(points),
            ..Role::locked(id)
        };
        Self::new(Kind::code(), role, source)
    }
}

impl Kind {
    fn code() -> Self {
        Self::Code {
            execution_count: None,
            outputs: [],
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_graded_cell_is_what_nbgrader_expects() {
        let text = serde_json::to_string_pretty(&Cell::graded("rule-a", 2, "1;".to_owned()));
        expect![[r#"
            {
              "id": "rule-a",
              "cell_type": "code",
              "execution_count": null,
              "outputs": [],
              "metadata": {
                "nbgrader": {
                  "grade_id": "rule-a",
                  "grade": true,
                  "solution": false,
                  "locked": true,
                  "task": false,
                  "points": 2,
                  "schema_version": 3
                }
              },
              "source": "1;"
            }"#]]
        .assert_eq(&text.expect("it is JSON"));
    }
}
