//! Files in JPEG that are put together here, and what becomes of them.

use super::*;

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2)
        .unwrap_or_default()
        .to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

fn file(segments: &[Vec<u8>]) -> Vec<u8> {
    [vec![0xff, 0xd8], segments.concat(), vec![0xff, 0xd9]].concat()
}

fn quantization() -> Vec<u8> {
    segment(0xdb, &[&[0][..], &[9; 64], &[0x11], &[9; 128]].concat())
}

fn huffman() -> Vec<u8> {
    let lengths = [0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    segment(
        0xc4,
        &[&lengths[..], &[1, 2, 3], &lengths, &[4, 5, 6]].concat(),
    )
}

fn frame(kind: u8, width: u16, height: u16) -> Vec<u8> {
    let sizes = [height.to_be_bytes(), width.to_be_bytes()].concat();
    segment(kind, &[&[8], &sizes[..], &[1, 1, 0x11, 0]].concat())
}

fn scan() -> Vec<u8> {
    let pixels = [
        1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4, 0xff, 0xd7, 0xff, 0xff, 0x00, 5,
    ];
    [segment(0xda, &[1, 1, 0, 0, 63, 0]), pixels.to_vec()].concat()
}

fn bare() -> Vec<Vec<u8>> {
    vec![quantization(), frame(0xc0, 8, 4), huffman(), scan()]
}

#[track_caller]
fn becomes(segments: &[Vec<u8>], kept: &[Vec<u8>]) {
    assert_eq!(cleaned(&file(segments)), Ok(file(kept)));
}

#[track_caller]
fn refused(bytes: &[u8], reason: &str) {
    let error = cleaned(bytes).err().unwrap_or_default();
    assert!(error.contains(reason), "{error}");
}

#[test]
fn what_says_how_it_looks_stays_byte_for_byte() {
    let mut segments = vec![
        segment(0xe0, b"JFIF\0\x01\x02\x01\x00\x48\x00\x48\0\0"),
        segment(0xe1, &[EXIF, &exif::only(6)].concat()),
        segment(0xe2, b"ICC_PROFILE\0\x01\x02profile"),
        segment(0xe2, b"ICC_PROFILE\0\x02\x02profile"),
        segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        segment(0xdd, &[0, 4]),
    ];
    segments.extend(bare());
    segments.extend([huffman(), scan(), scan()]);
    becomes(&segments, &segments);
    for kind in [0xc1, 0xc2] {
        let mut segments = bare();
        segments[1] = frame(kind, 8, 4);
        becomes(&segments, &segments);
    }
}

#[test]
fn what_says_something_else_goes() {
    let exif = [EXIF, b"II*\0\x08\0\0\0\0\0\0\0\0\0secret"].concat();
    let secrets = vec![
        segment(0xe0, b"JFXX\0secret"),
        segment(0xe0, b"JFIF\0secret"),
        segment(0xe1, &exif),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0secret"),
        segment(0xe2, b"MPF\0secret"),
        segment(0xe2, b"FPXR\0a longer secret"),
        segment(0xe5, b"secret"),
        segment(0xed, b"Photoshop 3.0\0secret"),
        segment(0xee, b"secret"),
        segment(0xef, b"secret"),
        segment(0xfe, b"secret"),
        segment(0xdc, &[0, 4]),
    ];
    for at in 0..=bare().len() {
        let mut segments = bare();
        segments.splice(at..at, secrets.clone());
        becomes(&segments, &bare());
    }
    let longer = [&file(&bare())[..], b"secret", &file(&bare())].concat();
    assert_eq!(cleaned(&longer), Ok(file(&bare())));
}

#[test]
fn thumbnails_and_what_follows_go() {
    let mut segments = vec![
        segment(
            0xe0,
            &[&b"JFIF\0\x01\x02\x01\0\x48\0\x48\x02\x01"[..], &[7; 6]].concat(),
        ),
        segment(0xe0, b"JFIF\0\x01\x02\x01\0\x90\0\x90\0\0"),
        segment(0xee, b"Adobe\0\x64\0\0\0\0\x01secret"),
    ];
    segments.extend(bare());
    let mut kept = vec![
        segment(0xe0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0"),
        segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
    ];
    kept.extend(bare());
    becomes(&segments, &kept);
}

#[test]
fn exif_becomes_the_orientation_of_the_first() {
    let with = |orientation: u8| {
        let tiff = [&exif::only(orientation)[..], b"secret"].concat();
        segment(0xe1, &[EXIF, &tiff].concat())
    };
    let before = |first: &[Vec<u8>]| [first, &bare()].concat();
    let only = |orientation| segment(0xe1, &[EXIF, &exif::only(orientation)].concat());
    becomes(&before(&[with(8), with(3)]), &before(&[only(8)]));
    becomes(&before(&[with(1), with(3)]), &bare());
    becomes(&before(&[with(9)]), &bare());
}

#[test]
fn bytes_that_fill_the_place_before_a_marker_are_no_picture() {
    let mut segments = bare();
    segments[1] = [vec![0xff, 0xff, 0xff], frame(0xc0, 8, 4)].concat();
    becomes(&segments, &bare());
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = file(&bare());
    for end in 2..whole.len() {
        refused(&whole[..end], CUT_OFF);
    }
}

#[test]
fn segments_that_contradict_each_other_are_refused() {
    let without = |at| {
        let mut segments = bare();
        segments.remove(at);
        file(&segments)
    };
    let with = |at, segment: Vec<u8>| {
        let mut segments = bare();
        segments[at] = segment;
        file(&segments)
    };
    refused(&without(1), NOT_WELL_FORMED);
    refused(&without(3), "no pixels");
    refused(&with(3, segment(0xda, &[1, 1, 0, 0, 63, 0])), "no pixels");
    refused(&with(0, frame(0xc0, 8, 4)), NOT_WELL_FORMED);
    refused(&with(0, b"\xff\xdb\0\x01".to_vec()), NOT_WELL_FORMED);
    for content in [vec![0; 64], vec![0; 66], vec![0x10; 128], vec![0; 1]] {
        refused(&with(0, segment(0xdb, &content)), NOT_WELL_FORMED);
    }
    for content in [vec![1; 17], vec![0; 18], vec![0; 16]] {
        refused(&with(2, segment(0xc4, &content)), NOT_WELL_FORMED);
    }
    refused(&with(0, segment(0xdd, &[0, 0, 4])), NOT_WELL_FORMED);
    for content in [&b""[..], &[0, 0, 63, 0], &[1, 1, 0, 0, 63], &[5; 14]] {
        let scan = [segment(0xda, content), vec![1, 2, 3]].concat();
        refused(&with(3, scan), NOT_WELL_FORMED);
    }
    refused(&with(0, b"secret".to_vec()), NOT_WELL_FORMED);
    for marker in [0x00, 0x01, 0xd0, 0xd7, 0xd8] {
        refused(&with(0, vec![0xff, marker]), NOT_WELL_FORMED);
    }
}

#[test]
fn other_sorts_of_jpeg_are_refused() {
    let with = |segment: Vec<u8>| {
        let mut segments = bare();
        segments[1] = segment;
        file(&segments)
    };
    for marker in [
        0xc3, 0xc5, 0xc7, 0xc8, 0xc9, 0xcb, 0xcc, 0xcd, 0xcf, 0xde, 0xdf, 0xf0, 0xf7, 0xfd,
    ] {
        refused(&with(frame(marker, 8, 4)), "browsers do not show");
    }
    refused(
        &with(segment(0xc1, &[12, 0, 4, 0, 8, 1, 1, 0x11, 0])),
        "browsers do not show",
    );
    refused(
        &with(segment(0xc0, &[8, 0, 4, 0, 8, 2, 1, 0x11, 0, 2, 0x11, 0])),
        "browsers",
    );
    refused(
        &with(segment(0xc0, &[8, 0, 4, 0, 8, 3, 1, 0x11, 0])),
        NOT_WELL_FORMED,
    );
    refused(&with(frame(0xc0, 16_385, 1)), "a side may have 16384");
    refused(&with(frame(0xc0, 8_000, 8_000)), "40 million");
    refused(&with(frame(0xc0, 8, 0)), "no pixels");
}
