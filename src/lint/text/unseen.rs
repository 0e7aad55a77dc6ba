//! Characters that a reader does not see, or that change the order of those that are seen.

use crate::lint::text::letters::is_plain;
use crate::model::source::Span;

/// Why a character is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Unseen {
    /// It takes no room.
    NoWidth,
    /// It turns the direction of writing.
    Direction,
    /// It stands for another character in a form that is not shown, or chooses a form where there is nothing to choose.
    Tag,
    /// It means nothing that is agreed on.
    Private,
    /// It controls a device.
    Control,
}

impl Unseen {
    /// What messages call it.
    pub(in crate::lint) fn name(self) -> &'static str {
        match self {
            Self::NoWidth => "a character without width",
            Self::Direction => "a mark of writing direction",
            Self::Tag => "a tag character",
            Self::Private => "a private character",
            Self::Control => "a control character",
        }
    }
}

/// The runs of unseen characters of a file, with what their first one is.
pub(in crate::lint) fn characters(text: &str) -> Vec<(Span, Unseen, char)> {
    let mut found: Vec<(Span, Unseen, char)> = Vec::new();
    if is_plain(text) {
        return found;
    }
    let mut before = Before::default();
    for (at, letter) in text.char_indices() {
        let plain = (' '..='~').contains(&letter) || letter == '\n' || letter == '\t';
        let what = if plain {
            None
        } else {
            unseen(text, at, letter, &before)
        };
        if let Some(what) = what {
            let end = at + letter.len_utf8();
            match found.last_mut() {
                Some((run, _, _)) if run.end == at => run.end = end,
                _ => found.push((Span::new(at, end), what, letter)),
            }
        }
        before.pass(letter, what.is_some());
    }
    found
}

/// What came before a character.
#[derive(Default)]
struct Before {
    last: Option<char>,
    /// Whether a flag's tags may follow.
    in_flag: bool,
    /// Whether a right-to-left letter stood on the line.
    right_to_left: bool,
}

impl Before {
    fn pass(&mut self, letter: char, unseen: bool) {
        const FLAG: char = '\u{1f3f4}';
        self.in_flag = letter == FLAG || (self.in_flag && is_tag(letter));
        self.right_to_left = letter != '\n' && (self.right_to_left || is_right_to_left(letter));
        if !unseen {
            self.last = Some(letter);
        }
    }
}

fn unseen(text: &str, at: usize, letter: char, before: &Before) -> Option<Unseen> {
    let after = || {
        text.get(at + letter.len_utf8()..)
            .and_then(|rest| rest.chars().next())
    };
    let what = match letter {
        // The first character of a file may be a byte order mark; a line may end as on Windows.
        '\u{feff}' if at == 0 => return None,
        '\r' if after() == Some('\n') => return None,
        '\u{200c}' | '\u{200d}' if before.last.is_some_and(joins) => return None,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}'
            if before.right_to_left || after().is_some_and(is_right_to_left) =>
        {
            return None;
        }
        _ if is_tag(letter) && before.in_flag => return None,
        '\u{fe00}'..='\u{fe0f}'
            if before
                .last
                .is_some_and(|last| !last.is_ascii_whitespace() && !is_selector(last)) =>
        {
            return None;
        }
        '\u{e0100}'..='\u{e01ef}' if before.last.is_some_and(is_ideograph) => return None,
        _ => classified(letter)?,
    };
    Some(what)
}

fn classified(letter: char) -> Option<Unseen> {
    Some(match letter {
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}' => Unseen::NoWidth,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Unseen::Direction
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' => Unseen::Tag,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => {
            Unseen::Private
        }
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' => Unseen::Control,
        '\n' | '\t' => return None,
        _ if letter.is_control() => Unseen::Control,
        _ => return None,
    })
}

/// The character that an HTML entity at the start of a text stands for, if it is an unseen one, and the entity's length.
pub(in crate::lint) fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 20;
    const NAMED: &[(&str, char)] = &[("ZeroWidthSpace", '\u{200b}'), ("NoBreak", '\u{2060}')];
    let head = text.as_bytes().get(1..)?;
    let end = head.iter().take(LONGEST).position(|&byte| byte == b';')?;
    let name = text.get(1..=end)?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    classified(letter)
        .filter(|_| letter != '\u{ad}' && letter != '\r')
        .map(|_| (letter, end + 2))
}

/// The character that an escape of YAML or TOML at the start of a text stands for (`\u202E`), if it is an unseen one,
/// and the escape's length.
pub(in crate::lint) fn escape(text: &str) -> Option<(char, usize)> {
    let digits = match text.as_bytes().get(1)? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let code = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
    let letter = char::from_u32(code)?;
    classified(letter).map(|_| (letter, 2 + digits))
}

fn is_tag(letter: char) -> bool {
    ('\u{e0020}'..='\u{e007f}').contains(&letter)
}

fn is_selector(letter: char) -> bool {
    ('\u{fe00}'..='\u{fe0f}').contains(&letter)
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a joiner may follow: letters of scripts that need it, and emoji.
fn joins(letter: char) -> bool {
    matches!(
        letter,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{a840}'..='\u{a87f}'
            | '\u{a8e0}'..='\u{a8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{11000}'..='\u{11fff}'
            | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'
    )
}

fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}')
        && letter != '\u{61c}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, usize, Unseen)> {
        let runs = characters(text);
        runs.into_iter()
            .map(|(span, what, _)| (span.start, span.end, what))
            .collect()
    }

    #[test]
    fn what_hides() {
        for (text, expected) in [
            ("a\u{200b}\u{200b}b", (1, 7, Unseen::NoWidth)),
            ("a\u{feff}b", (1, 4, Unseen::NoWidth)),
            ("so\u{ad}ft", (2, 4, Unseen::NoWidth)),
            ("a\u{200d}b", (1, 4, Unseen::NoWidth)),
            ("a\u{202e}b", (1, 4, Unseen::Direction)),
            ("a\u{2066}b", (1, 4, Unseen::Direction)),
            ("a\u{e0041}\u{e0042}", (1, 9, Unseen::Tag)),
            ("☺\u{fe0f}\u{fe01}\u{fe02}", (6, 12, Unseen::Tag)),
            ("a\u{e000}", (1, 4, Unseen::Private)),
            ("a\u{1b}[0m", (1, 2, Unseen::Control)),
            ("a\rb", (1, 2, Unseen::Control)),
            ("a\0b", (1, 2, Unseen::Control)),
            ("a\u{85}b", (1, 3, Unseen::Control)),
        ] {
            assert_eq!(found(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn what_writing_needs() {
        for text in [
            "\u{feff}a\r\nb\tc",
            "Größe – „x“ … 日本語 ≥ →",
            "👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥 🏴\u{e0067}\u{e0062}\u{e007f}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "שלום\u{200f}! \u{200e}",
            "葛\u{e0100}",
            "a\u{a0}b",
        ] {
            assert_eq!(found(text), [], "{text:?}");
        }
    }

    #[test]
    fn entities_that_hide() {
        assert_eq!(entity("&#8203;x"), Some(('\u{200b}', 7)));
        assert_eq!(entity("&#x202E;"), Some(('\u{202e}', 8)));
        assert_eq!(escape("\\u202Ex"), Some(('\u{202e}', 6)));
        assert_eq!(escape("\\U000E0041"), Some(('\u{e0041}', 10)));
        assert_eq!(escape("\\x9b"), Some(('\u{9b}', 4)));
        assert_eq!((escape("\\u00e9"), escape("\\u12")), (None, None));
        assert_eq!(entity("&ZeroWidthSpace;"), Some(('\u{200b}', 16)));
        for seen in ["&amp;", "&#65;", "&#xfffffff;", "& ", "&", "&nbsp;", "&é;"] {
            assert_eq!(entity(seen), None, "{seen}");
        }
    }
}
