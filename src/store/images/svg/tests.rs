//! Files in SVG, and what is left of them.

use super::*;

/// What stands inside an SVG of this content afterwards.
fn inside(content: &str) -> Result<String, String> {
    let written = cleaned(format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" xmlns:i=\"http://i.example\" xmlns:h=\"http://www.w3.org/1999/xhtml\">{content}</svg>").as_bytes())?;
    let written = String::from_utf8_lossy(&written);
    let start = format!("<svg xmlns=\"{SVG}\"");
    let rest = written.strip_prefix(&start).unwrap_or_default();
    if rest == "/>" {
        return Ok(String::new());
    }
    let rest = rest
        .strip_prefix('>')
        .and_then(|rest| rest.strip_suffix("</svg>"));
    rest.map(str::to_owned).ok_or(written.into_owned())
}

#[track_caller]
fn refused(content: &str, reason: &str) {
    let error = inside(content).err().unwrap_or_default();
    assert!(error.contains(reason), "{error}");
}

/// A PNG of one pixel with a comment, and without it.
const COMMENTED: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAADnRFWHRDb21tZW50AHNlY3JldGSqxSkAAAAKSURBVHicY2gAAACCAIF3zXK2AAAAAElFTkSuQmCC";

#[test]
fn what_draws_stays() {
    for content in [
        "<rect x=\"1\" y=\"2.50\" width=\"30%\" height=\"4e1\" fill=\"#f00\" style=\"stroke:blue;\"/>",
        "<g transform=\"rotate(45 1 2) skewX(3)\" opacity=\".5\"><path d=\"M1-2.3.4z\"/></g>",
        "<text x=\"5\" xml:space=\"preserve\"><tspan>a</tspan><tspan dx=\"1\"> b  </tspan>c &lt; d &amp; \u{e9}</text>",
        "<style>text{fill:red;}.a &gt; #b{stroke:none;}</style><g class=\"a\"><path id=\"b\"/></g>",
        "<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient></defs><circle r=\"3\" fill=\"url(#g)\"/>",
        "<symbol id=\"s.1\"><path d=\"M0 0\"/></symbol><use href=\"#s.1\"/>",
        "<style>#a.k{fill:url(#p.1);}</style><pattern id=\"p.1\"/><g id=\"a\" class=\"k\"/>",
        "<path id=\"p\"/><text><textPath href=\"#p\">round</textPath></text>",
        "<switch><g systemLanguage=\"de\"/><g/></switch>",
        "<filter id=\"f\"><feGaussianBlur in=\"SourceGraphic\" stdDeviation=\"2\"/></filter><g filter=\"url(#f) blur(2px)\"/>",
        "<text lang=\"ja\" xml:lang=\"ja\" font-family=\"'A B', serif\" font-size=\"12px\">x</text>",
    ] {
        let content = content.replace('\'', "&quot;");
        assert_eq!(inside(&content).as_ref(), Ok(&content));
    }
}

#[test]
fn what_does_not_draw_goes() {
    for (content, kept) in [
        (
            "<!-- secret --><?secret?><title>secret</title><desc>secret</desc><metadata>secret</metadata>",
            "",
        ),
        (
            "<script>secret</script><i:namedview>secret<rect/></i:namedview><h:script>secret</h:script>",
            "",
        ),
        ("secret<g> secret </g>", "<g/>"),
        (
            "<g onload=\"secret\" onclick=\"secret\" i:label=\"secret\" i:onload=\"secret\" data-a=\"secret\"/>",
            "<g/>",
        ),
        (
            "<g aria-label=\"secret\" role=\"img\" title=\"secret\" description=\"secret\" tabindex=\"0\"/>",
            "<g/>",
        ),
        (
            "<g id=\"secret\" class=\"secret\" i:id=\"secret\" xml:id=\"secret\" xml:base=\"http://x.example\"/>",
            "<g/>",
        ),
        (
            "<rect><animate attributeName=\"href\" values=\"secret\"/><set to=\"secret\"/></rect>",
            "<rect/>",
        ),
        (
            "<a href=\"http://x.example\" target=\"_top\" fill=\"red\"><rect/></a>",
            "<g fill=\"red\"><rect/></g>",
        ),
        (
            "<text>a<a xlink:href=\"javascript:alert(1)\">b</a><title>secret</title></text>",
            "<text>a<tspan>b</tspan></text>",
        ),
        (
            "<g fill=\"url(http://x.example/a)\" mask=\"url('http://x.example')\" cursor=\"url(x)\"/>",
            "<g/>",
        ),
        (
            "<g style=\"fill:red;mask:url(http://x.example);-i-x:secret\"/>",
            "<g style=\"fill:red;\"/>",
        ),
        (
            "<style>@import 'http://x.example';/* secret */g{fill:red}</style>",
            "<style>g{fill:red;}</style>",
        ),
        (
            "<style>g{fill:<!-- x -->red}</style>",
            "<style>g{fill:red;}</style>",
        ),
        (
            "<style type=\"text/x\">g{fill:red}</style><style>secret</style><style/>",
            "",
        ),
        (
            "<style type=\" text/CSS \" media=\"print\" i:media=\"x\">g{fill:red}</style>",
            "<style media=\"print\">g{fill:red;}</style>",
        ),
        (
            "<linearGradient href=\"http://x.example/#a\"/><pattern href=\"#a/b\"/>",
            "<linearGradient/><pattern/>",
        ),
        (
            "<g href=\"#a\"/><image/><use href=\"\"/>",
            "<g/><image/><use/>",
        ),
        (
            "<g requiredExtensions=\"http://x.example\" requiredFeatures=\"http://x.example\"/>",
            "<g/>",
        ),
        (
            "<g id=\"b\" class=\"a c\"/><style>.a{fill:url(#b)}</style>",
            "<g id=\"b\" class=\"a\"/><style>.a{fill:url(#b);}</style>",
        ),
        ("<g id='a\"b'/><use href='#a\"b'/>", "<g/><use/>"),
        (
            "<video src=\"http://x.example\"/><iframe/><handler/><foreignobject>secret</foreignobject>",
            "",
        ),
        (
            "<g xmlns=\"http://i.example\"><rect xmlns=\"http://www.w3.org/2000/svg\"/></g>",
            "",
        ),
        ("<g id=\"fad\" fill=\"#fad\"/>", "<g fill=\"#fad\"/>"),
        ("<g fill='\"&gt;&lt;script&gt;'/>", "<g/>"),
        (
            "<text>&lt;script&gt;&#10;<![CDATA[</text><script>]]></text>",
            "<text>&lt;script&gt;&#10;&lt;/text&gt;&lt;script&gt;</text>",
        ),
    ] {
        assert_eq!(inside(content).as_deref(), Ok(kept), "{content}");
    }
}

#[test]
fn names_with_a_prefix_mean_the_same() {
    let written = cleaned(
        b"\xef\xbb\xbf<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\"><s:svg xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:l=\"http://www.w3.org/1999/xlink\" xmlns=\"http://i.example\"><rect/><s:g id=\"a\"/><s:use l:href=\"#a\"/></s:svg>",
    );
    let expected =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"a\"/><use href=\"#a\"/></svg>";
    assert_eq!(written.as_deref(), Ok(expected.as_bytes()));
}

#[test]
fn of_two_references_the_newer_sort_counts() {
    let content = "<g id=\"a\"/><g id=\"b\"/><use xlink:href=\"#a\" href=\"#b\"/><use href=\"#b\" xlink:href=\"#a\"/>";
    let kept = "<g/><g id=\"b\"/><use href=\"#b\"/><use href=\"#b\"/>";
    assert_eq!(inside(content).as_deref(), Ok(kept));
}

#[test]
fn images_inside_are_cleaned_too() {
    let bytes = BASE64.decode(COMMENTED).unwrap_or_default();
    let (media, clean) = raster(&bytes).and_then(Result::ok).unwrap_or_default();
    assert!(clean.len() < bytes.len());
    let (start, end) = COMMENTED.split_at(40);
    for target in [
        format!("data:image/png;base64,{COMMENTED}"),
        format!("data:;BASE64,{start}\n  {end}"),
        format!(
            "data:image/jpeg;charset=x;base64,{}",
            COMMENTED.trim_end_matches('=')
        ),
    ] {
        let kept = inside(&format!("<image width=\"1\" xlink:href=\"{target}\"/>"));
        let expected = format!("<image width=\"1\" href=\"{}\"/>", address(media, &clean));
        assert_eq!(kept, Ok(expected));
    }
    for (target, reason) in [
        (
            "data:image/svg+xml;base64,PHN2Zy8+",
            "neither PNG, JPEG nor WebP",
        ),
        ("data:image/png;base64,R0lGODlh", "save it as PNG"),
        ("data:image/png;base64,iVBORw0KGgo=", "cut off"),
        ("data:image/png,abc", "not in base64"),
        ("data:image/png;base64,%%%", "not in base64"),
        ("data:image/png", "cut off"),
        ("photo.png", "embed it"),
        ("http://x.example/a.png", "embed it"),
        ("javascript:alert(1)", "embed it"),
    ] {
        refused(&format!("<image href=\"{target}\"/>"), reason);
    }
    refused("<use href=\"other.svg#a\"/>", "embed it");
    refused("<feImage href=\"//x.example\"/>", "embed it");
}

#[test]
fn what_would_leave_a_gap_or_is_no_svg_is_refused() {
    refused(
        "<switch><foreignObject><h:p>a</h:p></foreignObject><text>a</text></switch>",
        "HTML",
    );
    refused("<g>", "no well-formed SVG");
    refused("<g a=\"1\" a=\"2\"/>", "no well-formed SVG");
    refused("<text>&nbsp;</text>", "no well-formed SVG");
    refused("<text>\u{1}</text>", "no well-formed SVG");
    let long = inside(&format!("<{}:g/>", "x".repeat(10_000)));
    assert!(long.err().is_some_and(|error| error.len() < 200));
    for (bytes, reason) in [
        (&b"<svg/>"[..], "its root is no `svg`"),
        (
            b"<p><svg xmlns=\"http://www.w3.org/2000/svg\"/></p>",
            "its root is no `svg`",
        ),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\">\xe4</svg>",
            "not UTF-8",
        ),
    ] {
        let error = cleaned(bytes).err().unwrap_or_default();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn entities_are_refused() {
    for declaration in [
        "<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">",
        "<!ENTITY a SYSTEM \"file:///etc/passwd\">",
        "<!ENTITY % a SYSTEM \"http://x.example/a.dtd\"> %a;",
    ] {
        let file =
            format!("<!DOCTYPE svg [{declaration}]><svg xmlns=\"{SVG}\"><text>&a;</text></svg>");
        let error = cleaned(file.as_bytes()).err().unwrap_or_default();
        assert!(error.contains("entities"), "{error}");
    }
}

#[test]
fn nesting_and_numbers_have_limits() {
    let nested = |depth| format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth));
    assert!(inside(&nested(MAX_DEPTH)).is_ok());
    refused(&nested(MAX_DEPTH + 1), "nested deeper than 64 levels");
    refused(&nested(49_000), "nested deeper than 64 levels");
    refused(&"<g/>".repeat(100_000), "more than 100000 parts");
    refused(&" ".repeat(MAX_BYTES), "1 MiB");
    let attributes = |count| {
        let names = (0..count).map(|number| format!(" a{number}=\"\""));
        names.collect::<Vec<_>>().concat()
    };
    assert!(inside(&format!("<g{}/>", attributes(1_000))).is_ok());
    refused(&format!("<g{}/>", attributes(1_001)), "too many attributes");
    refused(&"<g xmlns:a=\"a\"/>".repeat(200), "too many attributes");
}

#[test]
fn parts_that_use_parts_have_a_limit() {
    let doubled = |levels: usize| {
        let level = |number: usize| {
            format!(
                "<g id=\"a{}\"><use href=\"#a{number}\"/><use href=\"#a{number}\"/></g>",
                number + 1
            )
        };
        format!(
            "<g id=\"a0\"/>{}",
            (0..levels).map(level).collect::<String>()
        )
    };
    assert!(inside(&doubled(10)).is_ok());
    refused(&doubled(30), "unfolds to more than 200000 parts");
    refused("<g id=\"a\"><use href=\"#a\"/></g>", "shows itself");
    refused(
        "<g id=\"a\" mask=\"url( '#b' )\"/><g id=\"b\" style=\"fill:URL(#a)\"/>",
        "shows itself",
    );
    let link = |number| format!("<use id=\"a{number}\" href=\"#a{}\"/>", number + 1);
    let chain: Vec<String> = (0..1_000).map(link).collect();
    refused(&chain.concat(), "nested too deeply");
    // A colour is no reference, nor is a part of another file.
    assert!(inside("<g id=\"fad\" fill=\"#fad\"/>").is_ok());
    assert!(inside("<pattern id=\"a\" href=\"x.svg#a\"/>").is_ok());
}
