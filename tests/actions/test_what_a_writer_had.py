"""What a share-out says its writer had (`heads`): how much of it is read, and what late records follow from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.domain.known_heads import GAPS_MOST
from shg_desk.domain.known_heads import HEADS_MOST
from shg_desk.domain.known_heads import had
from shg_desk.domain.known_heads import read_known_heads
from shg_desk.store import groups as group_store
from shg_desk.store import late_records as late
from shg_desk.store.db import Db

DAY = date(2026, 3, 18)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=DAY)
    yield made
    made.close()


def head(epoch: str, seq: int, gaps: object = None) -> list[Any]:
    return ["device22", epoch, seq, "00", *([gaps] if gaps is not None else [])]


def test_gaps_are_read_as_they_stand_in_any_order() -> None:
    said = [head("first222", 90, [[7, 9], [1, 2], [40, 40], [50, 3], [5], "x", [0, 4], [True, 8]]), head("next2222", 3)]
    heads = read_known_heads(said)
    lacked = {1, 2, 7, 8, 9, 40}
    for seq in range(1, 120):
        assert had(heads, "device22", "first222", seq) == (seq <= 90 and seq not in lacked)
        assert had(heads, "device22", "next2222", seq) == (seq <= 3)
        assert not had(heads, "device22", "other222", seq)


def test_more_than_a_true_book_can_have_says_nothing() -> None:
    chains = [head(f"{number:08d}", 5) for number in range(HEADS_MOST + 1)]
    assert len(read_known_heads(chains[:-1])) == HEADS_MOST
    assert read_known_heads(chains) == {}
    gaps = [[1 + 2 * n, 1 + 2 * n] for n in range(GAPS_MOST)]
    [(_, read)] = read_known_heads([head("first222", 10**6, gaps)]).values()
    assert len(read) == GAPS_MOST
    assert read_known_heads([head("first222", 10**6, gaps), head("next2222", 9, [[1, 1]])]) == {}


def shared(desk: Desk, group: str, member: str, heads: object, **more: Any) -> str:
    block = {"accounts": ["saving.compulsory", "box"], "by": "member", "kind": "share-out", "lines": [[0, 100]]}
    body = {"group": group, "date": DAY.isoformat(), "members": [member], "entries": [block], "heads": heads, **more}
    with desk.book.writing() as writer:
        return str(writer.append(desk.line("between", body)).name)


def test_late_is_what_stands_in_a_gap_and_too_much_is_not_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten savings of days before; the writer of a share-out in another's name says he lacked three of them."""
    group = make_group(desk)
    member = group_store.memberships(desk.book, group)[0].id
    paid = [
        str(write_between(desk, Between(group, date(2026, 3, 2), "saving", 10_000 + 100 * n, member)).value.name)
        for n in range(10)
    ]
    first = int(paid[0].rsplit(".", 1)[1])
    device, epoch = desk.book.device, desk.book.epoch
    whole = [device, epoch, first + 9, "00"]
    lacked = [*whole, [[first + 2, first + 3], [first + 8, first + 8]]]
    stranger = late.OpName("stranger", "strange2", 1)
    for heads, expected in (
        ([whole], []),
        ([lacked], [paid[2], paid[3], paid[8]]),
        ([[device, epoch, first + 7, "00"]], paid[8:]),
        ([[device, epoch, first + 9, "00", [[2 * n + 1, 2 * n + 1] for n in range(GAPS_MOST + 1)]]], []),
        ([], []),
    ):
        rows = [late.ShareOutRow(str(stranger), DAY)]
        with monkeypatch.context() as patched:
            patched.setattr(late, "share_outs", lambda book, gid, rows=rows: rows)
            patched.setattr(late, "_heads_of", lambda book, name, heads=heads: read_known_heads(heads))
            assert [one.op for one in late.late_records(desk.book, group)] == expected, heads


def test_a_group_is_read_once_for_all_its_share_outs_and_a_long_one_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_group(desk)
    member = group_store.memberships(desk.book, group)[0].id
    write_between(desk, Between(group, date(2026, 3, 2), "saving", 10_000, member))
    chance = Random(7)
    other = ["stranger", "strange2", 10**6, "00"]
    for _ in range(5):
        gaps = [[one, one] for one in sorted(chance.sample(range(1, 10**6), 30))]
        shared(desk, group, member, [[*other, gaps]])
    for _ in range(3):
        shared(desk, group, member, [[*other, [[1 + 2 * n, 1 + 2 * n] for n in range(40_000)]]])
    asked: list[str] = []
    parsed: list[int] = []
    rows, loads = Db.rows, json.loads

    def counted(self: Db, sql: str, *values: Any) -> Any:
        asked.append(sql)
        return rows(self, sql, *values)

    def measured(text: Any, **more: Any) -> Any:
        parsed.append(len(text))
        return loads(text, **more)

    monkeypatch.setattr(Db, "rows", counted)
    monkeypatch.setattr(json, "loads", measured)
    late.late_records(desk.book, group)
    assert (
        sum("WHERE s.shg = ? AND s.state = 0" in sql and "share" not in sql and "entry" not in sql for sql in asked)
        == 1
    )
    assert max(parsed) < late.LINE_MOST_BYTES
