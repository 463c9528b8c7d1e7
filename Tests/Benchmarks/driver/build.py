"""Builds what the suites measure; nothing is rebuilt that stands."""

import os
import pathlib
import subprocess

from report import progress

ROOT = pathlib.Path(__file__).resolve().parents[3]
BENCHMARKS = ROOT / "Tests" / "Benchmarks"


def release_flags():
    """As deploy/up builds: what is measured is what is run."""
    lines = (ROOT / "deploy" / "local" / "release-flags.txt").read_text().splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


class Build:
    """Where the built binaries and the throw-away certificate are."""

    def __init__(self):
        self.directory = ROOT / ".build" / "benchmarks"
        self.directory.mkdir(parents=True, exist_ok=True)
        self.certificate = self.directory / "server.pem"
        self.key = self.directory / "server.key"

    def swift(self, product):
        return ROOT / ".build" / "release" / product

    def vigil(self, *products):
        """Vigil's own products, benchmark executables included."""
        for product in products:
            run(["swift", "build", "-c", "release", *release_flags(), "--product", product], environment={"VIGIL_BENCHMARKS": "1"})

    def peers(self):
        """C++ gRPC's echo and grpc-swift-nio-transport's."""
        run(["make", "-s", "-C", BENCHMARKS / "Peers" / "cxx", f"OUT={self.directory / 'cxx'}"])
        run(["swift", "build", "-c", "release", "--package-path", BENCHMARKS / "Peers" / "nio-transport",
             "--scratch-path", self.directory / "nio"])

    def credentials(self):
        """A self-signed certificate for loopback, valid for a month."""
        if not self.certificate.exists():
            run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                 "-keyout", self.key, "-out", self.certificate])


def run(command, environment=None):
    command = [str(word) for word in command]
    progress(" ".join(command))
    result = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout[-4000:]}{result.stderr[-4000:]}")
