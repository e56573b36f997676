"""What a page shows of one difference: sides as columns, lines, and the answers there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.views_differences import OpenItem

Value = int | str | None
"""What one side says: minor units, a text, or nothing."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: whose it is, when it was recorded, its own party names; a meeting's count and whether it is from paper.

    `balanced` tells whether its count agreed with its own book, None where it has no count; `stands` is true for the
    one of several that the book goes by until it is settled. `through` is the number of the last record of its that its
    sums speak of, 0 where they are no sums of a book.
    """

    label: str
    recorded: date | None
    parties: tuple[str, ...]
    counted_minor: int | None = None
    from_paper: bool = False
    balanced: bool | None = None
    stands: bool = False
    through: int = 0


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line: its key (a membership id, or a field), number, name, and what each side says.

    With `on` and `kind` it is an entry of this book that is only listed beside what differs.
    """

    key: str
    number: str
    name: str
    values: tuple[Value, ...]
    on: date | None = None
    kind: str = ""

    @property
    def differs(self) -> bool:
        """True where the sides do not say the same."""
        return self.on is None and len(set(self.values)) > 1

    @property
    def gap_minor(self) -> int | None:
        """How much more the second of two sides says; None where they do not say sums."""
        first, second = self.values
        return second - first if isinstance(first, int) and isinstance(second, int) else None


def together(rows: Sequence[SideRow], sides: int) -> tuple[int | None, ...]:
    """What some rows come to on each side, minor units; None where not one of them is a sum."""
    sums = [[value for row in rows if isinstance(value := row.values[i], int)] for i in range(sides)]
    return tuple(sum(one) if one else None for one in sums)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `keep` a side (its number), `both`, `rows`, `noted`, `again`, or of a record set aside `accept` or
    `reject`.

    `blocked` names a loan in its way.
    """

    code: str
    side: int = 0
    cash_minor: int | None = None
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A difference with its sides. `totals` is None where adding up says nothing; `at_office` is true where it is not
    this book that answers but its office.
    """

    item: OpenItem
    sides: tuple[Side, ...]
    rows: tuple[SideRow, ...]
    totals: tuple[int, ...] | None
    answers: tuple[Answer, ...]
    at_office: bool = False
