//! Images of a bank as `data:` addresses that hold the picture and nothing else.

mod bytes;
mod exif;
mod jpeg;
mod png;
mod svg;
mod webp;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::store::files::Files;

/// The most bytes that an image may have.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;
/// The most pixels that a side of an image may have.
const MAX_SIDE: u32 = 16_384;
/// The most pixels that an image may have.
const MAX_PIXELS: u64 = 40_000_000;

/// The image at `target`, written relative to `folder`, as a `data:` address.
///
/// # Errors
/// Why the image cannot be used: it is remote, outside the bank or missing, or [`cleaned`] refuses it.
pub fn inline(files: &Files, folder: &str, target: &str) -> Result<String, String> {
    if target.contains("://") || target.starts_with("//") || target.starts_with("data:") {
        return Err("it is not a file of the bank".to_owned());
    }
    let target = target.split(['#', '?']).next().unwrap_or(target);
    let path = resolve(folder, target).ok_or("it lies outside the bank")?;
    let (media, picture) = cleaned(&files.read_bytes(&path, MAX_BYTES)?)?;
    Ok(address(media, &picture))
}

/// The media type that the bytes of an image show, and the image written anew from what its picture
/// consists of. The same bytes always give the same.
///
/// # Errors
/// Why the image cannot be used: it is of no known type, too large, or not well-formed.
pub fn cleaned(bytes: &[u8]) -> Result<(&'static str, Vec<u8>), String> {
    if let Some(raster) = raster(bytes) {
        return raster;
    }
    if svg::is_likely(bytes) {
        return Ok(("image/svg+xml", svg::cleaned(bytes)?));
    }
    Err("it is neither PNG, JPEG, WebP nor SVG".to_owned())
}

/// [`cleaned`] for images made of pixels; `None` for all others.
fn raster(bytes: &[u8]) -> Option<Result<(&'static str, Vec<u8>), String>> {
    let (media, picture) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => ("image/png", png::cleaned(bytes)),
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", jpeg::cleaned(bytes)),
        [b'G', b'I', b'F', b'8', ..] => {
            return Some(Err(
                "a GIF is not shown: save it as PNG or WebP, which may move, too".to_owned(),
            ));
        }
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => {
            ("image/webp", webp::cleaned(bytes))
        }
        _ => return None,
    };
    Some(picture.map(|picture| (media, picture)))
}

fn address(media: &str, picture: &[u8]) -> String {
    format!("data:{media};base64,{}", STANDARD.encode(picture))
}

/// Whether an image of this size can be shown.
fn check_size(width: u32, height: u32) -> Result<(), String> {
    if width == 0 || height == 0 {
        return Err("it has no pixels".to_owned());
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(format!(
            "it has {width} × {height} pixels; a side may have {MAX_SIDE}"
        ));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(format!(
            "it has {width} × {height} pixels; at most 40 million are shown"
        ));
    }
    Ok(())
}

/// `folder/target` without `.` and `..`; `None` when it leaves the bank.
fn resolve(folder: &str, target: &str) -> Option<String> {
    if target.starts_with('/') || target.contains(['\\', '\0', ':']) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_bank() {
        let inside = |target| resolve("questions/databases", target);
        assert_eq!(
            inside("a.png").as_deref(),
            Some("questions/databases/a.png")
        );
        assert_eq!(inside("../../img/a.png").as_deref(), Some("img/a.png"));
        for outside in ["../../../etc/passwd", "/etc/passwd", "..\\..\\x", "C:x"] {
            assert_eq!(inside(outside), None, "{outside}");
        }
    }

    #[test]
    fn what_is_no_image_is_refused_with_a_reason() {
        for (bytes, reason) in [
            (&b""[..], "neither PNG"),
            (b"hello", "neither PNG"),
            (b"<!DOCTYPE html><p>hello</p>", "neither PNG"),
            (b"GIF89a\x01\x00\x01\x00", "save it as PNG or WebP"),
            (b"RIFF\x04\x00\x00\x00WAVE", "neither PNG"),
            (b"\x89PNG", "cut off"),
            (b"\xff\xd8\xff", "cut off"),
            (b"RIFF\x04\x00\x00\x00WEBP", "cut off"),
        ] {
            let refused = cleaned(bytes).err().unwrap_or_default();
            assert!(refused.contains(reason), "{bytes:?}: {refused}");
        }
    }

    #[test]
    fn sizes_have_limits() {
        for (width, height, fits) in [
            (1, 1, true),
            (16_384, 2_441, true),
            (16_384, 2_442, false),
            (16_385, 1, false),
            (1, 16_385, false),
            (u32::MAX, u32::MAX, false),
            (0, 1, false),
            (1, 0, false),
        ] {
            assert_eq!(
                check_size(width, height).is_ok(),
                fits,
                "{width} × {height}"
            );
        }
    }
}
