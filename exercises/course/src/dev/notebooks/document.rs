//! A notebook in its normal form: two runs of one source give the same bytes.
//!
//! Only the notebook format 4.5 is known
//! (<https://nbformat.readthedocs.io/en/latest/format_description.html>). Keys
//! that the format does not know are removed from cells, since front ends put
//! there what they like: times, scroll positions, collapsed states.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

/// Outputs of a cell with this tag are not compared.
const VOLATILE: &str = "volatile";

/// A notebook in normal form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Notebook(Value);

impl Notebook {
    /// The normal form of a notebook that was made from `notebooks/NAME.md`.
    ///
    /// # Errors
    ///
    /// If the value is no notebook.
    pub(super) fn normal(mut notebook: Value, name: &str) -> Result<Self> {
        let cells = notebook["cells"]
            .as_array_mut()
            .context("a notebook has cells")?;
        let mut ids = Ids::default();
        let cells: Vec<Value> = cells
            .iter()
            .map(|cell| normal_cell(cell, ids.next(cell)))
            .collect();
        let mut language = notebook["metadata"]["language_info"].take();
        if let Some(language) = language.as_object_mut() {
            // The compiler's version says nothing about the notebook.
            language.remove("version");
        }
        Ok(Self(json!({
            "cells": cells,
            "metadata": {
                "generated": format!("from {name}.md by `cargo course dev notebooks`; edit that file instead"),
                "kernelspec": notebook["metadata"]["kernelspec"],
                "language_info": language,
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        })))
    }

    /// A file's text; `None` if it is not in normal form or not even a notebook.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let notebook = Self(serde_json::from_str(text).ok()?);
        notebook.0["cells"].is_array().then_some(notebook)
    }

    /// The file's text, laid out as Jupyter does: keys sorted, one space a level.
    pub(super) fn to_text(&self) -> String {
        let mut text = Vec::new();
        let layout = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, layout);
        serde::Serialize::serialize(&sorted(&self.0), &mut serializer)
            .expect("a vector takes what is written");
        text.push(b'\n');
        String::from_utf8(text).expect("JSON is UTF-8")
    }

    pub(super) fn cells(&self) -> &[Value] {
        self.0["cells"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Without the outputs that are not compared.
    pub(super) fn comparable(&self) -> Self {
        let mut notebook = self.clone();
        for cell in notebook.0["cells"].as_array_mut().into_iter().flatten() {
            let tags = cell["metadata"]["tags"].as_array();
            if tags.is_some_and(|tags| tags.iter().any(|tag| tag == VOLATILE)) {
                cell["outputs"] = json!([]);
            }
        }
        notebook
    }
}

/// Gives each cell an id from its section and its place there, so that a change
/// in one section changes no id of another.
#[derive(Debug, Default)]
struct Ids {
    section: String,
    count: usize,
}

impl Ids {
    fn next(&mut self, cell: &Value) -> String {
        let source = joined(&cell["source"]);
        let heading = source.lines().find_map(|line| {
            line.trim_start_matches('#')
                .strip_prefix(' ')
                .filter(|_| line.starts_with('#'))
        });
        if let Some(heading) = heading.filter(|_| cell["cell_type"] == "markdown") {
            *self = Self {
                section: slug(heading),
                count: 0,
            };
        }
        self.count += 1;
        let section = if self.section.is_empty() {
            "cell"
        } else {
            &self.section
        };
        format!("{section}-{}", self.count)
    }
}

/// The letters and digits of a heading; the format allows 64 characters for all of an id.
fn slug(heading: &str) -> String {
    let words = heading
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_lowercase();
    slug[..slug.len().min(48)].trim_end_matches('-').to_owned()
}

fn normal_cell(cell: &Value, id: String) -> Value {
    let mut metadata = Map::new();
    if let Some(tags) = cell["metadata"].get("tags") {
        metadata.insert("tags".to_owned(), tags.clone());
    }
    let mut normal = json!({
        "cell_type": cell["cell_type"],
        "id": id,
        "metadata": metadata,
        "source": lines(&joined(&cell["source"])),
    });
    if cell["cell_type"] == "code" {
        normal["execution_count"] = cell["execution_count"].clone();
        normal["outputs"] = normal_outputs(cell["outputs"].as_array().map_or(&[], Vec::as_slice));
    }
    normal
}

/// Text that came in several messages is one output: how often the kernel sends
/// what has been printed so far is a matter of time.
fn normal_outputs(outputs: &[Value]) -> Value {
    let mut normal: Vec<Value> = Vec::new();
    for output in outputs {
        let is_stream = output["output_type"] == "stream";
        match normal.last_mut() {
            Some(last)
                if is_stream
                    && last["output_type"] == "stream"
                    && last["name"] == output["name"] =>
            {
                last["text"] = lines(&(joined(&last["text"]) + &joined(&output["text"])));
            }
            _ => normal.push(output.clone()),
        }
    }
    Value::Array(normal)
}

/// A text that the format may hold as a list of lines.
pub(super) fn joined(text: &Value) -> String {
    match text {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().unwrap_or_default().to_owned(),
    }
}

fn lines(text: &str) -> Value {
    text.split_inclusive('\n').map(Value::from).collect()
}

/// The value with all keys in order, whichever map serde_json was built with.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            entries
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect()
        }
        Value::Array(values) => values.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(source: &str, outputs: Value) -> Value {
        json!({ "cell_type": "code", "id": "random", "metadata": { "execution": { "took": 1 } },
                "execution_count": 1, "source": source, "outputs": outputs })
    }

    fn notebook(cells: Value) -> Notebook {
        let run = json!({ "cells": cells, "metadata": { "language_info": { "name": "rust", "version": "1.95.0" } } });
        Notebook::normal(run, "topic").expect("it is a notebook")
    }

    #[test]
    fn ids_come_from_the_section_and_the_place_in_it() {
        let text = |source| json!({ "cell_type": "markdown", "source": source, "metadata": {} });
        let cells = json!([
            text("# Hot keys: why?\n\ntext"),
            code("# no heading", json!([])),
            text("more\n\n## 2. Next"),
            text("#hash")
        ]);
        let ids: Vec<String> = notebook(cells)
            .cells()
            .iter()
            .map(|cell| joined(&cell["id"]))
            .collect();
        assert_eq!(
            ids,
            ["hot-keys-why-1", "hot-keys-why-2", "2-next-1", "2-next-2"]
        );
    }

    #[test]
    fn what_changes_from_run_to_run_is_gone() {
        let text = notebook(json!([code("1", json!([]))])).to_text();
        for volatile in ["random", "took", "1.95.0"] {
            assert!(!text.contains(volatile), "{text}");
        }
    }

    #[test]
    fn text_in_many_messages_is_one_output() {
        let part = |name, text| json!({ "output_type": "stream", "name": name, "text": text });
        let outputs = json!([
            part("stdout", "a"),
            part("stdout", "b\nc"),
            part("stderr", "d")
        ]);
        let found = normal_outputs(outputs.as_array().expect("a list"));
        assert_eq!(
            found,
            json!([{ "output_type": "stream", "name": "stdout", "text": ["ab\n", "c"] }, part("stderr", "d")])
        );
    }

    #[test]
    fn the_text_reads_back_as_the_same_notebook() {
        let written = notebook(json!([code("let é = 1;\né", json!([]))]));
        assert_eq!(Notebook::parse(&written.to_text()), Some(written));
        assert_eq!(Notebook::parse("{}"), None);
    }
}
