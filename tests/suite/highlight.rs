//! Code in documents: the colours of the languages that questions use, and what stays plain.

use intervy::render::highlight::highlight;

const COMMENT: &str = "c";
const STRING: &str = "s";
const NUMBER: &str = "n";
const KEYWORD: &str = "k";
const FUNCTION: &str = "f";
const TYPE: &str = "t";
const ATTRIBUTE: &str = "a";

/// A block of code as the cleaner writes it.
fn block(language: &str, code: &str) -> String {
    let code = code.replace('&', "&amp;").replace('<', "&lt;");
    let code = code.replace('>', "&gt;");
    format!("<pre><code class=\"language-{language}\">{code}\n</code></pre>")
}

/// Pieces that have a class: class and text.
fn spans(html: &str) -> Vec<(&str, &str)> {
    let spans = html.split("<span class=\"").skip(1);
    let spans = spans.filter_map(|span| span.split_once("</span>")?.0.split_once("\">"));
    spans.map(|(class, text)| (class, text.trim())).collect()
}

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
    let html = format!(
        "<p>a</p>{}<p>b</p>",
        block("sql", "SELECT 'a & b' -- <x>\nFROM t")
    );
    let coloured = highlight(&html);
    assert_eq!(text_of(&coloured), text_of(&html));
    assert!(coloured.contains("<span class=\"k\">SELECT"), "{coloured}");
    assert!(
        coloured.contains("<span class=\"c\">-- &lt;x&gt;"),
        "{coloured}"
    );
    assert!(coloured.starts_with("<p>a</p><pre>") && coloured.ends_with("<p>b</p>"));
}

/// A language, a line of it, and pieces of that with the classes that readers expect.
type Expected = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const EXPECTED: [Expected; 50] = [
    (
        "asm",
        "mov eax, 10 ; ten",
        &[(KEYWORD, "mov"), (COMMENT, "; ten")],
    ),
    (
        "bash",
        "if true; then echo 'a'; fi # b",
        &[(KEYWORD, "if"), (STRING, "'a'"), (COMMENT, "# b")],
    ),
    (
        "c",
        "return 0x10; // a",
        &[(KEYWORD, "return"), (NUMBER, "0x10"), (COMMENT, "// a")],
    ),
    (
        "c++",
        "class Cart {}; // a",
        &[(KEYWORD, "class"), (TYPE, "Cart"), (COMMENT, "// a")],
    ),
    (
        "clojure",
        "(defn total [a] \"b\") ; c",
        &[(KEYWORD, "defn"), (STRING, "\"b\""), (COMMENT, "; c")],
    ),
    ("cmake", "if(A) # b", &[(KEYWORD, "if"), (COMMENT, "# b")]),
    (
        "csharp",
        "public class Cart { } // a",
        &[(KEYWORD, "public class"), (TYPE, "Cart"), (COMMENT, "// a")],
    ),
    (
        "css",
        "a { color: #fff } /* b */",
        &[(ATTRIBUTE, "color"), (NUMBER, "#fff"), (COMMENT, "/* b */")],
    ),
    (
        "dart",
        "return 'a'; // b",
        &[(KEYWORD, "return"), (STRING, "'a'"), (COMMENT, "// b")],
    ),
    ("diff", "-old\n+new", &[(NUMBER, "-old"), (STRING, "+new")]),
    (
        "dockerfile",
        "FROM scratch\n# b",
        &[(KEYWORD, "FROM"), (COMMENT, "# b")],
    ),
    (
        "elixir",
        "def total, do: \"a\" # b",
        &[(KEYWORD, "def"), (STRING, "\"a\""), (COMMENT, "# b")],
    ),
    (
        "erlang",
        "f() -> case a of b -> 1 end. % c",
        &[(KEYWORD, "case"), (NUMBER, "1"), (COMMENT, "% c")],
    ),
    (
        "fsharp",
        "let a = \"b\" // c",
        &[(KEYWORD, "let"), (STRING, "\"b\""), (COMMENT, "// c")],
    ),
    (
        "go",
        "func main() { return \"a\" } // b",
        &[
            (KEYWORD, "func"),
            (FUNCTION, "main"),
            (STRING, "\"a\""),
            (COMMENT, "// b"),
        ],
    ),
    (
        "graphql",
        "type Order { id: ID! } # a",
        &[(KEYWORD, "type"), (COMMENT, "# a")],
    ),
    (
        "groovy",
        "def a = 'b' // c",
        &[(KEYWORD, "def"), (STRING, "'b'"), (COMMENT, "// c")],
    ),
    (
        "haskell",
        "module Main where -- a",
        &[(KEYWORD, "module"), (COMMENT, "-- a")],
    ),
    (
        "html",
        "<p class=\"a\">b</p><!-- c -->",
        &[
            (TYPE, "p"),
            (ATTRIBUTE, "class"),
            (STRING, "\"a\""),
            (COMMENT, "&lt;!-- c --&gt;"),
        ],
    ),
    ("http", "GET /orders HTTP/1.1\nHost: a", &[(KEYWORD, "GET")]),
    (
        "ini",
        "[server] ; a\nport = 1",
        &[(TYPE, "[server]"), (KEYWORD, "port")],
    ),
    (
        "java",
        "public class Cart { } // a",
        &[(KEYWORD, "public class"), (TYPE, "Cart"), (COMMENT, "// a")],
    ),
    (
        "js",
        "const a = `b ${c}`; // d",
        &[(KEYWORD, "const"), (STRING, "`b"), (COMMENT, "// d")],
    ),
    (
        "json",
        "{\"a\": [1, \"b\", true]}",
        &[
            (ATTRIBUTE, "\"a\""),
            (NUMBER, "1"),
            (STRING, "\"b\""),
            (NUMBER, "true"),
        ],
    ),
    (
        "jsx",
        "return <b a=\"c\">d</b>",
        &[(KEYWORD, "return"), (ATTRIBUTE, "a"), (STRING, "\"c\"")],
    ),
    (
        "julia",
        "function f() 1 end # a",
        &[(KEYWORD, "function"), (NUMBER, "1"), (COMMENT, "# a")],
    ),
    (
        "kotlin",
        "fun total() = \"a\" // b",
        &[
            (KEYWORD, "fun"),
            (FUNCTION, "total"),
            (STRING, "\"a\""),
            (COMMENT, "// b"),
        ],
    ),
    (
        "lua",
        "local a = 'b' -- c",
        &[(KEYWORD, "local"), (STRING, "'b'"), (COMMENT, "-- c")],
    ),
    (
        "makefile",
        "all: a # b",
        &[(FUNCTION, "all"), (COMMENT, "# b")],
    ),
    (
        "nginx",
        "server { listen 80; } # a",
        &[(KEYWORD, "server"), (COMMENT, "# a")],
    ),
    (
        "ocaml",
        "let a = \"b\" (* c *)",
        &[(KEYWORD, "let"), (STRING, "\"b\""), (COMMENT, "(* c *)")],
    ),
    (
        "perl",
        "my $a = 'b'; # c",
        &[(KEYWORD, "my"), (STRING, "'b'"), (COMMENT, "# c")],
    ),
    (
        "php",
        "return 'a'; // b",
        &[(KEYWORD, "return"), (STRING, "'a'"), (COMMENT, "// b")],
    ),
    (
        "powershell",
        "if ($a) { 'b' } # c",
        &[(KEYWORD, "if"), (STRING, "'b'"), (COMMENT, "# c")],
    ),
    (
        "proto",
        "message Order { int64 id = 1; } // a",
        &[(KEYWORD, "message"), (TYPE, "Order"), (COMMENT, "// a")],
    ),
    (
        "py",
        "def total(): # a\n  return 'b'",
        &[
            (KEYWORD, "def"),
            (FUNCTION, "total"),
            (COMMENT, "# a"),
            (STRING, "'b'"),
        ],
    ),
    (
        "r",
        "f <- function(a) 'b' # c",
        &[(KEYWORD, "function"), (STRING, "'b'"), (COMMENT, "# c")],
    ),
    (
        "ruby",
        "def total; 'a' end # b",
        &[
            (KEYWORD, "def"),
            (FUNCTION, "total"),
            (STRING, "'a'"),
            (COMMENT, "# b"),
        ],
    ),
    (
        "rust",
        "fn total() -> u8 { 1 } // a",
        &[
            (KEYWORD, "fn"),
            (FUNCTION, "total"),
            (TYPE, "u8"),
            (COMMENT, "// a"),
        ],
    ),
    (
        "scala",
        "class Cart { val a = \"b\" } // c",
        &[
            (KEYWORD, "class"),
            (TYPE, "Cart"),
            (STRING, "\"b\""),
            (COMMENT, "// c"),
        ],
    ),
    (
        "scss",
        "$a: 1px; // b",
        &[(NUMBER, "1px"), (COMMENT, "// b")],
    ),
    (
        "postgresql",
        "SELECT count(*) FROM a -- b",
        &[(KEYWORD, "SELECT"), (FUNCTION, "count"), (COMMENT, "-- b")],
    ),
    (
        "swift",
        "func total() { return \"a\" } // b",
        &[
            (KEYWORD, "func"),
            (FUNCTION, "total"),
            (STRING, "\"a\""),
            (COMMENT, "// b"),
        ],
    ),
    (
        "terraform",
        "a = \"b\" # c",
        &[(STRING, "\"b\""), (COMMENT, "# c")],
    ),
    (
        "toml",
        "a = \"b\" # c",
        &[(STRING, "\"b\""), (COMMENT, "# c")],
    ),
    (
        "tsx",
        "const a: string = \"b\" // c",
        &[
            (KEYWORD, "const"),
            (TYPE, "string"),
            (STRING, "\"b\""),
            (COMMENT, "// c"),
        ],
    ),
    (
        "ts",
        "interface Cart { a: number } // b",
        &[
            (KEYWORD, "interface"),
            (TYPE, "Cart"),
            (TYPE, "number"),
            (COMMENT, "// b"),
        ],
    ),
    (
        "xml",
        "<a b=\"c\"/><!-- d -->",
        &[
            (TYPE, "a"),
            (ATTRIBUTE, "b"),
            (STRING, "\"c\""),
            (COMMENT, "&lt;!-- d --&gt;"),
        ],
    ),
    (
        "yaml",
        "a: \"b\" # c",
        &[(TYPE, "a"), (STRING, "\"b\""), (COMMENT, "# c")],
    ),
    (
        "zig",
        "const a = \"b\"; // c",
        &[(KEYWORD, "const"), (STRING, "\"b\""), (COMMENT, "// c")],
    ),
];

#[test]
fn the_languages_of_interview_questions_have_their_colours() {
    let mut wrong = Vec::new();
    for (language, code, pieces) in EXPECTED {
        let html = highlight(&block(language, code));
        for (class, piece) in pieces {
            if !spans(&html).contains(&(*class, *piece)) {
                wrong.push(format!("{language}: `{piece}` is not `{class}`: {html}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_unknown_hostile_or_too_much_passes_unchanged() {
    let wide = format!("a = {}", "1".repeat(200));
    let deep = "[".repeat(199);
    // A grammar that goes back over such a line uses up its steps.
    let slow = "[\\".repeat(99);
    for html in [
        block("nothing", "if"),
        block("text", "if"),
        block("python", &wide),
        block("json", &deep),
        block("c++", &slow),
        block("python", &"if a: b\n".repeat(2000)),
        "<pre><code class=\"language-sql\">a<b>c</b></code></pre>".to_owned(),
        "<pre><code class=\"language-sql".to_owned(),
    ] {
        assert_eq!(highlight(&html), html);
    }
}
