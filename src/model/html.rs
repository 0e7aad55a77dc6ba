//! The tags of raw HTML, and what becomes of elements in a packet.

use crate::model::source::Span;

/// A tag in raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    /// All of it, brackets included.
    pub span: Span,
    /// Its name as it is written; empty for `<?…?>` and `<!…>`.
    pub name: &'t str,
    /// Whether it ends an element.
    pub closing: bool,
    /// What follows the name.
    pub rest: &'t str,
}

/// The tags in a piece of raw HTML whose place is `offset`, comments left out.
pub fn tags(html: &str, offset: usize) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + html.get(at..)?.find('<')?;
            let inside = html.get(start + 1..)?;
            if inside.starts_with("!--") {
                at = start + inside.find("-->").map_or(html.len() - start, |end| end + 4);
                continue;
            }
            let closing = inside.starts_with('/');
            let word = inside.strip_prefix('/').unwrap_or(inside);
            let length = word
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
                .count();
            let named = word.starts_with(|first: char| first.is_ascii_alphabetic());
            if !named && !word.starts_with(['!', '?']) {
                at = start + 1;
                continue;
            }
            let name = if named {
                word.get(..length).unwrap_or_default()
            } else {
                ""
            };
            let end = inside.find('>').map_or(html.len(), |end| start + end + 2);
            at = end;
            let rest = html
                .get(start + 1 + usize::from(closing) + name.len()..end)
                .unwrap_or_default();
            return Some(Tag {
                span: Span::new(start, end).shifted(offset),
                name,
                closing,
                rest: rest.trim_end_matches('>'),
            });
        }
    })
}

/// What becomes of an element in a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is shown, and Markdown has nothing like it.
    Shown,
    /// Markdown has a form of its own: what to write.
    Markdown(&'static str),
    /// It never reaches a packet, its content neither.
    Removed,
    /// It is cleaned away, or means nothing in a packet.
    Cleaned,
    /// HTML has no such element.
    Unknown,
}

const SHOWN: &[&str] = &[
    "br", "dd", "details", "dl", "dt", "ins", "kbd", "mark", "rp", "rt", "ruby", "sub", "summary",
    "sup", "u", "wbr",
];
const MARKDOWN: &[(&str, &str)] = &[
    ("a", "`[text](address)`"),
    ("b", "`**bold**`"),
    ("strong", "`**bold**`"),
    ("i", "`*emphasis*`"),
    ("em", "`*emphasis*`"),
    ("code", "backticks"),
    ("tt", "backticks"),
    ("samp", "backticks"),
    ("pre", "a code block between fences"),
    ("img", "`![what it shows](file)`"),
    ("hr", "`---`"),
    ("del", "`~~deleted~~`"),
    ("s", "`~~deleted~~`"),
    ("strike", "`~~deleted~~`"),
    ("blockquote", "lines that begin with `> `"),
    ("ul", "lines that begin with `- `"),
    ("ol", "lines that begin with `1. `"),
    ("li", "lines that begin with `- `"),
    ("table", "a table with `|` between its cells"),
    ("thead", "a table with `|` between its cells"),
    ("tbody", "a table with `|` between its cells"),
    ("tr", "a table with `|` between its cells"),
    ("th", "a table with `|` between its cells"),
    ("td", "a table with `|` between its cells"),
    ("p", "a paragraph between blank lines"),
    ("h1", "`## A heading`"),
    ("h2", "`## A heading`"),
    ("h3", "`### A heading`"),
    ("h4", "`### A heading`"),
    ("h5", "`### A heading`"),
    ("h6", "`### A heading`"),
];
const REMOVED: &[&str] = &[
    "applet", "base", "button", "embed", "form", "frame", "iframe", "input", "link", "meta",
    "object", "script", "select", "style", "template", "textarea",
];
const CLEANED: &[&str] = &[
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "bdi",
    "bdo",
    "big",
    "body",
    "canvas",
    "caption",
    "center",
    "cite",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dfn",
    "dialog",
    "div",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "head",
    "header",
    "hgroup",
    "html",
    "label",
    "legend",
    "main",
    "map",
    "math",
    "menu",
    "meter",
    "nav",
    "noscript",
    "optgroup",
    "option",
    "output",
    "param",
    "path",
    "picture",
    "progress",
    "q",
    "search",
    "section",
    "slot",
    "small",
    "source",
    "span",
    "svg",
    "tfoot",
    "time",
    "title",
    "track",
    "var",
    "video",
];

/// What becomes of the element with this name.
#[must_use]
pub fn fate(name: &str) -> Fate {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    if SHOWN.iter().any(is) {
        return Fate::Shown;
    }
    if let Some((_, form)) = MARKDOWN.iter().find(|(known, _)| is(known)) {
        return Fate::Markdown(form);
    }
    if REMOVED.iter().any(is) {
        return Fate::Removed;
    }
    if CLEANED.iter().any(is) {
        return Fate::Cleaned;
    }
    Fate::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_a_block() {
        let found: Vec<_> = tags("<div class=\"a\"><!-- <b> -->1 < 2<br/></div\n><?x?>", 10)
            .map(|tag| {
                (
                    tag.span.start,
                    tag.span.end,
                    tag.name,
                    tag.closing,
                    tag.rest,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (10, 25, "div", false, " class=\"a\""),
                (42, 47, "br", false, "/"),
                (47, 54, "div", true, "\n"),
                (54, 59, "", false, "?x?"),
            ]
        );
        assert_eq!(tags("<!-- x", 0).count(), 0);
    }
}
