#!/usr/bin/env python3
"""Validates all documents of a folder, and writes a table: findings by rule, seconds and memory.

    measure_documents.py FOLDER TABLE.tsv [--steward PROGRAM] [--jobs 2] [--limit SECONDS] [-- ARGUMENTS]

A document is a file that ends in .json, .yaml or .yml and has the key `openapi` or `swagger` near its beginning. The arguments after
`--` go to `validate`, such as `--for generate`. The documents are read where they are, and nothing of them is kept but the table.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

HEAD = re.compile(rb"""^\s*["']?(openapi|swagger)["']?\s*:""", re.MULTILINE)
COLUMNS = "document bytes exit errors generator advice places seconds peak_bytes peak/size findings".split()


def documents(folder):
    for parent, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(parent, name)
            if name.endswith((".json", ".yaml", ".yml")):
                with open(path, "rb") as file:
                    if HEAD.search(file.read(100_000).replace(b"{", b"{\n").replace(b",", b",\n")):
                        yield path


def measure(path, arguments):
    command = [arguments.steward, "validate", path, "--format", "json", *arguments.rest]
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        output, errors = child.communicate(timeout=arguments.limit)
        ended = str(child.returncode)
    except subprocess.TimeoutExpired:
        child.kill()
        output, errors = child.communicate()
        ended = "timeout"
    seconds = time.monotonic() - started
    if b"panicked" in errors:
        ended = "panic"
    try:
        findings = json.loads(output)
    except ValueError:
        findings = []
    return ended, findings, seconds


def peak(path, arguments):
    """The peak memory of one more run, which /usr/bin/time measures; empty without it."""
    command = ["/usr/bin/time", "-f", "%M", arguments.steward, "validate", path, "--format", "json", *arguments.rest]
    try:
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=arguments.limit)
        return int(run.stderr.split()[-1]) * 1024
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        return None


def row(folder, path, arguments):
    ended, findings, seconds = measure(path, arguments)
    memory, size = peak(path, arguments), os.path.getsize(path)
    classes = collections.Counter(finding["class"] for finding in findings)
    rules = collections.Counter(finding["rule"] for finding in findings)
    return [
        os.path.relpath(path, folder), size, ended, classes["error"], classes["generator"], classes["advice"],
        sum(1 + len(finding["places"]) for finding in findings), f"{seconds:.2f}", memory or "",
        f"{memory / max(size, 1):.0f}" if memory else "",
        " ".join(f"{rule}={number}" for rule, number in rules.most_common()),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("table")
    parser.add_argument("--steward", default="openapi-steward")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=float, default=60, help="seconds for one document")
    own, rest = sys.argv[1:], []
    if "--" in own:
        own, rest = own[: own.index("--")], own[own.index("--") + 1 :]
    arguments = parser.parse_args(own)
    arguments.rest = rest
    with ThreadPoolExecutor(arguments.jobs) as pool:
        rows = list(pool.map(lambda path: row(arguments.folder, path, arguments), documents(arguments.folder)))
    with open(arguments.table, "w", encoding="utf-8") as table:
        table.write("\t".join(COLUMNS) + "\n")
        table.writelines("\t".join(map(str, cells)) + "\n" for cells in rows)
    ends = collections.Counter(cells[2] for cells in rows)
    print(f"{len(rows)} documents; exit codes: {', '.join(f'{code}: {number}' for code, number in sorted(ends.items()))}")


if __name__ == "__main__":
    main()
