//! Names in an SVG: those that something refers to are written, the others only told something.

use std::collections::HashSet;

/// What names hold beside letters and digits.
const IN_SELECTORS: &str = "-_";
const IN_ADDRESSES: &str = "-_.:%";

/// The names of parts and classes that were met, and what refers to any.
#[derive(Default)]
pub(super) struct Names {
    given: Vec<(usize, Given)>,
    parts: HashSet<String>,
    classes: HashSet<String>,
}

/// Names that an element has.
enum Given {
    Part(String),
    Classes(String),
}

impl Names {
    /// The element whose attributes are written at `at` has the name of a part.
    pub(super) fn part(&mut self, at: usize, name: &str) {
        self.given.push((at, Given::Part(name.to_owned())));
    }

    /// The element whose attributes are written at `at` is of these classes.
    pub(super) fn classes(&mut self, at: usize, names: &str) {
        self.given.push((at, Given::Classes(names.to_owned())));
    }

    /// The value of an attribute is written; it may be the address of a part.
    pub(super) fn value(&mut self, value: &str, is_address: bool) {
        self.parts
            .extend(used_in(value, is_address).map(str::to_owned));
    }

    /// A style sheet is written.
    pub(super) fn sheet(&mut self, sheet: &str) {
        // `#a.b` chooses the part `a` of class `b`, `url(#a.b)` means the part `a.b`.
        for others in [IN_SELECTORS, IN_ADDRESSES] {
            self.parts.extend(after(sheet, '#', others));
        }
        self.classes.extend(after(sheet, '.', IN_SELECTORS));
    }

    /// The picture with the names that count.
    pub(super) fn put_into(self, picture: &str) -> String {
        let mut out = String::with_capacity(picture.len());
        let mut done = 0;
        for (at, given) in &self.given {
            out.push_str(&picture[done..*at]);
            done = *at;
            out.push_str(&self.counting(given));
        }
        out.push_str(&picture[done..]);
        out
    }

    /// The attribute with those of the names that something refers to. These need no escapes: all that
    /// is referred to was read by [`name`].
    fn counting(&self, given: &Given) -> String {
        let (attribute, counting) = match given {
            Given::Part(name) if self.parts.contains(name) => ("id", name.clone()),
            Given::Part(_) => return String::new(),
            Given::Classes(names) => {
                let styled = |class: &&str| self.classes.contains(*class);
                let classes: Vec<&str> = names.split_whitespace().filter(styled).collect();
                ("class", classes.join(" "))
            }
        };
        if counting.is_empty() {
            return String::new();
        }
        format!(" {attribute}=\"{counting}\"")
    }
}

/// The names of the parts that the value of an attribute uses: `#…` in an address, `url(#…)`.
pub(super) fn used_in(value: &str, is_address: bool) -> impl Iterator<Item = &str> {
    value.match_indices('#').filter_map(move |(at, _)| {
        let before = value[..at].trim_end_matches([' ', '\t', '\r', '\n', '"', '\'']);
        let open = before.len().checked_sub(4).and_then(|at| before.get(at..));
        let used = before.is_empty() && is_address
            || open.is_some_and(|open| open.eq_ignore_ascii_case("url("));
        used.then(|| name(&value[at + 1..], IN_ADDRESSES))
    })
}

/// Whether a text may be the name of a part.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && name(text, IN_ADDRESSES).len() == text.len()
}

/// The names after each `mark` in a style sheet.
fn after(sheet: &str, mark: char, others: &str) -> impl Iterator<Item = String> {
    sheet
        .match_indices(mark)
        .map(move |(at, _)| name(&sheet[at + 1..], others).to_owned())
}

/// The name that a text begins with, of letters, digits and `others`.
fn name<'t>(text: &'t str, others: &str) -> &'t str {
    let ends = |letter: char| {
        letter.is_ascii() && !letter.is_ascii_alphanumeric() && !others.contains(letter)
    };
    text.split(ends).next().unwrap_or(text)
}
