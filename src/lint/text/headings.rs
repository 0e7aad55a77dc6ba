//! What a heading that the format does not know was probably meant to be.

use crate::lint::context::Subject;
use crate::model::question::{Part, Section};
use crate::model::suggest;

/// What an unknown heading seems to stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Meaning {
    /// Notes for whoever reads the file, which are meant to be shown to nobody.
    Note,
    /// The prompt, which has no heading.
    Prompt,
    /// A part under another name, or mistyped.
    Part(Part),
    /// The name of a part, written with letters of another alphabet that look the same.
    Disguised(Part),
    /// Nothing that the format has.
    Unknown,
}

/// Other words for the parts, as [`letters`] makes them.
const SYNONYMS: &[(Part, &[&str])] = &[
    (
        Part::CandidateHandout,
        &[
            "candidate",
            "candidatehandouts",
            "candidatematerial",
            "candidatematerials",
            "candidateview",
            "forthecandidate",
            "handout",
            "handouts",
        ],
    ),
    (
        Part::WhyAskThis,
        &[
            "goal",
            "intent",
            "motivation",
            "purpose",
            "rationale",
            "why",
            "whyask",
            "whyaskit",
            "whythisquestion",
            "whyweask",
            "whyweaskthis",
        ],
    ),
    (
        Part::ReferenceAnswer,
        &[
            "answer",
            "answerkey",
            "answers",
            "correctanswer",
            "exampleanswer",
            "expectedanswer",
            "expectedanswers",
            "expectedsolution",
            "goodanswer",
            "idealanswer",
            "modelanswer",
            "reference",
            "referencesolution",
            "sampleanswer",
            "samplesolution",
            "solution",
            "solutions",
            "suggestedanswer",
        ],
    ),
    (
        Part::FollowUps,
        &[
            "additionalquestions",
            "deeper",
            "digdeeper",
            "followup",
            "followupquestion",
            "followupquestions",
            "furtherquestions",
            "morequestions",
            "probes",
            "probingquestions",
        ],
    ),
    (
        Part::StrongSignals,
        &[
            "goodsignals",
            "goodsigns",
            "greenflag",
            "greenflags",
            "positivesignals",
            "positivesigns",
            "signals",
            "strongsignal",
            "strongsigns",
            "whatgoodlookslike",
        ],
    ),
    (
        Part::RedFlags,
        &[
            "badsignals",
            "badsigns",
            "negativesignals",
            "redflag",
            "warningsigns",
            "weaksignals",
            "weaksigns",
        ],
    ),
    (
        Part::Rubric,
        &[
            "anchors",
            "assessment",
            "criteria",
            "evaluation",
            "evaluationcriteria",
            "grading",
            "gradingguide",
            "rating",
            "ratings",
            "scores",
            "scoring",
            "scoringguide",
        ],
    ),
];

/// What a heading that names no part seems to stand for.
pub(in crate::lint) fn meaning(title: &str) -> Meaning {
    const LONGEST: usize = 200;
    if title.len() > LONGEST {
        return Meaning::Unknown;
    }
    let written = letters(title);
    match written.as_str() {
        "note" | "notes" | "references" | "furtherreading" | "sources" => return Meaning::Note,
        "prompt" | "question" | "thequestion" => return Meaning::Prompt,
        _ => {}
    }
    let named = Part::from_heading(&written).or_else(|| Part::named_in(&written));
    if let Some(part) = named {
        return Meaning::Disguised(part);
    }
    // Without what stands in brackets: `Answer (short)`.
    let bare = title.split('(').next().map_or_else(String::new, letters);
    let synonym = SYNONYMS.iter().find(|(_, words)| {
        words.binary_search(&written.as_str()).is_ok()
            || words.binary_search(&bare.as_str()).is_ok()
    });
    if let Some((part, _)) = synonym {
        return Meaning::Part(*part);
    }
    let headings = Part::ALL.map(|part| letters(part.heading()));
    let near = suggest::nearest(&bare, headings.iter().map(String::as_str));
    let near = near.and_then(Part::from_heading);
    near.map_or(Meaning::Unknown, Meaning::Part)
}

/// Whether a section that the format does not know seems to be this part, or a code block swallows the headings, so
/// that the part is misnamed rather than missing.
pub(in crate::lint) fn is_misnamed(subject: &Subject<'_>, part: Part) -> bool {
    /// More headings than any question has; finding what is near to each takes time.
    const LOOKED_AT: usize = 100;
    let body = subject.text.body();
    let mut sections = body.sections.iter().take(LOOKED_AT);
    body.unclosed.is_some() || sections.any(|section| meant(subject, section) == Some(part))
}

/// The part that an unknown section seems to be.
pub(in crate::lint) fn meant(subject: &Subject<'_>, section: &Section) -> Option<Part> {
    if section.part.is_some() {
        return None;
    }
    match meaning(subject.slice(section.title)) {
        Meaning::Part(part) | Meaning::Disguised(part) => Some(part),
        _ => None,
    }
}

/// The letters and digits of a text in lower case, those that look like Latin ones as such.
pub(in crate::lint) fn letters(text: &str) -> String {
    text.chars()
        .map(latin)
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The Latin letter that a letter looks like; itself where there is none.
fn latin(letter: char) -> char {
    match letter {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'В' | 'в' | 'Β' => 'b',
        'с' | 'С' | 'ϲ' | 'Ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' => 'e',
        'ɡ' => 'g',
        'һ' | 'Н' | 'н' | 'Η' => 'h',
        'і' | 'І' | 'ı' | 'ι' | 'Ι' => 'i',
        'ј' | 'Ј' => 'j',
        'К' | 'к' | 'κ' | 'Κ' => 'k',
        'ӏ' | 'Ӏ' => 'l',
        'М' | 'м' | 'Μ' => 'm',
        'Ν' | 'η' => 'n',
        'о' | 'О' | 'ο' | 'Ο' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ѕ' | 'Ѕ' => 's',
        'Т' | 'т' | 'τ' | 'Τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' => 'w',
        'х' | 'Х' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        'Ζ' => 'z',
        // Full-width forms lie in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_are_found_by_bisection() {
        for (part, words) in SYNONYMS {
            assert!(words.is_sorted(), "{part:?}");
        }
    }

    #[test]
    fn what_headings_mean() {
        for (title, part) in [
            ("Answer", Part::ReferenceAnswer),
            ("Expected answer:", Part::ReferenceAnswer),
            ("Answer (short)", Part::ReferenceAnswer),
            ("Refrence answer", Part::ReferenceAnswer),
            ("Follow up questions", Part::FollowUps),
            ("**Red flag**", Part::RedFlags),
            ("Good signs", Part::StrongSignals),
            ("Scoring", Part::Rubric),
            ("Why?", Part::WhyAskThis),
            ("Candidate materials", Part::CandidateHandout),
        ] {
            assert_eq!(meaning(title), Meaning::Part(part), "{title}");
        }
        for (title, part) in [
            ("Rеfеrеnсе аnѕwеr", Part::ReferenceAnswer),
            ("Ruвriс", Part::Rubric),
            ("Ｒｕｂｒｉｃ", Part::Rubric),
            ("Rеd flags (short)", Part::RedFlags),
        ] {
            assert_eq!(meaning(title), Meaning::Disguised(part), "{title}");
        }
        for title in ["Notes", "References", "Further reading", "Sources"] {
            assert_eq!(meaning(title), Meaning::Note, "{title}");
        }
        for title in ["History", "", "Заметки", &"Answer".repeat(50)] {
            assert_eq!(meaning(title), Meaning::Unknown, "{title}");
        }
    }
}
