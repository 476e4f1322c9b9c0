//! A table under a notebook's cell: HTML for the eye, aligned text for everyone else.
//!
//! For results of a few rows that are read, not plotted. Not here: sorting,
//! spanning cells, and tables of the book, which are Markdown
//! ([`figure::table`](crate::figure::table)).

use std::fmt::Write as _;

/// Rows of text under a head. Columns of numbers are set flush right.
///
/// # Examples
///
/// ```
/// use exercises::display::Table;
///
/// let mut table = Table::new(["server", "keys"]);
/// table.row(["cache-a", "998"]);
/// table.row(["cache-b", "1002"]);
/// assert_eq!(table.to_plain(), "server   keys\n\
///                               -------  ----\n\
///                               cache-a   998\n\
///                               cache-b  1002\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows, with these names of its columns.
    pub fn new<C: ToString>(head: impl IntoIterator<Item = C>) -> Self {
        let head = head.into_iter().map(|name| name.to_string()).collect();
        Self {
            head,
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    ///
    /// # Panics
    ///
    /// If it has not as many cells as the head.
    pub fn row<C: ToString>(&mut self, cells: impl IntoIterator<Item = C>) {
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.to_string()).collect();
        assert_eq!(
            cells.len(),
            self.head.len(),
            "a row has a cell for each column: {cells:?}"
        );
        self.rows.push(cells);
    }

    /// The table as an HTML fragment, in the page's own colours.
    ///
    /// # Time complexity
    ///
    /// O(cells).
    pub fn to_html(&self) -> String {
        let side: Vec<&str> = (0..self.head.len())
            .map(|column| {
                if self.is_numeric(column) {
                    "right"
                } else {
                    "left"
                }
            })
            .collect();
        let line = |cells: &[String], tag: &str| {
            let cells = cells.iter().zip(&side).map(|(cell, side)| {
                let cell = super::escaped(cell);
                let name = tag.split(' ').next().unwrap_or(tag);
                format!("<{tag} style=\"text-align: {side}\">{cell}</{name}>")
            });
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        let mut html = String::from("<table>\n<thead>");
        html += &line(&self.head, "th scope=\"col\"");
        html += "</thead>\n<tbody>\n";
        self.rows.iter().for_each(|row| html += &line(row, "td"));
        html + "</tbody>\n</table>\n"
    }

    /// The table as text in columns.
    ///
    /// # Time complexity
    ///
    /// O(cells).
    pub fn to_plain(&self) -> String {
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| self.width(column))
            .collect();
        let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        let mut text = String::new();
        for row in [&self.head, &rule].into_iter().chain(&self.rows) {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                // Writing to a string cannot fail.
                let _ = match self.is_numeric(column) {
                    true => write!(line, "{cell:>width$}  "),
                    false => write!(line, "{cell:<width$}  "),
                };
            }
            text += line.trim_end();
            text.push('\n');
        }
        text
    }

    /// Shows the table in a notebook: evcxr calls this for a cell's last value.
    pub fn evcxr_display(&self) {
        super::show(&[
            ("text/html", &self.to_html()),
            ("text/plain", &self.to_plain()),
        ]);
    }

    fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row[column].as_str())
    }

    fn is_numeric(&self, column: usize) -> bool {
        let begins_with_digit = |cell: &str| {
            let digits = cell.trim_start_matches(['+', '-', '−']);
            digits.starts_with(|c: char| c.is_ascii_digit())
        };
        // A dash stands for "does not apply", in columns of both kinds.
        let mut told = self.column(column).filter(|cell| *cell != "–").peekable();
        told.peek().is_some() && told.all(begins_with_digit)
    }

    /// In characters: good enough for Latin text and digits.
    fn width(&self, column: usize) -> usize {
        let cells = self.column(column).chain([self.head[column].as_str()]);
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn table() -> Table {
        let mut table = Table::new(["placement", "moved, all <keys>"]);
        table.row(["ring", "9.1 %"]);
        table.row(["jump & run", "–"]);
        table
    }

    #[track_caller]
    fn check(found: &str, expected: Expect) {
        expected.assert_eq(found);
    }

    #[test]
    fn html_escapes_text_and_sets_numbers_flush_right() {
        check(
            &table().to_html(),
            expect![[r#"
            <table>
            <thead><tr><th scope="col" style="text-align: left">placement</th><th scope="col" style="text-align: right">moved, all &lt;keys&gt;</th></tr>
            </thead>
            <tbody>
            <tr><td style="text-align: left">ring</td><td style="text-align: right">9.1 %</td></tr>
            <tr><td style="text-align: left">jump &amp; run</td><td style="text-align: right">–</td></tr>
            </tbody>
            </table>
        "#]],
        );
    }

    #[test]
    fn text_is_aligned_by_characters_and_has_no_trailing_spaces() {
        check(
            &table().to_plain(),
            expect![[r#"
            placement   moved, all <keys>
            ----------  -----------------
            ring                    9.1 %
            jump & run                  –
        "#]],
        );
    }

    #[test]
    fn a_table_without_rows_shows_its_head() {
        check(
            &Table::new(["nothing"]).to_plain(),
            expect![[r#"
            nothing
            -------
        "#]],
        );
    }
}
