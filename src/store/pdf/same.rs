//! The same bytes for the same document: a PDF without the time at which it was made.

/// Writes blanks over the dates in the document's own description, as it is in files that Chromium
/// writes; nothing moves. A file of any other shape stays as it is.
pub(super) fn without_dates(pdf: &mut [u8]) {
    let Some(description) = description(pdf) else {
        return;
    };
    for key in [b"/CreationDate (D:".as_slice(), b"/ModDate (D:"] {
        let object = &pdf[description.clone()];
        let Some(start) = find(object, key) else {
            continue;
        };
        let Some(length) = object[start..].iter().position(|&byte| byte == b')') else {
            continue;
        };
        let start = description.start + start;
        pdf[start..=start + length].fill(b' ');
    }
}

/// Where the object is that the trailer calls `/Info`.
fn description(pdf: &[u8]) -> Option<std::ops::Range<usize>> {
    let trailer = pdf.windows(7).rposition(|window| window == b"trailer")?;
    let trailer = &pdf[trailer..];
    let (number, after) = integer(&trailer[find(trailer, b"/Info ")? + 6..])?;
    if !after.starts_with(b" 0 R") {
        return None;
    }
    let (table, _) = integer(&trailer[find(trailer, b"startxref\n")? + 10..])?;
    // One section that begins with object 0, and lines of twenty bytes.
    let table = pdf.get(table..)?.strip_prefix(b"xref\n0 ")?;
    let lines = &table[find(table, b"\n")? + 1..];
    let (start, _) = integer(lines.get(number.checked_mul(20)?..)?)?;
    let object = pdf.get(start..)?;
    let head = format!("{number} 0 obj\n<<");
    let end = find(object, b"endobj")?;
    object
        .starts_with(head.as_bytes())
        .then_some(start..start + end)
}

/// The number at the start, and what comes after it.
fn integer(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (digits, after) = bytes.split_at(digits);
    let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some((number, after))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(title: &str, info: &str) -> String {
        let head = "%PDF-1.4\n";
        let object = format!(
            "1 0 obj\n<<{title}/CreationDate (D:20261123)\n/ModDate (D:20261123)>>\nendobj\n"
        );
        let other = "2 0 obj\n<</CreationDate (D:20261123)>>\nendobj\n";
        let second = head.len() + object.len();
        let table = second + other.len();
        format!(
            "{head}{object}{other}xref\n0 3\n0000000000 65535 f \n{:010} 00000 n \n{second:010} 00000 n \ntrailer\n<</Info {info}>>\nstartxref\n{table}\n%%EOF",
            head.len()
        )
    }

    #[test]
    fn only_the_description_loses_its_dates() {
        let before = file("/Title (endobj)", "1 0 R");
        let mut bytes = before.clone().into_bytes();
        without_dates(&mut bytes);
        assert_eq!(bytes.len(), before.len());
        // An object whose text looks like its end is left alone rather than guessed at.
        assert_eq!(bytes, before.as_bytes());
        let before = file("/Title (a)\n", "1 0 R");
        let mut bytes = before.clone().into_bytes();
        without_dates(&mut bytes);
        let after = String::from_utf8_lossy(&bytes);
        assert_eq!(after.len(), before.len());
        assert_eq!(after.matches("Date").count(), 1, "{after}");
        assert_eq!(
            after.split_whitespace().collect::<String>(),
            before
                .replacen("/CreationDate (D:20261123)\n/ModDate (D:20261123)", "", 1)
                .split_whitespace()
                .collect::<String>()
        );
    }

    #[test]
    fn other_shapes_stay_as_they_are() {
        let shapes = [
            String::new(),
            "trailer".to_owned(),
            file("", "9 0 R"),
            file("", "1 0 X"),
            file("", "18446744073709551615 0 R"),
            file("", "1 0 R").replace("xref\n0 3", "xref\n1 3"),
            file("", "1 0 R").replace("0000000009", "0000000008"),
            file("", "1 0 R").replace("startxref\n", "startxref\n9"),
        ];
        for shape in shapes {
            let mut bytes = shape.clone().into_bytes();
            without_dates(&mut bytes);
            assert_eq!(bytes, shape.as_bytes());
        }
    }
}
