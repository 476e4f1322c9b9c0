//! Whether a cell can be run as it stands, from its tokens alone.
//!
//! Consoles ask this when Enter is pressed. It looks at brackets, strings and comments
//! and does not parse: `let x =` counts as complete, and running it says what is wrong.

use kernel_protocol::Completeness;
use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

const INDENT: &str = "    ";

/// Judges a cell.
///
/// # Time complexity
///
/// O(n) in the length of the cell.
pub(crate) fn of(code: &str) -> Completeness {
    // evcxr's commands are not Rust, and a line each.
    if code.trim_start().starts_with(':') {
        return Completeness::Complete;
    }
    let mut open = Vec::new();
    for token in tokenize(code, FrontmatterAllowed::No) {
        let closes = match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => {
                open.push(token.kind);
                continue;
            }
            TokenKind::CloseBrace => TokenKind::OpenBrace,
            TokenKind::CloseParen => TokenKind::OpenParen,
            TokenKind::CloseBracket => TokenKind::OpenBracket,
            kind if is_unterminated(kind) => return Completeness::Incomplete(String::new()),
            _ => continue,
        };
        if open.pop() != Some(closes) {
            return Completeness::Invalid;
        }
    }
    if open.is_empty() {
        Completeness::Complete
    } else {
        Completeness::Incomplete(INDENT.repeat(open.len()))
    }
}

/// Whether the cell's last token is `;`: then it ends in no expression.
pub(crate) fn ends_in_semicolon(code: &str) -> bool {
    let tokens = tokenize(code, FrontmatterAllowed::No).map(|token| token.kind);
    let significant = tokens.filter(|kind| {
        !matches!(
            kind,
            TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
        )
    });
    significant.last() == Some(TokenKind::Semi)
}

/// The byte after a `let` without a pattern, outside all brackets.
///
/// evcxr drops such a statement without a word, and would report success.
pub(crate) fn let_without_pattern(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut after_let = None;
    let mut at = 0;
    for token in tokenize(code, FrontmatterAllowed::No) {
        let text = &code[at..at + token.len as usize];
        at += token.len as usize;
        match token.kind {
            TokenKind::Whitespace
            | TokenKind::LineComment { .. }
            | TokenKind::BlockComment { .. } => continue,
            TokenKind::Eq | TokenKind::Semi | TokenKind::Colon if after_let.is_some() => {
                return after_let;
            }
            TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::CloseBracket => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        after_let = (depth == 0 && text == "let").then_some(at);
    }
    None
}

/// A string or comment that goes on after the last line.
fn is_unterminated(kind: TokenKind) -> bool {
    match kind {
        TokenKind::BlockComment { terminated, .. } => !terminated,
        TokenKind::Literal { kind, .. } => match kind {
            LiteralKind::Str { terminated }
            | LiteralKind::ByteStr { terminated }
            | LiteralKind::CStr { terminated } => !terminated,
            LiteralKind::RawStr { n_hashes }
            | LiteralKind::RawByteStr { n_hashes }
            | LiteralKind::RawCStr { n_hashes } => n_hashes.is_none(),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: Completeness) {
        assert_eq!(of(code), expected, "{code}");
    }

    #[test]
    fn an_open_bracket_wants_an_indented_line() {
        check("fn f() {", Completeness::Incomplete("    ".to_owned()));
        check("f(|x| {", Completeness::Incomplete("        ".to_owned()));
        check("fn f() {}", Completeness::Complete);
    }

    #[test]
    fn an_open_string_or_comment_wants_more() {
        for code in ["\"a", "r#\"a\"", "/* /* */"] {
            check(code, Completeness::Incomplete(String::new()));
        }
    }

    #[test]
    fn a_wrong_bracket_stays_wrong() {
        check("f(]", Completeness::Invalid);
        check("}", Completeness::Invalid);
    }

    #[test]
    fn brackets_in_strings_characters_and_comments_do_not_count() {
        check("let c = '{'; let s = \"(\"; // [", Completeness::Complete);
        check(":dep rand = {", Completeness::Complete);
    }

    #[test]
    fn a_let_needs_a_pattern() {
        assert_eq!(let_without_pattern("let = 1;"), Some(3));
        assert_eq!(let_without_pattern("f();\nlet /* x */ : u8;"), Some(8));
        assert_eq!(let_without_pattern("let x = 1; \"let =\""), None);
        assert_eq!(let_without_pattern("m! { let = }"), None);
    }

    #[test]
    fn a_semicolon_at_the_end_is_seen_behind_comments() {
        assert!(ends_in_semicolon("f(); // done\n/* x */"));
        assert!(!ends_in_semicolon("f()\n"));
        assert!(!ends_in_semicolon("\";\""));
    }
}
