"""Books for tests: operations written by invented devices, as they would come in files, and a book to put them in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from random import Random
from typing import Any

from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import line_hash
from shg_desk.domain.canonical import next_head
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import new_code
from shg_desk.domain.ids import new_id
from shg_desk.store import keys
from shg_desk.store.book import Book
from shg_desk.store.book import create_book
from shg_desk.store.derive_profiles import SealedPart
from shg_desk.store.derive_profiles import Unseal

KEY = bytes(range(32))
AT = [1_767_000_000, 360]  # 2025-12-29 in Bishkek


def no_key(_part: object) -> None:
    return None


def make(folder: Path, seed: int = 0, *, unseal: Unseal = no_key, role: str = "desk") -> Book:
    return create_book(folder, KEY, [("role", role), ("name", "test")], unseal, Random(seed).randbytes)


class Ring:
    """Opens parts that are plain text under a key that is here: the cipher is another room's matter."""

    def __init__(self) -> None:
        self.book: Book | None = None
        self.contents: dict[str, Mapping[str, Any]] = {}

    def unseal(self, part: SealedPart) -> Mapping[str, Any] | None:
        if self.book is None or keys.key(self.book.db, part.owner, part.purpose, part.number) is None:
            return None
        return self.contents[part.text]


@dataclass(frozen=True)
class Written:
    """One operation as it travels."""

    name: OpName
    line: bytes
    head_before: bytes
    relayed: bool = False


@dataclass
class Device:
    """Writes a chain of operations without a book."""

    code: str
    epoch: str
    relayed: bool = False
    lines: list[Written] = field(default_factory=list)

    def write(self, kind: str, body: dict[str, Any], *, version: int = 1, at: Sequence[int] = AT) -> Written:
        return self.write_raw(encode({"at": list(at), "body": body, "by": "1", "kind": kind, "v": version}))

    def write_raw(self, line: bytes) -> Written:
        head = first_head(self.code, self.epoch)
        for written in self.lines:
            head = next_head(head, line_hash(written.line))
        name = OpName(self.code, self.epoch, len(self.lines) + 1)
        self.lines.append(Written(name, line, head, self.relayed))
        return self.lines[-1]


def put_all(book: Book, written: Iterable[Written], batch: int = 7) -> None:
    """Puts operations as files would, some at a time."""
    rest = iter(written)
    for part in iter(lambda: list(itertools.islice(rest, batch)), []):
        with book.writing() as writer:
            for one in part:
                writer.put(one.name, one.line, one.head_before, relayed=one.relayed)


@dataclass
class Group:
    """A group with members, made by one profile operation."""

    gid: str
    village: str
    members: list[str]
    persons: list[str]
    households: list[str]

    def revisions(self, code: str = "G-1") -> list[Any]:
        found: list[Any] = [
            ["village", self.village, "place", {"name": "Кара-Булак"}, []],
            ["group", self.gid, "identity", {"code": code, "name": "Ак-Жол", "village": self.village}, []],
            ["group", self.gid, "money", {"currency": "KGS", "minor_digits": 2, "smallest_minor": 100}, []],
        ]
        for number, (member, person, household) in enumerate(
            zip(self.members, self.persons, self.households, strict=True), 1
        ):
            found += [
                ["household", household, "place", {"code": f"H-{number}", "village": self.village}, []],
                ["person", person, "place", {"household": household}, []],
                ["membership", member, "place", {"group": self.gid, "person": person, "household": household}, []],
                ["membership", member, "number", {"number": str(number)}, []],
                ["membership", member, "interval", {"joined": "2024-01-01"}, []],
            ]
        return found


def new_device(chance: Random, *, relayed: bool = False) -> Device:
    return Device(new_code(chance.randbytes), new_code(chance.randbytes), relayed)


def new_group(chance: Random, size: int) -> Group:
    def ids() -> list[str]:
        return [new_id(chance.randbytes) for _ in range(size)]

    return Group(new_id(chance.randbytes), new_id(chance.randbytes), ids(), ids(), ids())


def savings(group: Group, day: str, amounts: Sequence[int], seen: str | None = None, **more: Any) -> dict[str, Any]:
    """The body of a meeting where everybody saves, and the box is counted."""
    body: dict[str, Any] = {
        "group": group.gid,
        "date": day,
        "held": True,
        "members": group.members[: len(amounts)],
        "attendance": "p" * len(amounts),
        "entries": [
            {
                "kind": "saving",
                "by": "member",
                "accounts": ["box", "saving.usual"],
                "lines": [[index, amount] for index, amount in enumerate(amounts)],
            }
        ],
    }
    if seen:
        body["seen"] = seen
    return body | more
