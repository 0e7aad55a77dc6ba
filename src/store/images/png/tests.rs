//! Files in PNG that are put together here, and what becomes of them.

use super::*;

/// The checksum as the specification defines it, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum: u32, _| {
            (sum >> 1) ^ (0xedb8_8320 * (sum & 1))
        })
    })
}

fn chunk(kind: &str, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
    let sum = crc(&[kind.as_bytes(), data].concat()).to_be_bytes();
    [&length, kind.as_bytes(), data, &sum].concat()
}

fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk("IHDR", &[&sizes[..], &[depth, colour, 0, 0, 0]].concat())
}

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE.to_vec(), chunks.concat(), chunk("IEND", b"")].concat()
}

fn pixels() -> Vec<u8> {
    chunk("IDAT", b"pixels")
}

fn small() -> Vec<u8> {
    header(4, 2, 8, 2)
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

/// A moving picture of two frames, the first of which is the still one.
fn moving() -> Vec<Vec<u8>> {
    let frame = |number: u32, width: u32| {
        let numbers = [number, width, 2, 0, 0].map(u32::to_be_bytes).concat();
        chunk("fcTL", &[&numbers[..], &[0, 1, 0, 10, 1, 0]].concat())
    };
    vec![
        small(),
        chunk("acTL", &[0, 0, 0, 2, 0, 0, 0, 0]),
        frame(0, 4),
        pixels(),
        frame(1, 3),
        chunk("fdAT", b"\0\0\0\x02pixels"),
        chunk("fdAT", b"\0\0\0\x03pixels"),
    ]
}

#[test]
fn what_says_how_it_looks_stays_byte_for_byte() {
    let chunks = [
        header(4, 2, 4, 3),
        chunk("gAMA", &[0, 0, 0xb1, 0x8f]),
        chunk("cHRM", &[7; 32]),
        chunk("sRGB", &[0]),
        chunk("cICP", &[1, 13, 0, 1]),
        chunk("iCCP", b"icc\0\0profile"),
        chunk("sBIT", &[5, 6, 5]),
        chunk("PLTE", &[9; 12]),
        chunk("tRNS", &[1, 2]),
        chunk("bKGD", &[3]),
        chunk("pHYs", &[0, 0, 11, 19, 0, 0, 11, 19, 1]),
        pixels(),
        chunk("IDAT", b"more"),
    ];
    becomes(&chunks, &chunks);
    becomes(&moving(), &moving());
}

#[test]
fn what_says_something_else_goes() {
    let mut chunks = vec![small()];
    for kind in [
        "tEXt", "zTXt", "iTXt", "tIME", "eXIf", "hIST", "sPLT", "oFFs", "vpAg", "prVt", "caBX",
        "dSIG",
    ] {
        chunks.push(chunk(kind, b"Comment\0secret"));
    }
    chunks.push(pixels());
    chunks.push(chunk("tEXt", b"Comment\0secret"));
    becomes(&chunks, &[small(), pixels()]);
    let longer = [&file(&chunks)[..], b"secret"].concat();
    assert_eq!(cleaned(&longer), Ok(file(&[small(), pixels()])));
}

#[test]
fn chunks_about_colours_that_no_viewer_goes_by_go() {
    let gamma = chunk("gAMA", &[0, 0, 0xb1, 0x8f]);
    becomes(
        &[
            small(),
            chunk("gAMA", b"secret"),
            chunk("tRNS", &[0; 7]),
            chunk("sBIT", &[8, 8, 8, 8]),
            chunk("bKGD", &[0, 0]),
            chunk("sRGB", &[0, 0]),
            gamma.clone(),
            chunk("gAMA", b"more"),
            chunk("iCCP", &[b'x'; 100]),
            chunk("iCCP", b"name\0\x01profile"),
            pixels(),
            chunk("cHRM", &[7; 32]),
            chunk("iCCP", b"name\0\0profile"),
        ],
        &[small(), gamma, pixels()],
    );
    let palette = [header(1, 1, 8, 3), chunk("PLTE", &[9; 12])];
    becomes(
        &[&palette[..], &[chunk("tRNS", &[1; 257]), pixels()]].concat(),
        &[&palette[..], &[pixels()]].concat(),
    );
}

#[test]
fn a_profile_loses_its_name_and_exif_all_but_the_orientation() {
    let exif = b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0abc\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0secret";
    becomes(
        &[
            small(),
            chunk("iCCP", b"secret\0\0profile"),
            chunk("eXIf", exif),
            pixels(),
        ],
        &[
            small(),
            chunk("iCCP", b"icc\0\0profile"),
            chunk("eXIf", &exif::only(6)),
            pixels(),
        ],
    );
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = file(&moving());
    for end in 8..whole.len() {
        let error = cleaned(&whole[..end]).err().unwrap_or_default();
        assert_eq!(error, "it is cut off", "at {end}");
    }
}

#[test]
fn a_changed_bit_is_noticed() {
    let whole = file(&[small(), pixels()]);
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        assert!(cleaned(&changed).is_err(), "at {at}");
    }
}

#[test]
fn headers_that_mean_nothing_are_refused() {
    refused(&[pixels()], NOT_WELL_FORMED);
    refused(&[small(), small(), pixels()], NOT_WELL_FORMED);
    refused(&[chunk("IHDR", &[0; 12]), pixels()], NOT_WELL_FORMED);
    for (depth, colour) in [(3, 0), (16, 3), (4, 2), (8, 1), (8, 5), (8, 7), (0, 6)] {
        refused(&[header(1, 1, depth, colour), pixels()], NOT_WELL_FORMED);
    }
    for tail in [[8, 2, 1, 0, 0], [8, 2, 0, 1, 0], [8, 2, 0, 0, 2]] {
        let data = [&[0, 0, 0, 1, 0, 0, 0, 1][..], &tail].concat();
        refused(&[chunk("IHDR", &data), pixels()], NOT_WELL_FORMED);
    }
    refused(
        &[header(16_385, 1, 8, 2), pixels()],
        "a side may have 16384",
    );
    refused(&[header(10_000, 10_000, 8, 2), pixels()], "40 million");
    refused(&[header(0, 1, 8, 2), pixels()], "no pixels");
}

#[test]
fn chunks_that_contradict_each_other_are_refused() {
    let palette = |length| chunk("PLTE", &vec![1; length]);
    let indexed = || header(1, 1, 8, 3);
    refused(&[small()], "no pixels");
    refused(&[indexed(), pixels()], NOT_WELL_FORMED);
    for length in [0, 4, 771] {
        refused(&[indexed(), palette(length), pixels()], NOT_WELL_FORMED);
    }
    refused(
        &[indexed(), palette(3), palette(3), pixels()],
        NOT_WELL_FORMED,
    );
    refused(&[header(1, 1, 8, 0), palette(3), pixels()], NOT_WELL_FORMED);
    refused(&[small(), pixels(), palette(3)], NOT_WELL_FORMED);
    let text = chunk("tEXt", b"Comment\0x");
    refused(&[small(), pixels(), text, pixels()], NOT_WELL_FORMED);
    refused(
        &[small(), chunk("NEWx", b""), pixels()],
        "`NEWx`, which browsers do not know",
    );
    refused(&[small(), chunk("ab d", b""), pixels()], NOT_WELL_FORMED);
    let mut longer = file(&[small()]);
    longer.extend([0xff, 0xff, 0xff, 0xff]);
    longer.extend(b"IDAT");
    assert!(cleaned(&longer).is_err());
}

#[test]
fn an_animation_must_hold_together() {
    for missing in 2..moving().len() - 1 {
        let mut chunks = moving();
        chunks.remove(missing);
        assert!(cleaned(&file(&chunks)).is_err(), "without {missing}");
    }
    for (at, byte, value) in [
        (1, 11, 0),
        (1, 11, 3),
        (2, 15, 3),
        (2, 15, 5),
        (4, 11, 7),
        (4, 15, 0),
        (4, 15, 5),
        (4, 23, 2),
        (4, 27, 1),
        (4, 32, 3),
        (4, 33, 2),
        (5, 11, 9),
    ] {
        let mut chunks = moving();
        let kind = String::from_utf8_lossy(&chunks[at][4..8]).into_owned();
        let mut data = chunks[at][8..chunks[at].len() - 4].to_vec();
        data[byte - 8] = value;
        chunks[at] = chunk(&kind, &data);
        refused(&chunks, "moving");
    }
    refused(&moving()[..5], "moving");
    let mut empty = moving();
    empty[5] = chunk("fdAT", &[0, 0, 0, 2]);
    refused(&empty, "moving");
    let still = [
        &[small(), chunk("acTL", &[0, 0, 0, 1, 0, 0, 0, 0])],
        &moving()[2..4],
    ]
    .concat();
    becomes(&still, &still);
    let more = [still, vec![chunk("fdAT", b"\0\0\0\x01pixels")]].concat();
    refused(&more, "moving");
    let mut twice = moving();
    twice.insert(2, chunk("acTL", &[0, 0, 0, 2, 0, 0, 0, 0]));
    refused(&twice, "moving");
    let mut still = moving();
    still.remove(1);
    becomes(&still, &[small(), pixels()]);
}
