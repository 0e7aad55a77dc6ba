//! How messages get to a browser and back.

#[cfg(not(windows))]
mod pipe;
#[cfg(any(windows, test))]
mod socket;

#[cfg(not(windows))]
pub(super) use self::pipe::{Wire, command};
#[cfg(windows)]
pub(super) use self::socket::{Wire, command};

/// What came of waiting for a message.
#[derive(Debug)]
pub(super) enum Received {
    /// A message.
    Message(String),
    /// None in time.
    Nothing,
    /// None ever again.
    Closed,
}
