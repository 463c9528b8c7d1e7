"""evidence: content uploaded and downloaded through the TLS gateway (--bytes N, 1 GiB), and stored and read by the store alone.

Of each call: the rate, what it took of the service's and the gateway's processor time, and the service's memory at its peak,
which must not grow with the content. Beside them `store` and `restore` are what digesting, sealing and the disk take in one
thread, without a network."""

import json
import os
import pathlib
import subprocess
import tempfile
import uuid

import processes
import system
from report import Report, median, progress

TARGET = 300
COLUMNS = ["what", "mb", "mb_per_second", "cases_cpu_s", "gateway_cpu_s", "mb_per_cpu_second", "peak_mb", "idle_mb", "reached"]


def main(build, options):
    report = Report("evidence", options.json)
    size = options.bytes
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as directory:
        progress("the store alone")
        rounds = [lines(build, "--bytes", size, "--directory", directory) for _ in range(options.rounds)]
        for kind in ("store", "restore"):
            rate = median([each[kind]["mb_per_second"] for each in rounds])
            report.add(what=kind, mb=size // 1_000_000, mb_per_second=round(rate, 1), reached=reached(rate))
    with system.running(build) as vigil:
        pids = vigil.pids()
        idle = processes.memory([pids["cases"]])
        case = json.loads(vigil.vigil("cases", "list", "--page-size", 1, "--format", "json"))[0]["name"]
        found = {"upload": [], "download": []}
        for turn in range(options.rounds):
            progress(f"round {turn + 1}/{options.rounds}")
            before = {name: seconds(pids[name]) for name in ("cases", "gateway")}
            answer = lines(build, "--bytes", size, "--address", f"127.0.0.1:{vigil.public}", "--item", item(vigil, case),
                           "--request-id", uuid.uuid4(), *vigil.credentials())
            used = {name: seconds(pids[name]) - before[name] for name in before}
            for kind, figures in answer.items():
                # Of both together: an upload and a download follow each other in one process.
                found[kind].append({**figures, **used})
        for kind, rounds in found.items():
            rate = median([each["mb_per_second"] for each in rounds])
            report.add(what=kind, mb=size // 1_000_000, mb_per_second=round(rate, 1), reached=reached(rate))
        cpu = {name: median([each[name] for each in found["upload"]]) for name in ("cases", "gateway")}
        report.add(what="upload and download", mb=2 * size // 1_000_000, cases_cpu_s=round(cpu["cases"], 2),
                   gateway_cpu_s=round(cpu["gateway"], 2), mb_per_cpu_second=round(2 * size / 1e6 / cpu["cases"], 1),
                   peak_mb=processes.memory([pids["cases"]], "VmHWM"), idle_mb=idle)
    report.table(COLUMNS)


def reached(rate):
    return "yes" if rate >= TARGET else "no"


def item(vigil, case):
    """An item without content."""
    made = vigil.vigil("evidence", "create", case, "--type", "DIGITAL_DATA", "--description", "benchmark", "--reason",
                       "benchmark", "--format", "json")
    return json.loads(made)["name"]


def lines(build, *arguments):
    command = [str(word) for word in [build.swift("bench-evidence"), *arguments]]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {row["kind"]: row for row in map(json.loads, output.splitlines())}


def seconds(pid):
    """Processor time that a process has taken."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
