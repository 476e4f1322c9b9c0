//! One piece of rich output in several forms: MIME type → data.
//!
//! A front end shows the richest form it knows. Use a [`Bundle`] for whatever a
//! cell shows or returns; it does not check that the data fits its type.

use jupyter_protocol::media::{Media, MediaType};
use serde_json::Value;

/// The forms of one output, in the order in which they were given.
///
/// # Examples
///
/// ```
/// use kernel_protocol::Bundle;
///
/// let mut figure = Bundle::text("Ring with 3 servers");
/// figure.insert("image/svg+xml", "<svg/>");
/// assert_eq!(figure.get("text/plain"), Some("Ring with 3 servers"));
/// assert!(!figure.contains("text/html"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bundle(Vec<(String, Value)>);

impl Bundle {
    /// A bundle of plain text alone.
    pub fn text(text: &str) -> Self {
        let mut bundle = Self::default();
        bundle.insert("text/plain", text);
        bundle
    }

    /// Adds a form, replacing an earlier one of the same type.
    ///
    /// Data of a JSON type (`application/json` and `…+json`) is sent as JSON where
    /// it parses, because front ends expect an object there and not a string.
    pub fn insert(&mut self, mime: &str, data: &str) {
        let is_json = mime == "application/json" || mime.ends_with("+json");
        let value = if is_json {
            serde_json::from_str(data).unwrap_or_else(|_| Value::from(data))
        } else {
            Value::from(data)
        };
        self.0.retain(|(known, _)| known != mime);
        self.0.push((mime.to_owned(), value));
    }

    /// Whether the bundle has this form.
    pub fn contains(&self, mime: &str) -> bool {
        self.0.iter().any(|(known, _)| known == mime)
    }

    /// The data of a textual form.
    pub fn get(&self, mime: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == mime)?;
        value.as_str()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Bundle> for Media {
    fn from(bundle: Bundle) -> Self {
        // `Other` for every type: the typed variants parse their data, and a
        // cell's malformed table must not cost it the message.
        Media::new(bundle.0.into_iter().map(MediaType::Other).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_sent_as_json_and_text_as_text() {
        let mut bundle = Bundle::text("3");
        bundle.insert("application/json", r#"{"n":3}"#);
        bundle.insert("application/vnd.plotly.v1+json", "not json");
        let sent = serde_json::to_value(Media::from(bundle)).unwrap();
        assert_eq!(
            sent,
            serde_json::json!({
                "text/plain": "3",
                "application/json": {"n": 3},
                "application/vnd.plotly.v1+json": "not json",
            })
        );
    }

    #[test]
    fn the_same_type_again_replaces_its_data() {
        let mut bundle = Bundle::text("old");
        bundle.insert("text/plain", "new");
        assert_eq!(bundle, Bundle::text("new"));
    }
}
