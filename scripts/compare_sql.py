#!/usr/bin/env python3
"""Runs the reports of docs/sql in DuckDB, and in Spark where there is Java, and compares them with `intervy report`.

    pip install duckdb pyspark
    scripts/compare_sql.py --interviews examples/season/interviews

Ends with 0 if every figure is the same to 1e-8, with 1 otherwise.
"""

import argparse
import datetime
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

SQL = pathlib.Path(__file__).resolve().parent.parent / "docs" / "sql"
TABLES = ["questions", "screens", "screen_questions", "screen_weights", "scorecards", "ratings"]
TOLERANCE = 1e-8


def main():
    flags = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    flags.add_argument("--interviews", required=True, help="the folder of the interviews")
    flags.add_argument("--bank", help="the bank [default: as intervy finds it]")
    flags.add_argument("--intervy", default="intervy", help="the program")
    flags.add_argument("--engine", action="append", choices=["duckdb", "spark"], help="[default: all that are there]")
    flags.add_argument("--format", default="parquet", choices=["parquet", "csv", "jsonl"], help="of the tables")
    flags = flags.parse_args()
    intervy = Intervy(flags)
    engines = flags.engine or ["duckdb"] + (["spark"] if shutil.which("java") else [])
    if not flags.engine and "spark" not in engines:
        print("Spark is left out: there is no Java", file=sys.stderr)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        intervy.run("report", "export", "--out-dir", folder, "--format", flags.format)
        for engine in engines:
            database = {"duckdb": DuckDb, "spark": Spark}[engine](folder, flags.format)
            for report in REPORTS:
                problems, figures = report(intervy, database)
                failed = failed or bool(problems)
                print(f"{engine}: {report.__name__}: {figures} figures, {len(problems)} differ")
                for problem in problems[:10]:
                    print(f"  {problem}")
            database.close()
    return 1 if failed else 0


class Intervy:
    """The program."""

    def __init__(self, flags):
        self.command = [flags.intervy] + (["--bank", flags.bank] if flags.bank else [])
        self.interviews = flags.interviews

    def run(self, *words):
        run = subprocess.run(
            [*self.command, *words, "--interviews", self.interviews],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )
        if run.returncode != 0:
            sys.exit(f"{' '.join(words)}: {run.stderr}")
        return run.stdout

    def report(self, *words):
        return json.loads(self.run("report", *words, "--format", "json"))


class DuckDb:
    """DuckDB on the tables."""

    def __init__(self, folder, ending):
        import duckdb

        self.connection = duckdb.connect()
        for table in TABLES:
            self.connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{folder}/{table}.{ending}'")

    def query(self, text):
        cursor = self.connection.execute(text)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    def close(self):
        self.connection.close()


class Spark:
    """Spark SQL on the tables."""

    def __init__(self, folder, ending):
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        # Small tables: two hundred tasks for each step would take minutes.
        builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.log.level", "ERROR")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        self.session = builder.getOrCreate()
        reader = self.session.read
        for table in TABLES:
            path = f"{folder}/{table}.{ending}"
            if ending == "parquet":
                frame = reader.parquet(path)
            elif ending == "csv":
                frame = reader.csv(path, header=True, inferSchema=True)
            else:
                frame = reader.json(path)
            frame.createOrReplaceTempView(table)

    def query(self, text):
        return [row.asDict() for row in self.session.sql(text).collect()]

    def close(self):
        self.session.stop()


def rows(database, name):
    return database.query((SQL / f"{name}.sql").read_text(encoding="utf-8"))


class Compared:
    """Figures beside each other."""

    def __init__(self):
        self.problems = []
        self.figures = 0

    def same(self, where, ours, theirs):
        """A figure of the report, or its value, beside a cell."""
        self.figures += 1
        if isinstance(ours, dict):
            ours = ours["value"]
        if isinstance(theirs, datetime.date):
            theirs = theirs.isoformat()
        if isinstance(ours, (int, float)) and theirs is not None and not isinstance(theirs, str):
            if math.isclose(float(ours), float(theirs), rel_tol=TOLERANCE, abs_tol=TOLERANCE):
                return
        elif ours == theirs:
            return
        self.problems.append(f"{where}: {ours} in the report, {theirs} by SQL")

    def error(self, where, figure, theirs):
        """The standard error of a figure; the report has none where nothing varies."""
        ours = figure.get("standard_error")
        if ours is None and theirs is not None and float(theirs) < TOLERANCE:
            theirs = None
        self.same(f"{where} error", ours, theirs)

    def keyed(self, where, ours, theirs, key, other_key):
        """Rows of both with the same key, once neither has any that the other has not."""
        ours = {key(row): row for row in ours}
        theirs = {other_key(row): row for row in theirs}
        self.same(f"{where} rows", sorted(map(str, ours)), sorted(map(str, theirs)))
        return [(name, row, theirs[name]) for name, row in ours.items() if name in theirs]

    def result(self):
        return self.problems, self.figures


def questions(intervy, database):
    compared = Compared()
    ours = intervy.report("questions")["questions"]
    theirs = rows(database, "questions")
    for name, row, cells in compared.keyed("questions", ours, theirs, lambda r: r["id"], lambda r: r["question"]):
        for column in [
            "title", "status", "uses", "asked", "not_asked", "exposure", "ratings", "mean", "spread", "floor", "ceiling",
            "item_rest", "minutes", "planned_minutes", "versions",
        ]:
            compared.same(f"{name} {column}", row[column], cells[column])
        compared.error(f"{name} mean", row["mean"], cells["mean_error"])
        compared.same(f"{name} item_rest n", row["item_rest"]["n"], cells["item_rest_n"])
        compared.same(f"{name} minutes n", row["minutes"]["n"], cells["minutes_n"])
    return compared.result()


def interviewers(intervy, database):
    compared = Compared()
    report = intervy.report("interviewers")
    theirs = rows(database, "interviewers")
    both = compared.keyed("interviewers", report["interviewers"], theirs, lambda r: r["id"], lambda r: r["interviewer"])
    for name, row, cells in both:
        for column in [
            "scorecards", "candidates", "ratings", "mean", "spread_ratio", "within_candidate", "threes", "asked", "as_deep",
            "pace",
        ]:
            compared.same(f"{name} {column}", row[column], cells[column])
        for column in ["mean", "pace"]:
            compared.error(f"{name} {column}", row[column], cells[f"{column}_error"])
        compared.same(f"{name} within n", row["within_candidate"]["n"], cells["within_candidate_n"])
    [cells] = rows(database, "agreement")
    for column in ["candidates", "answers", "exact", "within_one", "alpha"]:
        compared.same(f"agreement {column}", report["agreement"][column], cells[column])
    both = compared.keyed(
        "pairs", report["pairs"], rows(database, "pairs"), lambda r: tuple(r["interviewers"]), lambda r: (r["first"], r["second"])
    )
    for name, row, cells in both:
        for column in ["candidates", "answers", "exact", "within_one", "kappa", "difference"]:
            compared.same(f"{name} {column}", row[column], cells[column])
        compared.error(f"{name} difference", row["difference"], cells["difference_error"])
    return compared.result()


def compare(intervy, database):
    compared = Compared()
    theirs = rows(database, "compare")
    for by in ["month", "loop", "round", "blueprint", "category"]:
        ours = intervy.report("compare", "--by", by)["groups"]
        own = [row for row in theirs if row["grouping_by"] == by]
        for name, row, cells in compared.keyed(by, ours, own, lambda r: r["group"], lambda r: r["group_name"]):
            for column in ["candidates", "scorecards", "ratings", "mean", "spread", "asked", "pace", "difference"]:
                compared.same(f"{by} {name} {column}", row[column], cells[column])
            for column in ["mean", "pace", "difference"]:
                compared.error(f"{by} {name} {column}", row[column], cells[f"{column}_error"])
    return compared.result()


def bank(intervy, database):
    compared = Compared()
    # Both count ages to the day of the database.
    [today] = database.query("SELECT current_date AS today")
    report = intervy.report("bank", "--as-of", today["today"].isoformat())
    ours = [row for row in report["categories"] if row["active"]]
    theirs = rows(database, "bank")
    for name, row, cells in compared.keyed("categories", ours, theirs, lambda r: r["category"], lambda r: r["category"]):
        flat = {**row, **row["difficulties"], **row["kinds"]}
        flat["quickest_minutes"], flat["deepest_minutes"] = row["minutes"]
        for column in cells:
            compared.same(f"{name} {column}", flat[column], cells[column])
    theirs = rows(database, "bank_questions")
    ours = report["questions"]
    for name, row, cells in compared.keyed("bank questions", ours, theirs, lambda r: r["id"], lambda r: r["question"]):
        for column in ["category", "status", "reviewed", "uses", "last_used"]:
            compared.same(f"{name} {column}", row[column], cells[column])
    return compared.result()


def candidates(intervy, database):
    compared = Compared()
    settled = database.query("SELECT DISTINCT candidate FROM scorecards WHERE settled ORDER BY candidate")
    means = {row["candidate"]: row for row in rows(database, "candidates")}
    dimensions = rows(database, "candidate_dimensions")
    differences = rows(database, "candidate_differences")
    for name in (row["candidate"] for row in settled):
        report = intervy.report("candidate", name)
        one_candidate(compared, name, report, means.get(name))
        own = [
            {**dimension, "screen": round_["screen"]}
            for round_ in report["rounds"] for dimension in round_["mean"]["dimensions"]
        ]
        theirs = [row for row in dimensions if row["candidate"] == name]
        key = lambda row: (row["screen"], row["dimension"])
        for place, row, cells in compared.keyed(f"{name} dimensions", own, theirs, key, key):
            for column in ["weight", "questions", "ratings", "mean"]:
                compared.same(f"{name} {place} {column}", row[column], cells[column])
        theirs = [row for row in differences if row["candidate"] == name]
        key = lambda row: (row["screen"], row["question"])
        for place, row, cells in compared.keyed(f"{name} differences", report["differences"], theirs, key, key):
            for column in ["apart", "apart_revised"]:
                compared.same(f"{name} {place} {column}", row[column], cells[column])
    return compared.result()


def one_candidate(compared, name, report, cells):
    mean, revised = report["mean"], report["revised_mean"]
    if cells is None:
        compared.same(f"{name} has no weighted mean", mean["weights_differ"] or mean["weight"] == 0, True)
        return
    compared.same(f"{name} mean", mean["mean"], cells["mean"])
    compared.same(f"{name} ratings", mean["mean"]["n"], cells["ratings"])
    for column in ["questions", "weight_answered", "weight"]:
        compared.same(f"{name} {column}", mean[column], cells[column])
    for column, end in zip(["possible_low", "possible_high"], mean["possible"] or [None, None]):
        compared.same(f"{name} {column}", end, cells[column])
    if revised is not None:
        compared.same(f"{name} revised mean", revised["mean"], cells["revised_mean"])


REPORTS = [questions, interviewers, compare, bank, candidates]

if __name__ == "__main__":
    sys.exit(main())
