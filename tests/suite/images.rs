//! Images in packets: the picture is there, and nothing else that was in its file.

mod bombs;
mod other_cleaner;
mod pixels;
mod random;
mod svg;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use intervy::store::images::{MAX_BYTES, cleaned};

use crate::harness::{CONFIG, Project, Run};

// Written by Pillow, an encoder of other people's, with everything that it can say about a picture.
const PNG: &[u8] = include_bytes!("../data/images/photo.png");
const MOVING_PNG: &[u8] = include_bytes!("../data/images/moving.png");
const JPEG: &[u8] = include_bytes!("../data/images/photo.jpg");
const WEBP: &[u8] = include_bytes!("../data/images/photo.webp");
const MOVING_WEBP: &[u8] = include_bytes!("../data/images/moving.webp");
const ALL: [&[u8]; 5] = [PNG, MOVING_PNG, JPEG, WEBP, MOVING_WEBP];

/// A candidate's packet of one question that shows a file of this name.
fn packet(name: &str, bytes: &[u8], format: &str) -> Run {
    let question = format!(
        "---\ntitle: Q\ncategory: databases\ndifficulty: easy\nminutes: 5\n---\n\nWhat is this? ![The plan](../../img/{name})\n"
    );
    let project = Project::empty()
        .file("intervy.toml", CONFIG)
        .file(&format!("img/{name}"), bytes)
        .file("questions/databases/q.md", question);
    let arguments = ["render", "-", "--audience", "candidate", "--format", format];
    let screen = "title = \"t\"\n[[questions]]\nid = \"q\"\n";
    project.run_with(&arguments, screen, &[]).good()
}

/// The media type and the bytes of the one image in a packet of each format.
fn shown(name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let image = |format, before, after| {
        let run = packet(name, bytes, format);
        let (_, rest) = run.stdout.split_once(before).expect(&run.stderr);
        let (address, rest) = rest.split_once(after).unwrap();
        assert!(!rest.contains("data:"), "{rest}");
        let (media, data) = address.split_once(";base64,").unwrap();
        (media.to_owned(), STANDARD.decode(data).unwrap())
    };
    let html = image("html", "src=\"data:", "\"");
    assert_eq!(html, image("markdown", "](data:", ")"));
    html
}

/// Why an image is missing from its packet.
fn refused(bytes: &[u8]) -> String {
    let run = packet("a.png", bytes, "html");
    assert!(run.stdout.contains("[image: The plan]"), "{}", run.stdout);
    assert!(!run.stdout.contains("data:image"), "{}", run.stdout);
    run.stderr
}

/// The chunks of a PNG by name, the lengths being what the file says.
fn png_chunks(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut rest = &bytes[8..];
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let kind = String::from_utf8(rest[4..8].to_vec()).unwrap();
        chunks.push((kind, rest[8..8 + length].to_vec()));
        rest = &rest[length + 12..];
    }
    chunks
}

/// The same of a WebP.
fn webp_chunks(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    assert_eq!(
        u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize,
        bytes.len() - 8
    );
    let mut rest = &bytes[12..];
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_le_bytes(rest[4..8].try_into().unwrap()) as usize;
        let kind = String::from_utf8(rest[..4].to_vec()).unwrap();
        chunks.push((kind, rest[8..8 + length].to_vec()));
        rest = &rest[8 + length + length % 2..];
    }
    chunks
}

#[test]
fn the_bytes_say_what_an_image_is_and_not_its_name() {
    assert_eq!(shown("plan.svg", PNG).0, "image/png");
    assert_eq!(shown("plan.gif", JPEG).0, "image/jpeg");
    assert_eq!(shown("plan", WEBP).0, "image/webp");
    assert!(refused(b"GIF89a\x01\0\x01\0\0\0\0;").contains("save it as PNG or WebP"));
    assert!(refused(b"just text").contains("neither PNG, JPEG, WebP nor SVG"));
}

#[test]
fn a_file_that_is_cut_off_or_too_large_is_refused_with_a_reason() {
    for whole in ALL {
        let reason = refused(&whole[..whole.len() - 1]);
        assert!(reason.contains("it is cut off"), "{reason}");
        for end in 0..whole.len() {
            assert!(cleaned(&whole[..end]).is_err(), "{end}");
        }
    }
    let longer = [PNG, &vec![0; MAX_BYTES as usize]].concat();
    assert!(refused(&longer).contains("larger than 2048 KiB"));
    let mut huge = JPEG.to_vec();
    let frame = huge.windows(2).position(|pair| pair == [0xff, 0xc2]);
    huge[frame.unwrap() + 5..][..4].copy_from_slice(&[0x3f; 4]);
    let reason = refused(&huge);
    assert!(reason.contains("16191 × 16191 pixels"), "{reason}");
}
