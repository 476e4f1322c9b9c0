//! The head of an HTTP/1.1 request: as much of HTTP as a server of this topic needs.
//!
//! Given to learners, because this topic is about what comes behind the head. It reads no
//! body, no request over several lines (obsolete since RFC 7230), and knows no HTTP/2.
//!
//! Source: RFC 9112, § 2 to 5, <https://www.rfc-editor.org/rfc/rfc9112>.

use thiserror::Error;

/// The most that a head may have: what common servers allow for all headers together.
pub const MAX_HEAD_BYTES: usize = 8 << 10;

/// The head of a request.
///
/// # Examples
///
/// ```
/// use exercises::realtime::RequestHead;
///
/// let sent = b"GET /events HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 7\r\n\r\n";
/// let head = RequestHead::parse(sent)?.expect("all of it is here");
/// assert_eq!((head.method.as_str(), head.path.as_str()), ("GET", "/events"));
/// assert_eq!(head.header("last-event-id"), Some("7"));
/// assert_eq!(RequestHead::parse(&sent[..20])?, None, "more is to come");
/// # Ok::<(), exercises::realtime::HeadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestHead {
    /// `GET`, and so on; in capitals.
    pub method: String,
    /// What is asked for, with the query.
    pub path: String,
    headers: Vec<(String, String)>,
}

/// Why something is no head of a request.
///
/// # Examples
///
/// ```
/// use exercises::realtime::{HeadError, MAX_HEAD_BYTES, RequestHead};
///
/// let flood = vec![b'a'; MAX_HEAD_BYTES + 1];
/// assert_eq!(RequestHead::parse(&flood), Err(HeadError::TooLong));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HeadError {
    /// It has not ended within [`MAX_HEAD_BYTES`].
    #[error("the head has more than {MAX_HEAD_BYTES} bytes; answer 431 and close the connection")]
    TooLong,
    /// It is not HTTP/1.
    #[error("the head is not that of an HTTP/1 request; answer 400 and close the connection")]
    Malformed,
}

impl RequestHead {
    /// Reads the head at the beginning of what has come; `None` if it has no end yet.
    ///
    /// # Errors
    ///
    /// When it never will be a head, or is too long.
    ///
    /// # Time complexity
    ///
    /// O(bytes).
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, HeadError> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(end) = end.filter(|end| end + 4 <= MAX_HEAD_BYTES) else {
            return match bytes.len() > MAX_HEAD_BYTES {
                true => Err(HeadError::TooLong),
                false => Ok(None),
            };
        };
        let text = str::from_utf8(&bytes[..end]).map_err(|_| HeadError::Malformed)?;
        let mut lines = text.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(path), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(HeadError::Malformed);
        };
        if !(version.starts_with("HTTP/1.") && path.starts_with('/')) {
            return Err(HeadError::Malformed);
        }
        let headers = lines.map(header).collect::<Option<_>>();
        Ok(Some(Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: headers.ok_or(HeadError::Malformed)?,
        }))
    }

    /// The value of the first header of this name, in capitals or not.
    ///
    /// # Time complexity
    ///
    /// O(headers).
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(&found.1)
    }
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    // A blank before the colon has been used to smuggle requests past proxies.
    let is_name = !name.is_empty() && !name.contains([' ', '\t']);
    is_name.then(|| (name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_only_when_its_empty_line_has_come() {
        let sent = b"GET / HTTP/1.1\r\nA:  b \r\n\r\nrest";
        for n_bytes in 0..sent.len() - 4 {
            assert_eq!(RequestHead::parse(&sent[..n_bytes]), Ok(None), "{n_bytes}");
        }
        let head = RequestHead::parse(sent)
            .expect("well formed")
            .expect("whole");
        assert_eq!(head.header("a"), Some("b"));
    }

    #[test]
    fn what_is_no_head_is_refused() {
        for sent in [
            "GET /\r\n\r\n",
            "GET / HTTP/2\r\n\r\n",
            "GET a HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\nA : b\r\n\r\n",
            "GET / a HTTP/1.1\r\n\r\n",
        ] {
            let read = RequestHead::parse(sent.as_bytes());
            assert_eq!(read, Err(HeadError::Malformed), "{sent:?}");
        }
    }

    #[test]
    fn a_head_of_the_limit_is_read_and_one_byte_more_is_too_long() {
        let head = |n_bytes: usize| format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(n_bytes - 18));
        let read = RequestHead::parse(head(MAX_HEAD_BYTES).as_bytes());
        assert!(matches!(read, Ok(Some(_))), "{read:?}");
        let read = RequestHead::parse(head(MAX_HEAD_BYTES + 1).as_bytes());
        assert_eq!(read, Err(HeadError::TooLong));
    }
}
