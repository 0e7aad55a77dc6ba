//! Files in WebP that are put together here, and what becomes of them.

use super::*;

fn chunk(kind: &str, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_le_bytes();
    let padding = vec![0; data.len() % 2];
    [kind.as_bytes(), &length, data, &padding].concat()
}

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk("RIFF", &[b"WEBP", &chunks.concat()[..]].concat())
}

/// The pixels of a picture of 8 by 4, in the lossless and in the lossy format.
fn lossless() -> Vec<u8> {
    chunk("VP8L", b"\x2f\x07\xc0\x00\x00pixels")
}

fn lossy() -> Vec<u8> {
    chunk("VP8 ", b"\xd0\x00\x00\x9d\x01\x2a\x08\x00\x04\x00pixels.")
}

fn header(flags: u8) -> Vec<u8> {
    chunk("VP8X", &[flags, 0, 0, 0, 7, 0, 0, 3, 0, 0])
}

fn alpha() -> Vec<u8> {
    chunk("ALPH", b"\x01transparent")
}

fn frame(left: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [left, 0, 0, 0, 0, 0, 7, 0, 0, 3, 0, 0, 100, 0, 0, 2];
    chunk("ANMF", &[&header[..], &chunks.concat()].concat())
}

fn beginning() -> Vec<u8> {
    chunk("ANIM", &[255, 255, 255, 255, 0, 0])
}

#[track_caller]
fn becomes(chunks: &[Vec<u8>], kept: &[Vec<u8>]) {
    assert_eq!(cleaned(&file(chunks)), Ok(file(kept)));
}

#[track_caller]
fn refused(chunks: &[Vec<u8>], reason: &str) {
    let error = cleaned(&file(chunks)).err().unwrap_or_default();
    assert!(error.contains(reason), "{error}");
}

#[test]
fn what_says_how_it_looks_stays_byte_for_byte() {
    let profile = chunk("ICCP", b"profile");
    for chunks in [
        vec![lossless()],
        vec![lossy()],
        vec![header(ALPHA), lossless()],
        vec![header(ALPHA | PROFILE), profile.clone(), alpha(), lossy()],
        vec![
            header(ALPHA | PROFILE | MOVING),
            profile,
            beginning(),
            frame(0, &[alpha(), lossy()]),
            frame(0, &[lossless()]),
        ],
    ] {
        becomes(&chunks, &chunks);
    }
}

#[test]
fn what_says_something_else_goes() {
    let secrets =
        || ["EXIF", "XMP ", "C2PA", "abcd", "ICCP", "ANIM"].map(|kind| chunk(kind, b"secret."));
    let around = |picture: Vec<Vec<u8>>| {
        let between = picture
            .into_iter()
            .flat_map(|part| [vec![part], secrets().to_vec()].concat());
        between.collect::<Vec<_>>()
    };
    becomes(&around(vec![lossy()]), &[lossy()]);
    // 0x0c says that there are EXIF and XMP; the two highest bits and the lowest say nothing yet.
    let flags = 0xc1 | 0x0c | ALPHA;
    becomes(
        &around(vec![header(flags), alpha(), lossy()]),
        &[header(ALPHA), alpha(), lossy()],
    );
    becomes(
        &[
            around(vec![header(flags | MOVING)]),
            vec![beginning(), frame(0, &around(vec![alpha(), lossy()]))],
            secrets().to_vec(),
        ]
        .concat()
        .into_iter()
        .filter(|part| part != &chunk("ANIM", b"secret."))
        .collect::<Vec<_>>(),
        &[
            header(ALPHA | MOVING),
            beginning(),
            frame(0, &[alpha(), lossy()]),
        ],
    );
    let longer = [&file(&[lossy()])[..], b"secret"].concat();
    assert_eq!(cleaned(&longer), Ok(file(&[lossy()])));
}

#[test]
fn transparency_of_its_own_goes_where_the_pixels_have_theirs() {
    becomes(
        &[header(ALPHA), alpha(), lossless()],
        &[header(ALPHA), lossless()],
    );
}

#[test]
fn a_profile_that_is_announced_but_missing_is_no_longer_announced() {
    becomes(&[header(PROFILE), lossy()], &[header(0), lossy()]);
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = file(&[header(MOVING), beginning(), frame(0, &[lossless()])]);
    for end in 12..whole.len() {
        assert_eq!(cleaned(&whole[..end]), Err("it is cut off".to_owned()));
    }
    // The same with the length of the file set right.
    for end in 20..whole.len() {
        let mut shorter = whole[..end].to_vec();
        shorter[4..8].copy_from_slice(&u32::try_from(end - 8).unwrap_or_default().to_le_bytes());
        assert!(cleaned(&shorter).is_err(), "at {end}");
    }
}

#[test]
fn chunks_that_contradict_each_other_are_refused() {
    let pixels = |kind: &str, data: &[u8]| [header(0), chunk(kind, data)];
    refused(&[], "cut off");
    refused(&[chunk("EXIF", b"x")], NOT_WELL_FORMED);
    refused(&[chunk("VP8X", &[0; 11]), lossy()], NOT_WELL_FORMED);
    refused(&[chunk("VP8X", &[0; 9]), lossy()], "cut off");
    refused(&[header(0)], "no pixels");
    refused(&[header(0), lossy(), lossy()], NOT_WELL_FORMED);
    refused(&[header(0), lossy(), alpha()], NOT_WELL_FORMED);
    refused(&[header(0), alpha(), alpha(), lossy()], NOT_WELL_FORMED);
    // Another size than announced, another signature, another version, no key frame, too short.
    refused(
        &pixels("VP8L", b"\x2f\x08\xc0\x00\x00pixels"),
        NOT_WELL_FORMED,
    );
    refused(
        &pixels("VP8L", b"\x2e\x07\xc0\x00\x00pixels"),
        NOT_WELL_FORMED,
    );
    refused(
        &pixels("VP8L", b"\x2f\x07\xc0\x00\x20pixels"),
        NOT_WELL_FORMED,
    );
    refused(&pixels("VP8L", b"\x2f\x07\xc0"), "cut off");
    let lossy = |tag: u8, start: u8, size: u8| {
        pixels(
            "VP8 ",
            &[tag, 0, 0, start, 1, 0x2a, size, 0, 4, 0, 1, 2, 3, 4, 5, 6],
        )
    };
    assert!(cleaned(&file(&lossy(0xd0, 0x9d, 8))).is_ok());
    refused(&lossy(0xd1, 0x9d, 8), NOT_WELL_FORMED);
    refused(&lossy(0xd0, 0x9c, 8), NOT_WELL_FORMED);
    refused(&lossy(0xd0, 0x9d, 9), NOT_WELL_FORMED);
    refused(&lossy(0xf0, 0x9d, 8), "cut off");
}

#[test]
fn frames_lie_within_the_picture() {
    refused(&[header(MOVING), beginning()], "no pixels");
    refused(&[header(MOVING), frame(0, &[lossy()])], NOT_WELL_FORMED);
    let moving = |frame: Vec<u8>| [header(MOVING), beginning(), frame];
    assert!(cleaned(&file(&moving(frame(0, &[lossy()])))).is_ok());
    refused(&moving(frame(1, &[lossy()])), NOT_WELL_FORMED);
    refused(&moving(frame(0, &[])), "no pixels");
    refused(&moving(frame(0, &[lossy(), lossy()])), NOT_WELL_FORMED);
    refused(&moving(chunk("ANMF", &[0; 15])), "cut off");
}

#[test]
fn large_pictures_are_refused() {
    let huge = chunk("VP8X", &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    refused(&[huge, lossy()], "a side may have 16384");
    refused(&[chunk("VP8L", b"\x2f\xff\xff\xff\x0f")], "40 million");
    refused(
        &[chunk("VP8 ", b"\x10\0\0\x9d\x01\x2a\0\0\x04\0....")],
        "no pixels",
    );
}
