//! Words that stand where a text is still to be written.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use crate::lint::text::first_look::{Concern, FirstLook};

/// What every placeholder with letters holds, from the beginning of a word on.
pub(in crate::lint) const CUES: [&str; 22] = [
    "todo",
    "tbd\\b",
    "fixme",
    "xxx\\b",
    "lorem ipsum",
    "<insert ",
    "<your ",
    "<add ",
    "<write ",
    "[your ",
    "[insert ",
    "[add ",
    "write this answer",
    "write the answer",
    "coming soon",
    "work in progress",
    "be written",
    "be defined",
    "be decided",
    "goes here",
    "fill this in",
    "fill in later",
];

/// What the others are.
static SIGNS: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| ["…", "...", "???"].map(Finder::new));

/// What could be a placeholder; [`judge`] looks at what stands around it.
static SUSPECTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"TODO|TBD|FIXME|XXX|[Ll]orem ipsum|…|\.\.\.|\?\?\?",
        r"|<(?:insert|your|add|write) [^<>\n]{1,80}>",
        r"|\[(?:[Yy]our|[Ii]nsert|[Aa]dd) [^\[\]\n]{1,80}\]",
        r"|[Ww]rite (?:this|the) answer|[Cc]oming soon|[Ww]ork in progress",
        r"|[Tt]o be (?:written|defined|decided)",
        r"|(?:[Aa]nswer|[Tt]ext|[Cc]ontent|[Dd]escription) goes here",
        r"|[Ff]ill (?:this in|in later)",
    );
    Regex::new(pattern).ok()
});

/// Whether [`placeholders`] can find anything in a text or in a part of it.
pub(in crate::lint) fn may_be(text: &str, look: &FirstLook) -> bool {
    let signs = || {
        SIGNS
            .iter()
            .any(|sign| sign.find(text.as_bytes()).is_some())
    };
    look.any(Concern::Placeholder) || signs()
}

/// The byte ranges of `text` that are placeholders where they stand; `alone` says whether a range is
/// all of its section or value.
pub(in crate::lint) fn placeholders<'t>(
    text: &'t str,
    alone: impl Fn(usize, usize) -> bool + 't,
) -> impl Iterator<Item = (usize, usize)> + 't {
    let suspects = SUSPECTS.as_ref();
    let suspects = suspects.map(|suspects| suspects.find_iter(text));
    suspects.into_iter().flatten().filter_map(move |found| {
        let (start, end) = (found.start(), found.end());
        let whole = is_whole_word(text, start, end);
        (whole && judge(text, start, end, &alone)).then_some((start, end))
    })
}

fn judge(text: &str, start: usize, end: usize, alone: impl Fn(usize, usize) -> bool) -> bool {
    let before = text.get(..start).unwrap_or("");
    let after = text.get(end..).unwrap_or("");
    if before.ends_with(['"', '\'', '“', '‘']) {
        // What is quoted is spoken about.
        return false;
    }
    let word = text.get(start..end).unwrap_or("");
    match word.as_bytes() {
        [b'<', ..] => true,
        // `[your handbook](…)` is a link.
        [b'[', ..] => !after.starts_with(['(', '[', ':']),
        b"TODO" | b"FIXME" => {
            begins(before) && (is_label(after) || ends(before, after) || is_order(after))
        }
        b"TBD" => {
            let verbs = [" is", " are", " still"];
            let said = verbs.iter().any(|verb| before.trim_end().ends_with(verb));
            (begins(before) || said) && (is_label(after) || ends(before, after))
        }
        b"XXX" => begins(before) && (after.starts_with(':') || ends(before, after)),
        [b'.' | b'?' | 0xe2, ..] => is_item(before) && ends_line(after) || alone(start, end),
        _ if word.eq_ignore_ascii_case("lorem ipsum") => {
            begins(before) || after.trim_start().starts_with("dolor")
        }
        _ if word.ends_with("goes here") => true,
        _ => {
            let rest = after
                .strip_prefix(" here")
                .or_else(|| after.strip_prefix(" later"));
            begins(before) && ends(before, rest.unwrap_or(after))
        }
    }
}

/// Whether the range is no part of a longer word (`XXX-Large`, `MY_TODO`, `TODOs`).
fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let begins_with_letter = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric());
    let ends_with_letter = |rest: &str| rest.ends_with(|last: char| last.is_alphanumeric());
    let is_word = text.get(start..).is_some_and(begins_with_letter);
    let before = text.get(..start).unwrap_or("");
    let after = text.get(end..).unwrap_or("");
    let joined_before = before
        .strip_suffix(['-', '_', '/', '.'])
        .is_some_and(ends_with_letter);
    let joined_after = after
        .strip_prefix(['-', '_', '/'])
        .is_some_and(begins_with_letter);
    let marks = ['.', '?', '…'];
    let dots = text
        .get(start..end)
        .is_some_and(|word| word.ends_with(marks))
        && after.starts_with(marks);
    let longer =
        ends_with_letter(before) || joined_before || begins_with_letter(after) || joined_after;
    !dots && (!is_word || !longer)
}

/// Whether a line, an item, a cell, a sentence, a bracket or what follows a colon begins here.
fn begins(before: &str) -> bool {
    let bare = before.trim_end_matches([' ', '\t', '*', '_', '>', '#']);
    let marks = ['\n', '.', '!', '?', ':', '|', '(', '[', '-', '+', '–', '—'];
    bare.is_empty() || bare.ends_with(marks)
}

/// Whether a line, a cell or a bracket that begins with the word ends here, a full stop aside.
fn ends(before: &str, after: &str) -> bool {
    let rest = after.trim_start_matches([' ', '\t', '.', '!', '…', '*', '_']);
    let bracket = before.trim_end().ends_with(['(', '[']);
    rest.is_empty()
        || rest.starts_with(['\n', '\r', '|'])
        || bracket && rest.starts_with([')', ']'])
}

fn ends_line(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', '\t', '*', '_']);
    rest.is_empty() || rest.starts_with(['\n', '\r'])
}

/// `TODO: …`, `TODO(ana): …`, `**TODO** – …`
fn is_label(after: &str) -> bool {
    const LONGEST_NAME: usize = 40;
    let named = after.strip_prefix('(').and_then(|rest| {
        let close = rest
            .bytes()
            .take(LONGEST_NAME)
            .position(|byte| byte == b')')?;
        rest.get(close + 1..)
    });
    let rest = named.unwrap_or(after).trim_start_matches(['*', '_']);
    let dash = [" - ", " – ", " — "]
        .iter()
        .any(|dash| rest.starts_with(dash));
    dash || rest.starts_with(':') && !rest.starts_with("::")
}

/// `TODO write the answer`
fn is_order(after: &str) -> bool {
    const ORDERS: [&str; 13] = [
        "add", "ask", "check", "complete", "decide", "define", "describe", "explain", "fill",
        "finish", "link", "review", "write",
    ];
    let Some(rest) = after.strip_prefix(' ') else {
        return false;
    };
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    rest.get(..length)
        .is_some_and(|word| ORDERS.contains(&word))
}

/// Whether what stands before on the line is a list item's marker, with a score or `listens for`.
fn is_item(before: &str) -> bool {
    const LONGEST: usize = 60;
    let mut line = before
        .bytes()
        .rev()
        .take(LONGEST)
        .take_while(|byte| *byte != b'\n')
        .count();
    while !before.is_char_boundary(before.len() - line) {
        line -= 1;
    }
    let whole =
        before.len() == line || before.as_bytes().get(before.len() - line - 1) == Some(&b'\n');
    let lead = before.get(before.len() - line..).unwrap_or("").trim();
    let numbered = lead.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let item = lead.strip_prefix(['-', '*', '+']).or_else(|| {
        numbered
            .strip_prefix(['.', ')'])
            .filter(|_| numbered.len() < lead.len())
    });
    let Some(item) = item.filter(|_| whole) else {
        return false;
    };
    let label = item.trim_matches([' ', '*', '_', ':', '–', '—', '-']);
    label.bytes().all(|byte| byte.is_ascii_digit()) || label.eq_ignore_ascii_case("listens for")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let all = |start, end| (start, end) == (0, text.len());
        placeholders(text, all)
            .filter_map(|(start, end)| text.get(start..end))
            .collect()
    }

    #[test]
    fn placeholders_are_found() {
        for (text, word) in [
            ("TODO: write this answer.", "TODO"),
            ("It locks. **TODO** – the rest", "TODO"),
            ("- TODO(ana): the rest", "TODO"),
            ("TODO write it", "TODO"),
            ("| a | TBD |", "TBD"),
            ("Cost: TBD.", "TBD"),
            ("The limit is TBD.", "TBD"),
            ("A lock (TBD) helps.", "TBD"),
            ("x\nFIXME\n", "FIXME"),
            ("- XXX: what?", "XXX"),
            ("- …", "…"),
            ("- listens for: ...\n", "..."),
            ("- 3: …\n- 4: x", "…"),
            ("5. ???", "???"),
            ("...", "..."),
            ("Lorem ipsum dolor sit amet", "Lorem ipsum"),
            ("See <insert the figure>.", "<insert the figure>"),
            ("[Your answer here]", "[Your answer here]"),
            ("Write the answer here.\n", "Write the answer"),
            ("Coming soon!", "Coming soon"),
            ("The answer goes here", "answer goes here"),
            ("- To be defined", "To be defined"),
            ("TODO", "TODO"),
        ] {
            assert_eq!(found(text).first(), Some(&word), "{text}");
        }
    }

    #[test]
    fn what_is_spoken_about_is_no_placeholder() {
        for text in [
            "Design a TODO list app.",
            "TODO comments age badly.",
            "Search the code for TODO and FIXME.",
            "A line such as \"TODO: fix\" is a promise.",
            "Sizes from S to XXX-Large, and XXXL.",
            "MY_TODO: x",
            "TODOs: count them",
            "Writers wait... and then time out.",
            "A list, a heap, …\n",
            "First one, then two\n... and three",
            "| … | … |",
            "[your handbook](https://example.com) says so",
            "What has to be done by whom? Everything to be written to disk is logged.",
            "Support is coming soon to all regions.",
            "The designer used lorem ipsum for the page.",
            "Candidates write the answer on paper.",
            "With TBD (trunk-based development) nobody waits.",
            "Is it really so???",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
