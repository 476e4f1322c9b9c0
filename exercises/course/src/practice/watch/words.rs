//! What a learner types: one key, or a word on a line.
//!
//! The screen sends each key as a text of one letter and plain mode sends whole lines,
//! so that both mean the same. What a letter means depends on the question that is open.

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    Next,
    Hint,
    List,
    Open,
    Check,
    Reset,
    Quit,
    /// Say which words there are.
    Words,
    /// Close what lies above the result.
    Back,
    /// Open this, without a question.
    OpenAt(Place),
}

/// What can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Book,
    Notebook,
    Editor,
}

/// A question that the next text answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// What to open.
    Open,
    /// Whether to put the fresh stub back.
    Reset,
}

/// The keys, as the last line shows them: letter and word.
pub(super) const KEYS: [(char, &str); 7] = [
    ('n', "next"),
    ('h', "hint"),
    ('l', "list"),
    ('o', "open"),
    ('c', "check"),
    ('r', "reset"),
    ('q', "quit"),
];

/// The keys that answer the question what to open.
pub(super) const PLACES: [(char, &str); 3] = [('b', "book"), ('n', "notebook"), ('e', "editor")];

/// The keys that answer the question whether to reset.
pub(super) const YES_OR_NO: [(char, &str); 2] = [('y', "yes"), ('n', "no")];

/// What a text means while no question is open; `None` if nothing.
pub(super) fn ask(text: &str) -> Option<Ask> {
    let text = text.trim().to_lowercase();
    if let Some(rest) = text.strip_prefix("open ").or(text.strip_prefix("o ")) {
        return place(rest).map(Ask::OpenAt);
    }
    Some(match text.as_str() {
        "n" | "next" => Ask::Next,
        "h" | "hint" => Ask::Hint,
        "l" | "list" => Ask::List,
        "o" | "open" => Ask::Open,
        "c" | "check" => Ask::Check,
        "r" | "reset" => Ask::Reset,
        "q" | "quit" | "exit" => Ask::Quit,
        "?" | "help" => Ask::Words,
        "\u{1b}" => Ask::Back,
        _ => return None,
    })
}

/// The place that an answer names.
pub(super) fn place(text: &str) -> Option<Place> {
    Some(match text.trim().to_lowercase().as_str() {
        "b" | "book" => Place::Book,
        "n" | "notebook" => Place::Notebook,
        "e" | "editor" => Place::Editor,
        _ => return None,
    })
}

/// Whether an answer agrees; whatever is no clear yes does not.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_what_its_word_means() {
        for (key, word) in KEYS {
            let meant = ask(word);
            assert!(meant.is_some(), "{word}");
            assert_eq!(ask(&key.to_string()), meant, "{word}");
            assert_eq!(ask(&format!(" {} ", word.to_uppercase())), meant, "{word}");
        }
        for (key, word) in PLACES {
            assert_eq!(place(&key.to_string()), place(word), "{word}");
            assert_eq!(
                ask(&format!("open {word}")),
                place(word).map(Ask::OpenAt),
                "{word}"
            );
        }
        for text in ["", "x", "nexxt", "open sesame"] {
            assert_eq!(ask(text), None, "{text}");
        }
    }

    #[test]
    fn only_yes_is_yes() {
        assert!(is_yes("Y") && is_yes("yes\n"));
        for text in ["", "n", "ye", "reset"] {
            assert!(!is_yes(text), "{text}");
        }
    }
}
