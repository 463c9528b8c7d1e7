"""Starts the servers under measurement, pinned to a core, and reads their memory."""

import contextlib
import os
import re
import socket
import subprocess
import tempfile
import time


def free_port():
    """A loopback port that nothing listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for_port(port, process, seconds=30):
    """Returns once something accepts on the port; raises when the process ends first."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode} before it listened on {port}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args} did not listen on {port} within {seconds} s")


def memory(pids, field="VmRSS"):
    """Resident memory of the processes together, in MB (VmHWM: the peak)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/status", encoding="ascii") as status:
            found = re.search(rf"^{field}:\s+(\d+) kB", status.read(), re.MULTILINE)
            total += int(found.group(1)) if found else 0
    return round(total / 1024, 1)


def measured(command):
    """Runs a command to its end: its output, the processor time it took in seconds, and its peak memory in MB."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=subprocess.DEVNULL)
        peak, ended = 0, 0
        while not ended:
            # The kernel's own figure would count what this process had when it forked.
            peak = max(peak, memory([process.pid], "VmHWM"))
            time.sleep(0.05)
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{process.args[0]} ended with {process.returncode}")
        output.seek(0)
        return output.read(), usage.ru_utime + usage.ru_stime, peak


def descendants(pid):
    """The process and all its children (nginx and nghttpx work in children)."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as children:
                found += [int(child) for child in children.read().split()]
    return found


@contextlib.contextmanager
def running(command, port, core, environment=None):
    """Runs a command pinned to a core until the block ends; it listens on the port when the block starts."""
    process = subprocess.Popen(
        ["taskset", "-c", str(core), *map(str, command)],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if os.environ.get("VIGIL_BENCH_DEBUG") is None else None,
    )
    try:
        wait_for_port(port, process)
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        if process.poll() is None:
            process.kill()
            process.wait()
