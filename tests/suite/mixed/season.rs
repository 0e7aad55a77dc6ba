//! A sparse season whose figures lme4 and least squares give.

/// Candidates with question/interviewer=score: a sparse season, made with known effects; figures of lme4 1.1-31.
const SEASON: [&str; 14] = [
    "c01 q03/i1=3 q03/i2=3 q06/i2=3 q10/i1=2 q10/i2=3 q11/i1=5 q11/i2=3 q12/i2=3",
    "c02 q04/i1=5 q04/i4=4 q05/i1=5 q05/i4=4 q06/i1=4 q06/i4=4 q08/i1=5 q08/i4=4 q12/i1=5 q12/i4=4",
    "c03 q01/i1=3 q01/i4=4 q05/i1=4 q05/i4=4 q08/i4=4 q10/i1=4 q10/i4=3 q12/i1=5 q12/i4=4",
    "c04 q01/i4=3 q01/i5=3 q03/i4=3 q03/i5=3 q04/i4=3 q04/i5=4 q05/i4=4 q05/i5=2 q08/i5=3",
    "c05 q01/i1=3 q02/i1=3 q02/i2=2 q04/i1=3 q04/i2=3 q10/i1=2 q10/i2=2 q11/i2=2",
    "c06 q04/i2=3 q04/i3=2 q05/i2=2 q05/i3=1 q09/i2=2 q09/i3=2 q10/i2=2 q10/i3=2 q11/i2=4 q11/i3=2",
    "c07 q02/i1=5 q03/i1=4 q03/i3=4 q05/i1=4 q05/i3=5 q06/i1=3 q06/i3=3 q10/i1=4 q10/i3=3",
    "c08 q01/i4=3 q01/i5=4 q04/i4=4 q04/i5=3 q09/i4=5 q09/i5=3 q10/i4=5 q10/i5=3 q12/i5=3",
    "c09 q04/i2=3 q04/i4=2 q09/i2=3 q09/i4=3 q10/i2=2 q10/i4=3 q11/i2=2 q11/i4=2 q12/i2=1 q12/i4=2",
    "c10 q03/i3=4 q03/i5=4 q04/i3=3 q04/i5=3 q06/i3=3 q06/i5=4 q07/i3=3 q07/i5=3 q12/i5=4",
    "c11 q01/i1=2 q01/i4=1 q08/i1=1 q09/i1=1 q09/i4=1 q11/i1=3 q11/i4=2 q12/i1=2 q12/i4=1",
    "c12 q01/i2=4 q01/i4=3 q04/i4=5 q06/i4=3 q07/i2=4 q07/i4=4 q09/i2=5 q09/i4=3",
    "c13 q04/i5=4 q07/i3=3 q07/i5=2 q08/i3=4 q10/i3=4 q10/i5=3",
    "c14 q03/i2=5 q06/i2=5 q06/i4=4 q10/i2=4 q10/i4=4 q11/i4=3 q12/i2=5 q12/i4=4",
];

/// Scores, and the names of candidates, questions and interviewers.
pub(super) fn season() -> (Vec<f64>, [Vec<&'static str>; 3]) {
    let mut scores = Vec::new();
    let mut names = [Vec::new(), Vec::new(), Vec::new()];
    for row in SEASON {
        let (candidate, ratings) = row.split_once(' ').unwrap();
        for rating in ratings.split(' ') {
            let (who, score) = rating.split_once('=').unwrap();
            let (question, interviewer) = who.split_once('/').unwrap();
            scores.push(score.parse().unwrap());
            for (names, name) in names.iter_mut().zip([candidate, question, interviewer]) {
                names.push(name);
            }
        }
    }
    (scores, names)
}
