"""access: what access control promises of time, over two services that run.

`revocation`: a role is taken away while ten instances follow the policy, each with a stream that runs under it; measured
from the beginning of the call to the end of the last stream. `unknown` and `forbidden`: GetCase of cases that there are
not and of cases that the caller, a State, may not see, interleaved; `difference` is the rank test of the two (Mann and
Whitney): a probability that is not small says that the times do not tell one from the other. `check` is Check beside the
bare echo, both over our transport with TLS, by the same driver: what is between them are the caller, the subject and the
case's facts, which Check looks up anew each time.
"""

import json
import subprocess
import tempfile

import pair
import processes
from build import ROOT
from load import string_field
from report import Report, progress

SAMPLE = ROOT / "Services" / "Cases" / "Data" / "un-peacekeeping-fatalities-2025-04-04.csv"
STREAMS = (1, 10)
READ = 1


def main(build, options):
    report = Report("access", options.json)
    with pair.running(build) as both:
        revocation(build, options, report, both)
        progress("reading the sample register")
        both.vigil("cases", "import", "un-fatalities", SAMPLE)
        names = [case["name"] for case in json.loads(both.vigil("cases", "cases", "list", "--all", "--format", "json"))]
        oracle(build, options, report, both, names)
        check(build, options, report, both, names)
    report.table(["kind", "streams", "watchers", "count", "per_second", "p50_us", "p99_us", "max_us", "z", "probability",
                  "against_echo", "reached"])


def revocation(build, options, report, both):
    count = 100 * options.rounds
    progress(f"{count} revocations")
    for row in lines([build.swift("bench-access"), "revocation", "--address", both.address("access"), "--tls", both.tls,
                      "--keys", both.keys, "--count", count]):
        report.add(**row, reached="yes" if row["p99_us"] <= 1_000_000 else "no")


def oracle(build, options, report, both, names):
    """As the system of a State that has nothing to do with any case."""
    count = round(1000 * options.rounds * options.seconds / 3)
    progress(f"2 × {count} cases that cannot be seen")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(names))
        file.flush()
        for row in lines([build.swift("bench-access"), "oracle", "--address", both.address("cases"), "--tls", both.tls,
                          "--as", pair.CLIENT + "bench-system", "--forbidden", file.name, "--count", count]):
            report.add(**row)


def check(build, options, report, both, names):
    tls = ["--ca", both.tls / "ca.pem", "--certificate", both.tls / "clients" / "case-officer.pem", "--key",
           both.tls / "clients" / "case-officer.key"]
    messages = [string_field(2, name) + bytes([3 << 3, READ]) for name in names]
    port = processes.free_port()
    server = both.tls / "services" / "access"
    with processes.running([build.swift("bench-echo"), port, f"{server}.pem", f"{server}.key"], port, 0):
        for streams in STREAMS:
            rates = {
                "echo": rate(build, options, f"127.0.0.1:{port}", "/vigil.benchmark.v1.EchoService/Echo",
                             [string_field(1, name) for name in names], streams, tls),
                "check": rate(build, options, both.address("access"), "/vigil.access.v1.PolicyService/Check", messages,
                              streams, tls),
            }
            for kind, figures in rates.items():
                against = figures["requests_per_second"] / rates["echo"]["requests_per_second"]
                report.add(kind=kind, streams=streams, per_second=int(figures["requests_per_second"]),
                           p50_us=figures["p50_us"], p99_us=figures["p99_us"], against_echo=round(against, 3))


def rate(build, options, address, path, messages, streams, tls):
    with tempfile.NamedTemporaryFile("w", suffix=".hex") as file:
        file.write("\n".join(message.hex() for message in messages))
        file.flush()
        (figures,) = lines([build.swift("bench-load"), "--address", address, "--path", path, "--messages", file.name,
                            "--connections", 4, "--streams", streams, "--seconds", options.seconds, *tls])
    if figures["failed"] or figures["lost"]:
        raise SystemExit(f"calls failed under load: {figures}")
    return figures


def lines(command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise SystemExit(f"{command[0]} failed:\n{result.stdout}{result.stderr}")
    return [json.loads(line) for line in result.stdout.splitlines()]
