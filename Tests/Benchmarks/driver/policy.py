"""policy: decisions per second of one core's time, by Shared/Policy and by Cedar (cedarpy), same rules and same case.

Cedar answers yes or no to one action on one resource. So the same rules are said to it as one action for each data class,
"see it in full", made from the canonical text of the policy: a permit for each cell of the matrix, a forbid for each cap
below that. What Cedar cannot say, or says slowly, is settled for it beforehand: the periods of hats and grants are taken
as checked, purpose and grants are attributes of the principal, entities and policies are parsed once, a summary is a no.
A case is sixteen of its requests; a single request is reported as well, though it is a sixteenth of the answer.
"""

import json
import subprocess
import sys
import time

from build import ROOT, run
from report import Report, median, progress

CLASSES_PER_CASE = 16
HATS = {"MISSION": "missions", "HOST": "hosts", "CONTRIBUTOR": "contributors", "NATIONALITY": "nationalities",
        "FORUM": "forums", "BRIEFING": "briefed"}
LEVELS = ["UNCLASSIFIED", "CONFIDENTIAL", "STRICTLY_CONFIDENTIAL"]


def main(build, options):
    python = environment(build)
    binary = build.swift("bench-policy")
    policy = output([binary, "--policy"])
    ours = dict(line.split() for line in output([binary, "--case"]).splitlines())
    rules = build.directory / "policy.cedar"
    rules.write_text(cedar(policy), encoding="utf-8")
    rates = {}
    for turn in range(options.rounds):
        progress(f"round {turn + 1}/{options.rounds}")
        for line in output([binary, "--seconds", options.seconds]).splitlines():
            row = json.loads(line)
            rates.setdefault(("vigil", row["kind"]), []).append(row["per_second"])
        peer = json.loads(output([python, __file__, rules, options.seconds]))
        check(ours, peer["seen"])
        rates.setdefault(("cedar", "request"), []).append(peer["per_second"])
        rates.setdefault(("cedar", "transforms"), []).append(peer["per_second"] / CLASSES_PER_CASE)
    report = Report("policy", options.json)
    single, case = median(rates["cedar", "request"]), median(rates["cedar", "transforms"])
    for (client, kind), figures in rates.items():
        report.add(client=client, kind=kind, per_second=int(median(figures)),
                   against_cedar_case=round(median(figures) / case, 1),
                   against_cedar_request=round(median(figures) / single, 1))
    report.table(["client", "kind", "per_second", "against_cedar_case", "against_cedar_request"])


def environment(build):
    """A Python with cedarpy, kept with the other builds."""
    folder = build.directory / "cedar"
    if not (folder / "done").exists():
        run([sys.executable, "-m", "venv", folder])
        run([folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
             ROOT / "deploy" / "local" / "requirements-bench.txt"])
        (folder / "done").touch()
    return folder / "bin" / "python"


def output(command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True,
                          timeout=300).stdout


def check(ours, seen):
    """Both engines must show the same classes in full, or the comparison is of different things."""
    mine = sorted(name for name, transform in ours.items() if transform == "CLEAR")
    if mine != sorted(seen):
        raise SystemExit(f"the engines disagree: ours {mine}, Cedar {sorted(seen)}")


# The rules


def cedar(text):
    """The policy's canonical text as Cedar policies."""
    lines = [line.split() for line in text.splitlines()]
    readers = {words[1]: words[2:] for words in lines if words[0] == "reader"}
    columns = next(words[1:] for words in lines if words[0] == "matrix")
    rules = []
    for words in lines:
        if words[0] == "row":
            for reader, cell in zip(columns, words[2:]):
                rules += permits(words[1], cell, reader, quality(reader, readers[reader]))
        elif words[0] == "class":
            rules.append(forbid(words[1], f"principal.clearance < {LEVELS.index(words[2])}"))
        elif words[0] == "caveat":
            exempt = [word for word in words[words.index("except") + 1:] if word != "liftable"]
            for cap in caps(words):
                rules.append(forbid(cap, f'resource.caveats.contains("{words[1]}") && {none_of(exempt)}'
                                         f' && !principal.lifted.contains("{cap}|{words[1]}")'))
        elif words[0] == "embargo":
            exempt = words[words.index("except") + 1:words.index("counted")]
            rules += [forbid(cap, f'resource.embargoes.contains("{words[1]}") && {none_of(exempt)}') for cap in caps(words)]
        elif words[0] == "conflict":
            rules += [forbid(cap, "resource.implicated.contains(principal.party)") for cap in caps(words)]
        elif words[0] == "lockdown":
            rules.append(f"forbid (principal, action, resource) when {{ resource.sealed && {none_of(words[2:])} }};")
    rules.append("forbid (principal, action, resource) when { principal.clearance < resource.classification };")
    return "\n".join(rules)


def quality(reader, words):
    """When a principal reads as the class."""
    condition = f'principal.roles.contains("{reader}")'
    if words[1] == "hat":
        condition += f" && resource.{HATS[words[2]]}.contains(principal.party)"
    if "for" in words:
        condition += f' && principal.purpose == "{words[words.index("for") + 1]}"'
    return condition


def permits(dataclass, cell, reader, condition):
    """What a cell gives in another's records: full reads, and reads by grant."""
    for right in cell.split("+"):
        if right[0] in "WPR" and "@own" not in right and "!ORIGINATOR" not in right and "!SDC" not in right:
            yield permit(dataclass, condition)
        elif right[0] == "G":
            granted = f'{condition} && principal.grants.contains("{dataclass}")'
            if "!OLA" in right:
                granted += f' && principal.cleared.contains("{dataclass}")'
            if "!COI" in right:
                granted += " && !resource.implicated.contains(principal.party)"
            yield permit(dataclass, granted)


def caps(words):
    return [cap.split("=")[0].removesuffix("@others") for cap in words if "=" in cap]


def none_of(readers):
    """Not one of the exempt, who all read by role alone or not at all here."""
    return "!(" + " || ".join(f'principal.roles.contains("{reader}")' for reader in readers) + ")"


def permit(dataclass, condition):
    return f'permit (principal, action == Action::"{dataclass}", resource) when {{ {condition} }};'


def forbid(dataclass, condition):
    return f'forbid (principal, action == Action::"{dataclass}", resource) when {{ {condition} }};'


# Cedar's side, in a process of its own with cedarpy


def peer(rules, seconds):
    import cedarpy

    policies = cedarpy.PolicySet.from_str(open(rules, encoding="utf-8").read())
    state = {"uid": {"type": "State", "id": "XAA"}, "parents": [], "attrs": {
        "party": "XAA", "roles": ["HST", "TPC", "NAT", "TRD"], "clearance": 1, "purpose": "PROSECUTION",
        "grants": ["EVIDENCE_REGISTER", "EXACT"], "cleared": [], "lifted": ["EXACT|OPSEC"]}}
    case = {"uid": {"type": "Case", "id": "1"}, "parents": [], "attrs": {
        "missions": ["minusma"], "hosts": ["XAA"], "contributors": ["YYY", "XAA"], "nationalities": ["XAA"], "forums": [],
        "briefed": [], "implicated": [], "caveats": ["OPSEC", "MINOR"], "embargoes": [], "classification": 1,
        "sealed": False}}
    entities = cedarpy.Entities.from_json_str(json.dumps([state, case]))
    requests = [{"principal": 'State::"XAA"', "action": f'Action::"{name}"', "resource": 'Case::"1"'}
                for name in CLASSES]
    answers = cedarpy.is_authorized_batch(requests, policies, entities)
    errors = [answer.diagnostics.errors for answer in answers if answer.diagnostics.errors]
    if errors:
        raise SystemExit(f"Cedar: {errors[0]}")
    seen = [name for name, answer in zip(CLASSES, answers) if answer.allowed]
    batch = requests * 64
    cedarpy.is_authorized_batch(batch, policies, entities)
    # Time of this process only, whatever else the machine does.
    end, start, count = time.monotonic() + seconds, time.process_time(), 0
    while time.monotonic() < end:
        cedarpy.is_authorized_batch(batch, policies, entities)
        count += len(batch)
    print(json.dumps({"per_second": count / (time.process_time() - start), "seen": seen}))


CLASSES = """CORE EXACT VICTIM_ATTRIBUTES VICTIM_IDENTITY KIN_MEDICAL SUSPECT_IDENTITY WITNESS EVIDENCE_REGISTER
EVIDENCE_CONTENT PRIVILEGED COMMUNICATIONS HOST_PROGRESS SUBMISSIONS ASSISTANCE AGGREGATES AUDIT""".split()

if __name__ == "__main__":
    peer(sys.argv[1], float(sys.argv[2]))
