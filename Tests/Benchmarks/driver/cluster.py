"""A throw-away PostgreSQL cluster for a suite."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import processes

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")


class Cluster:
    """A running server: its URL, and client programs run against it."""

    def __init__(self, directory, port):
        self.directory = directory
        self.port = port
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"

    def command(self, program, *arguments):
        return [str(BINARIES / program), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", *arguments, "postgres"]

    def run(self, program, *arguments):
        command = self.command(program, *arguments)
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed:\n{result.stderr}")
        return result.stdout

    def script(self, text):
        """A file with a pgbench script."""
        path = self.directory / f"script-{abs(hash(text))}.sql"
        path.write_text(text)
        path.chmod(0o644)
        return str(path)


@contextlib.contextmanager
def running(build):
    """Starts a cluster as an unprivileged user (PostgreSQL refuses root) until the block ends."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix="vigil-bench-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(directory, "postgres")
    port = processes.free_port()
    data = directory / "data"
    subprocess.run([*as_user, BINARIES / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync",
                    "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c shared_buffers=512MB"
    control = [*as_user, BINARIES / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-l", data / "log", "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        yield Cluster(directory, port)
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(directory, ignore_errors=True)
