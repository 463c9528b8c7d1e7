"""Checks what the log gave out, in a language of its own: nothing of it is shared with the log.

    vigil audit head --format json > head.json          # kept from before
    vigil audit export log.jsonl --known head.json
    python verify_audit.py log.jsonl audit-key head.json

Needs Python and the openssl command (3.0), no module. Entries that a filter chose are not told from ones that are missing:
export without one. Ends with a line that begins with "false" and status 1 when the log is not to be believed.
"""
import base64
import datetime
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile


def main(bundle, keys, known=None):
    parts = [json.loads(line) for line in pathlib.Path(bundle).read_text().splitlines() if line]
    keys = dict(line.split() for line in pathlib.Path(keys).read_text().splitlines())
    head, rest = parts[0]["treeHead"], parts[1:]
    root, size = check_head(head, keys), number(head, "treeSize")
    if known:
        kept = json.loads(pathlib.Path(known).read_text())
        proof = rest.pop(0)["consistencyProof"] if rest and "consistencyProof" in rest[0] else {}
        check_growth(number(kept, "treeSize"), check_head(kept, keys), size, root, hashes(proof))
    entries = [part["entry"] for part in rest if "entry" in part]
    for entry in entries:
        index, hash_ = number(entry["entry"], "index"), leaf_hash(entry["entry"])
        require(included(hash_, index, size, hashes(entry["proof"])) == root, f"entry {index} is not in the log")
    indices = [number(entry["entry"], "index") for entry in entries]
    own = [number(entry["entry"], "partySequence") for entry in entries]
    whole = indices == list(range(size))
    party = len({entry["entry"].get("party") for entry in entries}) == 1 and own == list(range(len(own)))
    require(whole or party or not entries, "entries are missing, or out of order")
    print(f"true: {len(entries)} entries of {size}")


def check_head(head, keys):
    """The root of a head that is signed with a pinned key (RFC 9162, section 4.9; RFC 8032)."""
    require(head["keyId"] in keys, "the head is signed with another key")
    time = datetime.datetime.fromisoformat(head["signTime"].replace("Z", "+00:00"))
    since = time - datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
    milliseconds = round(since / datetime.timedelta(milliseconds=1))
    root = base64.b64decode(head["rootHash"])
    signed = milliseconds.to_bytes(8, "big") + number(head, "treeSize").to_bytes(8, "big") + bytes([32]) + root + bytes(2)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        # The key as a SubjectPublicKeyInfo (RFC 8410).
        (path / "key").write_bytes(bytes.fromhex("302a300506032b6570032100" + keys[head["keyId"]]))
        (path / "data").write_bytes(signed)
        (path / "signature").write_bytes(base64.b64decode(head["signature"]))
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", path / "key", "-rawin",
                   "-in", path / "data", "-sigfile", path / "signature"]
        result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    require(result.returncode == 0, "the signature of a head is false")
    return root


def included(hash_, index, size, path):
    """The root that the proof leads to (RFC 9162, section 2.1.3.2)."""
    node, last = index, size - 1
    for sibling in path:
        if node & 1 or node == last:
            hash_ = sha(b"\x01", sibling, hash_)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hash_ = sha(b"\x01", hash_, sibling)
        node, last = node >> 1, last >> 1
    return hash_ if last == 0 else None


def check_growth(first, first_root, second, second_root, path):
    """That the log only grew (RFC 9162, section 2.1.4.2)."""
    if first == second:
        return require(first_root == second_root, "the log was rewritten")
    if first == 0:
        return None
    require(first < second, "the log is shorter than it was")
    path = ([first_root] if first & (first - 1) == 0 else []) + path
    require(path, "there is no proof that the log only grew")
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if node & 1 or node == last:
            older, newer = sha(b"\x01", sibling, older), sha(b"\x01", sibling, newer)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            newer = sha(b"\x01", newer, sibling)
        node, last = node >> 1, last >> 1
    return require((older, newer, last) == (first_root, second_root, 0), "the log was rewritten")


def leaf_hash(entry):
    """Of the entry's bytes, where they are given."""
    leaf = base64.b64decode(entry.get("leaf", ""))
    return sha(b"\x00", leaf) if leaf else base64.b64decode(entry["leafHash"])


def hashes(proof):
    return [base64.b64decode(text) for text in proof.get("path", [])]


def number(message, field):
    """JSON has 64-bit numbers as text, and no zeros."""
    return int(message.get(field, 0))


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def require(holds, fault):
    if not holds:
        print(f"false: {fault}")
        sys.exit(1)


main(*sys.argv[1:])
