//! A small folder of interviews, written by hand.

use std::fmt::Write;

use crate::harness::Project;

/// The day of every interview.
pub(crate) const DAY: &str = "2026-03-02";

/// A folder with a bank and the interviews of one screen: `design` has weight 60, `coding` 30, `culture` 10.
pub(crate) struct World {
    pub(crate) project: Project,
    questions: Vec<(String, String)>,
}

impl World {
    /// Questions with their categories.
    pub(crate) fn new(questions: &[(&str, &str)]) -> Self {
        let own = |text: &&str| (*text).to_owned();
        Self {
            project: Project::bank(),
            questions: questions
                .iter()
                .map(|(id, category)| (own(id), own(category)))
                .collect(),
        }
    }

    fn screen(&self, candidate: &str, weights: &str) -> String {
        let mut text = format!(
            "schema = 1\nid = \"s-1\"\ntitle = \"Screen\"\nbank = \"Test\"\ncandidate = \"{candidate}\"\n\
             date = \"{DAY}\"\nminutes = 30\nintro_minutes = 2\nclosing_minutes = 2\n\n\
             [verdict]\nstatus = \"hand-ordered\"\n\n[constraints]\n\n{weights}"
        );
        for (score, label) in (1..).zip(["Strong No", "No", "Maybe", "Yes", "Strong Yes"]) {
            let score: u8 = score;
            write!(
                text,
                "\n[[scale]]\nscore = {score}\nlabel = \"{label}\"\nmeaning = \"M\"\n"
            )
            .unwrap();
        }
        text.push_str("\n[[segments]]\ntitle = \"All\"\nminutes = 26\nstart_minute = 2\n");
        for (at, (id, category)) in self.questions.iter().enumerate() {
            write!(
                text,
                "\n[[questions]]\nid = \"{id}\"\ntitle = \"About {id}\"\ncategory = \"{category}\"\ndifficulty = \"medium\"\n\
                 segment = \"All\"\nmode = \"quick\"\nminutes = 3\nstart_minute = {}\nhash = \"sha256:{:064}\"\n",
                2 + 3 * at,
                at
            )
            .unwrap();
        }
        text
    }

    /// Adds a scorecard: a letter a question, `1` to `5`, `-` not asked, `n` no rating, `.` nothing said.
    pub(crate) fn card(self, candidate: &str, who: &str, status: &str, answers: &str) -> Self {
        self.card_with(candidate, who, status, answers, "")
    }

    /// The same with more text at the end.
    pub(crate) fn card_with(
        self,
        candidate: &str,
        who: &str,
        status: &str,
        answers: &str,
        more: &str,
    ) -> Self {
        let mut text = format!(
            "schema = 1\nscreen = \"s-1\"\ncandidate = \"{candidate}\"\ninterviewer = \"{who}\"\ndate = \"{DAY}\"\n\
             status = \"{status}\"\n"
        );
        if status != "draft" {
            writeln!(text, "submitted_at = \"{DAY}T18:00:00Z\"").unwrap();
        }
        for ((id, _), answer) in self.questions.iter().zip(answers.chars()) {
            let said = match answer {
                '1'..='5' => {
                    format!("asked = true\nscore = {answer}\nnote = \"Note of {who} on {id}.\"\n")
                }
                '-' => "asked = false\n".to_owned(),
                'n' => "asked = true\nno_rating = true\n".to_owned(),
                _ => String::new(),
            };
            write!(text, "\n[[questions]]\nid = \"{id}\"\n{said}").unwrap();
        }
        if status != "draft" {
            text.push_str("\n[overall]\nscore = 3\nreason = \"R\"\n");
        }
        text.push_str(more);
        let screen = self.screen(candidate, WEIGHTS);
        let folder = format!("interviews/{candidate}/s-1");
        Self {
            project: self
                .project
                .file(&format!("{folder}/screen.toml"), screen)
                .file(&format!("{folder}/{who}.toml"), text),
            questions: self.questions,
        }
    }
}

const WEIGHTS: &str = "[[weights]]\ndimension = \"Design\"\nweight = 60\ncategories = [\"databases\"]\n\n\
    [[weights]]\ndimension = \"Coding\"\nweight = 30\ncategories = [\"caching\"]\n\n\
    [[weights]]\ndimension = \"Culture\"\nweight = 10\ncategories = [\"security\"]\n";
