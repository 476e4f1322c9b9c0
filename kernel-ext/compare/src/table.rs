//! The measured facts as a table, for a terminal and for the book.

use std::fmt::Write as _;

/// Facts about both kernels, group by group.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What was compared, when and where: lines of text.
    pub circumstances: Vec<String>,
    /// The groups.
    pub sections: Vec<Section>,
}

/// A group of lines.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What the facts in it mean; may be empty.
    pub note: String,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What a cell or a front end does.
    pub title: String,
    /// What a person wants.
    pub wanted: String,
    /// What the stock kernel does.
    pub stock: String,
    /// What ours does.
    pub ours: String,
}

impl Table {
    /// For the book: one table under a heading for each group.
    pub fn markdown(&self) -> String {
        let mut text =
            "<!-- Made by `cargo course dev compare --book`; do not edit. -->\n\n".to_owned();
        text += &self.circumstances.join("\n");
        for section in &self.sections {
            let _ = write!(text, "\n\n### {}\n\n", section.title);
            if !section.note.is_empty() {
                let _ = write!(text, "{}\n\n", section.note);
            }
            text += "| | wanted | stock | here |\n|---|---|---|---|\n";
            let rows: Vec<String> = section.rows.iter().map(Row::markdown).collect();
            text += &rows.join("\n");
        }
        text + "\n"
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        let mut text = self.circumstances.join("\n");
        let rows = || self.sections.iter().flat_map(|section| &section.rows);
        let width = |cell: fn(&Row) -> &String| {
            let lengths = rows().map(|row| cell(row).chars().count());
            lengths.max().unwrap_or_default()
        };
        let (title, wanted) = (width(|row| &row.title), width(|row| &row.wanted));
        let stock = width(|row| &row.stock);
        for section in &self.sections {
            let _ = write!(text, "\n\n{}\n", section.title);
            for row in &section.rows {
                let _ = write!(
                    text,
                    "\n  {:title$}  {:wanted$}  {:stock$}  {}",
                    row.title, row.wanted, row.stock, row.ours
                );
            }
        }
        text + "\n"
    }
}

impl Row {
    /// The line of the book.
    pub fn markdown(&self) -> String {
        let Self {
            title,
            wanted,
            stock,
            ours,
        } = self;
        format!("| {title} | {wanted} | {stock} | {ours} |")
    }

    /// A line of the book, if it is one of a table.
    ///
    /// # Examples
    ///
    /// ```
    /// use kernel_compare::table::Row;
    ///
    /// let row = Row::from_markdown("| `panic!` | error | ok | error |").expect("a row");
    /// assert_eq!(row.ours, "error");
    /// assert_eq!(Row::from_markdown("|---|---|---|---|"), None);
    /// ```
    pub fn from_markdown(line: &str) -> Option<Self> {
        let line = line.strip_prefix("| ")?.strip_suffix(" |")?;
        let mut cells = line.split(" | ").map(str::to_owned);
        Some(Self {
            title: cells.next()?,
            wanted: cells.next()?,
            stock: cells.next()?,
            ours: cells.next()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let row = Row {
            title: "`panic!`".to_owned(),
            wanted: "error".to_owned(),
            stock: "ok".to_owned(),
            ours: "error".to_owned(),
        };
        Table {
            circumstances: vec!["Measured somewhere.".to_owned()],
            sections: vec![Section {
                title: "Failures".to_owned(),
                note: String::new(),
                rows: vec![row],
            }],
        }
    }

    #[test]
    fn a_row_of_the_book_is_read_as_it_was_written() {
        let table = table();
        let text = table.markdown();
        let rows: Vec<Row> = text.lines().filter_map(Row::from_markdown).collect();
        // The heading has no first cell.
        assert_eq!(rows, table.sections[0].rows);
    }

    #[test]
    fn columns_of_the_text_are_aligned() {
        let mut table = table();
        let short = Row {
            title: "`?`".to_owned(),
            ..table.sections[0].rows[0].clone()
        };
        table.sections[0].rows.push(short);
        let text = table.text();
        let starts: Vec<_> = text
            .lines()
            .filter_map(|line| line.find("  error  ok"))
            .collect();
        assert_eq!(starts.len(), 2);
        assert_eq!(starts[0], starts[1]);
    }
}
