//! Calls to a browser and events from it, by the protocol of its developer tools.

use std::collections::{HashSet, VecDeque};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::error::BrowserError;
use super::wire::{Received, Wire};

/// Something that a browser tells without having been asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What kind of event, such as `Page.loadEventFired`.
    pub method: String,
    /// What there is to know about it.
    pub params: Value,
    session: Option<String>,
}

/// A conversation with one browser.
#[derive(Debug)]
pub(super) struct Connection {
    wire: Wire,
    limit: Duration,
    last_id: u64,
    events: VecDeque<Event>,
    /// The sessions whose every request is to fail.
    offline: HashSet<String>,
    /// The sessions whose page is gone: whoever asks them for something would wait until the limit.
    crashed: HashSet<String>,
}

impl Connection {
    /// A conversation in which every step must be done within `limit`.
    pub(super) fn new(wire: Wire, limit: Duration) -> Self {
        Self {
            wire,
            limit,
            last_id: 0,
            events: VecDeque::new(),
            offline: HashSet::new(),
            crashed: HashSet::new(),
        }
    }

    /// Asks for something and waits for the answer.
    pub(super) fn call(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, BrowserError> {
        let id = self.send(session, method, params)?;
        let deadline = Instant::now() + self.limit;
        loop {
            let mut message = self.receive(deadline, session, method)?;
            if message["id"] != id {
                self.keep(message)?;
            } else if let Some(error) = message.get("error") {
                return Err(BrowserError::Refused {
                    what: method.to_owned(),
                    why: error["message"].as_str().unwrap_or_default().to_owned(),
                });
            } else {
                return Ok(message["result"].take());
            }
        }
    }

    /// Takes the first event of a session that `wanted` says yes to; waits until there is one.
    pub(super) fn wait_for(
        &mut self,
        session: &str,
        what: &str,
        wanted: &dyn Fn(&Event) -> bool,
    ) -> Result<Event, BrowserError> {
        let deadline = Instant::now() + self.limit;
        let mut seen = 0;
        loop {
            let new = self.events.iter().skip(seen);
            let found = new
                .enumerate()
                .find(|(_, event)| event.session.as_deref() == Some(session) && wanted(event));
            let found = found.map(|(index, _)| seen + index);
            if let Some(event) = found.and_then(|index| self.events.remove(index)) {
                return Ok(event);
            }
            seen = self.events.len();
            let message = self.receive(deadline, Some(session), what)?;
            self.keep(message)?;
        }
    }

    /// Takes all events of a session that have come in so far.
    pub(super) fn take_events(&mut self, session: &str) -> Vec<Event> {
        while let Received::Message(text) = self.wire.receive(Duration::ZERO) {
            if let Ok(message) = serde_json::from_str(&text) {
                let _ = self.keep(message);
            }
        }
        let (taken, kept) = self
            .events
            .drain(..)
            .partition(|event| event.session.as_deref() == Some(session));
        self.events = kept;
        Vec::from(taken)
    }

    /// Lets every request of a session fail from now on.
    pub(super) fn cut_off(&mut self, session: &str) -> Result<(), BrowserError> {
        self.offline.insert(session.to_owned());
        let everything = json!({ "patterns": [{ "urlPattern": "*" }] });
        self.call(Some(session), "Fetch.enable", &everything)?;
        Ok(())
    }

    /// Forgets a session.
    pub(super) fn forget(&mut self, session: &str) {
        self.offline.remove(session);
        self.crashed.remove(session);
        self.events
            .retain(|event| event.session.as_deref() != Some(session));
    }

    /// Asks for something and does not wait.
    pub(super) fn send(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<u64, BrowserError> {
        // Printing a page that crashed ends the whole browser.
        self.lives(session)?;
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        if self.wire.send(message.to_string()) {
            Ok(self.last_id)
        } else {
            Err(ended())
        }
    }

    fn lives(&self, session: Option<&str>) -> Result<(), BrowserError> {
        match session {
            Some(session) if self.crashed.contains(session) => Err(BrowserError::Crashed),
            _ => Ok(()),
        }
    }

    /// The next message.
    fn receive(
        &mut self,
        deadline: Instant,
        session: Option<&str>,
        what: &str,
    ) -> Result<Value, BrowserError> {
        self.lives(session)?;
        let left = deadline.saturating_duration_since(Instant::now());
        let text = match self.wire.receive(left) {
            Received::Message(text) => text,
            Received::Closed => return Err(ended()),
            Received::Nothing => {
                return Err(BrowserError::TooSlow {
                    what: what.to_owned(),
                    limit: self.limit,
                });
            }
        };
        let message: Value = serde_json::from_str(&text).map_err(|_| BrowserError::Refused {
            what: what.to_owned(),
            why: "its answer is no JSON".to_owned(),
        })?;
        if message["method"] == "Inspector.targetCrashed"
            && let Some(gone) = message["sessionId"].as_str()
        {
            self.crashed.insert(gone.to_owned());
        }
        Ok(message)
    }

    /// Keeps an event; the answers to [`Connection::send`] are dropped.
    fn keep(&mut self, mut message: Value) -> Result<(), BrowserError> {
        let Some(method) = message["method"].as_str().map(str::to_owned) else {
            return Ok(());
        };
        let session = message["sessionId"].as_str().map(str::to_owned);
        let params = message["params"].take();
        if method == "Fetch.requestPaused"
            && let Some(session) = &session
            && self.offline.contains(session)
        {
            // After any other reason a page that leads elsewhere would give way to one about the error.
            let answer = json!({ "requestId": params["requestId"], "errorReason": "Aborted" });
            self.send(Some(session), "Fetch.failRequest", &answer)?;
        }
        self.events.push_back(Event {
            method,
            params,
            session,
        });
        Ok(())
    }
}

/// The wire is closed; whoever holds the process knows its last words.
fn ended() -> BrowserError {
    BrowserError::Ended {
        said: String::new(),
    }
}
