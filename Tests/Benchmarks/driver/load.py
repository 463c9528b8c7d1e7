"""Puts load on a gRPC server with h2load, and checks first that it answers rightly."""

import os
import re
import struct
import subprocess
import tempfile

HEADERS = ["content-type: application/grpc", "te: trailers"]


def frame(message):
    """A gRPC length-prefixed message, not compressed."""
    return b"\0" + struct.pack(">I", len(message)) + message


def string_field(number, text):
    """One protobuf string field."""
    data = text.encode()
    assert len(data) < 128 and number < 16
    return bytes([number << 3 | 2, len(data)]) + data


class Call:
    """One unary call to repeat: its path and the bytes of its request message."""

    def __init__(self, path, message):
        self.path = path
        self.file = tempfile.NamedTemporaryFile(suffix=".grpc")
        self.file.write(frame(message))
        self.file.flush()

    def url(self, port, tls):
        return f"{'https' if tls else 'http'}://127.0.0.1:{port}{self.path}"

    def check(self, port, tls=False, headers=()):
        """Raises unless one call answers grpc-status 0."""
        options = [f"-H{header}" for header in [*HEADERS, *headers]]
        answer = subprocess.run(
            ["nghttp", "-nv", "--no-verify-peer", *options, f"--data={self.file.name}", self.url(port, tls)],
            capture_output=True, text=True, timeout=20, check=False,
        )
        if not re.search(r"grpc-status: 0\b", answer.stdout):
            raise RuntimeError(f"{self.url(port, tls)} did not answer OK:\n{answer.stdout[-2000:]}{answer.stderr}")


def run(call, port, *, streams, connections=4, seconds=3.0, warm_up=1.0, tls=False, core=1, headers=()):
    """Requests per second that succeed, and their mean time in µs."""
    options = [f"-H{header}" for header in [*HEADERS, *headers]]
    result = subprocess.run(
        ["taskset", "-c", str(core), "h2load", "-t1", f"-c{connections}", f"-m{streams}", "-D", f"{seconds * 1000:.0f}ms",
         f"--warm-up-time={warm_up * 1000:.0f}ms", *options, f"--data={call.file.name}", call.url(port, tls)],
        capture_output=True, text=True, timeout=seconds + warm_up + 60, check=False,
    )
    rate = re.search(r"finished in .*?, ([\d.]+) req/s", result.stdout)
    counts = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", result.stdout)
    mean = re.search(r"time for request:\s+\S+\s+\S+\s+(\S+)", result.stdout)
    if not rate or not counts:
        raise RuntimeError(f"h2load said nothing to read:\n{result.stdout}{result.stderr}")
    succeeded, failed, errored, timeouts = map(int, counts.groups())
    if succeeded == 0 or failed + errored + timeouts > 0:
        raise RuntimeError(f"{failed} failed, {errored} errored, {timeouts} timed out of {succeeded}:\n{result.stdout}")
    return {"requests_per_second": round(float(rate.group(1))), "mean_us": microseconds(mean.group(1)) if mean else None}


def microseconds(text):
    """h2load's 12us, 3.4ms, 1.2s as µs."""
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return round(float(number) * {"us": 1, "ms": 1e3, "s": 1e6}[unit], 1)


def pinned(core, command):
    """The command, on one core when there is one to choose."""
    return ["taskset", "-c", str(core), *command] if os.cpu_count() > 1 else command
