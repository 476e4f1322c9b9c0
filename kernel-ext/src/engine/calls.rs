//! Which calls are the user's, and how they are called.
//!
//! evcxr compiles the cells as a crate `ctx`, their statements as a function
//! `run_user_code_N` with a closure in it, which is run under `catch_unwind`.

/// A function of a cell, in the user's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Function {
    /// The statements of the cell itself.
    Statements,
    /// A closure, in whatever function. Where the compiler has inlined it, it may be the
    /// statements as well.
    Closure,
    /// A function by this name.
    Named(String),
}

/// What a function is to the user; `None` if it is evcxr's or a library's.
///
/// `is_in_cell`: whether its line is in the file that evcxr generated. Without debug
/// information the name alone has to tell, with it the name has no path.
pub(super) fn classify(function: &str, is_in_cell: bool) -> Option<Function> {
    let name = match function.strip_prefix("ctx::") {
        Some(name) => name,
        None if is_in_cell => function,
        None => return None,
    };
    let name = match name.strip_prefix("run_user_code_") {
        Some(within) => within.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => name,
    };
    let parts: Vec<&str> = name.split("::").filter(|part| !part.is_empty()).collect();
    let is_wrapped = name.starts_with("::") || name.is_empty();
    match parts[..] {
        [] => None,
        [closure] if is_closure(closure) && is_wrapped => Some(Function::Statements),
        [.., last] if is_closure(last) => Some(Function::Closure),
        // Something defined within the statements, whose path means nothing to the user.
        [.., last] if is_wrapped => Some(Function::Named(last.to_owned())),
        _ => Some(Function::Named(name.to_owned())),
    }
}

/// In either of the compiler's ways to name one.
fn is_closure(part: &str) -> bool {
    part.starts_with("{closure") || part.starts_with("{{closure")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_called_as_in_the_cell() {
        let named = |name: &str| Some(Function::Named(name.to_owned()));
        for (function, expected) in [
            ("ctx::f", named("f")),
            ("ctx::module::f", named("module::f")),
            ("ctx::f::{{closure}}", Some(Function::Closure)),
            ("ctx::run_user_code_3", None),
            (
                "ctx::run_user_code_3::{{closure}}",
                Some(Function::Statements),
            ),
            (
                "ctx::run_user_code_3::{closure#0}::{closure#1}",
                Some(Function::Closure),
            ),
            ("ctx::run_user_code_12::{{closure}}::inner", named("inner")),
            ("core::panicking::panic", None),
        ] {
            assert_eq!(classify(function, false), expected, "{function}");
        }
    }

    #[test]
    fn an_inlined_function_has_no_path() {
        assert_eq!(classify("{closure#0}", true), Some(Function::Closure));
        assert_eq!(classify("run_user_code_3", true), None);
        let f = Function::Named("f".to_owned());
        assert_eq!(classify("f", true), Some(f));
        assert_eq!(classify("f", false), None);
    }
}
