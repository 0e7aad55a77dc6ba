//! Managing scorecards: lists and checks that show no score, copies, retention, removal.

use std::fs;

use super::{COMPLETE, project};
use crate::harness::{Project, Run};

mod asked;
mod check;
mod export;
mod given_back;
mod interrupted;
mod list;
mod purge;
mod removal_log;

/// Words that only a scorecard's notes and reasons have.
const SECRETS: [&str; 3] = ["Zanzibar", "Quixotic", "Farthingale"];

/// `intervy --bank bank score …`
fn manage(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--bank", "bank", "score"], arguments].concat())
}

/// Scores of one interviewer for one candidate.
fn fill(project: &Project, candidate: &str, interviewer: &str, more: &[&str]) -> Run {
    let own = ["s", "--candidate", candidate, "--interviewer", interviewer];
    manage(project, &[&own, more].concat())
}

/// A folder with a scorecard that is handed in, and a draft.
fn filled() -> Project {
    let project = project();
    let submitted = [
        &COMPLETE[..8],
        &["--note", "one=Zanzibar", "--note", "two=Quixotic"],
        &["--reason", "Farthingale", "--submit"],
    ];
    fill(&project, "C-1", "ben", &submitted.concat()).good();
    fill(&project, "C-1", "ana", &["--set", "one=5"]).good();
    project
}

/// The folder of the only screen of a candidate.
fn screen_folder(project: &Project, candidate: &str) -> String {
    let folder = fs::read_dir(project.path(&format!("interviews/{candidate}"))).unwrap();
    let mut names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = names.find(|name| !name.contains('.')).unwrap();
    format!("interviews/{candidate}/{name}")
}

/// Every file below a folder, with its bytes.
fn snapshot(project: &Project, folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut open = vec![project.path(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).unwrap_or_default();
                found.push((path.display().to_string(), bytes));
            }
        }
    }
    found.sort();
    found
}
