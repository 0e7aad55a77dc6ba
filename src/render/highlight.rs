//! Highlighting of code blocks: a handful of classes that a style sheet colours.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use syntaxmate::{Catalog, PreparedLanguage, Token, TokenizerOptions};

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::bundled);

/// Grammars whose expressions are there already, by name.
static PREPARED: LazyLock<Mutex<HashMap<String, Arc<PreparedLanguage>>>> =
    LazyLock::new(Mutex::default);

/// The most bytes of a code block that are highlighted; a longer one stays plain.
const MAX_BYTES: usize = 8 * 1024;
/// The longest line that is highlighted, in bytes: a grammar may look at the rest of a line again
/// at each of its letters.
const MAX_LINE: usize = 200;
/// The deepest nesting that is highlighted: each level costs time at every token.
const MAX_DEPTH: usize = 100;

/// Names that people write and the grammars do not have.
const ALIASES: [(&str, &str); 9] = [
    ("node", "javascript"),
    ("golang", "go"),
    ("psql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("mysql", "sql"),
    ("sqlite", "sql"),
    ("lisp", "common-lisp"),
    ("shell-session", "shellsession"),
];

/// Classes by scope prefix; of the innermost scope that has one, the first that fits.
const CLASSES: [(&str, &str); 33] = [
    ("punctuation.section.embedded", PLAIN),
    ("punctuation.definition.template-expression", PLAIN),
    ("meta.embedded", PLAIN),
    ("meta.interpolation", PLAIN),
    ("meta.template.expression", PLAIN),
    ("string", STRING),
    ("markup.inserted", STRING),
    ("markup.inline.raw", STRING),
    ("markup.fenced_code", STRING),
    ("constant.character", STRING),
    ("constant", NUMBER),
    ("support.constant", NUMBER),
    ("markup.deleted", NUMBER),
    ("keyword.operator", WORD),
    ("keyword.other.unit", NUMBER),
    ("keyword", KEYWORD),
    ("storage.type.annotation", TYPE),
    ("storage.type", STORAGE),
    ("storage.modifier.import", TYPE),
    ("storage.modifier.package", TYPE),
    ("storage", KEYWORD),
    ("variable.language", KEYWORD),
    ("markup.heading", KEYWORD),
    ("entity.name.function", FUNCTION),
    ("support.function", FUNCTION),
    ("support.type.property-name", ATTRIBUTE),
    ("entity.other.attribute-name", ATTRIBUTE),
    ("entity.name", TYPE),
    ("entity.other.inherited-class", TYPE),
    ("support.type", TYPE),
    ("support.class", TYPE),
    ("variable", PLAIN),
    ("meta.diff", TYPE),
];

const PLAIN: &str = "";
const COMMENT: &str = "c";
const STRING: &str = "s";
const NUMBER: &str = "n";
const KEYWORD: &str = "k";
const FUNCTION: &str = "f";
const TYPE: &str = "t";
const ATTRIBUTE: &str = "a";
/// A keyword if it is a word (`and`, `in`), plain if it is a sign.
const WORD: &str = "word";
/// A keyword like `class`, or a type like `List`: grammars call both so.
const STORAGE: &str = "storage";

/// Highlights every `<pre><code class="language-…">` of cleaned HTML whose language is known.
#[must_use]
pub fn highlight(html: &str) -> String {
    const OPEN: &str = "<pre><code class=\"language-";
    const CLOSE: &str = "</code></pre>";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(OPEN) {
        let after = start + OPEN.len();
        let block = rest[after..]
            .split_once("\">")
            .and_then(|(language, body)| {
                let (code, _) = body.split_once(CLOSE)?;
                Some((language, code))
            });
        let Some((language, code)) = block else { break };
        let end = after + language.len() + "\">".len() + code.len();
        let code_start = end - code.len();
        out.push_str(&rest[..code_start]);
        match highlighted(language, code) {
            Some(spans) => out.push_str(&spans),
            None => out.push_str(code),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The code with spans, or `None` where it stays plain: in a language that is not known, or too
/// long, wide or deep, or where a grammar has used up its steps.
fn highlighted(language: &str, code: &str) -> Option<String> {
    if code.len() > MAX_BYTES || code.contains('<') {
        return None;
    }
    let plain = unescaped(code);
    if plain.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let mut tokenizer = prepared(&unescaped(language))?.tokenizer(TokenizerOptions {
        line_cache_entries: 0,
        ..TokenizerOptions::default()
    });
    let mut state = tokenizer.initial_state();
    // What stands before the mark is a page, but snippets are shown without it.
    if language.eq_ignore_ascii_case("php") && !plain.contains("<?") {
        tokenizer.tokenize_line("<?php", &mut state).ok()?;
    }
    let mut spans = Spans::with_capacity(code.len() * 2);
    for line in plain.split_inclusive('\n') {
        let text = line.strip_suffix('\n').unwrap_or(line);
        let tokenized = tokenizer.tokenize_line(text, &mut state).ok()?;
        if !tokenized.status().is_complete() || state.depth() > MAX_DEPTH {
            return None;
        }
        let mut at = 0;
        for token in tokenized.tokens() {
            spans.write(text.get(at..token.range().start)?, PLAIN);
            let piece = text.get(token.range())?;
            spans.write(piece, class_of(token, piece));
            at = token.range().end;
        }
        spans.write(text.get(at..)?, PLAIN);
        spans.write(&line[text.len()..], PLAIN);
    }
    Some(spans.finish())
}

/// A grammar by a name that stands behind the fence of a code block, in any case.
fn prepared(language: &str) -> Option<Arc<PreparedLanguage>> {
    let language = language.to_lowercase();
    let alias = ALIASES.iter().find(|(alias, _)| *alias == language);
    let name = alias.map_or(language.as_str(), |(_, name)| name);
    let name = CATALOG.canonical_language(name)?;
    let lock = || PREPARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(name) {
        return Some(Arc::clone(known));
    }
    let new = Arc::new(PreparedLanguage::from_catalog(&CATALOG, name).ok()?);
    lock().insert(name.to_owned(), Arc::clone(&new));
    Some(new)
}

fn class_of(token: &Token, text: &str) -> &'static str {
    let scopes: Vec<&str> = token.scopes().collect();
    // Whatever is said inside a comment.
    if scopes.iter().any(|scope| is_below(scope, "comment")) {
        return COMMENT;
    }
    let class = scopes.iter().rev().find_map(|scope| {
        let known = CLASSES.iter().find(|(prefix, _)| is_below(scope, prefix));
        known.map(|(_, class)| *class)
    });
    match class.unwrap_or(PLAIN) {
        WORD if text.trim().chars().all(char::is_alphabetic) => KEYWORD,
        WORD => PLAIN,
        STORAGE if text.trim_start().starts_with(char::is_uppercase) => TYPE,
        STORAGE => KEYWORD,
        class => class,
    }
}

/// Whether a scope is one or a kind of it, as `string.quoted` is of `string`.
fn is_below(scope: &str, prefix: &str) -> bool {
    scope
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Text in spans; neighbours of one class share theirs.
struct Spans {
    out: String,
    open: &'static str,
}

impl Spans {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            out: String::with_capacity(bytes),
            open: PLAIN,
        }
    }

    fn write(&mut self, text: &str, class: &'static str) {
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if class != PLAIN {
                let _ = write!(self.out, "<span class=\"{class}\">");
            }
            self.open = class;
        }
        for letter in text.chars() {
            match letter {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                _ => self.out.push(letter),
            }
        }
    }

    fn close(&mut self) {
        if self.open != PLAIN {
            self.out.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

/// The text behind the few character references that the HTML cleaner writes.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
