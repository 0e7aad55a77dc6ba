//! Moving PNGs: whether what they say about their frames holds together.

use crate::store::images::bytes::Reader;
use crate::store::images::png::{Chunk, Header};

const NOT_WELL_FORMED: &str = "it is no well-formed moving PNG";

/// An animation as far as it is read.
pub(super) struct Animation {
    frames: u32,
    begun: u32,
    sequence: u32,
    last: Last,
}

/// What came last.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    /// The beginning of a frame.
    Frame,
    /// The pixels of the still picture, which are those of the first frame if that began before.
    Still,
    /// Pixels of a later frame.
    Pixels,
}

impl Animation {
    pub(super) fn begun(data: &[u8]) -> Result<Self, String> {
        let frames = Reader::new(data).be32()?;
        if data.len() != 8 || frames == 0 {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        Ok(Self {
            frames,
            begun: 0,
            sequence: 0,
            last: Last::Nothing,
        })
    }

    /// The still picture's pixels begin.
    pub(super) fn still(&mut self) {
        self.last = Last::Still;
    }

    /// A frame, or pixels of one; `first` before the still picture's pixels.
    pub(super) fn add(
        &mut self,
        chunk: &Chunk<'_>,
        header: &Header,
        first: bool,
    ) -> Result<(), String> {
        let mut data = Reader::new(chunk.data);
        if &chunk.kind == b"acTL" || data.be32()? != self.sequence {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        self.sequence += 1;
        let fits = if &chunk.kind == b"fcTL" {
            let begins = self.last != Last::Frame;
            self.last = Last::Frame;
            self.begun += 1;
            begins && chunk.data.len() == 26 && is_inside(data, header, first)?
        } else {
            let continues = matches!(self.last, Last::Frame | Last::Pixels);
            self.last = Last::Pixels;
            continues && !first && !data.rest().is_empty()
        };
        if !fits {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        Ok(())
    }

    pub(super) fn finished(&self) -> Result<(), String> {
        if self.begun != self.frames || self.last == Last::Frame {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        Ok(())
    }
}

/// Whether a frame lies within the picture; the first one covers it.
fn is_inside(mut data: Reader<'_>, header: &Header, first: bool) -> Result<bool, String> {
    let (width, height) = (data.be32()?, data.be32()?);
    let (left, top) = (data.be32()?, data.be32()?);
    let [_, _, _, _, dispose, blend] = data.array()?;
    let ends = |start: u32, length: u32, limit: u32| {
        length > 0 && start.checked_add(length).is_some_and(|end| end <= limit)
    };
    Ok(ends(left, width, header.width)
        && ends(top, height, header.height)
        && (!first || (width, height) == (header.width, header.height))
        && dispose <= 2
        && blend <= 1)
}
