//! Where a client stands: the log that it read, and the last event that it has of it.
//!
//! The number alone would not do. Ids begin anew with every log, so after a restart a
//! client that has event 5 would be sent 6 of the new log, as if it had seen the new 1
//! to 5. With the log's name in the id, the server sees that it has not.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A place in a log, as clients name it in `?after=` and `Last-Event-ID`.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::Cursor;
///
/// let cursor = Cursor { log: 0x1f3a, id: 7 };
/// assert_eq!(cursor.to_string(), "1f3a-7");
/// assert_eq!("1f3a-7".parse(), Ok(cursor));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Which log: a number that its maker has never given to another.
    pub log: u64,
    /// The event's number in it, from 1.
    pub id: u64,
}

/// A text that is no cursor.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::{Cursor, CursorError};
///
/// assert_eq!("7".parse::<Cursor>(), Err(CursorError));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a place in a log; send back an id that came with an event, or none at all")]
pub struct CursorError;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.log, self.id)
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (log, id) = text.split_once('-').ok_or(CursorError)?;
        // `from_str_radix` and `parse` would take a sign as well, so that one place had two names.
        let cursor = Self {
            log: u64::from_str_radix(log, 16).map_err(|_| CursorError)?,
            id: id.parse().map_err(|_| CursorError)?,
        };
        match cursor.to_string() == text {
            true => Ok(cursor),
            false => Err(CursorError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_name_only() {
        for text in [
            "", "7", "-7", "1f-", "+1-7", "1f-+7", "1F-7", "01-7", "1-07", "1-7 ",
        ] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text:?}");
        }
        let largest = Cursor {
            log: u64::MAX,
            id: u64::MAX,
        };
        assert_eq!(largest.to_string().parse(), Ok(largest));
    }
}
