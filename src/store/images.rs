//! Images of a bank as `data:` addresses, so that a packet needs no other file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::store::files::Files;

/// The most bytes that an image may have.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// The image at `target`, written relative to `folder`, as a `data:` address.
///
/// # Errors
/// Why the image cannot be used: it is remote, outside the bank, missing, too large, or no image.
pub fn inline(files: &Files, folder: &str, target: &str) -> Result<String, String> {
    if target.contains("://") || target.starts_with("//") || target.starts_with("data:") {
        return Err("it is not a file of the bank".to_owned());
    }
    let target = target.split(['#', '?']).next().unwrap_or(target);
    let path = resolve(folder, target).ok_or("it lies outside the bank")?;
    let bytes = files.read_bytes(&path, MAX_BYTES)?;
    let media = media_type(&bytes).ok_or("it is neither PNG, JPEG, GIF, WebP nor SVG")?;
    Ok(format!("data:{media};base64,{}", STANDARD.encode(&bytes)))
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

/// The type that the bytes show, whatever the file is called.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => {
            let start = std::str::from_utf8(bytes)
                .ok()?
                .trim_start_matches('\u{feff}');
            let start = start.trim_start();
            (start.starts_with("<svg") || (start.starts_with("<?xml") && start.contains("<svg")))
                .then_some("image/svg+xml")
        }
    }
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
}
