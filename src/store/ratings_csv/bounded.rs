//! A source that ends with an error where a row does not end.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest row, and what a reader takes ahead of it.
const LONGEST: usize = 1024 * 1024;

/// A source of rows.
pub(super) struct Bounded<S> {
    source: S,
    since: Rc<Cell<usize>>,
}

/// How much was read since a row ended.
pub(super) struct Since(Rc<Cell<usize>>);

impl Since {
    /// A row has ended.
    pub(super) fn forget(&self) {
        self.0.set(0);
    }
}

impl<S> Bounded<S> {
    pub(super) fn new(source: S) -> (Self, Since) {
        let since = Rc::new(Cell::new(0));
        let bounded = Self {
            source,
            since: Rc::clone(&since),
        };
        (bounded, Since(since))
    }
}

impl<S: Read> Read for Bounded<S> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(room)?;
        let since = self.since.get() + read;
        if since > LONGEST {
            return Err(io::Error::other(
                "a row is longer than 1 MiB: is a quote never closed?",
            ));
        }
        self.since.set(since);
        Ok(read)
    }
}
