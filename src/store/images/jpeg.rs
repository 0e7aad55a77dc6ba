//! JPEG: the segments that say how the picture looks, and every scan to the end of the picture.

use memchr::memchr;

use crate::store::images::bytes::{CUT_OFF, Reader};
use crate::store::images::{check_size, exif};

const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const NOT_WELL_FORMED: &str = "it is no well-formed JPEG";
const EXIF: &[u8] = b"Exif\0\0";

/// A picture as far as it is read.
#[derive(Default)]
struct Picture {
    framed: bool,
    scanned: bool,
    /// Applications' segments that stand once: what a second one says, no viewer goes by.
    seen: Vec<u8>,
    out: Vec<u8>,
}

/// The JPEG without what is not its picture.
///
/// # Errors
/// Why it is no JPEG that browsers show.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    let mut picture = Picture {
        out: input.take(2)?.to_vec(),
        ..Picture::default()
    };
    loop {
        let marker = marker(&mut input)?;
        if marker == END {
            return picture.finished();
        }
        let length = usize::from(input.be16()?);
        let content = input.take(length.checked_sub(2).ok_or(NOT_WELL_FORMED)?)?;
        picture.add(marker, content)?;
        if marker == SCAN {
            let scan = scan(&mut input)?;
            picture.scanned |= !scan.is_empty();
            picture.out.extend(scan);
        }
    }
}

/// The marker that comes next, if it is one that may stand before a segment.
fn marker(input: &mut Reader<'_>) -> Result<u8, String> {
    if input.byte()? != 0xff {
        return Err(NOT_WELL_FORMED.to_owned());
    }
    loop {
        match input.byte()? {
            // Any number of these may fill the place before a marker.
            0xff => {}
            0x00..=0x01 | 0xd0..=0xd8 => return Err(NOT_WELL_FORMED.to_owned()),
            marker => return Ok(marker),
        }
    }
}

/// The compressed pixels up to the next marker.
fn scan<'b>(input: &mut Reader<'b>) -> Result<&'b [u8], String> {
    let bytes = input.rest();
    let mut at = 0;
    loop {
        at += memchr(0xff, &bytes[at..]).ok_or(CUT_OFF)?;
        match bytes.get(at + 1).ok_or(CUT_OFF)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return input.take(at),
        }
    }
}

impl Picture {
    fn add(&mut self, marker: u8, content: &[u8]) -> Result<(), String> {
        match marker {
            0xc0..=0xc2 => {
                self.frame(content)?;
                self.keep(marker, content);
            }
            0xc4 | 0xdb | 0xdd | SCAN => {
                let whole = match marker {
                    0xc4 => is_huffman(content),
                    0xdb => is_quantization(content),
                    0xdd => content.len() == 2,
                    _ => self.framed && is_scan(content),
                };
                if !whole {
                    return Err(NOT_WELL_FORMED.to_owned());
                }
                self.keep(marker, content);
            }
            0xe0 | 0xe1 | 0xe2 | 0xee => self.describe(marker, content),
            // Other applications' segments, the number of lines once more, comments.
            0xdc | 0xe0..=0xef | 0xfe => {}
            _ => return Err("it is a sort of JPEG that browsers do not show".to_owned()),
        }
        Ok(())
    }

    fn frame(&mut self, content: &[u8]) -> Result<(), String> {
        let mut data = Reader::new(content);
        let depth = data.byte()?;
        let (height, width) = (data.be16()?, data.be16()?);
        let components = data.byte()?;
        if depth != 8 || !matches!(components, 1 | 3 | 4) {
            return Err("it is a sort of JPEG that browsers do not show".to_owned());
        }
        if self.framed || data.rest().len() != 3 * usize::from(components) {
            return Err(NOT_WELL_FORMED.to_owned());
        }
        self.framed = true;
        check_size(width.into(), height.into())
    }

    /// Keeps of an application's segment what says how the pixels are to be shown.
    fn describe(&mut self, marker: u8, content: &[u8]) {
        match marker {
            // The last two of the 14 bytes are the size of a thumbnail, which would follow.
            0xe0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => {
                let density = [&content[..12], &[0, 0]].concat();
                self.keep_first(marker, &density);
            }
            0xe1 => {
                if let Some(tiff) = content.strip_prefix(EXIF)
                    && self.is_first(marker)
                    && let Some(orientation) = exif::turned(tiff)
                {
                    self.keep(marker, &[EXIF, &exif::only(orientation)].concat());
                }
            }
            0xe2 if content.starts_with(b"ICC_PROFILE\0") && content.len() > 14 => {
                self.keep(marker, content);
            }
            0xee if content.starts_with(b"Adobe") && content.len() >= 12 => {
                self.keep(marker, &content[..12]);
            }
            _ => {}
        }
    }

    fn is_first(&mut self, marker: u8) -> bool {
        let first = !self.seen.contains(&marker);
        if first {
            self.seen.push(marker);
        }
        first
    }

    fn keep_first(&mut self, marker: u8, content: &[u8]) {
        if self.is_first(marker) {
            self.keep(marker, content);
        }
    }

    fn keep(&mut self, marker: u8, content: &[u8]) {
        // What is written was read from a segment, or is shorter.
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
        self.out.extend([0xff, marker]);
        self.out.extend(length.to_be_bytes());
        self.out.extend(content);
    }

    fn finished(mut self) -> Result<Vec<u8>, String> {
        if !self.scanned {
            return Err("it has no pixels".to_owned());
        }
        self.out.extend([0xff, END]);
        Ok(self.out)
    }
}

/// Whether these are nothing but tables of codes.
fn is_huffman(content: &[u8]) -> bool {
    let mut rest = content;
    while let Some((lengths, after)) = rest.split_at_checked(17) {
        let codes = lengths[1..].iter().map(|count| usize::from(*count)).sum();
        match after.get(codes..) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Whether these are nothing but tables of 64 numbers of one or two bytes.
fn is_quantization(content: &[u8]) -> bool {
    let mut rest = content;
    while let [kind, after @ ..] = rest {
        match after.get(if kind >> 4 == 0 { 64 } else { 128 }..) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

/// Whether this is the beginning of a scan.
fn is_scan(content: &[u8]) -> bool {
    matches!(content, [components @ 1..=4, rest @ ..] if rest.len() == 2 * usize::from(*components) + 3)
}

#[cfg(test)]
mod tests;
