"""Settlements and share-outs written by another program: what is missing or means nothing is read as nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import between_view
from shg_desk.actions.death_account import death_sheet
from shg_desk.actions.death_account import plan_undo
from shg_desk.actions.death_account import print_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import end_membership
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.profiles import Drafted
from shg_desk.actions.share_out_done import print_share_out
from shg_desk.actions.share_out_done import read_share_out
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import share_out_view
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store

DAY = date(2026, 3, 17)
ODD: list[dict[str, Any]] = [
    {},
    {"decisions": []},
    {"decisions": [{}]},
    {"decisions": [{"text": None, "for": None}]},
    {"decisions": [{"text": 99, "for": 2**53 - 1, "against": 0}], "text": 99},
    {"decisions": [{"text": 2**53 - 1}, {"why": "?"}, {"template": "x", "for": 0}], "text": 2**53 - 1},
]
TEXTS: list[Any] = [None, 5, "text", {"a": 1}, [None, 5, ["x"], {"a": 1}], []]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=DAY)
    yield made
    made.close()


@pytest.fixture
def group(desk: Desk) -> str:
    group = make_group(desk, rules={"lifecycle": "share-out", "savings": [{"code": "compulsory", "amount": "100"}]})
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in range(1, 5))
    record_meeting(desk, Sheet(group, date(2026, 3, 7), rows=rows))
    return group


def written(desk: Desk, group: str, block: dict[str, Any], more: dict[str, Any], texts: object = ()) -> str:
    """One record between meetings, of the first member, as nobody's program but another one writes it."""
    first = group_store.memberships(desk.book, group)[0].id
    body = {"group": group, "date": DAY.isoformat(), "members": [first], "entries": [block], **more}
    body["sealed"] = [desk.seal("between", group, "group", {"texts": texts})]
    with desk.book.writing() as writer:
        return str(writer.append(desk.line("between", body)).name)


CASES = [*((more, ["чечим"]) for more in ODD), *(({"decisions": [{"text": 1}], "text": 2}, one) for one in TEXTS)]


@pytest.mark.parametrize(("more", "texts"), CASES)
def test_a_death_settled_oddly(desk: Desk, group: str, tmp_path: Path, more: dict[str, Any], texts: object) -> None:
    first = group_store.memberships(desk.book, group)[0].id
    drafted = Drafted(desk)
    drafted.revise("membership", first, "interval", {"left": "2026-03-16", "why": "died"})
    with desk.book.writing() as writer:
        writer.append(desk.line("profile", drafted.body()))
    facts = {"why": "died", "text": 7}
    whose = {"kind": "settlement", "by": "member"}
    block = {"accounts": ["saving.compulsory", "payable"], **whose, "lines": [[0, 10_000, facts]]}
    written(desk, group, block, more, texts)
    account = death_sheet(desk, first).account
    assert [(line.what, line.amount_minor) for line in account.lines] == [("had", 10_000)]
    assert account.payable_minor == 10_000
    assert account.heir == ""
    assert all(text in ("", "чечим") for text, _, _ in account.decisions)
    for lang in ("ky", "ru"):
        assert print_death(desk, first, tmp_path / "account.pdf", Words(lang)).read_bytes().startswith(b"%PDF")
    plan_undo(desk, first)


@pytest.mark.parametrize(("more", "texts"), CASES)
def test_a_share_out_written_oddly(desk: Desk, group: str, tmp_path: Path, more: dict[str, Any], texts: object) -> None:
    whose = {"kind": "share-out", "by": "member"}
    block = {"accounts": ["saving.compulsory", "box"], **whose, "lines": [[0, 10_000, {"text": 7}]]}
    op = written(desk, group, block, more, texts)
    view = share_out_view(desk, ShareOutAsked(group, DAY))
    assert view.done is not None
    assert [(row.number, row.saved_minor, row.net_minor) for row in view.done.rows] == [("1", 10_000, 10_000)]
    assert read_share_out(desk, op).sums.handed_minor == 10_000
    assert print_share_out(desk, (op,), tmp_path / "list.pdf", Words("ky")).read_bytes().startswith(b"%PDF")
    between_view(desk, group, DAY)
    found = operation_store.operation(desk.book, op)
    assert found is not None
    assert all(one is None or isinstance(one, str) for one in operation_store.texts(desk.book, found))


def test_a_share_out_of_one_who_was_taken_away(desk: Desk, group: str) -> None:
    block = {"accounts": ["saving.compulsory", "box"], "kind": "share-out", "by": "member", "lines": [[0, 10_000]]}
    op = written(desk, group, block, {})
    first = group_store.memberships(desk.book, group)[0].id
    end_membership(desk, first, DAY)
    with desk.book.writing() as writer:
        writer.append(desk.line("tombstone", {"type": "membership", "id": first, "reason": "?", "saw": []}, group))
    assert [row.number for row in read_share_out(desk, op).rows] == ["1"]
