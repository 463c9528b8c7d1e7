"""getcase: GetCase through the TLS gateway, beside pgbench reading the same rows; memory of each service."""

import json

import processes
import system
from load import string_field
from report import Report, median, progress

PATH = "/vigil.cases.v1.CaseService/GetCase"
STREAMS = (1, 10, 50)


def main(build, options):
    report = Report("getcase", options.json)
    with system.running(build) as vigil:
        names = [case["name"] for case in json.loads(vigil.vigil("cases", "list", "--all", "--format", "json"))]
        idle(report, vigil)
        messages = [string_field(1, name) for name in names]
        progress(f"{len(names)} cases on record")
        script = point_read(vigil)
        pgbench, calls = [], {streams: [] for streams in STREAMS}
        for turn in range(options.rounds):
            progress(f"round {turn + 1}/{options.rounds}")
            pgbench.append(vigil.pgbench(script, options.seconds))
            for streams in STREAMS:
                calls[streams].append(
                    system.load(build, vigil, PATH, messages, streams=streams, seconds=options.seconds))
        base = median(pgbench)
        report.add(client="pgbench -S, same rows", connections=8, per_second=int(base))
        for streams, figures in calls.items():
            rate = median([each["requests_per_second"] for each in figures])
            report.add(client="GetCase", connections=4, streams=streams, per_second=int(rate),
                       p50_us=median([each["p50_us"] for each in figures]),
                       p99_us=median([each["p99_us"] for each in figures]), against_pgbench=round(rate / base, 3))
        for name, pid in vigil.pids().items():
            report.add(service=name, state="after load", rss_mb=processes.memory([pid]))
    report.table(["client", "service", "state", "connections", "streams", "per_second", "p50_us", "p99_us",
                  "against_pgbench", "rss_mb"])


def idle(report, vigil):
    system.settle()
    for name, pid in vigil.pids().items():
        report.add(service=name, state="idle", rss_mb=processes.memory([pid]))


def point_read(vigil):
    """What pgbench -S does, one row by primary key, on the register's own rows: any case, by its id.

    pgbench has no variables for uuids, so the ids are an array in the statement, which is prepared once; picking one of
    it costs the server nothing to speak of.
    """
    ids = vigil.sql("SELECT id FROM cases ORDER BY id")
    return f"""\\set n random(1, {len(ids)})
SELECT * FROM cases WHERE id = ('{{{",".join(ids)}}}'::uuid[])[:n];
"""
