"""transport: our echo, grpc-swift-nio-transport's and C++ gRPC's, each alone on core 0, h2load on core 1."""

import contextlib

import load
import processes
from report import Report, median, progress

PATH = "/vigil.benchmark.v1.EchoService/Echo"


def servers(build):
    return {
        "vigil": build.swift("bench-echo"),
        "c++ grpc": build.directory / "cxx" / "cxx-echo",
        "grpc-swift-nio-transport": build.directory / "nio" / "release" / "nio-echo",
    }


def main(build, options):
    report = Report("transport", options.json)
    call = load.Call(PATH, load.string_field(1, "hello"))
    for tls in (False, True):
        with contextlib.ExitStack() as stack:
            running = {}
            for name, binary in servers(build).items():
                port = processes.free_port()
                files = [build.certificate, build.key] if tls else []
                running[name] = (port, stack.enter_context(processes.running([binary, port, *files], port, core=0)))
                call.check(port, tls)
            for streams in (1, 10, 100):
                measure(report, call, running, streams, tls, options)
    report.table(["server", "tls", "streams", "requests_per_second", "mean_us", "against_cxx", "rss_mb"])


def measure(report, call, running, streams, tls, options):
    """Rounds interleaved over the servers, so that a change of the machine's pace meets all of them."""
    runs = {name: [] for name in running}
    for turn in range(options.rounds):
        for name, (port, _) in running.items():
            progress(f"round {turn + 1}/{options.rounds}: {name}, {streams} streams, {'TLS' if tls else 'plaintext'}")
            runs[name].append(load.run(call, port, streams=streams, tls=tls, seconds=options.seconds))
    rates = {name: median([run["requests_per_second"] for run in each]) for name, each in runs.items()}
    for name, (_, process) in running.items():
        report.add(
            server=name, tls=tls, streams=streams, requests_per_second=int(rates[name]),
            mean_us=median([run["mean_us"] for run in runs[name]]),
            against_cxx=round(rates[name] / rates["c++ grpc"], 2),
            rss_mb=processes.memory(processes.descendants(process.pid)),
        )
