//! Words of the field that mean the same.

/// Words that mean the same, in lower case and without hyphens, blanks and points (see [`fold`]); the
/// first of a line stands for all of it. Only words that mean nothing else in an interview: `auth` is
/// two things, and so is `tf`.
const SAME: &[&[&str]] = &[
    &["accessibility", "a11y"],
    &["authorization", "authorisation", "authz"],
    &["behavior", "behaviour"],
    &["c#", "csharp"],
    &["c++", "cpp"],
    &["configuration", "config"],
    &["database", "db"],
    &["dotnet", ".net"],
    &["go", "golang"],
    &["indexes", "indices"],
    &["infrastructureascode", "iac"],
    &["internationalization", "internationalisation", "i18n"],
    &["javascript", "js"],
    &["kubernetes", "k8s"],
    &["localization", "localisation", "l10n"],
    &["machinelearning", "ml"],
    &["mongodb", "mongo"],
    &["nodejs", "node"],
    &["normalization", "normalisation"],
    &["observability", "o11y"],
    &["optimization", "optimisation"],
    &["performance", "perf"],
    &["postgresql", "postgres"],
    &["python", "py"],
    &["regex", "regexp", "regularexpression"],
    &["serialization", "serialisation"],
    &["sqlserver", "mssql"],
    &["typescript", "ts"],
];

/// The word that stands for a folded word and all that mean the same.
pub(in crate::lint) fn canonical(word: &str) -> Option<&'static str> {
    let line = SAME.iter().find(|line| line.contains(&word));
    line.and_then(|line| line.first().copied())
}

/// A word without what spellings differ in: case, and hyphens, underscores, blanks and points between
/// letters. A separator between digits stays (`1.1` is not `11`), and so does a point at the beginning
/// (`.net`).
pub(in crate::lint) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut separated = false;
    for letter in word.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric()
            || matches!(letter, '+' | '#')
            || (letter == '.' && folded.is_empty())
        {
            if separated
                && letter.is_ascii_digit()
                && folded.ends_with(|last: char| last.is_ascii_digit())
            {
                folded.push('.');
            }
            folded.push(letter);
            separated = false;
        } else {
            separated = true;
        }
    }
    folded
}

/// What a folded word may be the plural of, regular or not; most of these are no words.
pub(in crate::lint) fn singulars(word: &str) -> impl Iterator<Item = String> + '_ {
    /// Words that end like a plural of another word of the field and are none.
    const NO_PLURALS: [&str; 6] = ["https", "ids", "macs", "news", "nodes", "windows"];
    const SHORTEST: usize = 3;
    let endings = [
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ices", "ex"),
        ("ices", "ix"),
        ("ses", "sis"),
    ];
    let plural = word.ends_with('s') && !word.ends_with("ss") && !NO_PLURALS.contains(&word);
    let stems = endings.into_iter().filter_map(move |(plural, singular)| {
        let stem = word.strip_suffix(plural)?;
        Some(format!("{stem}{singular}"))
    });
    stems.filter(move |stem| plural && stem.chars().count() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_what_tells_words_apart() {
        for word in ["event-loop", "event_loop", "Event Loop", "eventloop"] {
            assert_eq!(fold(word), "eventloop");
        }
        assert_eq!(fold("TLS 1.2"), "tls1.2");
        assert_eq!(fold("Node.js"), "nodejs");
        for word in ["c", "c++", "c#", ".net", "net"] {
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn plurals() {
        let of = |plural: &str, singular: &str| singulars(plural).any(|stem| stem == singular);
        for (plural, singular) in [
            ("indexes", "index"),
            ("indices", "index"),
            ("queries", "query"),
            ("caches", "cache"),
            ("classes", "class"),
            ("keys", "key"),
            ("hypotheses", "hypothesis"),
        ] {
            assert!(of(plural, singular), "{plural}");
        }
        for (word, other) in [
            ("https", "http"),
            ("ids", "id"),
            ("class", "clas"),
            ("ios", "io"),
            ("windows", "window"),
        ] {
            assert!(!of(word, other), "{word}");
        }
    }

    #[test]
    fn every_synonym_is_folded_and_given_once() {
        let mut seen = std::collections::BTreeSet::new();
        for word in SAME.iter().copied().flatten() {
            assert_eq!(fold(word), *word);
            assert!(seen.insert(word), "{word}");
        }
        assert_eq!(canonical("k8s"), Some("kubernetes"));
        assert_eq!(canonical("auth"), None);
    }
}
