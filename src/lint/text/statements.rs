//! Code whose statements stand on one line.

use std::sync::LazyLock;

use memchr::memchr2;
use regex::Regex;

use crate::model::source::Span;

/// Shorter code is easily read in one line.
pub(in crate::lint) const LEAST: usize = 40;
/// Longer code is hard to read in one line.
const LONG: usize = 100;

/// Whether code in one line should have several.
pub(in crate::lint) fn run_together(code: &str) -> bool {
    if code.len() < LEAST || is_shell_loop(code) {
        return false;
    }
    if code.len() > LONG && clauses(code) >= 4 {
        return true;
    }
    if !code.contains([';', '}']) {
        return false;
    }
    let shape = Shape::of(code);
    let several = shape.statements >= 3 || (shape.statements >= 2 && code.len() > LONG);
    (several && shape.like_code >= 2) || (shape.blocks >= 2 && shape.ends > 0)
}

/// Loops and conditions of the shell are idiomatic on one line.
fn is_shell_loop(code: &str) -> bool {
    code.contains("; do ") || code.contains("; then ")
}

/// The clauses of an SQL statement, written in capitals.
fn clauses(code: &str) -> usize {
    const CLAUSES: &[&str] = &[
        "SELECT ",
        " FROM ",
        " WHERE ",
        " JOIN ",
        " GROUP BY ",
        " ORDER BY ",
        " HAVING ",
        " LIMIT ",
        " UNION ",
        " SET ",
        " VALUES",
    ];
    CLAUSES
        .iter()
        .filter(|clause| code.contains(*clause))
        .count()
}

/// What a line of code holds outside quotes and parentheses.
#[derive(Default)]
struct Shape {
    /// Pieces that `;` separates, empty ones left out.
    statements: usize,
    /// Those that look like statements of a program.
    like_code: usize,
    /// Blocks `{ … }` that are not within another.
    blocks: usize,
    /// All `;`, those within blocks included.
    ends: usize,
}

impl Shape {
    fn of(code: &str) -> Self {
        let mut shape = Self::default();
        let (mut parentheses, mut braces) = (0_usize, 0_usize);
        let mut quote = None;
        let mut start = 0;
        for (at, byte) in code.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) => quote = (open != byte).then_some(open),
                (None, b'"') => quote = Some(byte),
                // An apostrophe within a word is no quote.
                (None, b'\'') if !code[..at].ends_with(char::is_alphanumeric) => quote = Some(byte),
                (None, b'(' | b'[') => parentheses += 1,
                (None, b')' | b']') => parentheses = parentheses.saturating_sub(1),
                // A block begins with white space, unlike what a template or a shell puts in its place.
                (None, b'{') if parentheses == 0 => {
                    let spaced = code
                        .as_bytes()
                        .get(at + 1)
                        .is_some_and(u8::is_ascii_whitespace);
                    braces += usize::from(braces > 0 || spaced);
                }
                (None, b'}') if parentheses == 0 && braces > 0 => {
                    braces -= 1;
                    shape.blocks += usize::from(braces == 0);
                }
                (None, b';') if parentheses == 0 => {
                    shape.ends += 1;
                    shape.add(code.get(start..at).unwrap_or_default());
                    start = at + 1;
                }
                _ => {}
            }
        }
        shape.add(code.get(start..).unwrap_or_default());
        shape
    }

    fn add(&mut self, piece: &str) {
        let piece = piece.trim().trim_matches(['{', '}']).trim();
        if !piece.is_empty() {
            self.statements += 1;
            self.like_code += usize::from(is_like_code(piece));
        }
    }
}

fn is_like_code(piece: &str) -> bool {
    const WORDS: &[&str] = &[
        "BEGIN", "COMMIT", "SELECT", "UPDATE", "INSERT", "DELETE", "CREATE", "ALTER", "ROLLBACK",
        "SET", "return", "const", "let", "var", "if", "int", "throw", "await", "import",
    ];
    let first = piece
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let call = piece
        .find('(')
        .is_some_and(|at| piece[..at].ends_with(|letter: char| letter.is_alphanumeric()));
    call || piece.contains(" = ")
        || piece.contains(" += ")
        || piece.contains("++")
        || WORDS.contains(&first)
}

/// Whether a text can hold what [`in_prose`] finds.
pub(in crate::lint) fn may_be_in_prose(text: &str) -> bool {
    // Every statement of the list ends with one of these; most texts have neither.
    memchr2(b';', b'}', text.as_bytes()).is_some() && BEGINNING.is_match(text)
}

/// A search for all of them at once.
static BEGINNING: LazyLock<Regex> = LazyLock::new(beginning);

#[allow(clippy::expect_used, reason = "the pattern is made of constants")]
fn beginning() -> Regex {
    let words: Vec<&str> = BEGINNINGS.iter().map(|(word, _)| *word).collect();
    Regex::new(&words.join("|")).expect("a valid pattern")
}

/// How statements begin that prose does not hold, and what else must follow.
const BEGINNINGS: &[(&str, &[&str])] = &[
    ("SELECT ", &[" FROM ", ";"]),
    ("INSERT INTO ", &["VALUES", ";"]),
    ("UPDATE ", &[" SET ", ";"]),
    ("DELETE FROM ", &[" WHERE ", ";"]),
    ("CREATE TABLE ", &["(", ");"]),
    ("function ", &["(", ") {", "}"]),
    ("public static ", &["(", "{", "}"]),
    ("const ", &[" = ", "=> {", "}"]),
];

/// The place in a line of prose of a whole statement or function.
pub(in crate::lint) fn in_prose(line: &str) -> Option<Span> {
    BEGINNINGS.iter().find_map(|(beginning, parts)| {
        let start = line.find(beginning)?;
        let mut end = start + beginning.len();
        for part in *parts {
            end += line.get(end..)?.find(part)? + part.len();
        }
        let alone = line
            .get(..start)?
            .chars()
            .next_back()
            .is_none_or(|letter| !letter.is_alphanumeric());
        alone.then_some(Span::new(start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_that_lost_its_lines() {
        for code in [
            "BEGIN; UPDATE stock SET left = left - 1; INSERT INTO sale VALUES (1); COMMIT;",
            "let total = 0; for (const x of xs) { total += x; } console.log(total); return total;",
            "function f(a) { return a + 1; } function g(b) { return f(b) * 2; }",
            "if (ready) { start(); notify(all); } else { wait(10); retry(); }",
            "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.total > 10 ORDER BY o.created_at DESC",
            "int a = 1; int b = 2; swap(&a, &b); printf(\"%d\", a);",
        ] {
            assert!(run_together(code), "{code}");
        }
    }

    #[test]
    fn code_that_belongs_on_a_line() {
        for code in [
            "a; b",
            "for (;;)",
            "for (let i = 0; i < rows.length; i++) { process(rows[i]); }",
            "Set-Cookie: session=abc123; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600",
            "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload",
            "Content-Security-Policy: default-src 'self'; script-src 'self' https://cdn.example.com; object-src 'none'",
            "for i in 1 2 3; do curl -s https://example.com/$i; done; echo ready",
            "SELECT id FROM orders WHERE customer_id = 7 ORDER BY id LIMIT 10",
            "BEGIN; UPDATE t SET x = 1; COMMIT;",
            "{\"items\": [{\"id\": 1, \"name\": \"a;b;c\"}, {\"id\": 2}], \"next\": null}",
            "type Result = { ok: true, value: T } | { ok: false, error: E }",
            "Accept: text/html;q=0.9, application/json;q=0.8, */*;q=0.1; charset=utf-8",
            "x",
            "name${process.versions.icu.split('.')[0]}-${os.endianness()[0]}.dat; it is large",
            "don't; can't; won't ((( \"",
        ] {
            assert!(!run_together(code), "{code}");
        }
    }

    #[test]
    fn code_among_prose() {
        let marked = |line: &'static str| in_prose(line).map(|place| &line[place.start..place.end]);
        assert_eq!(
            marked("We run SELECT id FROM orders; UPDATE orders SET x = 1; here."),
            Some("SELECT id FROM orders;")
        );
        assert_eq!(
            marked("See function f(a) { return a; } here"),
            Some("function f(a) { return a; }")
        );
        for prose in [
            "SELECT FOR UPDATE locks rows; a plain SELECT FROM them does not",
            "A function (of time) grows; see {x}.",
            "UPDATE is a statement; so is SELECT.",
            "DELETE FROM without WHERE removes all",
        ] {
            assert_eq!(marked(prose), None, "{prose}");
        }
    }
}
