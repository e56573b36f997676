"""Single cases of deriving: long waits, hostile bodies, revoked devices, gaps, and a kind learned later."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from villages import Device
from villages import Group
from villages import Written
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all
from villages import savings

from shg_desk.domain import kinds
from shg_desk.domain.canonical import encode
from shg_desk.domain.kinds import Kind
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.problems import BugError
from shg_desk.store.book import Book
from shg_desk.store.book import Line
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.store.operations import unsettled
from shg_desk.store.standings import State


@pytest.fixture
def device() -> Device:
    return new_device(Random(1))


@pytest.fixture
def group(device: Device) -> Group:
    made = new_group(Random(2), 2)
    device.write("profile", {"revisions": made.revisions()})
    return made


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return make(tmp_path)


def states(book: Book) -> list[tuple[State, str | None]]:
    return [(State(state), code) for state, code in book.db.rows("SELECT state, code FROM standing ORDER BY op")]


def test_a_long_chain_that_comes_backwards_counts_in_the_end(book: Book, device: Device, group: Group) -> None:
    seen = None
    for number in range(1500):
        seen = str(device.write("meeting", savings(group, f"2025-01-{number % 28 + 1:02d}", [100], seen)).name)
    relayed = [dataclasses.replace(one, relayed=True) for one in device.lines]
    put_all(book, relayed[:0:-1], batch=1000)
    assert book.db.value("SELECT count(*) FROM standing WHERE state = 1") == 1500
    with book.writing() as writer:
        first = relayed[0]
        writer.put(first.name, first.line, first.head_before, relayed=True)
    assert (writer.outcome.applied, writer.outcome.released, writer.outcome.held) == (1, 1500, 0)
    assert book.db.value("SELECT max(depth) FROM standing") == 1500
    assert unsettled(book) == []
    assert check(book) == []


def test_a_gap_holds_a_direct_chain_and_lets_a_relayed_one_through(book: Book, device: Device, group: Group) -> None:
    for day in (1, 2, 3):
        device.write("meeting", savings(group, f"2025-01-0{day}", [100]))
    one, two, _, four = device.lines
    put_all(book, [one, four])
    (waiting,) = unsettled(book)
    assert waiting.state == State.HELD
    assert book.db.value("SELECT need FROM waiting") == f"s:{device.lines[2].name}"
    put_all(book, [dataclasses.replace(two, relayed=True)])
    assert len(unsettled(book)) == 1
    put_all(book, [device.lines[2]])
    assert unsettled(book) == []


HOSTILE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a day that is none": lambda b: b | {"date": "2025-02-30"},
    "a block's day that is none": lambda b: b | {"entries": [b["entries"][0] | {"date": "tomorrow"}]},
    "a member without number": lambda b: b | {"entries": [b["entries"][0] | {"lines": [[7, 100]]}]},
    "a bool for money": lambda b: b | {"entries": [b["entries"][0] | {"lines": [[0, True]]}]},
    "too much money": lambda b: b | {"entries": [b["entries"][0] | {"lines": [[0, AMOUNT_LIMIT_MINOR], [1, 1]]}]},
    "an account twice": lambda b: b | {"entries": [b["entries"][0] | {"accounts": ["box", "box"]}]},
    "an unknown account": lambda b: b | {"entries": [b["entries"][0] | {"accounts": ["box", "../x"]}]},
    "a count of giants": lambda b: b | {"counts": [{"place": "box", "notes": [[2**53, 2**53]], "expected": 0}]},
    "who represented is a list": lambda b: b | {"represented": {"0": ["x"]}},
    "a count in nobody's hands": lambda b: b | {"counts": [{"place": "hand", "total": 1, "expected": 1, "member": 9}]},
    "a loan twice": lambda b: (
        b
        | {
            "loans": ["a" * 16],
            "new_loans": [{"loan": "a" * 16, "code": "x", "member": 0, "amount": 1, "terms": {}}] * 2,
        }
    ),
    "keys that do not fit": lambda b: b | {"keys": {"members": []}, "source": "x", "_kind": "import"},
    "an import without a day": lambda b: (
        {k: v for k, v in b.items() if k != "date"} | {"source": "x", "_kind": "import"}
    ),
    "a body that is a list": lambda b: [b],
    "revisions of nothing": lambda b: {"revisions": [[["x"], 1, {}, None, 2]], "_kind": "profile"},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_body_is_quarantined_and_blocks_nobody(book: Book, device: Device, group: Group, what: str) -> None:
    bad = HOSTILE[what](savings(group, "2025-01-01", [100, 200]))
    kind = bad.pop("_kind", "meeting") if isinstance(bad, dict) else "meeting"
    device.write(kind, bad)
    device.write("meeting", savings(group, "2025-01-08", [300, 400]))
    put_all(book, device.lines)
    assert states(book)[1:] == [(State.QUARANTINED, "line-unreadable"), (State.APPLIED, None)]
    assert check(book) == []


def test_parts_that_a_kind_does_not_have_are_never_read(book: Book, device: Device, group: Group) -> None:
    extra = {"entries": [{"junk": 1}], "members": "nobody", "group": ["x"], "date": 7}
    revision = ["group", group.gid, "state", {"state": "paused"}, []]
    device.write("profile", {"revisions": [revision]} | extra)
    put_all(book, device.lines)
    assert states(book)[1] == (State.APPLIED, None)
    assert book.db.value("SELECT count(*) FROM entry") == 0
    assert check(book) == []


def test_claimed_time_and_author_belong_to_a_line(book: Book, device: Device, group: Group) -> None:
    body = savings(group, "2025-01-01", [100])
    for line in (
        {"body": body, "by": "1", "kind": "meeting", "v": 1},
        {"at": [1, "2"], "body": body, "by": "1", "kind": "meeting", "v": 1},
        {"at": [1, 2], "body": body, "by": None, "kind": "meeting", "v": 1},
        [1],
        7,
    ):
        device.write_raw(encode(line))
    put_all(book, device.lines)
    assert states(book)[1:] == [(State.QUARANTINED, "line-unreadable")] * 5


def test_a_revoked_device_counts_to_its_last_accepted_line_of_each_life(
    book: Book, device: Device, group: Group
) -> None:
    device.write("meeting", savings(group, "2025-01-01", [100]))
    later_life = Device(device.code, "b" * 8)
    later_life.write("meeting", savings(group, "2025-01-08", [200]))
    later_life.write("meeting", savings(group, "2025-01-15", [300]))
    stolen_life = Device(device.code, "c" * 8)
    stolen_life.write("meeting", savings(group, "2025-01-22", [900]))
    put_all(book, [*device.lines, later_life.lines[0]])
    accepted = f"{device.lines[-1].name} {later_life.lines[0].name}"
    book.db.run("INSERT INTO device VALUES (?, '', '', '', 'revoked', 1, 1, '', ?, NULL)", (device.code, accepted))
    put_all(book, [later_life.lines[1], *stolen_life.lines])
    assert [state for state, _ in states(book)] == [State.APPLIED] * 3 + [State.QUARANTINED] * 2
    before = dump(book)
    book.rebuild()
    assert dump(book) == before
    book.db.run("UPDATE device SET revoked = '-'")
    book.rebuild()
    assert {state for state, _ in states(book)} == {State.QUARANTINED}


def test_the_second_line_under_a_name_is_kept_and_counts_for_nothing(book: Book, device: Device, group: Group) -> None:
    first = device.write("meeting", savings(group, "2025-01-01", [100]))
    other = encode({"at": [0, 0], "body": savings(group, "2025-01-01", [900]), "by": "1", "kind": "meeting", "v": 1})
    put_all(book, [*device.lines, Written(first.name, other, first.head_before)])
    assert states(book)[-1] == (State.QUARANTINED, "forked")
    assert book.db.value("SELECT sum(amount) FROM posting WHERE amount > 0") == 100
    assert check(book) == []


def test_a_kind_learned_later_counts_after_the_upgrade(
    tmp_path: Path, device: Device, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = make(tmp_path)
    new = device.write("of-tomorrow", {"group": group.gid, "date": "2025-01-01"})
    device.write("meeting", savings(group, "2025-01-08", [100], str(new.name)))
    put_all(book, device.lines)
    assert [(one.name, one.code) for one in unsettled(book)] == [
        (str(new.name), "kind-unknown"),
        (str(device.lines[-1].name), "reference-missing"),
    ]
    from shg_desk.store import schema

    assert schema.derived_is_current(book.db)
    kind = Kind("of-tomorrow", 1, ("group", "date"), kinds.KINDS["between"].may)
    monkeypatch.setattr(kinds, "KINDS", kinds.KINDS | {"of-tomorrow": kind})
    monkeypatch.setattr(schema, "KIND_VERSIONS", schema.KIND_VERSIONS | {"of-tomorrow": 1})
    assert not schema.derived_is_current(book.db)
    book.rebuild()
    assert unsettled(book) == []


def test_we_never_write_what_we_would_refuse(book: Book, group: Group) -> None:
    digest = book_digest(book)
    with pytest.raises(BugError), book.writing() as writer:
        writer.append(Line("meeting", savings(group, "2025-01-01", [100]), "1", (0, 0)))
    assert book.db.value("SELECT count(*) FROM operation") == 0
    assert book_digest(book) == digest
    with book.writing() as writer:
        writer.append(Line("profile", {"revisions": group.revisions()}, "1", (0, 0)))
        writer.append(Line("meeting", savings(group, "2025-01-01", [100]), "1", (0, 0)))
    assert check(book) == []


def test_the_log_cannot_be_changed(book: Book, device: Device, group: Group) -> None:
    put_all(book, device.lines)
    for statement in ("UPDATE operation SET relayed = 1", "DELETE FROM operation", "DELETE FROM chain"):
        with pytest.raises(BugError):
            book.db.run(statement)
