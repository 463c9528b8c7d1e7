"""deploy/bench NAME: measures Vigil beside its peers, in one run."""

import argparse
import importlib

from build import Build

SUITES = {
    "transport": ["bench-echo"],
    "gateway": ["vigil-gateway", "bench-upstream"],
    "postgres": ["bench-postgres"],
    "getcase": ["bench-load"],
    "import": [],
    "cases": ["bench-load"],
    "feed": ["bench-load"],
    "policy": ["bench-policy"],
    "audit": ["bench-audit"],
    "tokens": ["bench-tokens"],
    "access": ["bench-access", "bench-load", "bench-echo", "vigil-access", "vigil-cases", "vigil"],
    "evidence": ["bench-evidence"],
    "abuse": ["vigil-gateway"],
}


def main():
    parser = argparse.ArgumentParser(prog="deploy/bench", description=__doc__)
    parser.add_argument("suite", choices=SUITES, nargs="+")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds; the median is reported (default 3)")
    parser.add_argument("--seconds", type=float, default=3, help="measured seconds a round, after 1 s of warm-up")
    parser.add_argument("--entries", type=int, default=10_000_000, help="audit: entries of the log (default 10,000,000)")
    parser.add_argument("--cases", type=int, default=10_000, help="cases, feed: of the register (default 10,000)")
    parser.add_argument("--bytes", type=int, default=1 << 30, help="evidence: of the content (default 1 GiB)")
    parser.add_argument("--json", help="append the JSON lines to this file as well")
    options = parser.parse_args()
    build = Build()
    build.credentials()
    for suite in options.suite:
        build.vigil(*SUITES[suite])
        if suite == "transport":
            build.peers()
        importlib.import_module("import_" if suite == "import" else suite).main(build, options)


if __name__ == "__main__":
    main()
