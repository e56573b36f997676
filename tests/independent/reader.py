"""A second reader of format 1, written from the README alone: it imports nothing of the program.

It opens parcels with age, minisign and xz, follows the chains, opens sealed parts, adds up every balance, and opens a
book's own file with its passphrase. What it finds is held against what the program says.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import unicodedata
import zlib
from collections import defaultdict
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlcipher3 import dbapi2


def run(*command: str, feed: bytes = b"") -> bytes:
    return subprocess.run(command, input=feed, capture_output=True, check=True).stdout


def open_parcel(file: Path, identity: str, minisign_key: str, folder: Path) -> list[bytes]:
    """The payload's lines of a sealed parcel: age, then the signature over the packed payload, then xz."""
    first, _, sealed = file.read_bytes().partition(b"\n")
    said = dict(word.split("=", 1) for word in first.decode("ascii").split(" ")[1:])
    assert int(said["len"]) == len(sealed)
    assert said["sha256"] == hashlib.sha256(sealed).hexdigest()
    (folder / "identity").write_text(identity + "\n")
    opened = run("age", "-d", "-i", str(folder / "identity"), feed=sealed)
    parts = opened.split(b"\n", 4)
    (folder / "payload.xz").write_bytes(parts[4])
    (folder / "payload.xz.minisig").write_bytes(b"\n".join(parts[:4]) + b"\n")
    run("minisign", "-V", "-P", minisign_key, "-m", str(folder / "payload.xz"))
    return run("xz", "-dc", str(folder / "payload.xz")).split(b"\n")[:-1]


def open_request(file: Path, minisign_key: str, folder: Path) -> dict:
    """A request is the one kind that is not sealed."""
    _, _, rest = file.read_bytes().partition(b"\n")
    parts = rest.split(b"\n", 4)
    (folder / "request").write_bytes(parts[4])
    (folder / "request.minisig").write_bytes(b"\n".join(parts[:4]) + b"\n")
    run("minisign", "-V", "-P", minisign_key, "-m", str(folder / "request"))
    return json.loads(parts[4])


def head_before_first(device: str, epoch: str) -> bytes:
    return hashlib.sha256(f"shgb/1.{device}.{epoch}".encode()).digest()


def next_head(head: bytes, line: bytes) -> bytes:
    return hashlib.sha256(head + hashlib.sha256(line).digest()).digest()


def operations(lines: list[bytes]) -> tuple[dict, dict[tuple[str, str, int], bytes], list[dict]]:
    """The manifest, operation lines by name, and the other sections; chains are followed to the signed heads."""
    manifest = json.loads(lines[0])
    found: dict[tuple[str, str, int], bytes] = {}
    sections = []
    slots = [(r["device"], r["epoch"], n) for r in manifest["ranges"] for n in range(r["first"], r["last"] + 1)]
    heads = {(r["device"], r["epoch"]): bytes.fromhex(r["before"]) for r in manifest["ranges"]}
    at = 1
    while at < len(lines):
        section = json.loads(lines[at])
        if section["s"] == "op":
            device, epoch, seq = slots.pop(0)
            found[device, epoch, seq] = lines[at + 1]
            heads[device, epoch] = next_head(heads[device, epoch], lines[at + 1])
            at += 2
        elif section["s"] == "relay":
            found[section["device"], section["epoch"], section["seq"]] = lines[at + 1]
            at += 2
        else:
            sections.append(section)
            at += 1
    assert not slots
    for r in manifest["ranges"]:
        assert heads[r["device"], r["epoch"]].hex() == r["after"]
        if r["first"] == 1:
            assert r["before"] == head_before_first(r["device"], r["epoch"]).hex()
    return manifest, found, sections


def balances(lines: list[bytes]) -> dict[tuple[str, str, str | None], int]:
    """Every balance by (group, account code, owner), added up from the lines of operations."""
    sums: dict[tuple[str, str, str | None], int] = defaultdict(int)
    for line in lines:
        body = json.loads(line)["body"]
        owners = {"member": body.get("members", []), "loan": body.get("loans", [])}
        for block in body.get("entries", []):
            codes = block["accounts"]
            by = block.get("by")
            for entry in block["lines"]:
                amounts = entry[1 : len(codes)]
                for code, amount in zip(codes, [*amounts, -sum(amounts)], strict=True):
                    own = code.split(".")[0] in OWNED[by] if by else False
                    sums[body["group"], code, owners[by][entry[0]] if own else None] += amount
    return {key: amount for key, amount in sums.items() if amount}


OWNED = {"member": {"hand", "fines", "saving", "ahead", "payable"}, "loan": {"principal", "interest"}}


def sealed_parts(lines: list[bytes], keys: list[dict]) -> list[dict]:
    """What the sealed parts say to who has these keys."""
    known = {(key["owner"], key["purpose"], key["number"]): bytes.fromhex(key["key"]) for key in keys}
    found = []
    for line in lines:
        op = json.loads(line)
        for owner, purpose, number, text in op["body"].get("sealed", []):
            key = known.get((owner, purpose, number))
            if key is None:
                continue
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            place = json.dumps(["shgb/1", owner, number, op["kind"], purpose], separators=(",", ":")).encode()
            packed = ChaCha20Poly1305(key).decrypt(raw[:12], raw[12:], place)
            found.append(json.loads(zlib.decompressobj().decompress(packed)))
    return found


def book_key(key_file: Path, passphrase: str) -> bytes:
    """The book key from the passphrase slot of `book.key`."""
    secret = unicodedata.normalize("NFC", unicodedata.normalize("NFC", passphrase.strip()).casefold()).encode()
    for slot in json.loads(key_file.read_bytes())["slots"]:
        if slot["kind"] != "passphrase":
            continue
        raw = {
            name: base64.urlsafe_b64decode(slot[name] + "=" * (-len(slot[name]) % 4))
            for name in ("salt", "tag", "nonce", "wrapped")
        }
        derived = Argon2id(
            salt=raw["salt"], length=64, iterations=slot["passes"], lanes=slot["lanes"], memory_cost=slot["memory_kib"]
        ).derive(secret)
        fields = {name: value for name, value in slot.items() if name != "wrapped"}
        place = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        return ChaCha20Poly1305(derived[:32]).decrypt(raw["nonce"], raw["wrapped"], place)
    raise AssertionError("no passphrase slot")


def book_lines(database: Path, key: bytes) -> list[tuple[str, str, int, bytes, bytes]]:
    """Every operation of a book's file: device, epoch, number, line, head after it."""
    connection = dbapi2.connect(str(database))
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    rows = connection.execute(
        "SELECT c.device, c.epoch, o.seq, o.line, o.head FROM operation o JOIN chain c ON c.id = o.chain "
        "ORDER BY 1, 2, 3"
    ).fetchall()
    connection.close()
    return rows


def unpack_backup(file: Path, folder: Path) -> list[str]:
    """A backup is a plain tar of the database copy, the key slots and a digest."""
    folder.mkdir()
    with tarfile.open(file) as tar:
        for member in tar.getmembers():
            inside = tar.extractfile(member)
            assert inside is not None, "nothing but files"
            assert Path(member.name).name == member.name, "no folders"
            (folder / member.name).write_bytes(inside.read())
        return sorted(tar.getnames())


def canonical(value: object) -> bytes:
    """A canonical line as the README says it: sorted keys, no spaces, NFC, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == unicodedata.normalize("NFC", text)
    return text.encode()


def read_line(line: bytes) -> dict:
    """One operation's line; every number in it is whole and every key stands once."""

    def no_float(text: str) -> None:
        raise AssertionError(f"no whole number: {text}")

    op = json.loads(line, parse_float=no_float, parse_constant=no_float)
    assert canonical(op) == line
    assert sorted(op) == ["at", "body", "by", "kind", "v"]
    return op


def entries(body: dict) -> list[dict]:
    """Every entry of a body in full: number, kind, whose, amounts by account (they add up to zero), further facts."""
    found = []
    for block in body.get("entries", []):
        owners = {"member": body.get("members", []), "loan": body.get("loans", [])}.get(block.get("by"), [])
        for line in block["lines"]:
            codes = block["accounts"]
            amounts = line[1 : len(codes)]
            facts = line[len(codes)] if len(line) > len(codes) else {}
            found.append(
                {
                    "n": len(found) + 1,
                    "kind": block["kind"],
                    "whose": None if line[0] is None else owners[line[0]],
                    "amounts": dict(zip(codes, [*amounts, -sum(amounts)], strict=True)),
                    **{name: block[name] for name in ("column", "date") if name in block},
                    **facts,
                }
            )
    return found


def counted(count: dict) -> int:
    return count["total"] if "total" in count else sum(value * pieces for value, pieces in count["notes"])


def group_texts(op: dict, key: bytes) -> list[str]:
    """The free texts of a body, which numbers in it point to."""
    [[owner, purpose, number, text]] = op["body"]["sealed"]
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    place = canonical(["shgb/1", owner, number, op["kind"], purpose])
    packed = ChaCha20Poly1305(key).decrypt(raw[:12], raw[12:], place)
    return json.loads(zlib.decompressobj().decompress(packed))["texts"]


def open_note(text: str, identity: str, folder: Path) -> dict:
    """A restricted note: an age file to the keys of its roles."""
    (folder / "role").write_text(identity + "\n")
    sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return json.loads(zlib.decompressobj().decompress(run("age", "-d", "-i", str(folder / "role"), feed=sealed)))


def files(lines: list[bytes]) -> dict[str, bytes]:
    """The sealed files of a parcel of pictures by their SHA-256: parts one after another, each file whole."""
    found: dict[str, list[bytes]] = {}
    for line in lines[1:]:
        part = json.loads(line)
        assert canonical(part) == line
        assert part["s"] == "file"
        so_far = found.setdefault(part["sha256"], [])
        so_far.append(base64.urlsafe_b64decode(part["data"] + "=" * (-len(part["data"]) % 4)))
        assert part["part"] == len(so_far) <= part["parts"]
    whole = {name: b"".join(parts) for name, parts in found.items()}
    assert all(hashlib.sha256(content).hexdigest() == name for name, content in whole.items())
    return whole


def open_file(body: dict, sealed: bytes, key: bytes) -> bytes:
    """What a file is that the body of its record names."""
    assert (len(sealed), hashlib.sha256(sealed).hexdigest()) == (body["length"], body["sha256"])
    place = canonical(["shgb/1", body["group"], body["key"], "file", "bytes"])
    return ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], place)
