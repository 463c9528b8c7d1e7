"""postgres: point reads and small writes through Shared/Postgres against pgbench, as many connections, same server."""

import json
import re
import subprocess

import cluster
from report import Report, median, progress

SCALE = 10
CONNECTIONS = 8
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
            runs = {"vigil": [], "pgbench": []}
            for turn in range(options.rounds):
                progress(f"round {turn + 1}/{options.rounds}: {kind}")
                runs["pgbench"].append(pgbench(server, kind, options.seconds))
                runs["vigil"].append(ours(build, server, kind, options.seconds))
            rates = {name: median(each) for name, each in runs.items()}
            for name, rate in rates.items():
                report.add(client=name, kind=kind, connections=CONNECTIONS, per_second=int(rate),
                           against_pgbench=round(rate / rates["pgbench"], 2))
    report.table(["client", "kind", "connections", "per_second", "against_pgbench"])


def pgbench(server, kind, seconds):
    how = ["-S"] if kind == "reads" else ["-f", server.script(WRITE), "-D", f"scale={SCALE}"]
    return transactions(server.run("pgbench", *how, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1",
                                   "-T", str(max(1, round(seconds)))))


def transactions(output):
    """pgbench's rate without the time to connect."""
    return float(re.search(r"tps = ([\d.]+) \(without initial connection time\)", output).group(1))


def ours(build, server, kind, seconds):
    command = [build.swift("bench-postgres"), "--url", server.url, "--kind", kind, "--seconds", str(seconds),
               "--connections", str(CONNECTIONS), "--rows", str(SCALE * 100_000)]
    output = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True,
                            timeout=seconds + 60).stdout
    return json.loads(output.splitlines()[-1])["per_second"]
