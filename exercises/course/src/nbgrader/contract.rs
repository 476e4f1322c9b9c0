//! An exercise's contract as text for a notebook.
//!
//! The contract is a trait with its documentation, in `contract/ID.rs` of the topic.
//! Documentation is Markdown already; what a notebook cannot follow are links to items
//! and the lines that rustdoc hides.

use std::fs;
use std::path::Path;

use anyhow::Context;
use exercises::catalog::Exercise;

use crate::practice::hint::snake_case;
use crate::practice::workspace::Workspace;

/// The rules that the topic's contracts share, and this one's: documentation and trait.
///
/// # Errors
///
/// When its file is not there, or has no trait.
pub(super) fn text(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<String> {
    let folder = workspace
        .root()
        .join("exercises/src")
        .join(exercise.topic)
        .join("contract");
    let file = folder.join(exercise.id).with_extension("rs");
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let trait_of = |file: &Path| {
        of_trait(&read(file)?)
            .with_context(|| format!("{} has no documented trait", file.display()))
    };
    let (documentation, mut code) = trait_of(&file)?;
    if let Some(base) = base_of(&code) {
        code = trait_of(&folder.join(snake_case(base)).with_extension("rs"))?.1;
    }
    let shared = read(&folder.join("mod.rs"))?;
    Ok(format!(
        "{documentation}\n\n### To implement\n\n```rust\n{code}\n```\n\n### Rules of the module, for all its exercises\n\n{}",
        opening(&shared)
    ))
}

/// The documentation of the file's public trait, and the trait.
fn of_trait(file: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = file.lines().collect();
    let start = lines
        .iter()
        .position(|line| line.starts_with("pub trait "))?;
    let n_documented = lines[..start]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("///"))
        .count();
    let documented = &lines[start - n_documented..start];
    let is_last = |line: &&str| *line == "}" || line.ends_with("{}");
    let length = lines[start..].iter().position(is_last)?;
    let documentation = markdown(
        documented
            .iter()
            .filter_map(|line| line.strip_prefix("///")),
    );
    let code = lines[start..=start + length]
        .iter()
        .map(|line| match line.trim_start() {
            comment if comment.starts_with("///") => without_links(line),
            _ => (*line).to_owned(),
        });
    Some((documentation, code.collect::<Vec<_>>().join("\n")))
}

/// The trait that one without methods of its own stands for.
fn base_of(code: &str) -> Option<&str> {
    let (_, base) = code.strip_suffix(" {}")?.split_once(": ")?;
    Some(base)
}

/// What a file says about itself, without its title.
fn opening(file: &str) -> String {
    markdown(
        file.lines()
            .map_while(|line| line.strip_prefix("//!"))
            .skip(1),
    )
}

/// Documentation as a notebook shows it.
fn markdown<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = Vec::new();
    let mut in_code = false;
    for line in lines.map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        if line.starts_with("```") {
            in_code = !in_code;
            text.push(if in_code {
                "```rust".to_owned()
            } else {
                line.to_owned()
            });
        } else if in_code {
            text.extend(example_line(line));
        } else if !is_definition(line) {
            let heading = line.starts_with('#');
            text.push(if heading {
                format!("##{line}")
            } else {
                without_links(line)
            });
        }
    }
    text.join("\n").trim().to_owned()
}

/// A line of an example, about the learner's type where it was about the reference.
fn example_line(line: &str) -> Option<String> {
    let is_hidden = line.starts_with("# ");
    // The reference is not there, and the rest is what the solution's cell imports.
    let is_import = line.starts_with("use exercises::");
    if is_hidden || is_import {
        return None;
    }
    match line
        .strip_prefix("tour::<")
        .and_then(|call| call.split_once('>'))
    {
        Some((_, rest)) => Some(format!("tour::<Mine>{rest}")),
        None => Some(line.to_owned()),
    }
}

/// Whether the line says where links of the text lead.
fn is_definition(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

/// Keeps the words of links to items, and links to pages as they are.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, inside)) = rest.split_once('[') {
        text += before;
        // An array or a slice in code has no words of a link.
        let Some((words, after)) = inside.split_once(']') else {
            text.push('[');
            rest = inside;
            continue;
        };
        let target = after
            .strip_prefix('(')
            .and_then(|after| after.split_once(')'));
        match target {
            Some((target, _)) if target.contains("://") => {
                text += &format!("[{words}]");
                rest = after;
            }
            Some((_, after)) => {
                text += words;
                rest = after;
            }
            None => {
                text += words;
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn links_to_items_lose_their_brackets_and_links_to_pages_do_not() {
        for (line, shown) in [
            (
                "[`RingError::Any`], nothing changes",
                "`RingError::Any`, nothing changes",
            ),
            (
                "rules of [the module](super) hold",
                "rules of the module hold",
            ),
            (
                "see [RFC 1](https://a.example/b)",
                "see [RFC 1](https://a.example/b)",
            ),
            ("no link", "no link"),
        ] {
            assert_eq!(without_links(line), shown);
        }
    }

    #[test]
    fn a_trait_without_methods_names_the_one_that_it_stands_for() {
        let file =
            "/// The oldest goes.\npub trait Fifo: Policy {}\n\nimpl<T: Policy> Fifo for T {}\n";
        let (documentation, code) = of_trait(file).expect("it has a trait");
        assert_eq!(documentation, "The oldest goes.");
        assert_eq!(base_of(&code), Some("Policy"));
        assert_eq!(base_of("pub trait Ring {\n    fn new();\n}"), None);
    }

    #[test]
    fn a_trait_comes_with_its_documentation() {
        let file = "//! Opening.\n\nuse a::B;\n\n/// A ring.\n///\n/// # Examples\n///\n/// ```\n\
            /// # use b;\n/// use exercises::Ring;\n/// tour::<Reference>();\n/// ```\npub trait Ring {\n    /// See [`B`].\n    fn new();\n}\n";
        let (documentation, code) = of_trait(file).expect("it has a trait");
        expect![[r#"
            A ring.

            ### Examples

            ```rust
            tour::<Mine>();
            ```"#]]
        .assert_eq(&documentation);
        expect![[r#"
            pub trait Ring {
                /// See `B`.
                fn new();
            }"#]]
        .assert_eq(&code);
    }
}
