//! Tables for other programs.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use intervy::report::tables::Table;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::harness::{Project, good_question, project_file};
use crate::report::world::World;

fn world() -> Project {
    World::new(&[("a", "databases"), ("b", "caching")])
        .card("C-1", "ana", "submitted", "4n")
        .card("C-1", "ben", "submitted", "2-")
        .card("C-2", "ana", "submitted", "5.")
        .card("C-2", "ben", "draft", "1.")
        .project
}

fn table(project: &Project, words: &str) -> Vec<String> {
    let run = project.line(&format!("report export --interviews interviews {words}"));
    let run = run.good();
    run.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn ratings_are_of_settled_candidates() {
    let rows = table(&world(), "--table ratings");
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows[1].starts_with("C-1,s-1,ana,a,sha256:"), "{}", rows[1]);
    assert!(
        rows[1].ends_with(",databases,,,,2026-03-02,1,quick,quick,3,,true,4,,,false"),
        "{}",
        rows[1]
    );
    // Not rated, and not asked.
    assert!(rows[2].ends_with(",true,,,,false"), "{}", rows[2]);
    assert!(rows[4].ends_with(",false,,,,false"), "{}", rows[4]);
}

/// Who has a scorecard is told, nothing of what is in it.
#[test]
fn scorecards_of_others_say_nothing_before_all_are_handed_in() {
    let rows = table(&world(), "--table scorecards");
    assert_eq!(
        rows[3..],
        [
            "C-2,s-1,ana,2026-03-02,submitted,false,,,,,,",
            "C-2,s-1,ben,2026-03-02,draft,false,,,,,,"
        ]
    );
    assert!(
        rows[1].starts_with("C-1,s-1,ana,2026-03-02,submitted,true,2026-03-02T18:00:00Z,,3,,0,0")
    );
    let run = world().line("report export --interviews interviews --table scorecards");
    assert!(
        run.stderr
            .contains("the scores of 1 candidate are left out"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_exported_is_what_is_reported() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/season/interviews");
    let project = Project::empty();
    let folder = examples.to_str().unwrap();
    project
        .run(&[
            "report",
            "export",
            "--interviews",
            folder,
            "--table",
            "ratings",
            "-o",
            "r.csv",
        ])
        .good();
    for report in ["questions", "interviewers", "compare"] {
        let of = |source: [&str; 2]| {
            let words = ["report", report, source[0], source[1], "--format", "json"];
            let text = project.run(&words).good().stdout;
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            // A table does not know who is left out.
            value["of"]["candidates_with_drafts"] = 0.into();
            value
        };
        assert_eq!(
            of(["--interviews", folder]),
            of(["--from", "r.csv"]),
            "{report}"
        );
    }
}

#[test]
fn the_forms_hold_the_same() {
    let project = world();
    for form in ["csv", "jsonl", "parquet"] {
        let words =
            format!("report export --interviews interviews --out-dir {form} --format {form}");
        let run = project.line(&words).good();
        assert!(run.stderr.contains("wrote 6 tables to"), "{}", run.stderr);
    }
    for table in Table::ALL {
        let name = table.name();
        let text = project.read(&format!("csv/{name}.csv"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        assert_eq!(header, names);
        let lines = project.read(&format!("jsonl/{name}.jsonl"));
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), rows.len(), "{name}");
        let file = std::fs::File::open(project.path(&format!("parquet/{name}.parquet"))).unwrap();
        let columns = SerializedFileReader::new(file).unwrap();
        let of_parquet: Vec<_> = columns
            .get_row_iter(None)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(of_parquet.len(), rows.len(), "{name}");
        for ((row, line), typed) in rows.iter().zip(&lines).zip(&of_parquet) {
            for ((at, (cell, (column, typed))), known) in row
                .iter()
                .zip(typed.get_column_iter())
                .enumerate()
                .zip(table.columns())
            {
                assert_eq!(column, known.name);
                let value = &line[known.name];
                let plain = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let plain = if value.is_null() {
                    String::new()
                } else {
                    plain
                };
                assert_eq!(plain, *cell, "{name} {column} {at}");
                let shown = typed.to_string();
                let shown = shown.trim_matches('"');
                let same = match known.kind {
                    _ if cell.is_empty() => shown == "null",
                    intervy::model::table::Kind::Moment => {
                        // Parquet's reader has a blank where the others have a T.
                        shown.starts_with(&cell.trim_end_matches('Z').replace('T', " "))
                    }
                    _ => shown == cell,
                };
                assert!(same, "{name} {column}: {shown} for {cell}");
            }
        }
    }
}

#[test]
fn the_same_interviews_give_the_same_bytes() {
    let project = world();
    for folder in ["one", "two"] {
        let words = format!("report export --interviews interviews --out-dir {folder}");
        project.line(&words).good();
    }
    for table in Table::ALL {
        let bytes = |folder: &str| {
            let path = format!("{folder}/{}.parquet", table.name());
            std::fs::read(project.path(&path)).unwrap()
        };
        assert_eq!(bytes("one"), bytes("two"));
    }
}

#[test]
fn formulas_are_texts_in_csv_alone() {
    let question = good_question("databases", "3");
    let title = question
        .lines()
        .find(|line| line.starts_with("title:"))
        .unwrap()
        .to_owned();
    let project = world().file(
        "questions/databases/x.md",
        question.replace(&title, "title: \"=1+1\""),
    );
    let of_question = |words: &str| {
        let rows = table(&project, &format!("--table questions {words}"));
        rows.into_iter().find(|row| row.contains("=1+1")).unwrap()
    };
    assert!(of_question("").starts_with("x,'=1+1,"));
    assert!(of_question("--format jsonl").contains("\"title\":\"=1+1\""));
}

#[test]
fn tables_are_not_written_where_they_do_not_belong() {
    let project = world();
    let before = project.read("interviews/C-1/s-1/ana.toml");
    for (words, expected) in [
        ("", "6 tables are more than one file"),
        ("--table ratings --format parquet -o x.toml", ""),
        ("--table ratings -o x.toml", "cannot write `.toml` files"),
        (
            "--out-dir interviews/tables",
            "is in the folder of the interviews",
        ),
        (
            "--table ratings --format csv -o interviews/C-1/s-1/ana.toml",
            "is in the folder of the interviews already",
        ),
        ("--out-dir x -o y", "cannot be used with"),
        ("--table rating", "invalid value 'rating'"),
    ] {
        let run = project.line(&format!("report export --interviews interviews {words}"));
        if expected.is_empty() {
            run.good();
        } else {
            let run = run.ended(2);
            assert!(run.stderr.contains(expected), "{words}: {}", run.stderr);
            assert_eq!(run.stdout, "", "{words}");
        }
    }
    assert_eq!(project.read("interviews/C-1/s-1/ana.toml"), before);
    assert!(!project.path("interviews/tables").exists());
    std::fs::create_dir(project.path(".git")).unwrap();
    let run = project
        .line("report export --interviews interviews --out-dir new/season")
        .ended(2);
    assert!(
        run.stderr.contains("is in the bank's git repository"),
        "{}",
        run.stderr
    );
    project
        .line("report export --interviews interviews --out-dir new/season --force")
        .good();
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let project = Project::empty();
    for format in ["csv", "jsonl", "parquet"] {
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/season/interviews");
        let program = env!("CARGO_BIN_EXE_intervy");
        let words = format!(
            "{program} report export --interviews {examples} --table ratings --format {format}"
        );
        let run = Command::new("bash")
            .args([
                "-c",
                &format!("{words} | head -c 1; exit ${{PIPESTATUS[0]}}"),
            ])
            .current_dir(project.path("."))
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(
            run.status.success() && !stderr.contains("error"),
            "{format}: {stderr}"
        );
    }
}

/// The page has every column, with its type and its meaning.
#[test]
fn the_page_of_tables_is_that_of_the_program() {
    let mut expected = String::new();
    for table in Table::ALL {
        write!(
            expected,
            "### `{}`\n\nA row is {}.\n\n",
            table.name(),
            table.row_is()
        )
        .unwrap();
        expected.push_str("| column | type | |\n| --- | --- | --- |\n");
        for column in table.columns() {
            let (name, kind) = (column.name, column.kind.name());
            writeln!(expected, "| `{name}` | {kind} | {} |", column.meaning).unwrap();
        }
        expected.push('\n');
    }
    let page = project_file("docs/export.md");
    let (before, rest) = page.split_once("## The tables\n\n").unwrap();
    let (_, after) = rest.split_once("Columns may be added").unwrap();
    let now = format!("{before}## The tables\n\n{expected}Columns may be added{after}");
    if std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/export.md"), &now).unwrap();
    } else {
        snapbox::assert_data_eq!(now, snapbox::Data::from(page).raw());
    }
}

/// The queries of docs/sql in `DuckDB` and Spark, beside the reports.
#[test]
fn the_reports_as_sql_tell_the_same() {
    let python =
        std::env::var_os("INTERVY_VALIDATORS").map(|folder| Path::new(&folder).join("bin/python"));
    let Some(python) = python else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs INTERVY_VALIDATORS"
        );
        eprintln!(
            "skipped: DuckDB and Spark; .ci/validators installs them, INTERVY_VALIDATORS is its folder"
        );
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new(python)
        .arg(root.join("scripts/compare_sql.py"))
        .args(["--intervy", env!("CARGO_BIN_EXE_intervy"), "--interviews"])
        .arg(root.join("examples/season/interviews"))
        .arg("--bank")
        .arg(root.join("bank"))
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&run.stdout);
    let stderr = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{stdout}\n{stderr}");
    for engine in ["duckdb", "spark"] {
        for report in ["questions", "interviewers", "compare", "bank", "candidates"] {
            let line = format!("{engine}: {report}: ");
            assert!(stdout.contains(&line), "{line}\n{stdout}\n{stderr}");
        }
    }
}
