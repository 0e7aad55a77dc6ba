//! WebP: the chunks that say how the picture looks, in the order that the format wants.

use crate::store::images::bytes::Reader;
use crate::store::images::check_size;

const NOT_WELL_FORMED: &str = "it is no well-formed WebP";
/// Flags of the header of a WebP of several chunks.
const PROFILE: u8 = 0x20;
const ALPHA: u8 = 0x10;
const MOVING: u8 = 0x02;

/// A piece of a WebP.
#[derive(Clone, Copy)]
struct Chunk<'b> {
    kind: [u8; 4],
    data: &'b [u8],
}

/// Width and height.
type Size = (u32, u32);

/// The WebP without what is not its picture.
///
/// # Errors
/// Why it is no WebP that browsers show.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.take(4)?;
    let length = usize::try_from(input.le32()?).map_err(|_| NOT_WELL_FORMED)?;
    let mut content = Reader::new(input.take(length)?);
    content.take(4)?;
    let chunks = chunks(content)?;
    let mut out = b"WEBP".to_vec();
    let first = *chunks.first().ok_or("it is cut off")?;
    match &first.kind {
        b"VP8 " | b"VP8L" => {
            let (width, height) = first.size()?;
            check_size(width, height)?;
            first.push(&mut out);
        }
        b"VP8X" => extended(first.data, &chunks[1..], &mut out)?,
        _ => return Err(NOT_WELL_FORMED.to_owned()),
    }
    let mut file = Vec::with_capacity(out.len() + 8);
    Chunk::new(*b"RIFF", &out).push(&mut file);
    Ok(file)
}

fn chunks(mut input: Reader<'_>) -> Result<Vec<Chunk<'_>>, String> {
    let mut chunks = Vec::new();
    while !input.rest().is_empty() {
        let kind = input.array()?;
        let length = usize::try_from(input.le32()?).map_err(|_| NOT_WELL_FORMED)?;
        let data = input.take(length)?;
        input.take(length % 2)?;
        chunks.push(Chunk { kind, data });
    }
    Ok(chunks)
}

impl<'b> Chunk<'b> {
    fn new(kind: [u8; 4], data: &'b [u8]) -> Self {
        Self { kind, data }
    }

    /// The size that compressed pixels say they have.
    fn size(&self) -> Result<Size, String> {
        let mut data = Reader::new(self.data);
        if &self.kind == b"VP8L" {
            let (signature, sizes) = (data.byte()?, data.le32()?);
            if signature != 0x2f || sizes >> 29 != 0 {
                return Err(NOT_WELL_FORMED.to_owned());
            }
            return Ok(((sizes & 0x3fff) + 1, (sizes >> 14 & 0x3fff) + 1));
        }
        let tag = data.le24()?;
        let start: [u8; 3] = data.array()?;
        let (width, height) = (data.le16()? & 0x3fff, data.le16()? & 0x3fff);
        if tag & 1 != 0 || start != [0x9d, 0x01, 0x2a] {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        // The length of the first part of the pixels.
        data.take(usize::try_from(tag >> 5).map_err(|_| NOT_WELL_FORMED)?)?;
        Ok((width.into(), height.into()))
    }

    fn push(&self, out: &mut Vec<u8>) {
        // What is written was read from a chunk, or is shorter.
        let length = u32::try_from(self.data.len()).unwrap_or(u32::MAX);
        out.extend(self.kind);
        out.extend(length.to_le_bytes());
        out.extend(self.data);
        if self.data.len() % 2 == 1 {
            out.push(0);
        }
    }
}

/// Writes a WebP of several chunks: the header, a colour profile, and a picture or the frames of a
/// moving one.
fn extended(header: &[u8], chunks: &[Chunk<'_>], out: &mut Vec<u8>) -> Result<(), String> {
    let mut data = Reader::new(header);
    let flags = data.le32()?.to_le_bytes()[0];
    let size = (data.le24()? + 1, data.le24()? + 1);
    if !data.rest().is_empty() {
        return Err(NOT_WELL_FORMED.to_owned());
    }
    check_size(size.0, size.1)?;
    let profile = chunks
        .iter()
        .find(|chunk| &chunk.kind == b"ICCP")
        .filter(|_| flags & PROFILE != 0);
    let mut flags = flags & (ALPHA | MOVING);
    if profile.is_some() {
        flags |= PROFILE;
    }
    let header = [&[flags, 0, 0, 0], &header[4..]].concat();
    Chunk::new(*b"VP8X", &header).push(out);
    if let Some(profile) = profile {
        profile.push(out);
    }
    if flags & MOVING == 0 {
        return picture(chunks, size, out);
    }
    let beginning = chunks.iter().find(|chunk| &chunk.kind == b"ANIM");
    let beginning = beginning.filter(|chunk| chunk.data.len() == 6);
    beginning.ok_or(NOT_WELL_FORMED)?.push(out);
    let frames = chunks.iter().filter(|chunk| &chunk.kind == b"ANMF");
    let mut moving = false;
    for chunk in frames {
        let content = frame(chunk.data, size)?;
        Chunk::new(*b"ANMF", &content).push(out);
        moving = true;
    }
    if !moving {
        return Err("it has no pixels".to_owned());
    }
    Ok(())
}

/// A frame of a moving WebP, which lies within the size of the whole.
fn frame(content: &[u8], whole: Size) -> Result<Vec<u8>, String> {
    let mut data = Reader::new(content);
    let header = data.take(16)?;
    let mut numbers = Reader::new(header);
    let (left, top) = (numbers.le24()? * 2, numbers.le24()? * 2);
    let size = (numbers.le24()? + 1, numbers.le24()? + 1);
    if left + size.0 > whole.0 || top + size.1 > whole.1 {
        return Err(NOT_WELL_FORMED.to_owned());
    }
    let mut out = header.to_vec();
    picture(&chunks(data)?, size, &mut out)?;
    Ok(out)
}

/// Writes the one picture among the chunks, which has this size, with what makes it transparent.
fn picture(chunks: &[Chunk<'_>], size: Size, out: &mut Vec<u8>) -> Result<(), String> {
    let mut alpha = None;
    let mut picture = None;
    for chunk in chunks {
        match &chunk.kind {
            b"ALPH" if alpha.is_none() && picture.is_none() => alpha = Some(chunk),
            b"VP8 " | b"VP8L" if picture.is_none() => picture = Some(chunk),
            b"ALPH" | b"VP8 " | b"VP8L" => return Err(NOT_WELL_FORMED.to_owned()),
            _ => {}
        }
    }
    let picture = picture.ok_or("it has no pixels")?;
    if picture.size()? != size {
        return Err(NOT_WELL_FORMED.to_owned());
    }
    if let Some(alpha) = alpha.filter(|_| &picture.kind == b"VP8 ") {
        alpha.push(out);
    }
    picture.push(out);
    Ok(())
}

#[cfg(test)]
mod tests;
