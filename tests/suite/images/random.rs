//! Random files: what is shown of them is clean, and stays as it is when it is read again.

use intervy::store::images::cleaned;
use proptest::prelude::*;

use super::other_cleaner::{hushed, parts};
use super::svg::HOSTILE;
use super::{ALL, MOVING_PNG, MOVING_WEBP, PNG, WEBP, png_chunks, webp_chunks};

/// What is written stands as it is when it is read again.
fn settles(bytes: &[u8]) {
    if let Ok((media, picture)) = cleaned(bytes) {
        assert_eq!(cleaned(&picture), Ok((media, picture)));
    }
}

/// A file as its encoder wrote it, with some bytes changed, taken out or put in.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        any::<u8>(),
        0usize..5,
        prop::collection::vec(any::<u8>(), 0..6),
    );
    (0..=ALL.len(), prop::collection::vec(change, 1..6)).prop_map(|(which, changes)| {
        let mut bytes = ALL
            .get(which)
            .map_or(HOSTILE.as_bytes(), |whole| whole)
            .to_vec();
        for (at, value, taken, put) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
            let end = (at + taken).min(bytes.len());
            bytes.splice(at..end, put);
            if bytes.is_empty() {
                bytes.push(value);
            }
        }
        bytes
    })
}

/// A file of well-formed pieces in any order, the checksums of a PNG being right.
fn shuffled() -> impl Strategy<Value = Vec<u8>> {
    let kinds = prop_oneof![Just(PNG), Just(MOVING_PNG), Just(WEBP), Just(MOVING_WEBP)];
    (
        kinds,
        prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                prop::option::weighted(0.1, any::<u8>()),
            ),
            1..12,
        ),
    )
        .prop_map(|(whole, order)| {
            let png = whole.starts_with(b"\x89PNG");
            let chunks = if png {
                png_chunks(whole)
            } else {
                webp_chunks(whole)
            };
            let mut body = Vec::new();
            for (at, change) in order {
                let (kind, mut data) = chunks[at.index(chunks.len())].clone();
                if let (Some(value), Some(byte)) = (change, data.first_mut()) {
                    *byte = value;
                }
                let length = data.len() as u32;
                let padding = vec![0; data.len() % 2];
                let content = [kind.as_bytes(), &data].concat();
                body.extend(if png {
                    [
                        &length.to_be_bytes()[..],
                        &content,
                        &crc32fast::hash(&content).to_be_bytes(),
                    ]
                    .concat()
                } else {
                    [kind.as_bytes(), &length.to_le_bytes(), &data, &padding].concat()
                });
            }
            if png {
                [&PNG[..33], &body, &PNG[PNG.len() - 12..]].concat()
            } else {
                let length = body.len() as u32 + 4;
                [b"RIFF", &length.to_le_bytes()[..], b"WEBP", &body].concat()
            }
        })
}

/// What may stand in an SVG: what draws, and what should not be there.
fn drawing() -> impl Strategy<Value = String> {
    let attribute = prop::sample::select(vec![
        "fill='red'",
        "id='a'",
        "id='b'",
        "class='k SECRET'",
        "style='fill:url(#a);-i-x:SECRET'",
        "onload='SECRET()'",
        "fill='url(http://SECRET)'",
        "clip-path='url(&quot;#b&quot;)'",
        "data-x='SECRET'",
        "x='1'",
        "href='#a'",
        "xlink:href='#b'",
        "xlink:href='javascript:SECRET'",
        "style='@import url(SECRET)'",
        "transform='scale(2)'",
        "mask='url(&#x20;//SECRET)'",
        "style='fill:\\75rl(SECRET)'",
        "style='/*SECRET*/stroke:red'",
        "title='SECRET'",
        "filter='src(&quot;SECRET&quot;)'",
        "font-family='&quot;A&quot;'",
        "e:x='SECRET'",
        "cursor='url(SECRET)'",
    ]);
    let name = prop::sample::select(vec![
        "g",
        "rect",
        "a",
        "text",
        "tspan",
        "script",
        "title",
        "desc",
        "e:x",
        "animate",
        "style",
        "metadata",
        "set",
        "svg",
        "linearGradient",
        "clipPath",
        "use",
        "pattern",
        "symbol",
        "image",
        "iframe",
        "switch",
        "textPath",
        "filter",
    ]);
    let leaf = prop::sample::select(vec![
        "",
        "<!-- SECRET -->",
        "<?SECRET?>",
        "<![CDATA[.k{fill:red}@font-face{src:url(x)}]]>",
        "&lt;script&gt;",
        "<style>.k{fill:url(SECRET)} /* SECRET */ #a{stroke:red}</style>",
        "<path d='M0 0'/>",
        "<style>@media print{.k{fill:red}}</style>",
        "<image href='data:image/png;base64,SECRET'/>",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let attributes = prop::collection::hash_set(attribute.clone(), 0..4);
        (name.clone(), attributes, prop::collection::vec(inner, 0..6)).prop_map(|(name, attributes, inner)| {
            let attributes: Vec<&str> = attributes.into_iter().collect();
            format!("<{name} {}>{}</{name}>", attributes.join(" "), inner.concat())
        })
    })
    .prop_map(|content| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:e='http://SECRET'>{content}</svg>")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_shown_or_refused(start in prop::sample::select(vec![&b""[..], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x20\0\0\0WEBP", b"<svg xmlns=\"http://www.w3.org/2000/svg\"", b"GIF8"]), rest in prop::collection::vec(any::<u8>(), 0..300)) {
        settles(&[start, &rest].concat());
    }

    #[test]
    fn changed_images_are_shown_or_refused(bytes in mutated()) {
        settles(&bytes);
    }

    #[test]
    fn images_of_pieces_in_any_order_are_shown_or_refused(bytes in shuffled()) {
        settles(&bytes);
    }

    #[test]
    fn no_svg_tells_loads_or_runs_anything(svg in drawing()) {
        if let Ok((_, picture)) = cleaned(svg.as_bytes()) {
            settles(&picture);
            let text = std::str::from_utf8(&picture).unwrap();
            let rest = text.replace("http://www.w3.org/2000/svg", "");
            for gone in ["SECRET", "//", "<script", "javascript", "onload", "@import", "<!--", "<?", "<!", "\\", "data:"] {
                prop_assert!(!rest.contains(gone), "{}\n{}", gone, text);
            }
            prop_assert_eq!(hushed(&picture), parts(&picture));
        }
    }
}
