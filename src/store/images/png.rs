//! PNG: the chunks that say how the picture looks, in the order of the file.

mod animation;

use crate::store::images::bytes::Reader;
use crate::store::images::{check_size, exif};

use animation::Animation;

const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
const INDEXED: u8 = 3;
const NOT_WELL_FORMED: &str = "it is no well-formed PNG";

/// A piece of a PNG, its checksum confirmed.
struct Chunk<'b> {
    kind: [u8; 4],
    data: &'b [u8],
}

/// What the first chunk says.
struct Header {
    width: u32,
    height: u32,
    colour: u8,
}

/// Where the pixels are, seen from the chunk that is read.
#[derive(Clone, Copy, PartialEq)]
enum Pixels {
    Ahead,
    Here,
    Behind,
}

/// A picture as far as it is read.
struct Picture {
    header: Header,
    pixels: Pixels,
    animation: Option<Animation>,
    /// Chunks that stand once: what a second one says, no viewer goes by.
    seen: Vec<[u8; 4]>,
    out: Vec<u8>,
}

/// The PNG without what is not its picture.
///
/// # Errors
/// Why it is no PNG that browsers show.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    if input.array()? != *SIGNATURE {
        return Err(NOT_WELL_FORMED.to_owned());
    }
    let first = Chunk::read(&mut input)?;
    let mut picture = Picture {
        header: Header::read(&first)?,
        pixels: Pixels::Ahead,
        animation: None,
        seen: Vec::new(),
        out: SIGNATURE.to_vec(),
    };
    picture.keep(&first);
    loop {
        let chunk = Chunk::read(&mut input)?;
        if &chunk.kind == b"IEND" {
            return picture.finished();
        }
        picture.add(&chunk)?;
    }
}

impl<'b> Chunk<'b> {
    fn read(input: &mut Reader<'b>) -> Result<Self, String> {
        let length = usize::try_from(input.be32()?).map_err(|_| NOT_WELL_FORMED)?;
        let kind: [u8; 4] = input.array()?;
        if !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        let data = input.take(length)?;
        if input.be32()? != checksum(kind, data) {
            return Err(format!(
                "it is damaged: the checksum of a chunk `{}` is another",
                name(kind)
            ));
        }
        Ok(Self { kind, data })
    }
}

impl Header {
    fn read(chunk: &Chunk<'_>) -> Result<Self, String> {
        let mut data = Reader::new(chunk.data);
        if &chunk.kind != b"IHDR" || chunk.data.len() != 13 {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        let (width, height) = (data.be32()?, data.be32()?);
        let [depth, colour, compression, filter, interlace] = data.array()?;
        let known = match colour {
            0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
            INDEXED => matches!(depth, 1 | 2 | 4 | 8),
            2 | 4 | 6 => matches!(depth, 8 | 16),
            _ => false,
        };
        if !known || compression != 0 || filter != 0 || interlace > 1 {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        check_size(width, height)?;
        Ok(Self {
            width,
            height,
            colour,
        })
    }

    /// Whether a chunk about colours may have this length; others than these are not kept.
    fn has_length(&self, kind: [u8; 4], length: usize) -> bool {
        let grey = matches!(self.colour, 0 | 4);
        match &kind {
            b"gAMA" | b"cICP" => length == 4,
            b"cHRM" => length == 32,
            b"sRGB" => length == 1,
            b"pHYs" => length == 9,
            b"sBIT" => length == [1, 0, 3, 3, 2, 0, 4][usize::from(self.colour)],
            b"bKGD" if self.colour == INDEXED => length == 1,
            b"bKGD" => length == if grey { 2 } else { 6 },
            b"tRNS" => match self.colour {
                0 => length == 2,
                2 => length == 6,
                INDEXED => (1..=256).contains(&length),
                _ => false,
            },
            _ => false,
        }
    }
}

impl Picture {
    fn add(&mut self, chunk: &Chunk<'_>) -> Result<(), String> {
        if self.pixels == Pixels::Here && &chunk.kind != b"IDAT" {
            self.pixels = Pixels::Behind;
        }
        match &chunk.kind {
            b"IHDR" => return Err(NOT_WELL_FORMED.to_owned()),
            b"PLTE" => self.palette(chunk)?,
            b"IDAT" => self.pixels(chunk)?,
            b"acTL" | b"fcTL" | b"fdAT" => self.animate(chunk)?,
            b"eXIf" => {
                if let Some(orientation) = exif::turned(chunk.data)
                    && self.is_first(chunk)
                {
                    push(&mut self.out, *b"eXIf", &exif::only(orientation));
                }
            }
            b"iCCP" => {
                if let Some(profile) = unnamed(chunk.data)
                    && self.pixels == Pixels::Ahead
                    && self.is_first(chunk)
                {
                    push(&mut self.out, *b"iCCP", &[b"icc\0", profile].concat());
                }
            }
            kind if self.header.has_length(*kind, chunk.data.len()) => self.describe(chunk),
            [first, ..] if first.is_ascii_uppercase() => {
                return Err(format!(
                    "it needs a chunk `{}`, which browsers do not know",
                    name(chunk.kind)
                ));
            }
            _ => {}
        }
        Ok(())
    }

    fn describe(&mut self, chunk: &Chunk<'_>) {
        if self.pixels == Pixels::Ahead && self.is_first(chunk) {
            self.keep(chunk);
        }
    }

    fn palette(&mut self, chunk: &Chunk<'_>) -> Result<(), String> {
        let whole = chunk.data.len().is_multiple_of(3) && (3..=768).contains(&chunk.data.len());
        let possible = matches!(self.header.colour, 2 | INDEXED | 6);
        if !whole || !possible || self.pixels != Pixels::Ahead || !self.is_first(chunk) {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        self.keep(chunk);
        Ok(())
    }

    fn pixels(&mut self, chunk: &Chunk<'_>) -> Result<(), String> {
        let colourless = self.header.colour == INDEXED && !self.seen.contains(b"PLTE");
        if self.pixels == Pixels::Behind || colourless {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        if self.pixels == Pixels::Ahead
            && let Some(animation) = &mut self.animation
        {
            animation.still();
        }
        self.pixels = Pixels::Here;
        self.keep(chunk);
        Ok(())
    }

    fn animate(&mut self, chunk: &Chunk<'_>) -> Result<(), String> {
        match &mut self.animation {
            None if &chunk.kind == b"acTL" && self.pixels == Pixels::Ahead => {
                self.animation = Some(Animation::begun(chunk.data)?);
            }
            // Without its beginning, browsers show the still picture.
            None => return Ok(()),
            Some(animation) => {
                animation.add(chunk, &self.header, self.pixels == Pixels::Ahead)?;
            }
        }
        self.keep(chunk);
        Ok(())
    }

    fn is_first(&mut self, chunk: &Chunk<'_>) -> bool {
        let first = !self.seen.contains(&chunk.kind);
        if first {
            self.seen.push(chunk.kind);
        }
        first
    }

    fn keep(&mut self, chunk: &Chunk<'_>) {
        push(&mut self.out, chunk.kind, chunk.data);
    }

    fn finished(mut self) -> Result<Vec<u8>, String> {
        if self.pixels == Pixels::Ahead {
            return Err("it has no pixels".to_owned());
        }
        if let Some(animation) = &self.animation {
            animation.finished()?;
        }
        push(&mut self.out, *b"IEND", b"");
        Ok(self.out)
    }
}

/// A compressed colour profile without the name that stands before it.
fn unnamed(data: &[u8]) -> Option<&[u8]> {
    let end = data.iter().take(80).position(|byte| *byte == 0)?;
    let profile = &data[end + 1..];
    (profile.first() == Some(&0)).then_some(profile)
}

fn push(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    // What is written was read from a chunk, or is shorter.
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    out.extend(length.to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(checksum(kind, data).to_be_bytes());
}

fn checksum(kind: [u8; 4], data: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind);
    hasher.update(data);
    hasher.finalize()
}

fn name(kind: [u8; 4]) -> String {
    kind.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests;
