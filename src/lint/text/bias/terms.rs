//! The terms.

use super::Term;

const fn term(
    pattern: &'static str,
    why: &'static str,
    better: &'static str,
    word: Option<&'static str>,
) -> Term {
    Term {
        pattern,
        why,
        better,
        word,
    }
}

const MEN: &str = "speaks of men only";
const HERO: &str = "praises a type, not a skill";
const BOTH: &str = "leaves some people out";
const ORIGIN: &str = "favors where somebody comes from";
const AGE: &str = "favors an age";
const PICTURE: &str = "uses people as a picture for something bad";
const COLOR: &str = "takes a color for good or bad";
const LIKENESS: &str = "favors those who are like the team";

/// Every term; the first that matches counts.
pub(super) const TERMS: &[Term] = &[
    term(
        "guys",
        MEN,
        "write `everyone`, `people` or `the team`",
        Some("people"),
    ),
    term("manpower", MEN, "write `staff` or `people`", Some("staff")),
    term(
        "man[ -]hours?",
        MEN,
        "write `person-hours`",
        Some("person-hours"),
    ),
    term(
        "man[ -]days?",
        MEN,
        "write `person-days`",
        Some("person-days"),
    ),
    term("chairm[ae]n", MEN, "write `chair`", Some("chair")),
    term("spokesm[ae]n", MEN, "write `speaker`", Some("speaker")),
    term("businessm[ae]n", MEN, "write `business people`", None),
    term(
        "laym[ae]n(?:'s|’s)?",
        MEN,
        "write `plain` or `non-specialist`",
        None,
    ),
    term("mankind", MEN, "write `people`", Some("people")),
    term(
        "rock[ -]?stars?",
        HERO,
        "name the skill that is wanted",
        None,
    ),
    term(
        "(?:an?|real|true|coding|code|sql|database|tech|javascript|python) ninjas?",
        HERO,
        "name the skill that is wanted",
        None,
    ),
    term(
        "gurus?",
        HERO,
        "write `expert`, or name the skill",
        Some("expert"),
    ),
    term(
        "(?:coding|code|sql|database|tech|regex|linux|unix|python|javascript) wizards?",
        HERO,
        "name the skill that is wanted",
        None,
    ),
    term(
        "he or she|she or he|he/she|she/he|s/he|\\(s\\)he",
        BOTH,
        "write `they`, and the verb in the plural",
        None,
    ),
    term(
        "his or hers?|hers? or his|his/hers?|hers?/his",
        BOTH,
        "write `their`",
        Some("their"),
    ),
    term(
        "him or her|her or him|him/her|her/him",
        BOTH,
        "write `them`",
        Some("them"),
    ),
    term(
        "himself or herself|himself/herself",
        BOTH,
        "write `themselves`",
        Some("themselves"),
    ),
    term(
        "native[ -](?:\\w+ )?speakers?",
        ORIGIN,
        "say how well the language must be spoken and written",
        None,
    ),
    term(
        "native(?:-level)? english",
        ORIGIN,
        "say how well the language must be spoken and written",
        None,
    ),
    term(
        "cultur(?:e|al)[ -]fit",
        LIKENESS,
        "name the behavior that matters to the work",
        None,
    ),
    term(
        "digital natives?",
        AGE,
        "name the skill that is wanted",
        None,
    ),
    term(
        "young(?:,| and|, and) (?:dynamic|energetic|hungry|fresh|motivated|ambitious)",
        AGE,
        "name the skill that is wanted",
        None,
    ),
    term(
        "(?:recent|fresh) graduates?",
        AGE,
        "write `entry level`, or name what must be known",
        None,
    ),
    term(
        "(?:your|their|his|her|an?|one's) (?:grandmother|grandma|granny)",
        AGE,
        "write `somebody who does not work with computers`",
        None,
    ),
    term(
        "(?:grandmother|grandma|mom|mum) test",
        AGE,
        "write `somebody who does not work with computers`",
        None,
    ),
    term("girls|ladies", BOTH, "write `people` or `colleagues`", None),
    term(
        "(?:master|primary)(?:/| and | or |-)slaves?",
        PICTURE,
        "write `primary/replica`",
        Some("primary/replica"),
    ),
    term("slaves", PICTURE, "write `replicas`", Some("replicas")),
    term("slave", PICTURE, "write `replica`", Some("replica")),
    term(
        "whitelists",
        COLOR,
        "write `allowlists`",
        Some("allowlists"),
    ),
    term("whitelist", COLOR, "write `allowlist`", Some("allowlist")),
    term(
        "whitelist(?:ed|ing)",
        COLOR,
        "write `allowed` or `allowing`",
        None,
    ),
    term("blacklists", COLOR, "write `denylists`", Some("denylists")),
    term("blacklist", COLOR, "write `denylist`", Some("denylist")),
    term(
        "blacklist(?:ed|ing)",
        COLOR,
        "write `denied` or `denying`",
        None,
    ),
    term(
        "tribal knowledge",
        PICTURE,
        "write `unwritten knowledge`",
        Some("unwritten knowledge"),
    ),
    term(
        "crippl(?:ed?|es|ing)",
        PICTURE,
        "write `weaken` or `break`",
        None,
    ),
];

/// Beginnings of terms, or of a word within them that few texts hold, as [`first_look`] takes them.
///
/// [`first_look`]: crate::lint::text::first_look
pub(in crate::lint) const CUES: &[&str] = &[
    "guys",
    "manpower",
    "man hour",
    "man day",
    "chairm",
    "spokesm",
    "businessm",
    "layman",
    "laymen",
    "mankind",
    "rock star",
    "rockstar",
    "ninja",
    "guru",
    "wizard",
    "he or she",
    "she or he",
    "he/she",
    "she/he",
    "s/he",
    "(s)he",
    "his or her",
    "her or his",
    "hers or his",
    "his/her",
    "her/his",
    "hers/his",
    "him or her",
    "her or him",
    "him/her",
    "her/him",
    "himself or ",
    "himself/",
    "speaker",
    "native english",
    "native level",
    "culture fit",
    "cultural fit",
    "digital native",
    "young,",
    "young and ",
    "recent grad",
    "fresh grad",
    "grandm",
    "granny",
    "mom test",
    "mum test",
    "girls",
    "ladies",
    "slave",
    "whitelist",
    "blacklist",
    "tribal know",
    "crippl",
];
