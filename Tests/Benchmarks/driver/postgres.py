"""postgres: point reads and small writes through Shared/Postgres against pgbench, as many connections, same server.

`callers` is how many tasks, on event loops as the handlers of RPCs are, wait for the database at a time. The row with
as many callers as connections is pgbench's own situation and the one that the target is judged by; more callers are what
a loaded service has.
"""

import json
import re

import cluster
import processes
from report import Report, median, progress

SCALE = 10
CONNECTIONS = 8
CALLERS = (CONNECTIONS, 64, 256)
JUDGED = ("reads", CONNECTIONS)
WRITE = """\
\\set id random(1, 100000 * :scale)
UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :id;
"""


def main(build, options):
    report = Report("postgres", options.json)
    with cluster.running(build) as server:
        progress(f"pgbench -i -s {SCALE}")
        server.run("pgbench", "-i", "-q", "-s", str(SCALE))
        for kind in ("reads", "writes"):
            base, ours = [], {callers: [] for callers in CALLERS}
            for turn in range(options.rounds):
                progress(f"round {turn + 1}/{options.rounds}: {kind}")
                base.append(pgbench(server, kind, options.seconds))
                for callers, runs in ours.items():
                    runs.append(vigil(build, server, kind, callers, options.seconds))
            add(report, "pgbench", kind, CONNECTIONS, base, base)
            for callers, runs in ours.items():
                add(report, "vigil", kind, callers, runs, base, judged="*" if (kind, callers) == JUDGED else None)
    report.table(["client", "kind", "connections", "callers", "per_second", "cpu_us", "peak_rss_mb", "against_pgbench",
                  "judged"])


def add(report, client, kind, callers, runs, base, **more):
    """A row: the medians of the runs' rates, client CPU time for each transaction, and memory."""
    rate, cpu, memory = (median(figures) for figures in zip(*runs))
    report.add(client=client, kind=kind, connections=CONNECTIONS, callers=callers, per_second=int(rate),
               cpu_us=round(cpu, 1), peak_rss_mb=memory,
               against_pgbench=round(rate / median([run[0] for run in base]), 2), **more)


def pgbench(server, kind, seconds):
    how = ["-S"] if kind == "reads" else ["-f", server.script(WRITE), "-D", f"scale={SCALE}"]
    output, cpu, peak = processes.measured(
        server.command("pgbench", *how, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1",
                       "-T", str(max(1, round(seconds)))))
    # Without the time to connect.
    rate = float(re.search(r"tps = ([\d.]+) \(without initial connection time\)", output).group(1))
    count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
    return rate, cpu / count * 1e6, peak


def vigil(build, server, kind, callers, seconds):
    output, cpu, peak = processes.measured(
        [build.swift("bench-postgres"), "--url", server.url, "--kind", kind, "--seconds", seconds,
         "--connections", CONNECTIONS, "--rows", SCALE * 100_000, "--tasks", callers])
    figures = json.loads(output.splitlines()[-1])
    return figures["per_second"], cpu / figures["count"] * 1e6, peak
