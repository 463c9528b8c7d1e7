"""import: the UN fatalities publication through the CLI and the gateway, into an empty and a full register."""

import time

import system
from report import Report, median, progress


def main(build, options):
    report = Report("import", options.json)
    rows = sum(1 for _ in system.SAMPLE.open(encoding="utf-8")) - 1
    with system.running(build) as vigil:
        seconds = []
        for turn in range(options.rounds):
            progress(f"round {turn + 1}/{options.rounds}: the same file again")
            began = time.monotonic()
            vigil.vigil("import", "un-fatalities", system.SAMPLE, "--publication-date", "2025-04-04")
            seconds.append(time.monotonic() - began)
        report.add(what="re-import, all unchanged", rows=rows, seconds=round(median(seconds), 3),
                   rows_per_second=int(rows / median(seconds)))
    report.table(["what", "rows", "seconds", "rows_per_second"])
