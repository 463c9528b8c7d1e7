"""feed: the change feed of a register of exercise (--cases N) through the TLS gateway: how soon a consumer is told of what
is committed, and how fast one that begins at the beginning is told of everything."""

import contextlib
import datetime
import json
import queue
import re
import subprocess
import threading
import time
import uuid

import system
from cases import generate, number, sub, text
from report import Report, progress

COLUMNS = ["what", "changes", "seconds", "per_second", "p50_ms", "p99_ms", "max_ms"]


def main(build, options):
    report = Report("feed", options.json)
    with system.running(build, exercise=True) as vigil:
        generate(report, vigil, options.cases)
        pages(report, build, vigil, options)
        replay(report, vigil)
        for streams in (1, 8):
            commit_to_consumer(report, build, vigil, options, streams)
    report.table(COLUMNS)


def pages(report, build, vigil, options):
    """The server's own pace: the first page of a thousand changes, again and again."""
    progress("pages")
    figures = system.load(build, vigil, "/vigil.feed.v1.FeedService/ListChanges", [number(1, 1000)], streams=1,
                          connections=1, seconds=options.seconds)
    report.add(what="ListChanges, pages of 1,000, one caller", per_second=int(figures["requests_per_second"] * 1000))


@contextlib.contextmanager
def watching(vigil, cursor=""):
    """The messages of a consumer, each with the time at which it came."""
    command = [str(vigil.state / "bin" / "vigil"), "feed", "watch", *(["--from", cursor] if cursor else [])]
    messages = queue.SimpleQueue()

    def read(stream):
        for line in stream:
            messages.put((time.time(), line))

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as consumer:
        reader = threading.Thread(target=read, args=(consumer.stdout,), daemon=True)
        reader.start()
        try:
            yield messages
        finally:
            consumer.terminate()


def replay(report, vigil):
    """One consumer, from the beginning to the end."""
    progress("replay")
    told = vigil.run(["feed", "list", "--page-size", 1], 120).stderr
    cursor = re.search(r"--from (\S+)", told).group(1)
    total = int(vigil.sql("SELECT count(*) FROM case_changes")[0]) - 1
    began = time.monotonic()
    count = 0
    with watching(vigil, cursor) as messages:
        while count < total:
            _, line = messages.get(timeout=60)
            count += line.count('"kind":')
    seconds = time.monotonic() - began
    report.add(what="WatchChanges from the beginning, one consumer", changes=count, seconds=round(seconds, 2),
               per_second=int(count / seconds))


def commit_to_consumer(report, build, vigil, options, streams):
    """While cases are put on record: from the beginning of a change's transaction, which is before its commit, to its line
    in the consumer's hands."""
    progress(f"commit to consumer, {streams} writers")
    case = text(3, "missions/untso") + sub(4, number(1, 2020) + number(2, 5) + number(3, 10)) + number(6, 1)
    calls = [sub(1, case) + text(2, "bench") + text(3, str(uuid.uuid4())) for _ in range(int(5_000 * (options.seconds + 2)))]
    delays = []
    with watching(vigil) as messages:
        messages.get(timeout=60)
        system.load(build, vigil, "/vigil.cases.v1.LifecycleService/CreateCase", calls, streams=streams, connections=1,
                    seconds=options.seconds)
        with contextlib.suppress(queue.Empty):
            while True:
                came, line = messages.get(timeout=3)
                changes = json.loads(line).get("changes", [])
                if not changes and delays:
                    break
                delays += [came - instant(change["changeTime"]) for change in changes]
    delays.sort()
    report.add(what=f"commit to consumer, {streams} writers", changes=len(delays), p50_ms=at(delays, 0.5),
               p99_ms=at(delays, 0.99), max_ms=at(delays, 1))


def at(delays, share):
    return round(delays[min(len(delays) - 1, int(len(delays) * share))] * 1000, 1)


def instant(text):
    """Seconds since 1970 of an RFC 3339 time."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
