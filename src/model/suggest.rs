//! "Did you mean …?": the nearest known word to a mistyped one.

/// The candidate nearest to `word`, if it is near enough to be a typing error:
/// at most a third of the word's characters differ (Damerau-Levenshtein).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// A hint for an unknown word: the nearest known one, else the whole list when it is short.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const LIST_AT_MOST: usize = 24;
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(word, known.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    if known.is_empty() || known.len() > LIST_AT_MOST {
        return None;
    }
    let list: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    Some(format!("known: {}", list.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_typing_errors_only() {
        let known = ["difficulty", "minutes", "title"];
        assert_eq!(nearest("dificulty", known), Some("difficulty"));
        assert_eq!(nearest("Titel", known), Some("title"));
        assert_eq!(nearest("colour", known), None);
    }
}
