"""What a table shows, as finished values: columns, rows and cells. No figure is computed here and no word is made."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum

from shg_desk.ui import tokens


class Kind(StrEnum):
    """How a cell is painted."""

    TEXT = "text"
    """Words at the left (or right in a right-aligned column), an icon before them, `small` as a second line."""
    MONEY = "money"
    """Figure at the right, `small` at the left, an icon at the far left, a dashed box round a proposal."""
    STATE = "state"
    """`state` of `state_of` bars filled, the word behind them if `text` is to be shown."""
    LINK = "link"
    """Words that open something on Enter: lake, underlined, 600."""


class Attendance(StrEnum):
    """How a member stands at a meeting; each with its own icon, so that no colour is needed."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    REPRESENTED = "represented"
    UNMARKED = "unmarked"


ATTENDANCE_ICONS = {
    Attendance.PRESENT: ("disc_tick", tokens.GREEN),
    Attendance.LATE: ("clock", tokens.AMBERMARK),
    Attendance.EXCUSED: ("envelope", tokens.LAKE),
    Attendance.ABSENT: ("ring_x", tokens.RED),
    Attendance.REPRESENTED: ("person_arrow", tokens.LAKE),
    Attendance.UNMARKED: ("dashed_ring", tokens.INK3),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One finished cell. Inks are tokens; an empty ink means the row's own."""

    text: str = ""
    kind: Kind = Kind.TEXT
    small: str = ""
    """Money: small type at the left (`керек 530`). Text: the second line of a two-line row."""
    warns: bool = False
    """The small type tells something to look at: triangle and amber."""
    icon: str = ""
    icon_ink: str = tokens.INK2
    ink: str = ""
    weight: int = tokens.REGULAR
    proposal: bool = False
    """Not confirmed by anybody: ink3 in a dashed box, counts for nothing."""
    strike: bool = False
    was: str = ""
    """The old figure, struck out before the new one."""
    tail: str = ""
    """A small word behind the figure: `с бумаги`."""
    state: int = 0
    state_of: int = 4
    editable: bool = False
    spoken: str = ""
    """What a screen reader says; without it the words as they stand."""

    def __post_init__(self) -> None:
        if not 0 <= self.state <= self.state_of:
            raise ValueError(self.state)


EMPTY = Cell()


def money(text: str, small: str = "", **more: object) -> Cell:
    """A figure, already written for people (`1 060`), with its small type."""
    return replace(Cell(text, Kind.MONEY, small), **more)  # type: ignore[arg-type]


def proposal(text: str, small: str = "", *, spoken: str = "") -> Cell:
    """A figure the program proposes and nobody has confirmed."""
    return Cell(text, Kind.MONEY, small, proposal=True, ink=tokens.INK3, editable=True, spoken=spoken)


def attendance(how: Attendance, words: str) -> Cell:
    """The attendance chip: icon and word; exceptions in 500, not yet marked in ink3."""
    icon, ink = ATTENDANCE_ICONS[how]
    weight = tokens.REGULAR if how in (Attendance.PRESENT, Attendance.UNMARKED) else tokens.MEDIUM
    words_ink = tokens.INK2 if how is Attendance.UNMARKED else tokens.INK
    return Cell(words, icon=icon, icon_ink=ink, weight=weight, ink=words_ink)


def state(filled: int, word: str, *, of: int = 4, bars_only: bool = False) -> Cell:
    """The state of a record in bars; `bars_only` in a column headed "State", where the word is spoken and a tip."""
    return Cell("" if bars_only else word, Kind.STATE, state=filled, state_of=of, spoken=word)


def group_name(name: str, colour: int, **more: object) -> Cell:
    """A group's name behind its colour, the number of one of `tokens.GROUP_COLOURS`."""
    ink = tokens.GROUP_COLOURS[colour]
    return replace(Cell(name, icon="group_mark", icon_ink=ink), **more)  # type: ignore[arg-type]


def link(text: str, **more: object) -> Cell:
    """Words that lead to something."""
    return replace(Cell(text, Kind.LINK, weight=tokens.SEMIBOLD, ink=tokens.LAKE), **more)  # type: ignore[arg-type]


class Rule(StrEnum):
    """The line under a row."""

    LINE = "line"
    HAIR = "hair"
    """Inside one meeting or date."""
    GROUP = "group"
    """At the end of a meeting or date."""
    STRONG = "strong"
    """Under totals."""


class Fill(StrEnum):
    """The ground of a row."""

    SURFACE = "surface"
    SUNKEN = "sunken"
    """Totals, opening and closing lines."""
    MUTED = "muted"
    """A row that counts less today: an absent member."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column, and the thing the row stands for (`key`: kept under the cursor when rows change)."""

    cells: tuple[Cell, ...]
    key: Hashable = None
    rule: Rule = Rule.LINE
    fill: Fill = Fill.SURFACE
    span_from: int | None = None
    """At the foot of a `SteadyTable`: the cell of this column has the room of all to the last but one."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and how wide it is at 100 % at least; words and amounts make it grow, never cut them."""

    name: str
    width: int
    right: bool = False
    """Figures: right-aligned."""
    group: str = ""
    """Neighbours of one group share its name above theirs (`Кассага кирет, сом`)."""
    usual: str = ""
    """The usual or expected amount of the column, once, under its name."""
    divider: bool = False
    """A column-group line at its left: only between in, out and total."""
    grows: int = 0
    """Its share of the spare width."""
    wraps: bool = False
    """Long words break into lines where the window is narrow, and the row grows."""
    fixed: bool = False
    """Stays in sight when the others are scrolled sideways."""
    breaks: bool = False
    """Its name may stand on several lines where the window is narrow."""
    two_lines: bool = False
    """In a `SteadyTable`: words too long for one line stand on two of small type, and the row keeps its height."""
    plausible: tuple[Cell, ...] = ()
    """In a `SteadyTable`: what may come to stand here; the column is as wide as these need, whatever stands there."""
    one_line: tuple[Cell, ...] = ()
    """In a `SteadyTable` of a `two_lines` column: what stands on one line even where the columns stand close."""
