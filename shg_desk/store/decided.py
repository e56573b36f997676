"""Whose answers count: the office's, in its book and its laptops'; and which records that were set aside it let in."""

from __future__ import annotations

from shg_desk.domain.ids import is_op_name
from shg_desk.domain.record_lines import readable_parts
from shg_desk.store import log
from shg_desk.store.db import Db
from shg_desk.store.office_lives import living

SET_ASIDE = "set-aside"
"""What a difference about one record begins with; its name, why it was set aside, and `mark_of` its line follow."""

REOPENED = "reopened"
"""The choice of a settlement that undoes those it links to: the difference is open again."""

LETS_IN = "accept"
"""The choice of a settlement by which a record that was set aside counts; any other one leaves it out."""

OFFICE_DEVICE = "office_device"
"""The setting of a laptop that says under which code its office writes records, former ones behind it."""

LEFT_DEVICES = "left_office_devices"
"""The setting of a laptop that says under which codes the offices it has left wrote records, the last one first."""


def offices(db: Db) -> list[str]:
    """The devices an office's answers about records set aside are written by: at an office its own, at a laptop those
    of the offices it was told of, the present one's last.
    """
    said = _said(db)
    if said.get("role") == "office":
        return [said["device"]] if "device" in said else []
    present = said.get(OFFICE_DEVICE, "").split()
    return [*(one for one in said.get(LEFT_DEVICES, "").split()[::-1] if one not in present), *present[::-1]]


def answering(db: Db) -> list[str]:
    """The devices whose answers to differences count in this book: at an office its own; at a laptop only its office's,
    as there, and while it has none those of the ones it left and its own.
    """
    said = _said(db)
    if said.get("role") != "office" and said.get("office"):
        return said.get(OFFICE_DEVICE, "").split()[:1]
    found, own = offices(db), said.get("device")
    return found if own is None or own in found else [*found, own]


def writes_as_office(db: Db) -> bool:
    """True where this book is an office's."""
    return _said(db).get("role") == "office"


def _said(db: Db) -> dict[str, str]:
    names = "'role', 'device', 'office', ?, ?"
    return dict(db.rows(f"SELECT name, value FROM setting WHERE name IN ({names})", (OFFICE_DEVICE, LEFT_DEVICES)))


def set_aside_in(difference: str) -> tuple[str, str] | None:
    """The record's name and the mark of its line, of a difference about a record set aside; None for other words."""
    words = difference.split(" ")
    is_one = len(words) == 4 and words[0] == SET_ASIDE and is_op_name(words[1])
    return (words[1], words[3]) if is_one else None


def mark_of(hashed: bytes) -> str:
    """What tells a line from another one under the same name: the first 16 hex digits of its hash."""
    return hashed.hex()[:16]


def decisions(db: Db, *, from_log: bool = False) -> dict[str, bool]:
    """The office's answers about records that were set aside, by `mark_of` the line: whether they count.

    Of several answers about one the last one holds. Only what the office's own book wrote decides anything: at an
    office its own chain, at a laptop that of the office it was told of. `from_log` is for a rebuild, which has to know
    the answers before it comes to the records, when the derived table is empty.
    """
    return {mark: counts for _, mark, counts in _answers(db, from_log=from_log)}


def decided_about(db: Db) -> dict[tuple[str, str], bool]:
    """The same by the record's name and the mark of its line."""
    return {(name, mark): counts for name, mark, counts in _answers(db, from_log=False)}


def _answers(db: Db, *, from_log: bool) -> list[tuple[str, str, bool]]:
    """Each answer in the office's order: the record's name, the mark of its line, whether it counts."""
    answers: list[tuple[str, str]] = []
    for device in offices(db):
        answers += _of_one(db, device, from_log=from_log)
    about = [(set_aside_in(difference), choice) for difference, choice in answers]
    return [(*one, choice == LETS_IN) for one, choice in about if one is not None]


def _of_one(db: Db, device: str, *, from_log: bool) -> list[tuple[str, str]]:
    """What one office answered about which difference, in its order; what it has lost since it answers no more."""
    known = living(db, device)
    found: list[tuple[str, int, str, str]]
    if from_log:
        lines = log.lines_of(db, device, f'"difference":"{SET_ASIDE} ')
        read = [(epoch, seq, readable_parts(line) or ("", {})) for epoch, seq, line in lines]
        found = [
            (epoch, seq, body["difference"], body["choice"])
            for epoch, seq, (kind, body) in read
            if kind == "settlement"
        ]
    else:
        found = db.rows(
            "SELECT c.epoch, o.seq, d.difference, d.choice FROM settled d JOIN operation o ON o.id = d.op "
            "JOIN chain c ON c.id = o.chain WHERE d.difference > ? AND d.difference < ? AND c.device = ? "
            "ORDER BY c.id, o.seq, o.id",
            (f"{SET_ASIDE} ", f"{SET_ASIDE}!", device),
        )
    return [(about, choice) for epoch, seq, about, choice in found if known is None or not known.has_lost(epoch, seq)]
