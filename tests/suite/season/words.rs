//! What interviewers of the made season write down.

use intervy::model::screen::PinnedQuestion;

use super::truth::below;

/// What is noted on a technical answer with the score 1, 2 and so on.
const TECHNICAL: [&[&str]; 5] = [
    &[
        "Could not begin without being told how, and the hint did not help.",
        "Named the terms, and could not say what any of them is for.",
        "The proposal would have made the trouble worse; did not see it when asked.",
        "Kept to one product's name where a reason was asked for.",
        "Guessed three times and did not ask for a single figure.",
        "Had not met this before, and found no way into it.",
        "Changed the subject twice; nothing to score beyond the first sentence.",
        "Took the question for an easier one, and stayed there after I said so.",
    ],
    &[
        "Named one part and stopped there; two hints led no further.",
        "The idea was right, and the order of the steps would lose data.",
        "Knew the usual remedy, not when it does harm.",
        "Needed the first step given; the rest stayed general.",
        "Mixed up cause and symptom, and noticed it only at the end.",
        "The follow-up about failure had no answer.",
        "Would have asked a colleague, and could not say what.",
        "Right words, wrong direction: the example says the opposite.",
        "One load, one user, one try: nothing about what happens beyond that.",
        "Described how it is done at their place, and not why.",
        "Long, and past the question; the second attempt was like the first.",
        "Saw that there is a problem, and would have waited for it to show again.",
    ],
    &[
        "The essentials, after one hint.",
        "A working plan; the edge cases came only when asked for.",
        "Right in the small, unsure about what it costs.",
        "Found the cause and not what keeps it from coming back.",
        "A good beginning; lost the thread at the second follow-up.",
        "Explained it well, and had not run it in production.",
        "One of the two dangers, named clearly; the other one after a hint.",
        "The textbook answer, with no example of their own.",
    ],
    &[
        "Asked for the figures first, then decided by them.",
        "Both ways with what each costs, and a choice between them.",
        "Found it without help and said how to check it.",
        "Named the failure that matters most here, unasked.",
        "Short and right; the follow-up took one sentence.",
        "Began with what users would notice, then went down the layers.",
        "Drew it in four boxes and pointed at the weak one.",
        "Corrected a slip without being told.",
    ],
    &[
        "Corrected an assumption of the question, and was right.",
        "Worked it out step by step and named where it breaks.",
        "Told of an outage of their own, with what they changed afterwards.",
        "Compared three ways by cost and chose the dull one, with reasons.",
        "Covered all follow-ups before they were asked.",
        "Said what they would measure first, and which result would change their mind.",
        "Thought of the migration and of the way back.",
        "Simpler than the reference answer, and it holds.",
        "Gave the usual case, the limit, and the sign at which to worry.",
        "Two sentences, nothing missing; used the time for what can go wrong.",
        "Explained it so that I would send a junior to them with it.",
        "Knew the exception to the rule and when it had cost them a night.",
    ],
];

/// The same for answers about work with others.
const ABOUT_WORK: [&[&str]; 5] = [
    &[
        "No example, only what one ought to do.",
        "The fault was everybody else's, in each version of the story.",
        "Could not say what their own part was.",
        "Told of pressing on after the others had said no, and would do so again.",
    ],
    &[
        "A general story; the result stayed open even when asked.",
        "Said `we` throughout, and two questions did not find their own part.",
        "Left the decision to others, and did not say what they would have wanted.",
        "The lesson was that one should communicate more.",
        "Waited until somebody else noticed.",
        "Weighed nothing: took the first way that came to mind.",
    ],
    &[
        "A real example with a small part of their own.",
        "Good intention; told the others rather late.",
        "The result is clear, the way to it less so.",
        "Would ask for help, and does not say when.",
        "Weighed the risk, then followed the plan anyway.",
    ],
    &[
        "A concrete example with what was said and what came of it.",
        "Named what they would do otherwise today.",
        "Told the people concerned early, with a proposal.",
        "Gave the other side's reason fairly before their own.",
        "Took the small step first and checked the effect.",
    ],
    &[
        "Changed their mind in the story, and said what did it.",
        "Figures before and after, and what they gave up for it.",
        "Made a rule of it that the team still keeps.",
        "Asked those who would have to live with it, and changed the plan.",
        "Said plainly what went wrong and which part was theirs.",
    ],
];

/// Why something that was asked is not rated.
const UNRATED: [&str; 4] = [
    "The connection broke off in the middle of the answer.",
    "Had read about this very question, and said so.",
    "A fire drill took most of the minutes.",
    "I gave too much away with my first hint.",
];

/// Why somebody is recommended with the score 1, 2 and so on.
const OVERALL: [&[&str]; 5] = [
    &[
        "Would need to learn the basics of most of what we do.",
        "Hints did not help in any part; not for this role.",
    ],
    &[
        "Gaps in what the role needs every week, and few of them closed with hints.",
        "Some good pieces, too few to work alone here within a year.",
        "Answers stayed general throughout; nothing that I could build on.",
        "Friendly and honest about it, and not there yet.",
    ],
    &[
        "Mixed: solid in one part, and help needed in the others.",
        "Would do with a good mentor; I would not decide on this interview alone.",
        "The essentials are there, depth is not; see what the next round says.",
        "Right answers after a hint, most of the time.",
        "Even all through, without a part that stands out.",
    ],
    &[
        "Works alone on what we do, and says what is not known.",
        "Decides by costs and figures; weak spots are small.",
        "Clear, quick and right in most parts.",
        "I would like to work with them; one gap that a month will close.",
        "Good judgement in the follow-ups, where it counts.",
    ],
    &[
        "Others would learn from them; nothing open on my side.",
        "Strong in every part, and kind in disagreement.",
        "The best answers of this season to the hardest part.",
    ],
];

/// Why a score was lowered or raised after the debrief.
pub(super) const REVISED: [(&str, &str); 4] = [
    (
        "The other notes have a hint that I had not noticed, so the answer was less their own",
        "By the other notes the first step came unasked; I had taken it for my hint",
    ),
    (
        "The anchor asks for the failure case, and in the debrief I saw that it was not there",
        "The anchor asks for the failure case, and in the debrief I saw that it was there",
    ),
    (
        "I had scored the correction; it came after the reference answer had been named",
        "I had scored the first attempt; the second one counts by the rubric",
    ),
    (
        "I had scored how well it was told; by the rubric a part is missing",
        "I had held a missing term against them; by the rubric the idea counts",
    ),
];

/// Why a recommendation was changed after the debrief.
pub(super) const RECONSIDERED: &str =
    "The other parts of the interview weigh more than the one that I had in mind";

/// What is noted on an answer.
pub(super) fn note(
    score: u8,
    question: &PinnedQuestion,
    candidate: &str,
    by: &str,
) -> &'static str {
    let is_work = matches!(question.category.as_str(), "experience" | "judgement");
    let pools = if is_work { ABOUT_WORK } else { TECHNICAL };
    let pool = pools[usize::from(score) - 1];
    pool[below(pool.len(), &["note", candidate, &question.id, by])]
}

/// Why something is not rated.
pub(super) fn unrated(candidate: &str, by: &str) -> &'static str {
    UNRATED[below(UNRATED.len(), &["unrated", candidate, by])]
}

/// Why somebody is recommended, or not.
pub(super) fn reason(score: u8, candidate: &str, by: &str) -> &'static str {
    let pool = OVERALL[usize::from(score) - 1];
    pool[below(pool.len(), &["reason", candidate, by])]
}
