//! Quotes of a spreadsheet that do not end with their cell: the rows after them would vanish in a note.

/// Where a quote goes wrong, in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// Where its row begins.
    pub(super) row: usize,
    /// The quote.
    pub(super) quote: usize,
}

/// The first quote that opens a cell and is not closed at the end of one.
pub(super) fn unclosed(text: &str, delimiter: u8) -> Option<Unclosed> {
    let bytes = text.as_bytes();
    let ends_row = |byte: u8| matches!(byte, b'\r' | b'\n');
    let (mut row, mut at, mut begins_cell) = (0, 0, true);
    while let Some(&byte) = bytes.get(at) {
        if begins_cell && byte == b'"' {
            let end = behind(bytes, at);
            let next = end.map(|end| bytes.get(end));
            let is_closed = match next {
                Some(Some(&next)) => next == delimiter || ends_row(next),
                Some(None) => true,
                None => false,
            };
            let Some(end) = end.filter(|_| is_closed) else {
                return Some(Unclosed { row, quote: at });
            };
            at = end;
            begins_cell = false;
            continue;
        }
        at += 1;
        begins_cell = byte == delimiter || ends_row(byte);
        if ends_row(byte) {
            row = at;
        }
    }
    None
}

/// Behind the quote that closes the one at `open`, and behind the blanks after it.
fn behind(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => break,
            _ => at += 1,
        }
    }
    at += 1;
    let blanks = bytes[at..].iter().take_while(|byte| **byte == b' ');
    Some(at + blanks.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_ends_with_its_cell() {
        for good in [
            "",
            "a,b\n1,\"x\"\n",
            "a\r\n\"x, y\" ,\"z\nz\"",
            "\"say \"\"x\"\"\",1",
            "a 5\" disk,1",
            "\"\"\r\"\"",
        ] {
            assert_eq!(unclosed(good, b','), None, "{good}");
        }
        for (bad, row, quote) in [
            ("\"", 0, 0),
            ("a,b\n1,\"x\n2,y\n", 4, 6),
            ("a,b\n1,\"x\n2,\"y\"\n", 4, 6),
            ("\"a\nb\",\"c", 0, 6),
            ("a\n\"x\";1\n", 2, 2),
            ("a\n\"x\"\"\n1", 2, 2),
        ] {
            assert_eq!(unclosed(bad, b','), Some(Unclosed { row, quote }), "{bad}");
        }
    }
}
