//! What is seen of a packet: shared, with its answers put away, printed, without scripts, on a phone.

use serde_json::{Value, json};

use super::{packet, score_of};
use crate::driver::{self, Tab, View};

#[test]
fn what_is_shared_is_the_candidates_part_and_nothing_else() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&[]);
    let tab = Tab::open(&browser, &project.path("p.html"));
    tab.press("n");
    tab.press("s");
    let seen = tab.evaluate("document.body.innerText");
    let seen = seen.as_str().unwrap();
    let prompt = tab.evaluate(
        "document.querySelector('#q1 .prompt').textContent.trim().replaceAll(/\\s+/g, ' ')",
    );
    assert!(seen.contains(prompt.as_str().unwrap()), "{seen}");
    assert!(
        seen.contains("GET /api/deactivateUser"),
        "the handout: {seen}"
    );
    for hidden in [
        "Strong Yes",
        "Reference answer",
        "RESTful",
        "Follow-up",
        "rapid-fire",
        "C-0",
    ] {
        assert!(!seen.contains(hidden), "{hidden}: {seen}");
    }
    assert_eq!(tab.evaluate("document.title"), "Interview questions");
    // No score is given by accident while others look on, and the page can be turned.
    tab.press("5");
    assert_eq!(score_of(&tab, 1), Value::Null);
    tab.press("n");
    assert!(!tab.text("#shared").contains(prompt.as_str().unwrap()));
    tab.press("Escape");
    assert_eq!(
        tab.evaluate("document.querySelector('#shared').innerHTML"),
        ""
    );
    assert!(tab.text("main").contains("Strong Yes"));
}

#[test]
fn a_filled_packet_prints_what_was_written() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&["--date", "2026-12-01"]);
    let tab = Tab::open(&browser, &project.path("p.html"));
    tab.press("n");
    tab.press("v");
    tab.press("4");
    tab.press("a");
    tab.click("#q1-note");
    tab.type_text("knows what idempotent means");
    // A mark of ink: backgrounds are not printed unless somebody asks for them.
    tab.view(View {
        media: "print",
        ..View::default()
    });
    let mark = |value: u8| {
        tab.evaluate(&format!(
            "(box => box.offsetHeight - 2 * parseFloat(getComputedStyle(box).borderTopWidth) < 2)\
             (document.querySelector('#q1 input[value=\"{value}\"]'))"
        ))
    };
    assert_eq!((mark(4), mark(3)), (true.into(), false.into()));
    tab.view(View::default());
    let bytes = tab
        .print(&intervy::store::browser::PrintOptions::default())
        .unwrap();
    let Some(pages) = crate::pdf::pages(&bytes) else {
        return;
    };
    let text = pages.join("\n");
    assert!(text.contains("knows what idempotent means"), "{text}");
    // All of it, although one question is on the screen, with its answers hidden.
    for words in [
        "1 December 2026",
        "5. Kafka or a message queue",
        // An anchor and what a follow-up listens for.
        "Also handles retries",
        "a POST needs an idempotency",
        "Reference answer",
        "Overall recommendation",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    for words in ["Share view", "Download scorecard", "One at a time"] {
        assert!(!text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn without_scripts_it_is_a_sheet_to_read_and_fill_in() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&[]);
    let tab = Tab::new(&browser);
    let off = json!({ "value": true });
    tab.call("Emulation.setScriptExecutionDisabled", &off)
        .unwrap();
    tab.open_file(&project.path("p.html")).unwrap();
    assert!(
        tab.text(".noscript").starts_with("Scripts are off"),
        "{}",
        tab.text(".noscript")
    );
    // What needs a script is not offered.
    let seen = "(selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).length)";
    assert_eq!(tab.evaluate(&format!("{seen}('button')")), 0);
    // Everything is there, and the answers can be put away before the screen is shared.
    assert_eq!(tab.evaluate(&format!("{seen}('.question[data-id]')")), 5);
    assert_eq!(tab.evaluate(&format!("{seen}('.reference')")), 5);
    tab.click("#q1 summary");
    assert_eq!(tab.evaluate(&format!("{seen}('.reference')")), 4);
    tab.click("#q1 input[value='4']");
    assert_eq!(score_of(&tab, 1), "4");
    tab.click("#q1-note");
    tab.type_text("Named all six constraints.");
    assert_eq!(
        tab.evaluate("document.querySelector('#q1-note').value"),
        "Named all six constraints."
    );
}

#[test]
fn answers_that_are_put_away_cannot_be_seen() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&[]);
    let tab = Tab::open(&browser, &project.path("p.html"));
    let seen = |words: &str| {
        tab.evaluate(&format!(
            "[...document.querySelectorAll('main *')].some(one => !one.children.length && one.textContent.includes('{words}') \
             && one.checkVisibility({{ visibilityProperty: true }}))"
        ))
    };
    let answers = [
        "danger of the GET",
        "Essential: name the resources",
        "listens for",
    ];
    for words in answers {
        assert_eq!(seen(words), true, "{words}");
    }
    tab.press("a");
    for words in answers {
        assert_eq!(seen(words), false, "{words}");
    }
    assert_eq!(seen("A colleague says that the API uses HTTP"), true);
    tab.press("4");
    tab.press("a");
    assert_eq!(seen("danger of the GET"), true);
}

#[test]
fn nothing_is_wider_than_a_small_phone() {
    let Some(browser) = driver::start() else {
        return;
    };
    let project = packet(&[]);
    for (file, flags) in [
        ("a.html", ""),
        ("b.html", "--lang de"),
        ("c.html", "--large-print"),
    ] {
        project
            .line(&format!("render s.toml -o {file} {flags}"))
            .good();
        let tab = Tab::open(&browser, &project.path(file));
        tab.view(View {
            width: 320,
            ..View::default()
        });
        let over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(tab.evaluate(over), 0, "{flags}");
    }
}
