"""Access control and the cases service beside each other, as processes of their own over a PostgreSQL of their own.

They know each other without a gateway: whoever measures calls as the gateway would.
"""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import cluster
import processes
from build import ROOT

SERVICE = "spiffe://vigil.local/service/"
CLIENT = "spiffe://vigil.local/client/"


class Pair:
    """Where the two listen, and what they are reached with."""

    def __init__(self, build, directory, server):
        self.build, self.directory, self.server = build, directory, server
        self.tls = directory / "tls"
        self.keys = directory / "policy.keys"
        self.ports = {name: processes.free_port() for name in ("access", "cases")}
        self.urls = {}

    def address(self, name):
        return f"127.0.0.1:{self.ports[name]}"

    def prepare(self):
        """Certificates, schemas, the first who may administer, and the keys that policies are signed with."""
        environment = {**os.environ, "VIGIL_STATE_DIR": str(self.directory)}
        subprocess.run([ROOT / "deploy" / "tls" / "certificates", self.tls], check=True, env=environment,
                       capture_output=True)
        for name in self.ports:
            (self.directory / f"{name}.keys").write_text(os.urandom(32).hex() + "\n")
            self.server.run("psql", "-Xqc", f"CREATE ROLE {name} LOGIN")
            self.server.run("psql", "-Xqc", f"CREATE SCHEMA {name} AUTHORIZATION {name}")
            self.server.run("psql", "-Xqc", f"ALTER ROLE {name} SET search_path TO {name}")
            self.urls[name] = f"postgresql://{name}@127.0.0.1:{self.server.port}/postgres"
            self.command(name, "migrate")
        self.command("access", "bootstrap", "--operator", CLIENT + "operator", "--case-officer", CLIENT + "case-officer")
        self.keys.write_text(self.command("access", "policy-key"))

    def environment(self, name):
        other = "cases" if name == "access" else "access"
        own = self.tls / "services" / name
        # A setting that a service does not know stops its start.
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("VIGIL_")}
        keys = {"access": {},
                "cases": {"VIGIL_POLICY_KEYS": str(self.keys),
                          "VIGIL_EVIDENCE_DIRECTORY": str(self.directory / "evidence")}}
        return {
            **inherited, **keys[name], "VIGIL_SEALING_KEYS": str(self.directory / f"{name}.keys"),
            "VIGIL_DATABASE_URL": self.urls[name], "VIGIL_GRPC_LISTEN": self.address(name),
            "VIGIL_ADMIN_LISTEN": f"127.0.0.1:{processes.free_port()}", "VIGIL_MESH_TARGET": self.address(other),
            "VIGIL_GRPC_TLS_CERTIFICATE": f"{own}.pem", "VIGIL_GRPC_TLS_KEY": f"{own}.key",
            "VIGIL_GRPC_TLS_CA": str(self.tls / "ca.pem"), "VIGIL_LOG_LEVEL": "warning",
            "VIGIL_GRPC_GATEWAYS": f"{SERVICE}gateway,{SERVICE}{other}",
            "VIGIL_GRPC_PEERS": ",".join([SERVICE + "gateway", SERVICE + other, CLIENT + "case-officer"]),
        }

    def command(self, name, *arguments):
        command = [str(self.build.swift(f"vigil-{name}")), *arguments]
        result = subprocess.run(command, env=self.environment(name), capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")
        return result.stdout

    def vigil(self, name, *arguments):
        """The command, as the case officer, at one of the two."""
        client = self.tls / "clients" / "case-officer"
        command = [self.build.swift("vigil"), *arguments, "--address", self.address(name), "--ca", self.tls / "ca.pem",
                   "--certificate", f"{client}.pem", "--key", f"{client}.key"]
        result = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise SystemExit(f"{command} failed:\n{result.stdout}{result.stderr}")
        return result.stdout


@contextlib.contextmanager
def running(build):
    """Both, until the block ends."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix="vigil-pair-"))
    with cluster.running(build) as server, contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, directory, ignore_errors=True)
        pair = Pair(build, directory, server)
        pair.prepare()
        for name, port in pair.ports.items():
            process = subprocess.Popen([build.swift(f"vigil-{name}"), "serve"], env=pair.environment(name))
            stack.callback(process.wait)
            stack.callback(process.terminate)
            processes.wait_for_port(port, process)
        yield pair
