//! SVG: read as XML, and written anew from the elements and attributes that are known to draw.

mod css;
mod names;
mod references;
mod unfold;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;
use roxmltree::{Attribute, Document, Error, Node, ParsingOptions};

use crate::store::images::{address, raster};

use references::Names;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The most bytes that an SVG may have.
const MAX_BYTES: usize = 1024 * 1024;
/// The most elements within each other.
const MAX_DEPTH: usize = 64;
/// The most elements, texts and comments.
const MAX_NODES: u32 = 100_000;
/// The most attributes that an element may have, and the most declarations of namespaces in a file:
/// what the parser does with these takes the square of the time.
const MAX_ATTRIBUTES: usize = 1_000;
const MAX_NAMESPACES: usize = 200;

/// Base64 as it stands in addresses, with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether these bytes are worth being read as SVG.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let holds = |name: &[u8]| memmem::find(text, name).is_some();
    text.trim_ascii_start().starts_with(b"<") && (holds(b"<svg") || holds(b":svg"))
}

/// The SVG without what does not draw.
///
/// # Errors
/// Why it is no SVG that can be shown, or would be shown with a gap.
pub(super) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
    check(text)?;
    let options = ParsingOptions {
        // A declaration of the document's type alone is harmless, and stands in many files.
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        entity_resolver: None,
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::NodesLimitReached => format!("it has more than {MAX_NODES} parts"),
        // A name of the file's own choice stands in some of them.
        error => format!("it is no well-formed SVG: {:.120}", error.to_string()),
    })?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(format!("its root is no `svg` of the namespace `{SVG}`"));
    }
    let mut picture = Picture {
        out: String::with_capacity(text.len()),
        names: Names::default(),
    };
    picture.element(root, Within::Shapes, 0)?;
    unfold::check(root)?;
    Ok(picture.names.put_into(&picture.out).into_bytes())
}

/// Fails when the parser would have too much to do.
fn check(text: &str) -> Result<(), String> {
    if text.len() > MAX_BYTES {
        return Err("an SVG may have 1 MiB".to_owned());
    }
    if text.contains("<!ENTITY") {
        return Err("it defines entities; save it without them".to_owned());
    }
    let crowded = |tag: &str| tag.matches('=').count() > MAX_ATTRIBUTES;
    if text.matches("xmlns").count() > MAX_NAMESPACES || text.split('<').any(crowded) {
        return Err("it has too many attributes".to_owned());
    }
    Ok(())
}

/// What an element stands in.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Shapes,
    Text,
}

/// A picture as far as it is written.
struct Picture {
    out: String,
    names: Names,
}

impl Picture {
    fn element(&mut self, node: Node<'_, '_>, within: Within, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!(
                "its parts are nested deeper than {MAX_DEPTH} levels"
            ));
        }
        if node.tag_name().namespace() != Some(SVG) {
            return Ok(());
        }
        let name = match (node.tag_name().name(), within) {
            ("style", _) => {
                self.style(node);
                return Ok(());
            }
            ("foreignObject", _) => {
                // What some programs write beside it, for viewers that know no HTML, is cut short.
                return Err(
                    "it holds HTML (`foreignObject`), which is not shown; save its labels as plain text, or all of it as PNG"
                        .to_owned(),
                );
            }
            // A link draws nothing, but what it says of its content counts.
            ("a", Within::Shapes) => "g",
            ("a", Within::Text) => "tspan",
            (name, _) if names::is_element(name) => name,
            _ => return Ok(()),
        };
        self.out.push('<');
        self.out.push_str(name);
        if depth == 0 {
            self.attribute("xmlns", SVG);
        }
        self.attributes(node, name)?;
        self.out.push('>');
        let start = self.out.len();
        self.content(node, name, within, depth)?;
        if self.out.len() == start {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        Ok(())
    }

    fn content(
        &mut self,
        node: Node<'_, '_>,
        name: &str,
        within: Within,
        depth: usize,
    ) -> Result<(), String> {
        let within = match name {
            "text" | "tspan" | "textPath" => Within::Text,
            _ => within,
        };
        for child in node.children() {
            if child.is_element() {
                self.element(child, within, depth + 1)?;
            } else if child.is_text() && within == Within::Text {
                escape(child.text().unwrap_or_default(), &mut self.out);
            }
        }
        Ok(())
    }

    fn style(&mut self, node: Node<'_, '_>) {
        let sort = plain(node, "type").unwrap_or("text/css").trim();
        if !sort.is_empty() && !sort.eq_ignore_ascii_case("text/css") {
            return;
        }
        let sheet = css::sheet(&texts(node));
        if sheet.is_empty() {
            return;
        }
        self.out.push_str("<style");
        if let Some(media) = plain(node, "media").and_then(css::value) {
            self.attribute("media", &media);
        }
        self.out.push('>');
        self.names.sheet(&sheet);
        escape(&sheet, &mut self.out);
        self.out.push_str("</style>");
    }

    fn attributes(&mut self, node: Node<'_, '_>, name: &str) -> Result<(), String> {
        for attribute in node.attributes() {
            let value = attribute.value();
            match (attribute.namespace(), attribute.name()) {
                (Some(XLINK), "href") if plain(node, "href").is_some() => {}
                (None | Some(XLINK), "href") => self.reference(name, value.trim())?,
                (None, "id") => self.names.part(self.out.len(), value),
                (None, "class") => self.names.classes(self.out.len(), value),
                (None, "style") => {
                    let style = css::declarations(value);
                    if !style.is_empty() {
                        self.attribute("style", &style);
                    }
                }
                (Some(XML), "space") if matches!(value, "preserve" | "default") => {
                    self.attribute("xml:space", value);
                }
                (Some(XML), "lang") if is_language(value) => self.attribute("xml:lang", value),
                (None, "lang") if is_language(value) => self.attribute("lang", value),
                (None, known) if names::is_attribute(known) => {
                    if let Some(value) = css::value(value) {
                        self.attribute(known, &value);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What an element shows: another part of the picture, or an image within the address.
    fn reference(&mut self, name: &str, target: &str) -> Result<(), String> {
        let shows = matches!(name, "image" | "feImage");
        if let Some(part) = target.strip_prefix('#') {
            if names::may_refer(name) && references::is_name(part) {
                self.attribute("href", target);
            }
        } else if let Some(content) = target.strip_prefix("data:").filter(|_| shows) {
            let (media, picture) = embedded(content)
                .map_err(|reason| format!("an image in it cannot be shown: {reason}"))?;
            self.attribute("href", &address(media, &picture));
        } else if (shows || name == "use") && !target.is_empty() {
            return Err("it shows another file, which a packet does not load; embed it".to_owned());
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.names.value(value, name == "href");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }
}

/// The image of a `data:` address, after the colon.
fn embedded(content: &str) -> Result<(&'static str, Vec<u8>), String> {
    let (before, data) = content.split_once(',').ok_or("its address is cut off")?;
    if !before.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return Err("it is not in base64".to_owned());
    }
    let data: Vec<u8> = data
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let bytes = BASE64.decode(data).map_err(|_| "it is not in base64")?;
    raster(&bytes).ok_or("it is neither PNG, JPEG nor WebP")?
}

/// What an element says itself: its comments and the elements in it have texts, too.
fn texts(node: Node<'_, '_>) -> String {
    let own = node.children().filter(Node::is_text);
    own.filter_map(|text| text.text()).collect()
}

/// The attribute of this name that belongs to no namespace.
fn plain<'d>(node: Node<'d, '_>, name: &str) -> Option<&'d str> {
    node.attributes()
        .find(|attribute| attribute.namespace().is_none() && attribute.name() == name)
        .map(|attribute| attribute.value())
}

fn is_href(attribute: &Attribute<'_, '_>) -> bool {
    matches!(attribute.namespace(), None | Some(XLINK)) && attribute.name() == "href"
}

fn is_language(value: &str) -> bool {
    value.len() <= 35
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Writes a text so that it means itself, in an attribute as well.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests;
