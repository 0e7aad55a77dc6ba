//! SVG against another cleaner: of what is shown, svg-hush takes nothing out.

use intervy::store::images::cleaned;
use roxmltree::Document;

use super::svg::HOSTILE;

/// The elements of an SVG with the names of their attributes.
pub(super) fn parts(svg: &[u8]) -> Vec<(String, Vec<String>)> {
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
pub(super) fn hushed(svg: &[u8]) -> Vec<(String, Vec<String>)> {
    let mut filter = svg_hush::Filter::new();
    filter.set_data_url_filter(svg_hush::data_url_filter::allow_standard_images);
    let mut out = Vec::new();
    filter.filter(svg, &mut out).unwrap();
    parts(&out)
}
