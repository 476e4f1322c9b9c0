//! The two ways that are a request for each answer.

use std::time::Duration;

use tokio::time::sleep_until;

use super::{Failure, Feed, News, http};

impl Feed {
    /// The next poll, when its time has come: by the clock, and not so long after the last
    /// answer, so that a slow server is not asked less.
    pub(super) async fn poll(&mut self, every: Duration) -> Result<(), Failure> {
        sleep_until(self.next_poll).await;
        let has_next = self.ask("/poll").await?;
        if !has_next {
            self.next_poll += every;
        }
        Ok(())
    }

    pub(super) async fn reconnect(&mut self) -> Result<(), Failure> {
        self.idle = Some(self.line().await?);
        Ok(())
    }

    /// One request; whether there is more to be had at once.
    pub(super) async fn ask(&mut self, path: &str) -> Result<bool, Failure> {
        // Taken out, and put back when the answer is whole: given up half-way, the rest of
        // the answer would be read as the next.
        let mut line = match self.idle.take() {
            Some(line) => line,
            None => self.line().await?,
        };
        http::ask(&mut line, path, self.at, "").await?;
        let mut input = Vec::new();
        let head = http::head(&mut line, &mut input).await?;
        while input.len() < head.length {
            http::more(&mut line, &mut input).await?;
        }
        match head.status {
            200 | 204 => {}
            503 => return Err(Failure::Full { retry: head.retry }),
            status => return Err(Failure::Refused { status }),
        }
        for text in input
            .split(|byte| *byte == b'\n')
            .filter(|text| !text.is_empty())
        {
            self.ready.push_back(News::of_json(text)?);
        }
        if !head.closes {
            self.idle = Some(line);
        }
        Ok(head.has_next)
    }
}
