"""Exports the rooms of a sandbox in each form, reads the files with DuckDB, and runs the queries of the documentation.

Usage: check.py PROGRAM. It prints a line for each check that passes, and exits with 1 at the first one that fails.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb

PROGRAM = str(Path(sys.argv[1]).resolve())
PAGE = Path(__file__).parents[2] / "crates" / "twilio-rooms-cli" / "docs" / "exports.md"
NOW = "2026-11-01T18:00:00Z"
READERS = {"ndjson": "read_json", "csv": "read_csv", "parquet": "read_parquet"}
TABLES = ["rooms", "participants", "recordings"]
COLUMNS = {
    "rooms": ["sid", "unique_name", "status", "type", "duration", "max_participants", "media_region", "audio_only"],
    "participants": ["sid", "room_sid", "identity", "status", "duration"],
    "recordings": ["sid", "room_sid", "status", "size", "duration", "codec"],
}


def check(description, actual, expected):
    if actual != expected:
        print(f"failed: {description}\n  {actual!r}\n  is not\n  {expected!r}")
        sys.exit(1)
    print(f"ok: {description}")


def start_sandbox():
    """Starts a sandbox, and puts its URL and credentials into the environment."""
    sandbox = subprocess.Popen([PROGRAM, "sandbox", "--rooms", "300", "--now", NOW], stdout=subprocess.PIPE, text=True)
    while len(variables := [name for name in os.environ if name.startswith("TWILIO_")]) < 3:
        line = sandbox.stdout.readline()
        if not line:
            sys.exit(f"the sandbox did not start; it set {variables}")
        if line.startswith("export "):
            name, value = line.removeprefix("export ").strip().split("=", 1)
            os.environ[name] = value
    return sandbox


def control(action, **form):
    with urlopen(f"{os.environ['TWILIO_ROOMS_BASE_URL']}/sandbox/{action}", urlencode(form).encode()):
        pass


def run(*arguments, now=NOW):
    command = [PROGRAM, *arguments, "--now", now]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def talk():
    """Two people talk in a room that is recorded."""
    control("clock", now="2026-11-01T16:00:00Z")
    run("rooms", "create", "--name", "Talk", "--record")
    for identity in ["alice", "bob"]:
        control("join", room="Talk", identity=identity)
        control("publish", room="Talk", participant=identity, kind="audio", name="microphone")
    control("clock", now="2026-11-01T16:30:00Z")
    control("leave", room="Talk", participant="bob")
    control("clock", now=NOW)


def api(*arguments):
    return [json.loads(line) for line in run(*arguments, "--output", "ndjson").splitlines()]


def expected_rows():
    """Everything of the span as the commands list it."""
    rooms = api("rooms", "list", "--status", "any", "--created-after", "2026-10-20T00:00:00Z", "--created-before", "2026-11-02T00:00:00Z")
    rows = {"rooms": rooms, "participants": [], "recordings": []}
    for room in rooms:
        if room["unique_name"] == "Talk":
            for status in ["connected", "disconnected"]:
                rows["participants"] += api("participants", "list", room["sid"], "--status", status)
            rows["recordings"] += api("recordings", "list", room["sid"])
    return rows


def check_form(form, folder, rows):
    for table in TABLES:
        columns = ", ".join(COLUMNS[table])
        source = f"{READERS[form]}('{folder}/{table}/*/*.{form}', hive_partitioning = true)"
        found = duckdb.sql(f"SELECT {columns} FROM {source} ORDER BY sid").fetchall()
        expected = sorted(tuple(row[column] for column in COLUMNS[table]) for row in rows[table])
        check(f"{form}: {len(expected)} {table} have the values of the API", found, expected)
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM {READERS[form]}('{folder}/rooms/*/*.{form}'))").fetchall())
    check(f"{form}: the day is a date", types["day"], "DATE")
    source = f"{READERS[form]}('{folder}/rooms/*/*.{form}', hive_partitioning = true)"
    wrong = duckdb.sql(f"SELECT sid FROM {source} WHERE left(date_created::TEXT, 10) != day::TEXT")
    check(f"{form}: each room is in the partition of its day", wrong.fetchall(), [])
    if form == "parquet":
        check("parquet: times have a zone", types["date_created"], "TIMESTAMP WITH TIME ZONE")


def check_queries(folder):
    """Runs the queries of the page in the folder of the export."""
    queries = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    check("the page has queries", len(queries), 3)
    os.chdir(folder)
    for query in queries:
        # Times with a zone would need one more package to be fetched.
        rows = duckdb.sql(f"SELECT COLUMNS(*)::TEXT FROM ({query.strip().removesuffix(';')})").fetchall()
        check(f"{len(rows)} rows of: {query.splitlines()[0]}", len(rows) > 0, True)
        if query == queries[0]:
            check("the first query counts the talk", [row[1:] for row in rows], [("us1", "1", "2", "150.0")])


def main():
    duckdb.sql("SET TimeZone = 'UTC'")
    sandbox = start_sandbox()
    try:
        talk()
        with tempfile.TemporaryDirectory() as folder:
            rows = expected_rows()
            span = ["--from", "2026-10-20", "--through", "2026-11-01"]
            for form in READERS:
                run("export", f"{folder}/{form}", "--format", form, *span)
                check_form(form, f"{folder}/{form}", rows)
            run("rooms", "complete", "Talk")
            rows = expected_rows()
            for form in READERS:
                run("export", f"{folder}/{form}", "--format", form, *span, now="2026-11-02T06:00:00Z")
                check_form(form, f"{folder}/{form}", rows)
            check_queries(f"{folder}/parquet")
    finally:
        sandbox.terminate()
        sandbox.wait()


main()
