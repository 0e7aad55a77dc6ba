//! A guess at the language of a code block.

/// The label of the language that the first lines of a block are surely in.
pub(in crate::lint) fn guess(code: &str) -> Option<&'static str> {
    const LINES: usize = 12;
    let lines: Vec<&str> = code
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(LINES)
        .collect();
    let first = *lines.first()?;
    if let Some(label) = by_first_line(first) {
        return Some(label);
    }
    let any = |beginnings: &[&str]| lines.iter().any(|line| starts(line, beginnings));
    if matches!(first.as_bytes(), [b'{' | b'['] | [b'{', b'"', ..])
        && lines.iter().any(|line| line.contains("\":"))
    {
        return Some("json");
    }
    if any(&["fn main", "let mut ", "impl ", "pub fn "]) {
        return Some("rust");
    }
    if any(&["func ", "package main"]) {
        return Some("go");
    }
    if any(&["def ", "elif ", "print("]) && !any(&["end"]) {
        return Some("python");
    }
    if any(&["const ", "let ", "function ", "async function "])
        && lines.iter().any(|line| line.ends_with([';', '{', '}']))
    {
        return Some("javascript");
    }
    if any(&["public class ", "private ", "public static ", "@Override"])
        && lines.iter().any(|line| line.ends_with([';', '{']))
    {
        return Some("java");
    }
    let keys = lines.iter().filter(|line| is_yaml(line)).count();
    (keys == lines.len() && keys > 1).then_some("yaml")
}

fn by_first_line(first: &str) -> Option<&'static str> {
    const SQL: &[&str] = &[
        "SELECT ",
        "INSERT INTO ",
        "UPDATE ",
        "DELETE FROM ",
        "CREATE TABLE ",
        "CREATE INDEX ",
        "ALTER TABLE ",
        "EXPLAIN ",
        "WITH ",
        "BEGIN;",
    ];
    const SHELL: &[&str] = &[
        "$ ",
        "#!/bin/sh",
        "#!/bin/bash",
        "#!/usr/bin/env bash",
        "curl ",
        "git ",
        "docker ",
        "kubectl ",
        "sudo ",
        "cd ",
        "npm ",
    ];
    const HTTP: &[&str] = &[
        "GET /",
        "POST /",
        "PUT /",
        "PATCH /",
        "DELETE /",
        "HTTP/1.1 ",
        "HTTP/2 ",
    ];
    let table: [(&str, &[&str]); 6] = [
        ("http", HTTP),
        ("sql", SQL),
        ("sh", SHELL),
        ("dockerfile", &["FROM "]),
        ("diff", &["--- a/", "diff --git "]),
        ("html", &["<!DOCTYPE html", "<html"]),
    ];
    let upper = first.to_uppercase();
    let known = table.iter().find(|(label, beginnings)| {
        starts(first, beginnings)
            || (*label == "sql" && starts(&upper, beginnings) && first.ends_with(';'))
    });
    known.map(|(label, _)| *label)
}

fn starts(line: &str, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

/// `key: value`, `key:` or `- item`.
fn is_yaml(line: &str) -> bool {
    let entry = line.strip_prefix("- ").unwrap_or(line);
    let key = entry.split(':').next().unwrap_or_default();
    let named = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let rest = entry.get(key.len()..).unwrap_or_default();
    named && (rest == ":" || rest.starts_with(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (code, expected) in [
            ("SELECT 1;\n", Some("sql")),
            ("select *\nfrom a", None),
            ("select 1;", Some("sql")),
            ("{\n  \"a\": 1\n}", Some("json")),
            ("{\"a\": 1}", Some("json")),
            ("a: 1\nb:\n  - c: 2\n", Some("yaml")),
            ("Note: this\n", None),
            ("def f(x):\n    return x\n", Some("python")),
            ("$ ls\na b\n", Some("sh")),
            ("GET /orders HTTP/1.1\n", Some("http")),
            ("const x = 1;\n", Some("javascript")),
            ("func main() {\n", Some("go")),
            ("fn main() {\n", Some("rust")),
            ("12:00 error\n12:01 error\n", None),
            ("", None),
        ] {
            assert_eq!(guess(code), expected, "{code}");
        }
    }
}
