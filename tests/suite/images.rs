//! Images in packets: the picture is there, and nothing else that was in its file.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use intervy::store::images::{MAX_BYTES, cleaned};
use proptest::prelude::*;
use roxmltree::Document;

use crate::harness::{CONFIG, Project, Run};

// Written by Pillow, an encoder of other people's, with everything that it can say about a picture.
const PNG: &[u8] = include_bytes!("../data/images/photo.png");
const MOVING_PNG: &[u8] = include_bytes!("../data/images/moving.png");
const JPEG: &[u8] = include_bytes!("../data/images/photo.jpg");
const WEBP: &[u8] = include_bytes!("../data/images/photo.webp");
const MOVING_WEBP: &[u8] = include_bytes!("../data/images/moving.webp");
const ALL: [&[u8]; 5] = [PNG, MOVING_PNG, JPEG, WEBP, MOVING_WEBP];

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

/// Generous: what hostile files must not do is take minutes.
const SOON: Duration = Duration::from_secs(20);

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

const HOSTILE: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="http://evil.example/SECRET.css"?>
<!-- SECRET -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/SECRET.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:x="http://www.w3.org/1999/xlink"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
  width="90" height="60" onload="alert('SECRET')" sodipodi:docname="SECRET.svg" inkscape:export-filename="/home/SECRET">
<title>SECRET</title><desc>SECRET</desc>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:li>SECRET</rdf:li></rdf:RDF></metadata>
<sodipodi:namedview id="SECRET"><inkscape:grid/></sodipodi:namedview>
<script>alert("SECRET")</script><script xlink:href="http://evil.example/SECRET.js"/>
<style>@import url(http://evil.example/SECRET.css); /* SECRET */ @font-face { font-family: f; src: url(//evil.example/SECRET) }
 rect { fill: u\72l(http://evil.example/SECRET); stroke: url('http://evil.example/SECRET') } .k { fill: teal }</style>
<a xlink:href="javascript:alert('SECRET')" xlink:title="SECRET"><circle r="9" class="k SECRET" id="SECRET"
  onclick="alert('SECRET')" data-answer="SECRET" aria-label="SECRET" inkscape:label="SECRET"/></a>
<rect width="9" height="9" fill="url(http://evil.example/SECRET)" style="mask: image-set('http://evil.example/SECRET' 1x); stroke: red">
  <animate attributeName="href" values="javascript:alert('SECRET')"/><set attributeName="onload" to="alert('SECRET')"/></rect>
<linearGradient id="g" x:href="http://evil.example/SECRET#a"><stop offset="1" stop-color="red"/></linearGradient>
<path d="M0 0L9 9" stroke="url(#g)"/><text>plan <tspan>A</tspan></text>
<iframe xmlns="http://www.w3.org/1999/xhtml" src="http://evil.example/SECRET"/>
<handler type="text/javascript">alert("SECRET")</handler>
</svg><!-- SECRET -->"##;

#[test]
fn of_a_hostile_svg_only_the_picture_is_left() {
    let (media, picture) = shown("plan.svg", HOSTILE.as_bytes());
    assert_eq!(media, "image/svg+xml");
    assert_eq!(
        String::from_utf8(picture).unwrap(),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\"><style>.k{fill:teal;}</style>\
         <g><circle r=\"9\" class=\"k\"/></g><rect width=\"9\" height=\"9\" style=\"stroke:red;\"/>\
         <linearGradient id=\"g\"><stop offset=\"1\" stop-color=\"red\"/></linearGradient>\
         <path d=\"M0 0L9 9\" stroke=\"url(#g)\"/><text>plan <tspan>A</tspan></text></svg>"
    );
}

#[test]
fn an_svg_that_would_be_shown_with_a_gap_is_refused() {
    for (content, reason) in [
        ("<foreignObject><p>x</p></foreignObject>", "it holds HTML"),
        (
            "<image href=\"http://evil.example/a.png\"/>",
            "shows another file",
        ),
        (
            "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
            "neither PNG, JPEG nor WebP",
        ),
        (
            "<use href=\"//evil.example/a.svg#b\"/>",
            "shows another file",
        ),
    ] {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{content}</svg>");
        let message = refused(svg.as_bytes());
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn an_image_within_an_svg_tells_nothing_either() {
    for (media, whole) in [("png", PNG), ("jpeg", JPEG), ("webp", WEBP)] {
        let before = STANDARD.encode(whole);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/{media};base64,{before}\"/></svg>"
        );
        let (_, picture) = shown("plan.svg", svg.as_bytes());
        let after = STANDARD.encode(cleaned(whole).unwrap().1);
        assert_ne!(before, after);
        assert_eq!(
            String::from_utf8(picture).unwrap(),
            svg.replace(&before, &after)
        );
    }
}

/// Files of up to 1 MiB that are meant to take a reader's time or memory.
fn bombs() -> Vec<String> {
    let svg = |content: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{content}</svg>");
    let filled = |unit: &str| unit.repeat(1_000_000 / unit.len());
    let entities = (b'b'..=b'j').fold("<!ENTITY a \"lol\">".to_owned(), |text, name| {
        let (name, before) = (name as char, (name - 1) as char);
        format!(
            "{text}<!ENTITY {name} \"{}\">",
            format!("&{before};").repeat(10)
        )
    });
    let document = |inside: &str| format!("<!DOCTYPE svg [{inside}]>{}", svg("<text>&j;</text>"));
    let names = |start: &str, count: usize| {
        let names = (0..count).map(|number| format!(" {start}{number}=\"x{number}\""));
        names.collect::<Vec<_>>().concat()
    };
    let crowd = format!("<g{}/>", names("a", 900));
    let spaces = (0..190).map(|number| format!("<g xmlns:n{number}=\"x{number}\">"));
    let uses = (1..100).map(|number| {
        format!(
            "<g id=\"a{number}\">{}</g>",
            format!("<use href=\"#a{}\"/>", number - 1).repeat(50)
        )
    });
    let mut bombs = vec![
        document(&entities),
        document("<!ENTITY j SYSTEM \"file:///etc/passwd\">"),
        document("<!ENTITY j \"&j;\">"),
        document(&filled("<!ELEMENT a ANY>")),
        svg(&format!("<g{}/>", names("a", 70_000))),
        svg(&crowd.repeat(1_000_000 / crowd.len())),
        svg(&format!(
            "{}{}",
            spaces.collect::<Vec<_>>().concat(),
            filled("<g/>")
        )),
        svg(&uses.collect::<Vec<_>>().concat()),
    ];
    for unit in [
        "<g>",
        "<g/>",
        "<g></g>",
        "<!---->",
        "<?a?>",
        "<![CDATA[a]]>",
        "&amp;",
        "<style>a{b:c}</style>",
        "<switch><foreignObject/></switch>",
    ] {
        bombs.push(svg(&filled(unit)));
    }
    for unit in [
        "a{",
        "@media a{",
        "a{b:(",
        "{}",
        "/*",
        "'\n",
        "a{b:c}",
        "\\",
        "url(",
        "&lt;!--",
        "a:b;",
        ".a ",
        "#a",
    ] {
        bombs.push(svg(&format!("<style>{}</style>", filled(unit))));
    }
    for unit in [
        "(",
        "a:b;",
        "fill:red;",
        "calc(",
        "url(#a) ",
        "url( #",
        "#",
        " ",
        "/*",
        "'",
    ] {
        for name in ["style", "fill", "class", "id", "href", "d"] {
            bombs.push(svg(&format!("<g {name}=\"{}\"/>", filled(unit))));
        }
    }
    bombs
}

#[test]
fn files_that_are_meant_to_take_time_end_soon() {
    let mut refusals = 0;
    for bomb in bombs() {
        let start = Instant::now();
        match cleaned(bomb.as_bytes()) {
            Ok((_, picture)) => assert!(picture.len() < 2 * bomb.len(), "{bomb:.200}"),
            Err(reason) => {
                assert!(reason.len() < 200, "{reason}");
                refusals += 1;
            }
        }
        assert!(start.elapsed() < SOON, "{bomb:.200}");
    }
    assert!(refusals > 10);
}

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

/// The elements of an SVG with the names of their attributes.
fn parts(svg: &[u8]) -> Vec<(String, Vec<String>)> {
    let text = std::str::from_utf8(svg).unwrap();
    let document = Document::parse(text).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements
        .map(|node| {
            let name = node.tag_name().name().to_owned();
            let attributes = node
                .attributes()
                .map(|attribute| attribute.name().to_owned());
            // The other cleaner takes text off its path, and a gradient out of a filter.
            let attributes = attributes.filter(|attribute| {
                attribute != "href" || !matches!(name.as_str(), "textPath" | "filter")
            });
            let mut attributes: Vec<String> = attributes.collect();
            attributes.sort();
            (name, attributes)
        })
        .collect()
}

#[test]
fn a_hostile_svg_leaves_nothing_for_another_cleaner() {
    let (_, picture) = cleaned(HOSTILE.as_bytes()).unwrap();
    assert_eq!(hushed(&picture), parts(&picture));
    // The other cleaner does take something out of what is not clean.
    assert_ne!(
        hushed(HOSTILE.as_bytes()),
        parts(
            HOSTILE
                .replace("<!DOCTYPE", "<?x")
                .replace("SECRET.dtd\">", "?>")
                .as_bytes()
        )
    );
}

/// What svg-hush leaves of an SVG.
fn hushed(svg: &[u8]) -> Vec<(String, Vec<String>)> {
    let mut filter = svg_hush::Filter::new();
    filter.set_data_url_filter(svg_hush::data_url_filter::allow_standard_images);
    let mut out = Vec::new();
    filter.filter(svg, &mut out).unwrap();
    parts(&out)
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
