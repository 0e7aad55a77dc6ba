//! What asks about a person, and what only sounds like it.

use super::technical::TECHNICAL;
use super::*;

const ASKED: &[(&str, &[&str])] = &[
    (
        "age",
        &[
            "Are you older than forty?",
            "What generation are you from?",
            "Are you a millennial?",
            "Which year were you born?",
            "Isn't this too young for such a team? You seem too young for this role.",
            "Could I ask your age, please?",
            "How old are you?",
            "Tell me how old you are.",
            "What's your age?",
            "What is your date of birth?",
            "When were you born?",
            "What year were you born?",
            "Are you over 40?",
            "At your age, do you still learn quickly?",
            "When do you plan to retire?",
            "How would you feel about working for someone younger than you?",
            "What’s **your age**, by the way?",
            "How close are you to retirement?",
        ],
    ),
    (
        "year of graduation",
        &[
            "When did you graduate?",
            "What year did you graduate from high school?",
            "In which year did you finish school?",
            "What is your graduation year?",
        ],
    ),
    (
        "family or relationships",
        &[
            "Do you have a family?",
            "Who do you live with?",
            "Tell us a bit about your family.",
            "Do you have any caring responsibilities?",
            "Where does your father work?",
            "Will you get married soon?",
            "Do you take care of elderly relatives?",
            "Are you married?",
            "Are you married or single?",
            "What is your marital status?",
            "What does your husband do?",
            "What does your partner do for a living?",
            "Do you have a girlfriend?",
            "Do you live alone?",
            "Do you plan to get married?",
            "Tell me about your family.",
            "How does your partner feel about the move?",
            "What is your maiden name?",
            "Are you a single parent?",
        ],
    ),
    (
        "children or plans for them",
        &[
            "Do you want to have kids?",
            "How many kids?",
            "What are your plans for a family?",
            "Who picks up your daughter from school?",
            "Do you have children?",
            "Do you have any kids at home?",
            "How many children do you have?",
            "Do you plan to have children?",
            "Are you planning on starting a family?",
            "Who looks after your kids while you work?",
            "What are your childcare arrangements?",
            "Do you have any small children, and how old are they?",
            "How old are your children?",
        ],
    ),
    (
        "pregnancy",
        &[
            "Are you pregnant?",
            "Are you expecting a baby?",
            "Do you intend to become pregnant soon?",
            "Will you take parental leave?",
        ],
    ),
    (
        "religion",
        &[
            "Are you a Muslim?",
            "What church do you go to?",
            "Do you celebrate Christmas?",
            "Do you believe in God?",
            "What is your religion?",
            "Are you religious?",
            "Are you a practicing Catholic?",
            "Do you go to church?",
            "Which religious holidays do you observe?",
            "Do you pray?",
            "Do you observe the Sabbath?",
            "Would your religion prevent you from working on Saturdays?",
        ],
    ),
    (
        "health or disability",
        &[
            "How often were you sick last year?",
            "Are you taking any medication?",
            "Have you ever received workers' compensation?",
            "Do you suffer from any chronic illness?",
            "Are you deaf?",
            "How many days were you sick last year?",
            "Do you have a disability?",
            "Do you have any medical conditions?",
            "Are you disabled?",
            "How is your health?",
            "Do you take any medication?",
            "How many sick days did you take last year?",
            "Have you ever been treated for depression?",
            "Have you ever seen a psychiatrist?",
            "Do you smoke?",
            "Have you been hospitalized?",
            "Have you ever had a serious illness?",
        ],
    ),
    (
        "height or weight",
        &[
            "How tall are you?",
            "How much do you weigh?",
            "What is your height?",
        ],
    ),
    (
        "nationality or place of birth",
        &[
            "Which country are you from?",
            "What passport do you hold?",
            "Are you American?",
            "When did you move to Germany?",
            "Where are your parents from?",
            "What is the origin of your name?",
            "Where are you from?",
            "Where are you originally from?",
            "Where were you born?",
            "What is your nationality?",
            "Are you a US citizen?",
            "Are you a U.S. citizen?",
            "Are you a citizen of this country?",
            "Where did you grow up?",
            "Where does your name come from?",
            "How long have you lived in Germany?",
            "Do you have a green card?",
            "Where were you\nborn?",
        ],
    ),
    (
        "native language or accent",
        &[
            "What is your native language?",
            "Is English your first language?",
            "Are you a native speaker?",
            "Where is your accent from?",
            "Which languages do you speak at home?",
            "Where did you learn English?",
        ],
    ),
    (
        "ethnicity or color",
        &[
            "Are you a person of color?",
            "What race are you?",
            "What is your race?",
            "What is your ethnicity?",
            "Are you Hispanic?",
            "What is your skin color?",
        ],
    ),
    (
        "arrests or convictions",
        &[
            "Have you been to prison?",
            "Are you a convicted felon?",
            "Have you ever been arrested?",
            "Have you ever been convicted of a crime?",
            "Do you have a criminal record?",
        ],
    ),
    (
        "political views",
        &[
            "Which party do you vote for?",
            "Did you vote in the last election?",
            "What do you think about the president?",
            "Who did you vote for?",
            "What are your political views?",
            "Are you politically active?",
            "Are you a Democrat?",
        ],
    ),
    (
        "union membership",
        &[
            "Are you a union member?",
            "Have you ever joined a union?",
            "Are you a member of a trade union?",
            "What do you think about labor unions?",
        ],
    ),
    (
        "sexual orientation or gender identity",
        &[
            "Are you a man or a woman?",
            "Which gender do you identify with?",
            "Are you gay?",
            "What is your sexual orientation?",
            "What is your gender?",
            "Are you transgender?",
        ],
    ),
    (
        "military discharge",
        &[
            "What type of military discharge did you receive?",
            "Were you dishonorably discharged?",
        ],
    ),
    (
        "private finances",
        &[
            "Do you have student loans?",
            "Are you in debt?",
            "Do you own your home?",
            "Do you own or rent?",
            "Do you have any debts?",
            "Do you own a house?",
            "Do you own or rent?",
            "What is your credit score?",
            "Have you ever declared bankruptcy?",
        ],
    ),
    (
        "salary history",
        &[
            "What do you currently earn?",
            "How much were you paid in your last role?",
            "Send us your latest pay slips.",
            "What is your salary now?",
            "What is your current salary?",
            "How much did you earn in your last job?",
            "How much do you make?",
            "Tell us your salary history.",
            "What was your previous salary?",
        ],
    ),
];

#[test]
fn questions_about_the_candidate_are_found() {
    let mut wrong = Vec::new();
    for (topic, texts) in ASKED {
        for text in *texts {
            let found: Vec<_> = topics(text)
                .into_iter()
                .map(|(_, topic)| topic.name)
                .collect();
            if found.first() != Some(topic) || found.iter().any(|name| name != topic) {
                wrong.push(format!("{topic}: {text}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn technical_questions_are_not() {
    let mut wrong = Vec::new();
    for text in TECHNICAL {
        for (words, topic) in topics(text) {
            wrong.push(format!(
                "{text}: {}: {:?}",
                topic.name,
                &text[words.start..words.end]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_pattern_has_a_cue_that_lets_it_run() {
    let texts = ASKED.iter().flat_map(|(_, texts)| *texts);
    for text in texts {
        assert!(FirstLook::at(text).any(Concern::Topic), "{text}");
    }
}

#[test]
fn the_words_alone_are_pointed_at() {
    let text = "So: größe? How old are you, exactly?";
    let found: Vec<&str> = topics(text)
        .iter()
        .map(|(words, _)| &text[words.start..words.end])
        .collect();
    assert_eq!(found, ["How old are you"]);
}
