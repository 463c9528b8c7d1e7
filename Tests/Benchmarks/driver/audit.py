"""audit: records into the log of access control, and proofs from it, over a PostgreSQL of its own.

`append` fills the log with records that are ready, so it is the log alone: hashing, tree, entries, signed heads. `relay`
writes records into an outbox, as a service does, and brings them into the log at the same time. `trail` is what a read pays
for being recorded: callers that wait until their record is durable. `inclusion` makes and checks proofs for entries here and
there in the full log, one after the other: what one takes, in microseconds.

All of it runs in one process, with the database on the same two cores; a service brings its records over gRPC, in calls of
thousands.
"""

import json
import subprocess

import cluster
from report import Report, progress

TARGETS = {"append": 20_000, "relay": 20_000}


def main(build, options):
    report = Report("audit", options.json)
    with cluster.running(build) as server:
        progress(f"a log of {options.entries:,} entries")
        command = [build.swift("bench-audit"), "--url", server.url, "--entries", options.entries,
                   "--seconds", options.seconds * options.rounds]
        process = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True)
        for line in process.stdout.splitlines():
            row = json.loads(line)
            kind = row["kind"]
            if kind in TARGETS:
                row["reached"] = "yes" if row["per_second"] >= TARGETS[kind] else "no"
            if kind == "inclusion":
                row["reached"] = "yes" if row["p99_us"] <= 1000 else "no"
            report.add(**row)
    report.table(["kind", "entries", "callers", "per_second", "mean_us", "p50_us", "p99_us", "reached"])
