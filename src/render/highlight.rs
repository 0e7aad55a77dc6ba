//! Highlighting of code blocks: a handful of classes that a style sheet colours.

use std::fmt::Write;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The most bytes of a code block that are highlighted; a longer one stays plain.
const MAX_BYTES: usize = 8 * 1024;
/// The longest line that is highlighted; regular expressions take their time on longer ones.
const MAX_LINE: usize = 200;

/// The languages of interview questions. Others stay plain: some grammars take minutes over hostile
/// text.
const LANGUAGES: [&str; 48] = [
    "bash",
    "c",
    "clojure",
    "cmake",
    "cpp",
    "cs",
    "css",
    "dart",
    "diff",
    "Dockerfile",
    "elixir",
    "erlang",
    "go",
    "graphql",
    "groovy",
    "haskell",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "json",
    "jsx",
    "julia",
    "kotlin",
    "lua",
    "makefile",
    "markdown",
    "nginx",
    "ocaml",
    "perl",
    "php",
    "properties",
    "protobuf",
    "proto",
    "python",
    "r",
    "ruby",
    "rust",
    "scala",
    "scss",
    "sql",
    "swift",
    "terraform",
    "toml",
    "typescript",
    "xml",
    "yaml",
];

/// Classes by scope prefix; the first that matches the innermost scope wins.
const CLASSES: [(&str, &str); 18] = [
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("string", "s"),
    ("punctuation.definition.string", "s"),
    ("constant.numeric", "n"),
    ("constant.language", "n"),
    ("constant.character", "s"),
    ("keyword.operator.word", "k"),
    ("keyword.operator", ""),
    ("keyword", "k"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("entity.name", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("entity.other.attribute-name", "a"),
    ("variable.parameter", ""),
];

static SELECTORS: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    CLASSES
        .iter()
        .filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class)))
        .collect()
});

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

fn highlighted(language: &str, code: &str) -> Option<String> {
    if code.len() > MAX_BYTES || code.contains('<') {
        return None;
    }
    let syntax = find(language)?;
    let plain = unescaped(code);
    if plain.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = String::with_capacity(code.len() * 2);
    let mut open = "";
    for line in plain.split_inclusive('\n') {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        let mut at = 0;
        for (next, operation) in operations {
            write_span(&mut out, &mut open, line.get(at..next)?, &stack);
            at = next;
            stack.apply(&operation).ok()?;
        }
        write_span(&mut out, &mut open, line.get(at..)?, &stack);
    }
    if !open.is_empty() {
        out.push_str("</span>");
    }
    Some(out)
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let language = unescaped(language).to_lowercase();
    let name = match language.as_str() {
        "js" | "node" => "javascript",
        "ts" | "tsx" => "typescript",
        "shell" | "sh" | "console" | "shell-session" => "bash",
        "golang" => "go",
        "csharp" | "c#" => "cs",
        "hcl" => "terraform",
        "dockerfile" => "Dockerfile",
        "jsonc" => "json",
        "py" => "python",
        "rb" => "ruby",
        "rs" => "rust",
        "yml" => "yaml",
        "c++" => "cpp",
        "kt" => "kotlin",
        "postgresql" | "postgres" | "mysql" | "sqlite" | "psql" => "sql",
        "text" | "txt" | "plain" => return None,
        other => other,
    };
    LANGUAGES
        .contains(&name)
        .then(|| SYNTAXES.find_syntax_by_token(name))?
}

/// Appends text in the class of the innermost scope that has one; neighbours share a span.
fn write_span(out: &mut String, open: &mut &'static str, text: &str, stack: &ScopeStack) {
    if text.is_empty() {
        return;
    }
    let class = class_of(stack);
    if class != *open && !text.trim().is_empty() {
        if !open.is_empty() {
            out.push_str("</span>");
        }
        if !class.is_empty() {
            let _ = write!(out, "<span class=\"{class}\">");
        }
        *open = class;
    }
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(letter),
        }
    }
}

fn class_of(stack: &ScopeStack) -> &'static str {
    stack
        .scopes
        .iter()
        .rev()
        .find_map(|scope| {
            SELECTORS
                .iter()
                .find(|(prefix, _)| prefix.is_prefix_of(*scope))
                .map(|(_, class)| *class)
        })
        .unwrap_or("")
}

/// The text behind the few character references that the HTML cleaner writes.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(html: &str) -> String {
        let mut out = String::new();
        let mut inside = false;
        for letter in html.chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => out.push(letter),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn colours_change_no_letter() {
        let html = "<p>a</p><pre><code class=\"language-sql\">SELECT 'a &amp; b' -- &lt;x&gt;\nFROM t\n</code></pre><p>b</p>";
        let coloured = highlight(html);
        assert_eq!(text_of(&coloured), text_of(html));
        assert!(coloured.contains("<span class=\"k\">SELECT"), "{coloured}");
        assert!(coloured.contains("<span class=\"c\">"), "{coloured}");
        assert!(coloured.starts_with("<p>a</p><pre>") && coloured.ends_with("<p>b</p>"));
    }

    #[test]
    fn the_languages_of_interview_questions_are_known() {
        for language in [
            "bash",
            "c",
            "cpp",
            "csharp",
            "css",
            "diff",
            "dockerfile",
            "elixir",
            "go",
            "graphql",
            "haskell",
            "html",
            "http",
            "ini",
            "java",
            "javascript",
            "json",
            "kotlin",
            "lua",
            "makefile",
            "markdown",
            "nginx",
            "perl",
            "php",
            "protobuf",
            "python",
            "ruby",
            "rust",
            "scala",
            "sql",
            "swift",
            "terraform",
            "toml",
            "typescript",
            "xml",
            "yaml",
        ] {
            assert!(find(language).is_some(), "{language}");
        }
    }

    #[test]
    fn unknown_languages_and_hostile_text_pass_unchanged() {
        for html in [
            "<pre><code class=\"language-nothing\">a</code></pre>",
            "<pre><code class=\"language-sql\">a<b>c</b></code></pre>",
            "<pre><code class=\"language-sql",
        ] {
            assert_eq!(highlight(html), html);
        }
    }
}
