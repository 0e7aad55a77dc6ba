//! Which side of a picture is up, the one thing in EXIF that a viewer goes by.

/// The tag of the orientation in the first directory.
const ORIENTATION: u16 = 0x0112;
/// The type of a number of two bytes.
const SHORT: u16 = 3;

/// The orientation that `tiff`, the content of EXIF, gives, as long as it is another than upright.
pub(super) fn turned(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let long = |at: usize| {
        let (first, second) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        Some(if little {
            second << 16 | first
        } else {
            first << 16 | second
        })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries)
        .map(|index| directory + 2 + 12 * index)
        .take_while(|at| at + 12 <= tiff.len())
        .find(|at| short(*at) == Some(ORIENTATION))?;
    if short(entry + 2)? != SHORT {
        return None;
    }
    let orientation = u8::try_from(short(entry + 8)?).ok()?;
    (2..=8).contains(&orientation).then_some(orientation)
}

/// EXIF that says nothing but this orientation.
pub(super) fn only(orientation: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation;
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else_is_taken_for_it() {
        for orientation in 0..=u8::MAX {
            let read = turned(&only(orientation));
            let real = (2..=8).contains(&orientation);
            assert_eq!(read, real.then_some(orientation));
        }
        let little = b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0abc\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(turned(little), Some(6));
        for end in 0..little.len() - 6 {
            assert_eq!(turned(&little[..end]), None, "cut off at {end}");
        }
        assert_eq!(
            turned(b"MM\0*\xff\xff\xff\xff\0\0"),
            None,
            "a directory far away"
        );
    }
}
