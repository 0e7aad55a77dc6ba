//! Names of candidates and interviewers: short, fit for a file's name, and nobody's real name.

/// The most letters of a name.
const LONGEST: usize = 64;

/// Names that Windows keeps for devices, whatever stands behind a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The file of an interview that is not a scorecard, the log of removals, and what would make a bank of the folder.
const TAKEN: [&str; 3] = ["screen", "purged.jsonl", "intervy.toml"];

/// Why a name cannot be a part of a path.
///
/// # Errors
/// What is wrong, after "`…` ".
pub fn check(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        return Err("is empty");
    }
    if name.len() > LONGEST {
        return Err("has more than 64 letters");
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@+".contains(&byte);
    if !name.bytes().all(fits) {
        return Err("has more than letters from A to Z, digits, and `.`, `_`, `-`, `@`, `+`");
    }
    let ends = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if !ends(name.as_bytes().first()) || !ends(name.as_bytes().last()) {
        return Err("does not begin and end with a letter or a digit");
    }
    if is_device(name) {
        return Err("is the name of a device on Windows");
    }
    if TAKEN.contains(&name.to_ascii_lowercase().as_str()) {
        return Err("is the name of another file that is kept with interviews");
    }
    Ok(())
}

/// Whether Windows keeps a name for a device.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|last: char| last.is_ascii_digit());
    numbered || DEVICES.contains(&stem.as_str())
}

/// What a name seems to be that should be a pseudonym, if it does.
#[must_use]
pub fn resembles(name: &str) -> Option<&'static str> {
    if name.contains('@') {
        return Some("an e-mail address");
    }
    let is_word = |part: &str| part.len() > 1 && part.chars().all(char::is_alphabetic);
    let capital = |part: &str| part.starts_with(char::is_uppercase);
    let parts: Vec<&str> = name
        .split(['.', '_', '-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let dotted = name.contains('.');
    let is_name = parts.len() >= 2
        && parts.iter().all(|part| is_word(part))
        && (dotted
            || parts
                .iter()
                .all(|part| capital(part) && part.chars().skip(1).any(char::is_lowercase)));
    is_name.then_some("a full name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_a_path() {
        for good in ["C-042", "ana", "c042", "a", "ana.b", "x_1", "j@x.org"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let long = "a".repeat(65);
        for bad in [
            "",
            ".",
            "..",
            "a/b",
            "a\\b",
            "../x",
            "a b",
            ".a",
            "a.",
            "-a",
            "a-",
            "CON",
            "nul.txt",
            "com1",
            "LPT9.x",
            "screen",
            "Screen",
            "a\n",
            "a:b",
            "ü",
            &long,
            "a*",
            "~",
            "purged.jsonl",
            "Purged.JSONL",
            "intervy.toml",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_looks_like_a_person_is_noticed() {
        for (name, what) in [
            ("jane@example.com", Some("an e-mail address")),
            ("jane.doe", Some("a full name")),
            ("Jane-Doe", Some("a full name")),
            ("Jane_van_Doe", None),
            ("C-042", None),
            ("ana", None),
            ("ana-b", None),
            ("blue-otter", None),
            ("DE-BER", None),
        ] {
            assert_eq!(resembles(name), what, "{name}");
        }
    }
}
