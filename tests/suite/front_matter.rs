//! The splitter beside a second opinion: `gray_matter`, with an engine that hands the text through.

use gray_matter::engine::Engine;
use gray_matter::{Matter, Pod};
use intervy::model::source::Source;
use intervy::store::built_in::BANK;
use intervy::store::document::decode::Problems;
use intervy::store::document::{Limits, Syntax, parse_any, simple};
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

/// What the plain form is read as must be what the parsers of the whole syntax read, places included.
fn read_alike(piece: &str, syntax: Syntax) -> bool {
    let Some(node) = simple::parse(piece, 7, syntax) else {
        return false;
    };
    let source = Source::new("q.md", format!("-------{piece}"));
    let mut problems = Problems::new(&source);
    let thorough = parse_any(piece, 7, syntax, Limits::FRONT_MATTER, &mut problems);
    assert_eq!(node, thorough, "{piece}");
    assert!(!problems.any_error(), "{piece}");
    true
}

#[test]
fn what_nearly_every_question_has_is_of_the_plain_form() {
    let yaml = "title: What's an index, really?\ncategory: databases\nminutes: { quick: 3, standard: 6, deep: 12 }\n\nlevels: [mid, senior]\nreviewed: 2026-10-01\nsource: https://example.com/a?b=c&d\nnever_with: []\n";
    assert!(read_alike(yaml, Syntax::Yaml));
    let toml = "title = \"What's an index: really?\"\nminutes = { quick = 3, standard = 6 }\nlevels = [\"mid\", \"senior\"]\nkind = \"design\"\n";
    assert!(read_alike(toml, Syntax::Toml));
    let shipped = crate::harness::shipped();
    let count = shipped.questions.iter().filter(|question| {
        let text = &question.text.source.text();
        let split = split(text).unwrap();
        read_alike(&text[split.matter.start..split.matter.end], split.syntax)
    });
    assert!(
        count.count() > 40,
        "the shipped bank is mostly of the plain form"
    );
}

fn fragments() -> impl Strategy<Value = String> {
    let pieces = [
        "title",
        "a",
        "true",
        "null",
        "yes",
        "x_y",
        "12",
        "-3",
        "007",
        "1_000",
        "0x1f",
        "1.5",
        "1e3",
        ".5",
        "2026-10-01",
        "2026-10-01T10:00:00",
        "it's",
        "\"q\"",
        "\"a: b, [c] #d\"",
        "'s'",
        "\\",
        "\"\\n\"",
        ": ",
        ":",
        " = ",
        "=",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\n  ",
        "- ",
        "#",
        " # c",
        "&a ",
        "*a",
        "!t ",
        "|",
        ">",
        "? ",
        "%",
        "@",
        "`",
        "~",
        "<<",
        "---",
        "...",
        "\t",
        "\r\n",
        "é",
        "\u{feff}",
        "https://x/y",
        "a/b",
        "C++",
        "null, ",
        "inf",
        "nan",
        "+1",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..14)
        .prop_map(|words| words.concat())
}

fn fields(separator: &'static str) -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec!["title", "tags", "minutes", "true", "a_b", "null"]);
    let line =
        (key, fragments()).prop_map(move |(key, value)| format!("{key}{separator}{value}\n"));
    prop::collection::vec(line, 1..4).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_plain_form_of_yaml_is_read_as_by_its_parser(piece in prop_oneof![fields(": "), fragments()]) {
        read_alike(&piece, Syntax::Yaml);
    }

    #[test]
    fn the_plain_form_of_toml_is_read_as_by_its_parser(piece in prop_oneof![fields(" = "), fragments()]) {
        read_alike(&piece, Syntax::Toml);
    }
}
