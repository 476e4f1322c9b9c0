//! Which variables a cell that ended early has moved away.
//!
//! evcxr takes all variables out of its store when a cell starts, and puts back those
//! that the cell borrows when it ends, however it ends. A variable that the cell moves is
//! not put back. The generated code shows which; nothing else knows it at that time.

/// Where evcxr's code for the end of a cell begins.
const AFTER_THE_CELL: &str = "EVCXR_PANIC_NOTIFICATION";

/// The variables that the generated code takes out of the store and does not put back.
///
/// # Time complexity
///
/// O(v²) for v variables, O(n) in the length of the code.
pub(super) fn moved_variables(generated: &str) -> Vec<String> {
    let end = generated.rfind(AFTER_THE_CELL).unwrap_or(generated.len());
    let put_back: Vec<&str> = names(&generated[end..], ".put_variable::<").collect();
    let mut moved: Vec<String> = names(&generated[..end], ".take_variable::<")
        .filter(|name| !put_back.contains(name))
        .map(str::to_owned)
        .collect();
    moved.sort();
    moved
}

/// The names in calls of `call`, which are written `call…>(stringify!(name)…`.
fn names<'a>(code: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    code.split(call).skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once("(stringify!(")?;
        Some(rest.split_once(')')?.0.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What evcxr 0.22 generates, shortened.
    fn generated(taken: &[&str], new: &[&str], put_back: &[&str]) -> String {
        let put = |names: &[&str]| {
            let calls = names.iter().map(|name| {
                format!("store.put_variable::<Vec<(u8, i32)>>(stringify!({name}), {name});\n")
            });
            calls.collect::<String>()
        };
        let takes = taken.iter().map(|name| {
            format!("let {name} = store.take_variable::<Vec<(u8, i32)>>(stringify!({name}));\n")
        });
        let takes: String = takes.collect();
        let (new, put_back) = (put(new), put(put_back));
        format!("{takes}cell();\n{new}println!(\"EVCXR_PANIC_NOTIFICATION\");\n{put_back}")
    }

    #[test]
    fn a_variable_that_is_not_put_back_has_been_moved() {
        let code = generated(&["a", "b", "c"], &["d"], &["b"]);
        assert_eq!(moved_variables(&code), ["a", "c"]);
    }

    #[test]
    fn a_variable_that_a_new_one_replaces_counts_as_moved() {
        assert_eq!(moved_variables(&generated(&["a"], &["a"], &[])), ["a"]);
    }

    #[test]
    fn a_cell_without_variables_moves_none() {
        assert!(moved_variables("pub extern \"C\" fn run() {}").is_empty());
    }
}
