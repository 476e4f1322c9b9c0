//! Lets a cell wait without making all cells after it slow.
//!
//! After the first `.await` evcxr compiles every later cell of the session with tokio's
//! runtime around it, at several times the cost. Here, each `.await` among the cell's own
//! statements becomes a call that runs the future to its end, and no other cell changes.

use super::edited::Edit;
use crate::engine::statements::Statements;
use ra_ap_syntax::{AstNode as _, NodeOrToken, SyntaxKind, SyntaxNode, SyntaxToken, ast};

/// Of `tokio` and `futures`: they wait for what they are given, and have to stand in
/// something asynchronous.
const WAITING_MACROS: [&str; 5] = ["join", "try_join", "select", "select_biased", "poll"];

/// What evcxr adds by itself to a session that waits.
const TOKIO: &str = ":dep tokio = {version=\"1.34.0\", features=[\"rt\", \"rt-multi-thread\"]}\n";

/// The edits after which the cell's statements wait by themselves.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pub(super) edits: Vec<Edit>,
    /// Whether a statement names `tokio` itself, which may need its runtime.
    pub(super) names_tokio: bool,
    /// Whether there is waiting that cannot be written in another way; then evcxr has to
    /// do it, and no edit may be used.
    pub(super) is_beyond: bool,
}

/// Finds where a cell waits.
pub(super) fn waits(statements: &Statements) -> Waits {
    let mut waits = Waits::default();
    for statement in statements.all() {
        waits.search(&statement, statements);
    }
    waits
}

/// Whether what is in there waits when it is called, or is a future itself.
fn waits_later(node: &SyntaxNode) -> bool {
    let block = ast::BlockExpr::cast(node.clone());
    block.is_some_and(|block| block.async_token().is_some())
        || ast::ClosureExpr::can_cast(node.kind())
        || ast::Item::can_cast(node.kind())
}

/// Adds `tokio` to the dependencies.
pub(super) fn dependency() -> Edit {
    Edit {
        replaced: 0..0,
        text: TOKIO.to_owned(),
    }
}

/// Begins the cell with the runtime.
pub(super) fn entry(statements: &Statements) -> Option<Edit> {
    // Attributes of the whole cell have to stay in front.
    let mut nodes = statements.all();
    let first = nodes.find(|node| !ast::Attr::can_cast(node.kind()))?;
    let start = statements.place(first.text_range()).start;
    Some(Edit {
        replaced: start..start,
        text: "kernel_ext_enter();\n".to_owned(),
    })
}

/// Adds what the other edits call.
pub(super) fn items(cell: &str) -> Edit {
    let lines = include_str!("../../../cells/waiting.rs").lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    Edit {
        replaced: cell.len()..cell.len(),
        text: format!("\n{lines}"),
    }
}

impl Waits {
    fn search(&mut self, node: &SyntaxNode, statements: &Statements) {
        // First, because a call of a macro counts as an item as well.
        if let Some(call) = ast::MacroCall::cast(node.clone()) {
            self.search_macro(&call, statements);
            return;
        }
        if waits_later(node) {
            return;
        }
        if let Some(path) = ast::Path::cast(node.clone()) {
            let name = path.first_segment().and_then(|first| first.name_ref());
            self.names_tokio |= name.is_some_and(|name| name.text() == "tokio");
        }
        if let Some(wait) = ast::AwaitExpr::cast(node.clone())
            && let (Some(dot), Some(word)) = (wait.dot_token(), wait.await_token())
        {
            self.replace(&dot, &word, statements);
        }
        for child in node.children() {
            self.search(&child, statements);
        }
    }

    /// A macro's tokens are not parsed, but `.await` has one meaning only.
    fn search_macro(&mut self, call: &ast::MacroCall, statements: &Statements) {
        let name = call.path().and_then(|path| path.segment()?.name_ref());
        if name.is_some_and(|name| WAITING_MACROS.iter().any(|wanted| name.text() == *wanted)) {
            self.wrap(call, statements);
            return;
        }
        let Some(tree) = call.token_tree() else {
            return;
        };
        let tokens = tree.syntax().descendants_with_tokens();
        let tokens: Vec<SyntaxToken> = tokens
            .filter_map(NodeOrToken::into_token)
            .filter(|token| !token.kind().is_trivia())
            .collect();
        let awaits = tokens
            .windows(2)
            .filter(|pair| pair[0].kind() == SyntaxKind::DOT && pair[1].text() == "await");
        let mut awaits = awaits.peekable();
        let is_mixed = tokens
            .iter()
            .any(|token| token.text() == "async" || token.text() == "|");
        if awaits.peek().is_some() && is_mixed {
            // Whose `.await` each is, only a parser of the macro's own input could tell.
            self.is_beyond = true;
        }
        for pair in awaits {
            self.replace(&pair[0], &pair[1], statements);
        }
    }

    /// `.await` → `.kernel_ext_wait()`, with what stands between the two tokens.
    fn replace(&mut self, dot: &SyntaxToken, word: &SyntaxToken, statements: &Statements) {
        let range = dot.text_range().cover(word.text_range());
        self.edits.push(Edit {
            replaced: statements.place(range),
            text: ".kernel_ext_wait()".to_owned(),
        });
    }

    /// `join!(a, b)` → `(async { join!(a, b) }).kernel_ext_wait()`.
    fn wrap(&mut self, call: &ast::MacroCall, statements: &Statements) {
        let place = statements.place(call.syntax().text_range());
        // With braces it may be a statement of its own, which a method call is not.
        let statement = call.syntax().ancestors().find_map(ast::ExprStmt::cast);
        let is_ended = statement.is_none_or(|statement| {
            let is_whole = statement.syntax().text_range() == call.syntax().text_range();
            !is_whole || statement.semicolon_token().is_some()
        });
        let end = match is_ended {
            true => " }).kernel_ext_wait()",
            false => " }).kernel_ext_wait();",
        };
        for (at, text) in [(place.start, "(async { "), (place.end, end)] {
            self.edits.push(Edit {
                replaced: at..at,
                text: text.to_owned(),
            });
        }
    }
}
