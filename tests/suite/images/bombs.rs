//! Files that are meant to take a reader's time or memory.

use std::time::{Duration, Instant};

use intervy::store::images::cleaned;

/// Generous: what hostile files must not do is take minutes.
const SOON: Duration = Duration::from_secs(20);

/// Files of up to 1 MiB that are meant to take a reader's time or memory.
fn bombs() -> Vec<String> {
    let svg = |content: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{content}</svg>");
    let filled = |unit: &str| unit.repeat(1_000_000 / unit.len());
    let entities = (b'b'..=b'j').fold("<!ENTITY a \"lol\">".to_owned(), |text, name| {
        let (name, before) = (name as char, (name - 1) as char);
        format!(
            "{text}<!ENTITY {name} \"{}\">",
            format!("&{before};").repeat(10)
        )
    });
    let document = |inside: &str| format!("<!DOCTYPE svg [{inside}]>{}", svg("<text>&j;</text>"));
    let names = |start: &str, count: usize| {
        let names = (0..count).map(|number| format!(" {start}{number}=\"x{number}\""));
        names.collect::<Vec<_>>().concat()
    };
    let crowd = format!("<g{}/>", names("a", 900));
    let spaces = (0..190).map(|number| format!("<g xmlns:n{number}=\"x{number}\">"));
    let uses = (1..100).map(|number| {
        format!(
            "<g id=\"a{number}\">{}</g>",
            format!("<use href=\"#a{}\"/>", number - 1).repeat(50)
        )
    });
    let mut bombs = vec![
        document(&entities),
        document("<!ENTITY j SYSTEM \"file:///etc/passwd\">"),
        document("<!ENTITY j \"&j;\">"),
        document(&filled("<!ELEMENT a ANY>")),
        svg(&format!("<g{}/>", names("a", 70_000))),
        svg(&crowd.repeat(1_000_000 / crowd.len())),
        svg(&format!(
            "{}{}",
            spaces.collect::<Vec<_>>().concat(),
            filled("<g/>")
        )),
        svg(&uses.collect::<Vec<_>>().concat()),
    ];
    for unit in [
        "<g>",
        "<g/>",
        "<g></g>",
        "<!---->",
        "<?a?>",
        "<![CDATA[a]]>",
        "&amp;",
        "<style>a{b:c}</style>",
        "<switch><foreignObject/></switch>",
    ] {
        bombs.push(svg(&filled(unit)));
    }
    for unit in [
        "a{",
        "@media a{",
        "a{b:(",
        "{}",
        "/*",
        "'\n",
        "a{b:c}",
        "\\",
        "url(",
        "&lt;!--",
        "a:b;",
        ".a ",
        "#a",
    ] {
        bombs.push(svg(&format!("<style>{}</style>", filled(unit))));
    }
    for unit in [
        "(",
        "a:b;",
        "fill:red;",
        "calc(",
        "url(#a) ",
        "url( #",
        "#",
        " ",
        "/*",
        "'",
    ] {
        for name in ["style", "fill", "class", "id", "href", "d"] {
            bombs.push(svg(&format!("<g {name}=\"{}\"/>", filled(unit))));
        }
    }
    bombs
}

#[test]
fn files_that_are_meant_to_take_time_end_soon() {
    let mut refusals = 0;
    for bomb in bombs() {
        let start = Instant::now();
        match cleaned(bomb.as_bytes()) {
            Ok((_, picture)) => assert!(picture.len() < 2 * bomb.len(), "{bomb:.200}"),
            Err(reason) => {
                assert!(reason.len() < 200, "{reason}");
                refusals += 1;
            }
        }
        assert!(start.elapsed() < SOON, "{bomb:.200}");
    }
    assert!(refusals > 10);
}
