//! The scanner on whole output, and on the same output cut at every byte.

use super::*;
use expect_test::{Expect, expect};

fn describe(pieces: Vec<Piece>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut text = Vec::new();
    for piece in pieces {
        if let Piece::Text(more) = piece {
            text.extend(more);
            continue;
        }
        if !text.is_empty() {
            lines.push(format!("{:?}", String::from_utf8_lossy(&text)));
            text.clear();
        }
        lines.push(match piece {
            Piece::Block { mime, data } => format!("[{mime}] {data:?}"),
            other => format!("{other:?}"),
        });
    }
    if !text.is_empty() {
        lines.push(format!("{:?}", String::from_utf8_lossy(&text)));
    }
    lines.join("\n")
}

fn scan(chunks: &[&[u8]]) -> String {
    let mut scanner = Scanner::default();
    let mut pieces: Vec<_> = chunks
        .iter()
        .flat_map(|chunk| scanner.push(chunk))
        .collect();
    pieces.extend(scanner.finish());
    describe(pieces)
}

/// Wherever a read ends, the pieces are the same.
#[track_caller]
fn check(output: &str, expected: Expect) {
    let bytes = output.as_bytes();
    let whole = scan(&[bytes]);
    for cut in 0..bytes.len() {
        assert_eq!(scan(&[&bytes[..cut], &bytes[cut..]]), whole, "cut at {cut}");
    }
    expected.assert_eq(&whole);
}

#[test]
fn plain_text_passes() {
    check("one\ntwo", expect![[r#""one\ntwo""#]]);
}

#[test]
fn a_panic_may_follow_text_on_its_line() {
    check(
        "abcEVCXR_PANIC_NOTIFICATION\n",
        expect![[r#"
            "abc"
            Panicked"#]],
    );
}

#[test]
fn blocks_and_text_keep_their_order() {
    check(
        "a\nEVCXR_BEGIN_CONTENT text/html\n<p>\nx</p>\nEVCXR_END_CONTENT\nbEVCXR_BEGIN_CONTENT text/plain\n3\nEVCXR_END_CONTENT\n",
        expect![[r#"
            "a\n"
            [text/html] "<p>\nx</p>"
            "b"
            [text/plain] "3""#]],
    );
}

#[test]
fn a_word_that_is_none_is_text() {
    check(
        "EVCXR_ EVCXR_OTHER\nEVCX",
        expect![[r#""EVCXR_ EVCXR_OTHER\nEVCX""#]],
    );
}

#[test]
fn a_block_without_an_end_is_text() {
    check(
        "EVCXR_BEGIN_CONTENT text/html\n<p>",
        expect![[r#""EVCXR_BEGIN_CONTENT text/html\n<p>""#]],
    );
}

#[test]
fn a_panic_inside_a_block_ends_it() {
    check(
        "EVCXR_BEGIN_CONTENT text/html\n<p>\n</EVCXR_PANICKED a.rs\x007\0no\nEVCXR_PANIC_NOTIFICATION\n",
        expect![[r#"
            [text/html] "<p>\n</"
            Panics("a.rs\07\0no")
            Panicked"#]],
    );
}

#[test]
fn the_remaining_words_are_told_apart() {
    check(
        "EVCXR_ERROR_OCCURRED\nEVCXR_VARIABLE_CHANGED_TYPE:x\n",
        expect![[r#"
            QuestionMark
            ForEvcxr("EVCXR_VARIABLE_CHANGED_TYPE:x")"#]],
    );
}

#[test]
fn text_that_cannot_become_a_word_is_not_held_back() {
    let mut scanner = Scanner::default();
    assert_eq!(scanner.push(b"50 %"), [Piece::Text(b"50 %".to_vec())]);
    assert_eq!(scanner.push(b"EVCXR_X"), [Piece::Text(b"EVCXR_X".to_vec())]);
}
