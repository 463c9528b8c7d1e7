"""abuse: hostile clients against the gateway, and a well-behaved one beside each; the table in Tests/README.md."""

import build as building
from report import Report

COLUMNS = ["abuse", "limit", "kind", "counted", "quiet_p99_ms", "p99_ms", "ratio", "calls", "failures", "peak_mib"]
BEGIN, END = "<!-- abuse: written by deploy/bench abuse -->\n", "<!-- /abuse -->\n"


def main(build, options):
    table = build.directory / "abuse.tsv"
    table.write_text("")
    building.run(
        ["swift", "test", "--filter", "^AbuseTests\\."],
        environment={
            "VIGIL_ONLY_TESTS": "AbuseTests",
            "VIGIL_ABUSE_TABLE": str(table),
            "VIGIL_ABUSE_GATEWAY": str(build.swift("vigil-gateway")),
            "VIGIL_ABUSE_SECONDS": str(2 * options.seconds),
        })
    report = Report("abuse", options.json)
    for line in table.read_text().splitlines():
        report.add(**dict(zip(COLUMNS, line.split("\t"))))
    report.table(COLUMNS)
    write(report.rows, "A release build of the gateway")


def write(rows, what):
    """Puts the table, under what was measured, in its place in Tests/README.md."""
    readme = building.ROOT / "Tests" / "README.md"
    text = readme.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    lines = [f"{what}:", "",
             "| abuse | limit | counted as | offences | p99 quiet | p99 meanwhile | ratio | peak memory |",
             "|---|---|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        lines.append(
            f"| {row['abuse']} | {row['limit']} | `{row['kind']}` | {row['counted']} | {row['quiet_p99_ms']} ms "
            f"| {row['p99_ms']} ms | {row['ratio']} | {row['peak_mib']} MiB |")
    readme.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after)
