//! How an offer is written: tables that fit a terminal, a sentence about the sets, JSON.

use intervy::model::offer::Sets;
use intervy::output::offer as output;
use intervy::pick::offer::offer;
use intervy::pick::request::{PickRequest, Wishes};
use intervy::pick::sets::CAP;
use unicode_width::UnicodeWidthStr;

use crate::harness::shipped;

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn the_tables_fit_a_terminal() {
    let bank = shipped();
    let blueprint = bank.blueprint("backend-30").unwrap();
    let request = PickRequest::resolve(&bank, Some(blueprint), &Wishes::default()).unwrap();
    let offer = offer(&bank, &request);
    for width in [80, 60] {
        let text = plain(&output::text(&offer, Some(width)));
        assert!(text.lines().all(|line| line.width() <= width), "{text}");
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    }
    let text = plain(&output::text(&offer, None));
    for category in &offer.categories {
        assert!(text.contains(&category.name), "{}", category.name);
    }
    assert!(
        text.ends_with("\nExactly 84 sets of questions satisfy this request.\n"),
        "{text}"
    );
}

#[test]
fn every_answer_is_a_sentence() {
    let bank = shipped();
    let request = PickRequest::resolve(&bank, None, &Wishes::default()).unwrap();
    let mut offer = offer(&bank, &request);
    for (sets, expected) in [
        (Sets::Exactly(0), "No set of questions satisfies"),
        (Sets::Exactly(1), "Exactly 1 set of questions satisfies"),
        (
            Sets::Exactly(1_234),
            "Exactly 1,234 sets of questions satisfy",
        ),
        (
            Sets::MoreThan(CAP),
            "More than 10,000 sets of questions satisfy",
        ),
        (
            Sets::AtLeast(0),
            "No set of questions was found before counting ended",
        ),
        (Sets::AtLeast(1), "At least 1 set of questions satisfies"),
        (Sets::AtLeast(20), "At least 20 sets of questions satisfy"),
    ] {
        offer.sets = sets;
        let text = plain(&output::text(&offer, Some(80)));
        let last = text.lines().next_back().unwrap();
        assert!(last.starts_with(expected) && last.width() <= 80, "{last}");
    }
}

#[test]
fn json_says_the_same() {
    let bank = shipped();
    let blueprint = bank.blueprint("backend-30").unwrap();
    let request = PickRequest::resolve(&bank, Some(blueprint), &Wishes::default()).unwrap();
    let offer = offer(&bank, &request);
    let json: serde_json::Value = serde_json::from_str(&output::json(&offer).unwrap()).unwrap();
    assert_eq!(json["total"]["all"]["questions"], offer.total.all.questions);
    assert_eq!(
        json["sets"],
        serde_json::json!({ "bound": "exactly", "number": 84 })
    );
    assert_eq!(json["segments"][0]["mode"], "quick");
    let categories = json["categories"].as_array().unwrap();
    assert_eq!(categories.len(), bank.config.categories.len());
    for (category, offered) in categories.iter().zip(&offer.categories) {
        assert_eq!(category["id"], offered.id);
        let [_, _, hard] = &offered.shelf.by_difficulty;
        assert_eq!(category["hard"]["questions"], hard.questions);
        assert_eq!(category["hard"]["thin"], hard.is_thin());
        let shortest = hard.minutes[0].map(|quick| quick.shortest);
        assert_eq!(
            category["hard"]["quick"]["shortest"].as_u64(),
            shortest.map(u64::from)
        );
    }
}

#[test]
fn names_cannot_steer_a_terminal() {
    let mut bank = shipped();
    let hostile = "a\u{1b}[2Jb\nc\u{202e}\u{9b}31m";
    bank.config.categories[0].name.value = hostile.to_owned();
    let mut blueprint = bank.blueprint("backend-30").unwrap().clone();
    blueprint.segments[0].title.value = hostile.repeat(20);
    let request = PickRequest::resolve(&bank, Some(&blueprint), &Wishes::default()).unwrap();
    let offer = offer(&bank, &request);
    let text = output::text(&offer, Some(80));
    let json = output::json(&offer).unwrap();
    // What is left are the program's own styles, which end in `m`.
    for shown in [plain(&text), json] {
        assert!(
            !shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']),
            "{shown:?}"
        );
    }
    assert!(
        !text.contains("[2J\u{1b}") && !text.contains("\u{1b}[2J"),
        "{text:?}"
    );
    assert!(
        plain(&text).lines().all(|line| line.width() <= 80),
        "{text}"
    );
}
