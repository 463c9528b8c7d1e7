"""cases: a register of exercise at scale (--cases N), through the TLS gateway: reading, listing and searching by a State that
sees about 1 % of it, creating, exporting. Peers are pgbench on the same cluster, in the same run."""

import json
import subprocess
import time
import uuid

import system
from report import Report, median, progress

SERVICE = "/vigil.cases.v1."
STATE = "example-state"
PAGE = 50
FILTERS = ["", "act = ABDUCTION", "state = CLOSED", "incident_date >= 2015", "victim_count > 3", "nationality = QMA"]
WORDS = ["convoy", "exercise", "ambush tribunal", "расследования", "التحقيق", "伏击", "Avenmoor mortar"]
COLUMNS = ["what", "cases", "seconds", "per_second", "p50_us", "p99_us", "against_pgbench"]


def main(build, options):
    report = Report("cases", options.json)
    with system.running(build, exercise=True) as vigil:
        generate(report, vigil, options.cases)
        bench = Bench(report, build, vigil, options)
        bench.get()
        bench.lists()
        bench.searches()
        bench.create()
        export(report, vigil, options.cases)
    report.table(COLUMNS)


def generate(report, vigil, cases):
    progress(f"making {cases} cases")
    began = time.monotonic()
    vigil.vigil("exercise", "generate", "--cases", cases, "--seed", 7, timeout=4 * 3600)
    seconds = time.monotonic() - began
    vigil.sql("ANALYZE cases, victims, case_relation_records, case_texts")
    report.add(what="generate", cases=cases, seconds=round(seconds, 1), per_second=int(cases / seconds))


class Bench:
    def __init__(self, report, build, vigil, options):
        self.report, self.build, self.vigil, self.options = report, build, vigil, options

    def measure(self, what, method, messages, *, streams=1, connections=1, client=STATE, peer=None):
        progress(what)
        rounds = [
            system.load(self.build, self.vigil, SERVICE + method, messages, streams=streams, connections=connections,
                        seconds=self.options.seconds, client=client)
            for _ in range(self.options.rounds)]
        rate, p50, p99 = (median([each[key] for each in rounds]) for key in ("requests_per_second", "p50_us", "p99_us"))
        ratio = {"against_pgbench": round(rate / peer, 3)} if peer else {}
        self.report.add(what=what, per_second=int(rate), p50_us=p50, p99_us=p99, **ratio)

    def get(self):
        ids = self.vigil.sql("SELECT id FROM cases WHERE victim_count = 10 LIMIT 1000")
        script = f"\\set n random(1, {len(ids)})\nSELECT * FROM cases WHERE id = ('{{{','.join(ids)}}}'::uuid[])[:n];\n"
        peer = self.vigil.pgbench(script, self.options.seconds)
        self.measure("GetCase, 10 victims", "CaseService/GetCase", [text(1, f"cases/{each}") for each in ids], streams=10,
                     connections=4, client="case-officer", peer=peer)

    def lists(self):
        for condition in FILTERS:
            self.measure(f"ListCases, first page, {condition or 'all'}", "CaseService/ListCases",
                         [number(1, PAGE) + text(3, condition)])
        token, pages = "", 0
        while pages < 999:
            command = ["cases", "list", "--page-size", PAGE, "--as", STATE, "--format", "csv"]
            following = self.vigil.next_page(*command, *(["--page-token", token] if token else []))
            if not following:
                break
            token, pages = following, pages + 1
        self.measure(f"ListCases, page {pages + 1}", "CaseService/ListCases", [number(1, PAGE) + text(2, token)])

    def searches(self):
        for words in WORDS:
            self.measure(f"SearchCases, {words}", "SearchService/SearchCases", [text(1, words) + number(3, PAGE)])

    def create(self):
        # What pgbench -N does, a durable transaction, on a table of the register.
        peer = self.vigil.pgbench(
            "INSERT INTO replies (principal, method, request_id, request_digest, response, create_time) "
            "VALUES ('bench', 'bench', gen_random_uuid(), '', '', now());\n", self.options.seconds)
        case = text(3, "missions/untso") + sub(4, number(1, 2020) + number(2, 5) + number(3, 10)) + number(6, 1)
        messages = [
            sub(1, case) + text(2, "bench") + text(3, str(uuid.uuid4()))
            for _ in range(int(20_000 * self.options.seconds * self.options.rounds))]
        self.measure("CreateCase, durable", "LifecycleService/CreateCase", messages, streams=8, connections=1,
                     client="case-officer", peer=peer)


def export(report, vigil, cases):
    for form in ("csv", "jsonl"):
        progress(f"export as {form}")
        command = [str(vigil.state / "bin" / "vigil"), "cases", "export", "--format", form]
        began = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - began
        report.add(what=f"export, {form}", cases=cases, seconds=round(seconds, 1), per_second=int(cases / seconds))


# Protobuf by hand: fields of a request.


def varint(value):
    data = bytearray()
    while value >= 128:
        data.append(value & 127 | 128)
        value >>= 7
    return bytes([*data, value])


def number(field, value):
    return varint(field << 3) + varint(value)


def sub(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def text(field, value):
    return sub(field, value.encode()) if value else b""
