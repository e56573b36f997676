"""A settled difference opened again: what was taken back stands again, and a record says that the answer is undone.

Nothing is erased: the first answer, what it wrote, and what undoes both stay in the book. Money is given back by a
further correction; a version of rules, of a person or a number, or marks that were chosen say nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from shg_desk.actions.answers_given import must_answer_here
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_entries import append_correction
from shg_desk.actions.views_difference_sides import loan_in_the_way
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import differences as difference_store
from shg_desk.store import entries as entry_store
from shg_desk.store import operations as operation_store
from shg_desk.store.book import Writer
from shg_desk.store.decided import REOPENED
from shg_desk.store.differences import Settled
from shg_desk.store.operations import Operation


def _can_be_undone(desk: Desk, answers: Sequence[Settled]) -> bool:
    own = all(one.op.partition(".")[0] == desk.book.device for one in answers)
    return bool(answers) and (own or all(map(_is_money, _written(desk, answers))))


def _is_money(record: Operation) -> bool:
    return record.kind == "correction" and bool(record.body.get("entries"))


def reopen(desk: Desk, names: Sequence[str]) -> Outcome[str]:
    """Opens differences again that one answer settled. Gives the first one's name.

    Raises KnownError NOT_AN_OFFICE at a laptop that has one; NOTHING_CHANGED where they are not settled, or would not
    be open again because somebody has gone on from what was chosen; and LOAN_HAS_REPAYMENTS where a loan it took back
    would stand in the way.
    """
    from shg_desk.actions.differences import ALL_CHANGED

    must_answer_here(desk)
    settled = _answers(desk, names)
    written = _written(desk, settled)
    if not _can_be_undone(desk, settled):
        raise KnownError(Problem(Code.NOTHING_CHANGED, names[0] if names else ""))
    with desk.book.writing() as writer:
        undone: dict[str, list[str]] = {}
        for one in filter(_is_money, written):
            rows = [row for row in entry_store.entries_of(desk.book, one.name) if row.stands]
            blocked = loan_in_the_way(desk, rows)
            if blocked:
                raise KnownError(Problem(Code.LOAN_HAS_REPAYMENTS, one.name, {"loan": blocked}))
            if rows:
                undone[one.name] = [append_correction(desk, writer, str(one.body["group"]), rows, "")]
        for answer in settled:
            _take_answer_back(desk, writer, answer, undone)
        writer.flush()
        if not all(map(_is_money, written)):
            _refuse_still_settled(desk, {answer.name for answer in settled})
    groups = frozenset(str(one.body["group"]) for one in written if "group" in one.body)
    return Outcome(settled[0].name, ALL_CHANGED, groups)


def _refuse_still_settled(desk: Desk, names: set[str]) -> None:
    """Raises KnownError NOTHING_CHANGED where a later version has taken the place of what the answer chose."""
    if not names <= {one.name for one in difference_store.open_differences(desk.book)}:
        raise KnownError(Problem(Code.NOTHING_CHANGED, min(names)))


def _answers(desk: Desk, names: Iterable[str]) -> list[Settled]:
    wanted = set(names)
    return [one for one in difference_store.settled_differences(desk.book) if one.name in wanted]


def _body(desk: Desk, op: str) -> dict[str, Any]:
    read = operation_store.operation(desk.book, op)
    return dict(read.body) if read is not None else {}


def _written(desk: Desk, settled: Iterable[Settled]) -> list[Operation]:
    """What the answers wrote beside themselves, each once."""
    names = dict.fromkeys(link for one in settled for link in _body(desk, one.op).get("links", ()))
    found = (operation_store.operation(desk.book, name) for name in names)
    return [one for one in found if one is not None]


def _take_answer_back(desk: Desk, writer: Writer, answer: Settled, undone: dict[str, list[str]]) -> None:
    before = _body(desk, answer.op)
    links = [answer.op, *(name for link in before.get("links", ()) for name in undone.get(link, ()))]
    body: dict[str, Any] = {"difference": answer.name, "choice": REOPENED, "links": sorted(links)}
    if before.get("group"):
        body["group"] = before["group"]
    writer.append(desk.line("settlement", body))
