"""The office's own answers about records that were set aside: which of them count, in its book and its laptops'."""

from __future__ import annotations

from shg_desk.domain.canonical import parse
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.problems import Code
from shg_desk.store import log
from shg_desk.store.db import Db

SET_ASIDE = "set-aside"
"""What a difference about one record begins with; its name, why it was set aside, and `mark_of` its line follow."""

LETS_IN = "accept"
"""The choice of a settlement by which a record that was set aside counts; any other one leaves it out."""

OFFICE_DEVICE = "office_device"
"""The setting of a laptop that says under which code its office writes records; offices it has left stand behind."""


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


def is_unheeded(db: Db) -> bool:
    """True where a record counts that the office left out, or is left out that the office has let in since."""
    last = {(name, mark): counts for name, mark, counts in _answers(db, from_log=False)}
    for (name, mark), counts in last.items():
        for op in log.named(db, OpName.parse(name)):
            if mark_of(op.hash) != mark:
                continue
            row = db.row("SELECT state, code FROM standing WHERE op = ?", (op.id,))
            if row is not None and (row[1] == Code.REJECTED) == counts:
                return True
    return False


def _answers(db: Db, *, from_log: bool) -> list[tuple[str, str, bool]]:
    """Each answer in the office's order: the record's name, the mark of its line, whether it counts."""
    said: dict[str, str] = dict(
        db.rows("SELECT name, value FROM setting WHERE name IN ('role', 'device', ?)", (OFFICE_DEVICE,))
    )
    devices = [said.get("device")] if said.get("role") == "office" else said.get(OFFICE_DEVICE, "").split()[::-1]
    answers: list[tuple[str, str]] = []
    for device in devices:  # the present office's last
        answers += _of_one(db, str(device), from_log=from_log)
    marked = [(difference.split(" "), choice) for difference, choice in answers]
    return [
        (words[1], words[3], choice == LETS_IN) for words, choice in marked if len(words) == 4 and is_op_name(words[1])
    ]


def _of_one(db: Db, device: str, *, from_log: bool) -> list[tuple[str, str]]:
    """What one office answered about which difference, in its order."""
    if from_log:
        bodies = [parse(line)["body"] for line in log.lines_of(db, device, f'"difference":"{SET_ASIDE} ')]
        return [(body["difference"], body["choice"]) for body in bodies]
    return db.rows(
        "SELECT d.difference, d.choice FROM settled d JOIN operation o ON o.id = d.op "
        "JOIN chain c ON c.id = o.chain WHERE d.difference > ? AND d.difference < ? AND c.device = ? "
        "ORDER BY c.id, o.seq, o.id",
        (f"{SET_ASIDE} ", f"{SET_ASIDE}!", device),
    )
