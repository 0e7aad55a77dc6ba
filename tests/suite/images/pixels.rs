//! PNG, JPEG and WebP: the pixels stay, and nothing that the file tells beside them.

use super::{JPEG, MOVING_PNG, MOVING_WEBP, PNG, WEBP, png_chunks, shown, webp_chunks};

/// What the files say beside their pictures: texts, tags of EXIF (a date, a place), names of chunks.
const TOLD: [&[u8]; 12] = [
    b"SECRET",
    b"S\0E\0C\0R\0E\0T",
    b"2026:01:02",
    b"xmpmeta",
    b"tEXt",
    b"zTXt",
    b"iTXt",
    b"tIME",
    b"http",
    b"EXIF",
    b"XMP ",
    b"\0N\0\0",
];

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[track_caller]
fn tells_nothing(before: &[u8], after: &[u8]) {
    let told: Vec<_> = TOLD.iter().filter(|told| holds(before, told)).collect();
    assert!(told.len() > 2, "the file tells something: {told:?}");
    for secret in TOLD {
        assert!(!holds(after, secret), "{}", String::from_utf8_lossy(secret));
    }
}

fn without(mut chunks: Vec<(String, Vec<u8>)>, gone: &[&str]) -> Vec<(String, Vec<u8>)> {
    let before = chunks.len();
    chunks.retain(|(kind, _)| !gone.contains(&kind.as_str()));
    assert_eq!(before - chunks.len(), gone.len(), "each was there");
    chunks
}

#[test]
fn a_png_keeps_its_pixels_and_which_side_is_up() {
    let (media, picture) = shown("plan.png", PNG);
    assert_eq!(media, "image/png");
    tells_nothing(PNG, &picture);
    let mut expected = without(png_chunks(PNG), &["tEXt", "zTXt", "iTXt", "tIME"]);
    for (kind, data) in &mut expected {
        if kind == "eXIf" {
            assert!(data.len() > 100);
            *data = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        }
    }
    assert_eq!(png_chunks(&picture), expected);
}

#[test]
fn a_jpeg_keeps_its_pixels_and_which_side_is_up() {
    let (media, picture) = shown("plan.jpg", JPEG);
    assert_eq!(media, "image/jpeg");
    tells_nothing(JPEG, &picture);
    let tables = |bytes: &[u8]| {
        let at = bytes.windows(2).position(|pair| pair == [0xff, 0xdb]);
        bytes[at.unwrap()..].to_vec()
    };
    assert_eq!(tables(&picture), tables(JPEG));
    let before = &picture[..picture.len() - tables(&picture).len()];
    let expected = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0\x90\0\x90\0\0\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    assert_eq!(before, expected);
}

#[test]
fn a_webp_keeps_its_pixels() {
    let (media, picture) = shown("plan.webp", WEBP);
    assert_eq!(media, "image/webp");
    tells_nothing(WEBP, &picture);
    let mut expected = without(webp_chunks(WEBP), &["EXIF", "XMP "]);
    assert_eq!(expected[0].1[0], 0x0c, "both were announced");
    expected[0].1[0] = 0;
    assert_eq!(webp_chunks(&picture), expected);
}

#[test]
fn moving_pictures_keep_every_frame() {
    let (_, picture) = shown("plan.png", MOVING_PNG);
    tells_nothing(MOVING_PNG, &picture);
    let expected = without(png_chunks(MOVING_PNG), &["tEXt", "zTXt", "iTXt", "tIME"]);
    assert_eq!(png_chunks(&picture), expected);
    let frames = |chunks: &[(String, Vec<u8>)], name| {
        let frames = chunks.iter().filter(|(kind, _)| kind == name);
        frames.count()
    };
    assert_eq!(frames(&expected, "fcTL"), 3);

    let (_, picture) = shown("plan.webp", MOVING_WEBP);
    tells_nothing(MOVING_WEBP, &picture);
    let mut expected = without(webp_chunks(MOVING_WEBP), &["EXIF", "XMP "]);
    expected[0].1[0] &= !0x0c;
    assert_eq!(webp_chunks(&picture), expected);
    assert_eq!(frames(&expected, "ANMF"), 3);
}
