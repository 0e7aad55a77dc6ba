//! The splitter beside a second opinion: `gray_matter`, with an engine that hands the text through.

use gray_matter::engine::Engine;
use gray_matter::{Matter, Pod};
use intervy::store::built_in::BANK;
use intervy::store::front_matter::split;
use proptest::prelude::*;

/// Never parses: `gray_matter`'s own YAML must not see untrusted text.
struct HandThrough;

impl Engine for HandThrough {
    fn parse(content: &str) -> gray_matter::Result<Pod> {
        Ok(Pod::String(content.to_owned()))
    }
}

/// Matter and body as `gray_matter` cuts them, without the white space that it drops.
fn second_opinion(text: &str) -> (String, String) {
    let mut matter: Matter<HandThrough> = Matter::new();
    // Something that no line ends with: an excerpt would swallow body lines that end in `---`.
    matter.excerpt_delimiter = Some("\u{1}no excerpt\u{1}".to_owned());
    if text.starts_with('+') {
        "+++".clone_into(&mut matter.delimiter);
    }
    let parsed = matter.parse::<String>(text).unwrap();
    (
        parsed.matter.trim().to_owned(),
        parsed.content.trim().to_owned(),
    )
}

fn ours(text: &str) -> (String, String) {
    let split = split(text).unwrap();
    let piece = |start: usize, end: usize| text[start..end].trim().to_owned();
    (
        piece(split.matter.start, split.matter.end),
        piece(split.body.start, split.body.end),
    )
}

#[test]
fn both_cut_the_shipped_questions_alike() {
    let mut open = vec![BANK.get_dir("questions").unwrap()];
    let mut seen = 0;
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        for file in dir.files() {
            let text = file.contents_utf8().unwrap();
            assert_eq!(
                ours(text),
                second_opinion(text),
                "{}",
                file.path().display()
            );
            seen += 1;
        }
    }
    assert!(seen > 40);
}

proptest! {
    #[test]
    fn both_cut_any_lines_alike(
        matter in prop::collection::vec("[a-z:#\\-+ |]{0,12}", 0..6),
        body in prop::collection::vec("[a-z:#\\-+ |]{0,12}", 0..6),
        toml in any::<bool>(),
    ) {
        let fence = if toml { "+++" } else { "---" };
        let matter: Vec<_> = matter.into_iter().filter(|line| line.trim_end() != fence).collect();
        let text = format!("{fence}\n{}\n{fence}\n{}\n", matter.join("\n"), body.join("\n"));
        // It skips a fence that is no more than blanks, and every later fence line in the body.
        prop_assume!(body.iter().all(|line| line.trim_end() != fence));
        prop_assert_eq!(ours(&text), second_opinion(&text));
    }

    #[test]
    fn splitting_never_panics_and_covers_the_text(text in "(---|\\+\\+\\+|\u{feff}|\r?\n|[ a:-]){0,40}") {
        if let Ok(split) = split(&text) {
            prop_assert!(split.fence.end <= split.matter.start);
            prop_assert!(split.matter.end <= split.body.start);
            prop_assert_eq!(split.body.end, text.len());
        }
    }
}
