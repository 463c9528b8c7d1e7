"""The whole system, started by deploy/up in a state directory of its own with the release build."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import processes
from build import ROOT
from report import progress

SERVICES = ["gateway", "cases", "notifications", "access", "reporting"]
SAMPLE = ROOT / "Services" / "Cases" / "Data" / "un-peacekeeping-fatalities-2025-04-04.csv"


class System:
    """A running Vigil and the ways to reach it."""

    def __init__(self, state, public, database):
        self.state = state
        self.public = public
        self.database = database

    def vigil(self, *arguments, timeout=120):
        """Runs the CLI that deploy/up left."""
        return self.run(arguments, timeout).stdout

    def next_page(self, *arguments):
        """The token that a list ends with; empty after the last page."""
        told = re.search(r"--page-token (\S+)", self.run(arguments, 120).stderr)
        return told.group(1) if told else ""

    def run(self, arguments, timeout):
        command = [str(self.state / "bin" / "vigil"), *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=timeout)

    def credentials(self, client="case-officer"):
        """Options of bench-load: a client identity that deploy/up made."""
        tls = self.state / "tls"
        key = tls / "clients" / f"{client}.key"
        return ["--ca", tls / "ca.pem", "--certificate", key.with_suffix(".pem"), "--key", key]

    def pids(self):
        """Service → the process that serves it (the supervisor's child)."""
        found = {}
        for name in SERVICES:
            for entry in pathlib.Path("/proc").iterdir():
                with contextlib.suppress(OSError, ValueError):
                    command = (entry / "cmdline").read_bytes().split(b"\0")
                    environment = (entry / "environ").read_bytes()
                    if command[0].endswith(f"/vigil-{name}".encode()) and str(self.state).encode() in environment + b"".join(command):
                        found[name] = int(entry.name)
        return found

    def pgbench(self, script, seconds, clients=8):
        """Transactions per second of a pgbench script on the register, as the cases service's role."""
        file = self.state / "bench.sql"
        file.write_text(script)
        command = ["/usr/lib/postgresql/15/bin/pgbench", "-h", "127.0.0.1", "-p", str(self.database), "-U", "vigil_cases",
                   "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(max(1, round(seconds))),
                   "-f", str(file), "vigil"]
        result = subprocess.run(command, env=self.environment(), check=True, capture_output=True,
                                text=True)
        return float(re.search(r"tps = ([\d.]+) \(without initial connection time\)", result.stdout).group(1))

    def environment(self):
        """For clients of PostgreSQL that read as the cases service does in its own work: every row."""
        password = (self.state / "secrets" / "cases").read_text().strip()
        return {**os.environ, "PGPASSWORD": password, "PGOPTIONS": "-c vigil.sees=all"}

    def sql(self, query):
        """The rows of a query on the register, as JSON values."""
        result = subprocess.run(
            ["psql", "-XAtq", "-h", "127.0.0.1", "-p", str(self.database), "-U", "vigil_cases", "-d", "vigil", "-c", query],
            env=self.environment(), check=True, capture_output=True, text=True)
        return result.stdout.splitlines()


@contextlib.contextmanager
def running(build, *, exercise=False):
    """Starts Vigil on free ports with the sample register, or one for exercises; stops and removes it at the end."""
    state = pathlib.Path(tempfile.mkdtemp(prefix="vigil-bench-"))
    state.chmod(0o755)
    public, mesh, database = (processes.free_port() for _ in range(3))
    environment = {
        **os.environ, "VIGIL_STATE_DIR": str(state), "VIGIL_PUBLIC_PORT": str(public), "VIGIL_MESH_PORT": str(mesh),
        "VIGIL_EXERCISE": str(exercise).lower(), "VIGIL_DATABASE_PORT": str(database), "VIGIL_SERVICE_PORTS": "19101", "VIGIL_ADMIN_PORTS": "19190",
    }
    progress("deploy/up --detach")
    up = subprocess.run([ROOT / "deploy" / "up", "--detach"], env=environment, capture_output=True, text=True, check=False)
    try:
        if up.returncode != 0:
            raise SystemExit(f"deploy/up failed:\n{up.stdout[-3000:]}{up.stderr[-3000:]}")
        yield System(state, public, database)
    finally:
        subprocess.run([ROOT / "deploy" / "down", "--purge", "--yes"], env=environment, check=False, capture_output=True)
        shutil.rmtree(state, ignore_errors=True)


def load(build, system, path, messages, *, streams, seconds, connections=4, client="case-officer"):
    """Calls per second through the public listener, with a client certificate."""
    with tempfile.NamedTemporaryFile("w", suffix=".hex") as file:
        file.write("\n".join(message.hex() for message in messages))
        file.flush()
        command = [build.swift("bench-load"), "--address", f"127.0.0.1:{system.public}", "--path", path, "--messages",
                   file.name, "--connections", connections, "--streams", streams, "--seconds", seconds,
                   *system.credentials(client)]
        result = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=seconds + 60,
                                check=False)
    if result.returncode != 0:
        raise SystemExit(f"bench-load failed:\n{result.stderr}")
    figures = json.loads(result.stdout)
    if figures["failed"] or figures["lost"]:
        raise SystemExit(f"calls failed under load: {figures}")
    return figures


def settle(seconds=15):
    """Until the services have given back what only their start needed, and answered a few probes since."""
    time.sleep(seconds)
