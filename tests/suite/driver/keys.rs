//! The keys of a keyboard.

/// A key's name, code, number and the text that it types.
pub(super) fn key(name: &str) -> (String, String, u32, String) {
    let named = [
        ("Enter", 13, "\r"),
        ("Tab", 9, ""),
        ("Escape", 27, ""),
        ("Backspace", 8, ""),
        ("Delete", 46, ""),
        ("Home", 36, ""),
        ("End", 35, ""),
        ("PageUp", 33, ""),
        ("PageDown", 34, ""),
        ("ArrowLeft", 37, ""),
        ("ArrowUp", 38, ""),
        ("ArrowRight", 39, ""),
        ("ArrowDown", 40, ""),
        ("F1", 112, ""),
    ];
    if let Some((name, number, text)) = named.into_iter().find(|(known, ..)| *known == name) {
        return (name.to_owned(), name.to_owned(), number, text.to_owned());
    }
    let name = if name == "Space" { " " } else { name };
    let mut letters = name.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        panic!("no such key: {name}");
    };
    let upper = letter.to_ascii_uppercase();
    let code = match letter {
        ' ' => "Space".to_owned(),
        '0'..='9' => format!("Digit{letter}"),
        _ if letter.is_ascii_alphabetic() => format!("Key{upper}"),
        _ => String::new(),
    };
    // Only these have the number of their letter; of other signs it depends on the keyboard.
    let number = if upper.is_ascii_alphanumeric() || upper == ' ' {
        upper.into()
    } else {
        0
    };
    (name.to_owned(), code, number, name.to_owned())
}
