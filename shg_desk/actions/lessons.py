"""Lessons of the practice book: a few tasks whose steps are ticked off by what really stands in the book.

Nothing is marked by hand: a step is done when a draft or a record made since the lesson began shows it. Only a practice
book has lessons.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shg_desk.actions.attention import attention
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.leaving import DIED
from shg_desk.domain.leaving import SETTLED_BY_VOTE
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import log

KEPT = "lessons"
RECORDS_READ = 500
NOT_PLAIN = frozenset("aelr")
"""Attendance other than present or unmarked."""

STEPS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("begun", "marked", "counted", "closed"),
    "mistake": ("corrected", "reason", "agrees"),
    "loan": ("given", "closed-with-loan", "repaid"),
    "death": ("died", "decided", "payable", "paid-out"),
    "share-out": ("box-counted", "shared-out", "envelopes", "box-agrees"),
    "parcel": ("written",),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: its name, whether it was begun, its steps by name with whether each is done."""

    name: str
    begun: bool
    steps: tuple[tuple[str, bool], ...]

    @property
    def finished(self) -> bool:
        """True once every step is done."""
        return self.begun and all(done for _, done in self.steps)

    @property
    def next_step(self) -> str:
        """The first step not done; empty when all are."""
        return next((step for step, done in self.steps if not done), "")


@dataclass(frozen=True, slots=True)
class Lessons:
    """Every lesson in order, and the name of the one being followed (empty: none)."""

    lessons: tuple[Lesson, ...] = ()
    current: str = ""

    def now(self) -> Lesson | None:
        """The lesson being followed."""
        return next((one for one in self.lessons if one.name == self.current), None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was done since a lesson began: own records by kind, drafts of sheets, parcels, counts that broke."""

    records: tuple[tuple[str, Mapping[str, Any]], ...]
    drafts: tuple[Mapping[str, Any], ...]
    parcels: int
    broken: int

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        return [body for one, body in self.records if one == kind]


def lessons(desk: Desk) -> Lessons:
    """The lessons as far as they have come; none for a book that is no practice book."""
    if not desk.is_practice or desk.is_office:
        return Lessons()
    kept = _kept(desk)
    found = []
    for name, steps in STEPS.items():
        began = kept["began"].get(name)
        seen = _seen(desk, began) if began is not None else None
        found.append(
            Lesson(name, seen is not None, tuple((step, seen is not None and _DONE[step](seen)) for step in steps))
        )
    return Lessons(tuple(found), kept["current"])


def begin_lesson(desk: Desk, name: str) -> Outcome[str]:
    """A lesson begins now, or anew. Raises KnownError NOTHING_CHANGED outside the practice book."""
    if not desk.is_practice or name not in STEPS:
        raise KnownError(Problem(Code.NOTHING_CHANGED, name))
    kept = _kept(desk)
    book = desk.book
    kept["began"][name] = {
        "epoch": book.epoch,
        "seq": log.tip(book.db, book.device, book.epoch).seq,
        "parcels": _parcels(desk),
        "broken": _broken(desk),
        "drafts": [draft.key for draft in desk.drafts.every("meeting")],
    }
    kept["current"] = name
    book.set_setting(KEPT, json.dumps(kept))
    return Outcome(name, Changed.SETTINGS)


def _kept(desk: Desk) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(desk.book.setting(KEPT) or "{}")
    return {"began": dict(kept.get("began") or {}), "current": kept.get("current") or ""}


# what the book shows ------------------------------------------------------------------------------------------------


def _seen(desk: Desk, began: Mapping[str, Any]) -> _Seen:
    book = desk.book
    first = int(began["seq"]) + 1 if began["epoch"] == book.epoch else 1
    last = min(log.tip(book.db, book.device, book.epoch).seq, first + RECORDS_READ)
    records = []
    for op in log.between(book.db, book.device, book.epoch, first, last):
        line = json.loads(op.line)
        records.append((str(line["kind"]), line["body"]))
    known = set(began.get("drafts", ()))
    drafts = [one.content for one in desk.drafts.every("meeting") if one.key not in known]
    return _Seen(
        tuple(records),
        tuple(one for one in drafts if isinstance(one, dict)),
        _parcels(desk) - int(began["parcels"]),
        _broken(desk) - int(began["broken"]),
    )


def _parcels(desk: Desk) -> int:
    return sum(one.outgoing for one in exchange_store.parcels(desk.book.db))


def _broken(desk: Desk) -> int:
    return len(attention(desk, group_store.groups(desk.book)).broken)


def _held(seen: _Seen) -> list[Mapping[str, Any]]:
    return [body for body in seen.of("meeting") if body.get("held")]


def _begun(seen: _Seen) -> bool:
    return bool(_held(seen)) or any(one.get("rows") or one.get("cells") for one in seen.drafts)


def _marked(seen: _Seen) -> bool:
    written = any(NOT_PLAIN & set(str(body.get("attendance", ""))) for body in _held(seen))
    return written or any(
        row.get("attendance") not in (None, "present") for one in seen.drafts for row in one.get("rows", {}).values()
    )


def _counted(seen: _Seen) -> bool:
    if any(body.get("counts") for body in _held(seen)):
        return True
    counts = [one.get("count") or {} for one in seen.drafts]
    return any(one.get("total") is not None or any(n for _, n in one.get("notes", ())) for one in counts)


def _lends(body: Mapping[str, Any]) -> bool:
    return bool(body.get("new_loans"))


def _given(seen: _Seen) -> bool:
    cells = (cell for one in seen.drafts for cell in one.get("cells", ()))
    typed = any("loan" in [str(part) for part in cell[:3]] for cell in cells)
    return typed or any(_lends(body) for body in _held(seen))


def _repaid(seen: _Seen) -> bool:
    bodies: Iterable[Mapping[str, Any]] = (*_held(seen), *seen.of("between"))
    return any(block.get("kind") == "repayment" for body in bodies for block in body.get("entries", ()))


def _posts(body: Mapping[str, Any], kind: str, account: str) -> bool:
    return any(block.get("kind") == kind and account in block["accounts"] for block in body.get("entries", ()))


def _died(seen: _Seen) -> bool:
    said = (one for body in seen.of("profile") for one in body.get("revisions", ()))
    return any(one[0] == "membership" and one[3].get("why") == DIED for one in said)


def _decided(seen: _Seen) -> bool:
    decisions = (one for body in seen.of("between") for one in body.get("decisions", ()))
    return any(one.get("template") == SETTLED_BY_VOTE and "for" in one for one in decisions)


def _accounts(body: Mapping[str, Any], kind: str) -> set[str]:
    """First words of the accounts that entries of a kind are on."""
    blocks = [block for block in body.get("entries", ()) if block.get("kind") == kind]
    return {str(code).partition(".")[0] for block in blocks for code in block.get("accounts", ())}


def _share_out_at(seen: _Seen) -> int | None:
    """Where the newest share-out stands among the records."""
    found = [at for at, (kind, body) in enumerate(seen.records) if kind == "between" and _accounts(body, "share-out")]
    return found[-1] if found else None


def _counts_box(kind: str, body: Mapping[str, Any]) -> bool:
    return kind in ("count", "meeting") and any(one.get("place") == "box" for one in body.get("counts", ()))


def _envelopes(seen: _Seen) -> bool:
    """No envelope waits of a share-out, or one that waited was given out."""
    at = _share_out_at(seen)
    if at is None:
        return False
    waits = "payable" in _accounts(seen.records[at][1], "share-out")
    return not waits or any("payable" in _accounts(body, "withdrawal") for _, body in seen.records[at:])


def _box_agrees(seen: _Seen) -> bool:
    at = _share_out_at(seen)
    return at is not None and seen.broken <= 0 and any(_counts_box(*one) for one in seen.records[at:])


_DONE: Mapping[str, Callable[[_Seen], bool]] = {
    "begun": _begun,
    "marked": _marked,
    "counted": _counted,
    "closed": lambda seen: bool(_held(seen)),
    "corrected": lambda seen: bool(seen.of("correction")),
    "reason": lambda seen: any("text" in body for body in seen.of("correction")),
    "agrees": lambda seen: bool(seen.of("correction")) and seen.broken <= 0,
    "given": _given,
    "closed-with-loan": lambda seen: any(_lends(body) for body in _held(seen)),
    "repaid": _repaid,
    "died": _died,
    "decided": _decided,
    "payable": lambda seen: any(_posts(body, "settlement", PAYABLE) for body in seen.of("between")),
    "paid-out": lambda seen: any(
        _posts(body, "withdrawal", PAYABLE) and body.get("receipt") for body in seen.of("between")
    ),
    "written": lambda seen: seen.parcels > 0,
    "box-counted": lambda seen: any(_counts_box(*one) for one in seen.records),
    "shared-out": lambda seen: _share_out_at(seen) is not None,
    "envelopes": _envelopes,
    "box-agrees": _box_agrees,
}
