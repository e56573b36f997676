"""One operation of every kind as values, in an order that can count; their lines are frozen beside the other examples.

Run as a script with a folder to freeze `lines.txt` and `lines-keys.json`; they are made once and read for ever.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from shg_desk.store.book import Line
from shg_desk.sync import sealing
from shg_desk.sync.keys import make_age

DEVICE, EPOCH = "frozenaa", "lifetwo2"
GROUP, VILLAGE, LOAN = "groupaaaaaaaaaaa", "villageaaaaaaaaa", "loanaaaaaaaaaaaa"
MEMBERS = ["memberaaaaaaaaaa", "memberbbbbbbbbbb"]
PERSONS = ["personaaaaaaaaaa", "personbbbbbbbbbb"]
HOUSEHOLD = "householdaaaaaaa"
GROUP_KEY = sha256(b"group").digest()
PICTURE = b"sealed bytes of a picture"
AT = (1_767_000_000, 360)


def name(seq: int) -> str:
    return f"{DEVICE}.{EPOCH}.{seq}"


def sealed(kind: str, *texts: str) -> list[Any]:
    nonce = sha256(f"{kind} {texts}".encode()).digest()[:12]
    part = sealing.seal(
        GROUP_KEY, {"texts": list(texts)}, owner=GROUP, number=1, kind=kind, field_group="group",
        random_bytes=lambda _: nonce,
    )  # fmt: skip
    return [GROUP, "group", 1, part]


def bodies(kept: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Kind and body of every operation in order; `kept` has the texts that are never made twice the same."""
    seal = kept["sealed"]
    ledger = {"group": GROUP, "rules": name(2), "members": MEMBERS}
    profile = [
        ["village", VILLAGE, "place", {"name": "Кара-Булак"}, []],
        ["group", GROUP, "identity", {"code": "KB-03", "name": "Ырыс", "village": VILLAGE}, []],
        ["group", GROUP, "money", {"currency": "KGS", "minor_digits": 2, "smallest_minor": 100}, []],
        ["household", HOUSEHOLD, "place", {"code": "H-1", "village": VILLAGE}, []],
    ]
    for number, (member, person) in enumerate(zip(MEMBERS, PERSONS, strict=True), 1):
        profile.append(["person", person, "place", {"household": HOUSEHOLD}, []])
        profile.append(["membership", member, "place", {"group": GROUP, "household": HOUSEHOLD, "person": person}, []])
        profile.append(["membership", member, "number", {"number": str(number)}, []])
    rules = {
        "savings": [{"code": "compulsory", "amount": "50", "compulsory": True}],
        "loan": {"rate": "2", "rate_per": "month", "method": "equal-principal", "instalments": 6},
        "quorum_percent": 66,
    }
    return [
        ("profile", {"revisions": profile}),
        ("rules", {"group": GROUP, "from": "2026-01-01", "content": rules, "saw": [],
                   "vote": {"for": 2, "against": 0, "abstained": 0}, "text": 0, "sealed": [seal["rules"]]}),
        ("meeting", {**ledger, "date": "2026-03-12", "held": True, "number": "1", "attendance": "pl", "loans": [LOAN],
                     "new_loans": [{"loan": LOAN, "code": "L-1", "member": 1, "amount": 6000, "guarantors": [0],
                                    "terms": {"rate": "2", "method": "flat", "instalments": 3}}],
                     "counts": [{"place": "box", "expected": 4000, "notes": [[2000, 2]]}],
                     "decisions": [{"text": 0, "for": 2, "against": 0, "abstained": 0, "template": "loan-approved"}],
                     "waived": [{"member": 1, "why": "late", "text": 1}], "sealed": [seal["meeting"]],
                     "entries": [
                         {"kind": "saving", "by": "member", "accounts": ["box", "saving.compulsory"],
                          "lines": [[0, 5000], [1, 5000, {"paid_by": 0}]]},
                         {"kind": "loan", "by": "loan", "accounts": ["principal", "box"], "lines": [[0, 6000]]}]}),
        ("between", {**ledger, "date": "2026-03-15", "seen": name(3), "receipt": "17", "text": 0,
                     "sealed": [seal["between"]],
                     "entries": [{"kind": "exchange", "accounts": ["notes.RUB", "box"],
                                  "lines": [[None, 1040, {"foreign": ["RUB", 1000], "rate": "1.04"}]]}]}),
        ("count", {**ledger, "date": "2026-03-16", "seen": name(3), "text": 0, "sealed": [seal["count"]],
                   "counts": [{"place": "box", "expected": 2960, "total": 2900, "paper": True}],
                   "entries": [{"kind": "difference", "accounts": ["box", "differences"],
                                "lines": [[None, -60, {"why": "unknown"}]]}]}),
        ("correction", {**ledger, "date": "2026-03-12", "seen": name(3), "how": "other-amount",
                        "corrects": [f"{name(3)}#1"], "text": 0, "sealed": [seal["correction"]],
                        "entries": [{"kind": "saving", "by": "member", "accounts": ["box", "saving.compulsory"],
                                     "lines": [[0, -5000, {"corrects": f"{name(3)}#1"}],
                                               [0, 4500, {"instead": f"{name(3)}#1"}]]}]}),
        ("import", {"group": GROUP, "date": "2026-02-28", "source": "quarter-1", "paper": True, "members": MEMBERS,
                    "keys": {"group": "KB-03", "members": ["1", "2"]},
                    "entries": [{"kind": "saving", "by": "member", "accounts": ["box", "saving.compulsory"],
                                 "column": "Saved", "lines": [[0, 700], [1, 800, {"occurrence": 2}]]}]}),
        ("settlement", {"difference": f"same-date {name(3)} {name(4)}", "choice": "both", "group": GROUP,
                        "seen": name(3), "links": [name(3), name(4)], "text": 0, "sealed": [seal["settlement"]]}),
        ("closing", {"group": GROUP, "from": "2026-01-01", "until": "2026-03-31", "rules": name(2), "seen": name(3),
                     "balances": [["box", None, 3900], ["saving.compulsory", MEMBERS[0], -5200]],
                     "heads": [[DEVICE, EPOCH, 8, sha256(b"head").hexdigest()]]}),
        ("note", {"household": HOUSEHOLD, "roles": ["counsellor", "manager"], "note": kept["note"]}),
        ("same-as", {"type": "person", "id": PERSONS[0], "other": PERSONS[1], "same": True}),
        ("tombstone", {"type": "person", "id": PERSONS[1], "reason": "entered twice", "saw": [name(1)]}),
        ("destroy", {"household": HOUSEHOLD, "purposes": ["identity", "life"], "reason": "asked for"}),
        ("file", {"group": GROUP, "about": name(3), "file": "fileaaaaaaaaaaaa", "sha256": sha256(PICTURE).hexdigest(),
                  "length": len(PICTURE), "media": "image/jpeg", "key": 1, "page": 1, "pages": 2, "text": 0,
                  "sealed": [seal["file"]]}),
    ]  # fmt: skip


def lines(kept: dict[str, Any]) -> list[bytes]:
    """What this program writes for them."""
    return [Line(kind, body, "1", AT).canonical() for kind, body in bodies(kept)]


def freeze(folder: Path) -> None:
    seed = sha256(b"note").digest()
    reader = make_age(lambda count: seed[:count])
    note = sealing.seal_for_roles({"text": "Жабык сөз"}, [reader.recipient])
    words = {
        "rules": ["Эрежелер кабыл алынды"], "meeting": ["Карыз берүү", "жол жабык"], "between": ["рубль алмашуу"],
        "count": ["жетпей калды"], "correction": ["туура эмес жазылган"], "settlement": ["экөө тең болгон"],
        "file": ["кол коюлган барак"],
    }  # fmt: skip
    kept = {
        "age": reader.secret,
        "group_key": GROUP_KEY.hex(),
        "note": note,
        "sealed": {kind: sealed(kind, *texts) for kind, texts in words.items()},
        "texts": words,
    }
    (folder / "lines-keys.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "lines.txt").write_bytes(b"".join(line + b"\n" for line in lines(kept)))


if __name__ == "__main__":
    freeze(Path(sys.argv[1]))
