//! Configuration, blueprints, loops and screens: their problems have places too.

use std::fmt::Write;

use intervy::store::document::decode::Problems;
use intervy::store::{plan, screen, settings};

use crate::harness::{line, source};

#[test]
fn configuration_problems_have_places() {
    let text = "[bank]
name = \"B\"
schema = 2
nam = 1

[[categories]]
id = \"Data Bases\"

[[categories]]
id = \"a\"

[[categories]]
id = \"a\"

[[dimensions]]
name = \"D\"
weight = -1
categories = \"a\"

[[scale]]
score = 6

[screen]
intro_minutes = \"2\"

[pick]
mix = { esy = 1 }

[interviews]
directory = \"x\"
";
    let source = source("intervy.toml", text);
    let mut problems = Problems::new(&source);
    let config = settings::read(&source, &|_, _| Err("no files".to_owned()), &mut problems);
    let mut findings = problems.into_findings();
    findings.sort_by_key(|finding| finding.location.span);
    let mut found = String::new();
    for finding in &findings {
        let _ = writeln!(found, "{}", line(finding));
    }
    snapbox::assert_data_eq!(
        found,
        snapbox::str![[r#"
3:10 invalid-value: this program reads schema 1, not 2
4:1 unknown-field: `[bank]` has no field `nam`
7:6 invalid-value: `id` must be a kebab-case id of at most 100 characters (`n-plus-one-query`)
13:6 invalid-value: `a` is given more than once
17:10 invalid-value: `weight` must be a whole number from 0 to 1000
21:9 invalid-value: `score` must be a whole number from 1 to 5
24:17 invalid-value: `intro_minutes` must be a whole number from 0 to 600
27:9 invalid-value: `mix` must be one of `easy`, `medium`, `hard`
30:1 unknown-field: `[interviews]` has no field `directory`

"#]]
    );
    assert_eq!(config.categories.len(), 1);
}

#[test]
fn blueprint_loop_and_screen_problems_have_places() {
    let read = |text: &str, kind: &str| {
        let source = source("x.toml", text);
        let mut problems = Problems::new(&source);
        let good = match kind {
            "blueprint" => plan::read_blueprint(&source, "x", &mut problems).is_some(),
            "loop" => plan::read_loop(&source, "x", &mut problems).is_some(),
            _ => screen::read(&source, "x", &mut problems).is_some(),
        };
        assert!(!good);
        let findings = problems.into_findings();
        findings.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        read(
            "minutes = 10\n[[segments]]\ntitle = \"A\"\nminutes = 8\nmode = \"fast\"\nquestions = { min = 3, max = 1 }\n[[segments]]\ntitle = \"A\"\nminutes = 8\n",
            "blueprint"
        ),
        [
            "6:13 invalid-value: `questions` must be bounds with `min` not above `max`",
            "5:8 invalid-value: `mode` must be one of `quick`, `standard`, `deep`",
            "8:9 invalid-value: `A` is given more than once",
        ]
    );
    assert_eq!(
        read("[[rounds]]\ntitle = \"A\"\nminutes = 30\n", "loop"),
        ["1:1 invalid-value: a round has either a `blueprint` or `[[rounds.sessions]]`"]
    );
    assert_eq!(
        read(
            "[[questions]]\nid = \"a\"\nmod = \"deep\"\n[[questions]]\nid = \"a\"\n",
            "screen"
        ),
        [
            "3:1 unknown-field: a question has no field `mod`",
            "5:6 invalid-value: `a` is given more than once",
        ]
    );
    assert_eq!(
        read("{\"schema\": 1, \"id\": \"a\", \"questions\": 3}", "screen")
            .iter()
            .filter(|finding| finding.contains("questions"))
            .collect::<Vec<_>>(),
        ["1:39 invalid-value: `questions` must be a list of tables, not a whole number"]
    );
}
