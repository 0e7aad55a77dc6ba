//! Picks from the shipped bank, and the command around them.

use std::collections::BTreeSet;

use intervy::model::bank::Bank;
use intervy::model::screen::Screen;
use intervy::pick::exact::Limits;
use intervy::pick::pick;
use intervy::pick::request::{PickRequest, Wishes};

use crate::harness::{Project, shipped};
use crate::oracle::{asked, check};

fn wishes(categories: u32, minutes: u32, seed: u64) -> Wishes {
    let mut wishes = Wishes {
        minutes: Some(minutes),
        seed,
        ..Wishes::default()
    };
    wishes.constraints.min_categories = Some(categories);
    wishes
}

#[test]
fn every_seed_keeps_every_constraint_and_fills_the_slot() {
    let bank = shipped();
    for seed in 0..40 {
        let request = PickRequest::resolve(&bank, None, &wishes(4, 30, seed)).unwrap();
        let screen = pick(&bank, &request, &Limits::default()).unwrap();
        assert_eq!(check(&request, &asked(&bank, &request, &screen)), Ok(()));
        assert_eq!(screen.verdict.objectives[0].value, 0, "seed {seed}");
    }
}

#[test]
fn every_shipped_blueprint_gives_a_full_screen() {
    let bank = shipped();
    assert!(bank.blueprints.len() >= 2);
    for blueprint in &bank.blueprints {
        let request = PickRequest::resolve(&bank, Some(blueprint), &Wishes::default()).unwrap();
        let screen = pick(&bank, &request, &Limits::default())
            .unwrap_or_else(|_| panic!("{}", blueprint.name));
        assert_eq!(check(&request, &asked(&bank, &request, &screen)), Ok(()));
        let unused = screen.verdict.objectives[0].value;
        assert!(unused <= 1, "{} leaves {unused} minutes", blueprint.name);
    }
}

#[test]
fn the_two_formats_minute_by_minute() {
    let bank = shipped();
    let screen = |name: &str| {
        let blueprint = bank.blueprint(name).unwrap();
        let request = PickRequest::resolve(&bank, Some(blueprint), &Wishes::default()).unwrap();
        pick(&bank, &request, &Limits::default()).unwrap()
    };
    let timeline = |screen: &Screen| -> Vec<(u32, u32)> {
        screen
            .segments
            .iter()
            .map(|segment| (segment.start_minute, segment.minutes))
            .collect()
    };
    let short = screen("backend-30");
    assert_eq!(
        (short.minutes, short.intro_minutes, short.closing_minutes),
        (30, 2, 2)
    );
    assert_eq!(timeline(&short), [(2, 8), (10, 12), (22, 6)]);
    assert_eq!(short.questions.len(), 5);
    assert!(["when-to-index", "n-plus-one-query"].contains(&short.questions[3].id.as_str()));
    let long = screen("backend-60");
    assert_eq!(
        (long.minutes, long.intro_minutes, long.closing_minutes),
        (60, 0, 5)
    );
    assert_eq!(timeline(&long), [(0, 5), (5, 20), (25, 20), (45, 10)]);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_screen() {
    let project = Project::empty();
    let toml = |seed: &str| {
        let arguments = [
            "pick",
            "--categories",
            "4",
            "--minutes",
            "30",
            "--seed",
            seed,
            "--format",
            "toml",
        ];
        project.run(&arguments).good().stdout
    };
    assert_eq!(toml("7"), toml("7"));
    let different: BTreeSet<String> = (0..8).map(|seed| toml(&seed.to_string())).collect();
    assert!(different.len() > 6);
}

#[test]
fn toml_and_json_share_one_shape() {
    let project = Project::empty();
    let pick = |format: &str| {
        project
            .run(&[
                "pick",
                "--blueprint",
                "backend-30",
                "--seed",
                "3",
                "--format",
                format,
            ])
            .good()
            .stdout
    };
    let json: serde_json::Value = serde_json::from_str(&pick("json")).unwrap();
    let toml: toml::Table = pick("toml").parse().unwrap();
    assert_eq!(serde_json::to_value(&toml).unwrap(), json);
    let question = json["questions"][0].as_object().unwrap();
    for key in [
        "id",
        "title",
        "category",
        "difficulty",
        "segment",
        "mode",
        "minutes",
        "start_minute",
        "hash",
    ] {
        assert!(question.contains_key(key), "{key}");
    }
    assert_eq!(json["verdict"]["status"], "optimal");
    assert_eq!(json["weights"].as_array().unwrap().len(), 5);
    assert_eq!(json["scale"].as_array().unwrap().len(), 5);
}

#[test]
fn the_pinned_hash_is_what_sha256sum_prints() {
    use sha2::Digest;
    let project = Project::empty();
    project.run(&["init", "mine"]).good();
    let run = project
        .run(&["pick", "--bank", "mine", "--format", "json", "--seed", "1"])
        .good();
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for question in json["questions"].as_array().unwrap() {
        let path = format!(
            "mine/questions/{}/{}.md",
            question["category"].as_str().unwrap(),
            question["id"].as_str().unwrap()
        );
        let digest = sha2::Sha256::digest(project.read(&path));
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(question["hash"], format!("sha256:{digits}"));
    }
}

#[test]
fn an_impossible_request_names_the_nearest_possible() {
    let project = Project::bank()
        .question("databases", "a")
        .question("caching", "b")
        .question("security", "c");
    // Three categories at three quick minutes each, and four minutes around them: thirteen.
    let run = project
        .run(&["pick", "--categories", "3", "--minutes", "12"])
        .ended(1);
    assert!(run.stdout.is_empty());
    assert!(
        run.stderr.contains("no screen satisfies this request"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("nearest: 13 minutes would do"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("nearest: 2 categories would do"),
        "{}",
        run.stderr
    );
    project
        .run(&["pick", "--categories", "3", "--minutes", "13"])
        .good();
    project
        .run(&["pick", "--categories", "2", "--minutes", "12"])
        .good();
    let run = project
        .run(&["pick", "--categories", "4", "--minutes", "60"])
        .ended(1);
    assert!(
        run.stderr.contains("nearest: 3 categories would do"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("minutes would do"), "{}", run.stderr);
}

#[test]
fn a_blueprint_that_starves_says_which_segment() {
    let project = Project::bank()
        .question("databases", "a")
        .file(
            "blueprints/b.toml",
            "minutes = 30\n[[segments]]\ntitle = \"Data\"\nminutes = 10\ncategories = [\"databases\"]\n[[segments]]\ntitle = \"Safe\"\nminutes = 10\ncategories = [\"security\"]\n",
        );
    let run = project.run(&["pick", "--blueprint", "b"]).ended(1);
    assert!(
        run.stderr
            .contains("`Safe`: only of security (0 active questions suit)"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("`Data`"), "{}", run.stderr);
}

#[test]
fn segments_must_leave_room_for_intro_and_closing() {
    // The bank's defaults are two minutes each.
    let segment =
        |minutes: u32| format!("[[segments]]\ntitle = \"S{minutes}\"\nminutes = {minutes}\n");
    let project = Project::bank()
        .question("databases", "a")
        .question("caching", "b")
        .file(
            "blueprints/full.toml",
            format!("minutes = 30\n{}{}", segment(13), segment(14)),
        )
        .file(
            "blueprints/fits.toml",
            format!("minutes = 30\n{}{}", segment(12), segment(14)),
        )
        .file(
            "loops/l.toml",
            "[[rounds]]\ntitle = \"R\"\nminutes = 20\nblueprint = \"fits\"\n",
        );
    let expected = "30 minutes leave 26 for questions after 2 of intro and 2 of closing, but the segments take 27";
    let run = project.run(&["pick", "--blueprint", "full"]).ended(2);
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    project.run(&["pick", "--blueprint", "fits"]).good();
    let lint = project.run(&["lint"]).ended(1).stdout;
    assert!(
        lint.contains(expected) && lint.contains("blueprints/full.toml:1:11"),
        "{lint}"
    );
    assert!(
        lint.contains("the round has 20 minutes, but its blueprints take 30"),
        "{lint}"
    );
    assert!(!lint.contains("fits.toml"), "{lint}");
}

#[test]
fn a_blueprint_with_errors_is_not_called_missing() {
    let project = Project::bank()
        .question("databases", "a")
        .file("blueprints/b.toml", "minutes = \"30\"\n")
        .file("screens/s.toml", "[[questions]]\nid = 3\n");
    for arguments in [["pick", "--blueprint", "b"].as_slice(), &["render", "s"]] {
        let run = project.run(arguments).ended(2);
        assert!(run.stderr.contains("has 1 error"), "{}", run.stderr);
        assert!(run.stderr.contains(".toml:"), "{}", run.stderr);
    }
}

#[test]
fn only_known_endings_are_written() {
    let project = Project::empty();
    for arguments in [
        ["pick", "-o", "s.html"].as_slice(),
        &["render", "backend-developer", "-o", "p.docx"],
    ] {
        let run = project.run(arguments).ended(2);
        assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
    }
    assert!(!project.path("s.html").exists() && !project.path("p.docx").exists());
}

#[test]
fn names_that_are_not_there_get_a_suggestion() {
    let project = Project::empty();
    for (arguments, expected) in [
        (
            vec!["--blueprint", "backend-3"],
            "did you mean `backend-30`?",
        ),
        (vec!["--category", "databse"], "did you mean `databases`?"),
        (
            vec!["--include", "n-plus-one-quary"],
            "did you mean `n-plus-one-query`?",
        ),
        (vec!["--kind", "desing"], "did you mean `design`?"),
        (
            vec!["--difficulty", "expert"],
            "known: `easy`, `medium`, `hard`",
        ),
        (vec!["--tag", "kafka=1", "--tag", "kafka=2"], "`kafka=1..3`"),
        (vec!["--tag", "kafak"], "did you mean `kafka`?"),
        (vec!["--level", "senor"], "did you mean `senior`?"),
        (vec!["--minutes", "4"], "all taken by the intro"),
    ] {
        let mut all = vec!["pick"];
        all.extend(&arguments);
        let run = project.run(&all).ended(2);
        assert!(
            run.stderr.contains(expected),
            "{arguments:?}\n{}",
            run.stderr
        );
    }
}

#[test]
fn only_active_questions_are_picked() {
    let draft = |status: &str| {
        format!(
            "---\ntitle: A\ncategory: caching\ndifficulty: easy\nminutes: 6\nstatus: {status}\n---\nP\n"
        )
    };
    let project = Project::bank()
        .question("databases", "a")
        .file("questions/caching/draft.md", draft("draft"))
        .file("questions/caching/retired.md", draft("retired"));
    let run = project.run(&["pick", "--categories", "2"]).ended(1);
    assert!(
        run.stderr.contains("1 active question in 1 category"),
        "{}",
        run.stderr
    );
    let run = project.run(&["pick", "--include", "draft"]).ended(2);
    assert!(
        run.stderr.contains("the question `draft` is draft"),
        "{}",
        run.stderr
    );
}

/// A request for half an hour of four categories.
pub(crate) fn plain(bank: &Bank, seed: u64) -> PickRequest {
    PickRequest::resolve(bank, None, &wishes(4, 30, seed)).unwrap()
}

/// What a screen asks, by id.
pub(crate) fn ids(screen: &Screen) -> BTreeSet<&str> {
    let questions = screen.questions.iter();
    questions.map(|question| question.id.as_str()).collect()
}

/// A bank of ten questions in two categories.
pub(crate) fn ten() -> Project {
    (0..5).fold(Project::bank(), |project, index| {
        project
            .question("databases", &format!("d{index}"))
            .question("caching", &format!("c{index}"))
    })
}

/// A screen could not name it, so it would be refused by whoever scores it.
#[test]
fn a_question_whose_file_is_no_id_is_not_picked() {
    let project = Project::bank()
        .question("databases", "Odd_Name")
        .question("databases", "good");
    let run = project.line("pick --minutes 20 --seed 1 -o s.toml").good();
    assert!(!run.stdout.contains("Odd_Name"), "{}", run.stdout);
    let screen = project.read("s.toml");
    assert!(screen.contains("id = \"good\"") && !screen.contains("Odd_Name"));
    project.line("render s.toml -o p.html").good();
    let run = project
        .line("pick --minutes 20 --include Odd_Name -o t.toml")
        .ended(2);
    assert!(run.stderr.contains("Odd_Name"), "{}", run.stderr);
}
