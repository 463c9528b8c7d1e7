"""tokens: access tokens checked per second of one core's time: seen before, never seen, and the bare signature.

A token that was seen costs a look-up; one that was not should cost little more than its signature.
"""

import json
import subprocess

from report import Report, median, progress

# Of tokens seen before, and of the bare signature's rate that is left for those never seen.
CACHED, SHARE = 500_000, 0.9


def main(build, options):
    binary = build.swift("bench-tokens")
    rates = {}
    for turn in range(options.rounds):
        progress(f"round {turn + 1}/{options.rounds}")
        lines = subprocess.run([binary, "--seconds", str(options.seconds)], check=True, capture_output=True, text=True)
        for row in map(json.loads, lines.stdout.splitlines()):
            rates.setdefault(row["kind"], []).append(row["per_second"])
    report = Report("tokens", options.json)
    signature = median(rates["signature"])
    reached = {"cached": median(rates["cached"]) >= CACHED, "uncached": median(rates["uncached"]) >= SHARE * signature}
    for kind, figures in rates.items():
        rate = median(figures)
        report.add(kind=kind, per_second=int(rate), against_signature=round(rate / signature, 2),
                   reached={True: "yes", False: "no"}.get(reached.get(kind), ""))
    report.table(["kind", "per_second", "against_signature", "reached"])
