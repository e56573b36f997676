"""What the meeting page asks of the program: callables that answer by callback, so the store thread can do them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from shg_desk.actions.last_closed import LastClosed
from shg_desk.actions.reopening import Reopened
from shg_desk.actions.sheet_desk import ClosedSheet
from shg_desk.actions.views_entry import Preview
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet

Problems = Callable[[Sequence[Problem]], None]


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """A group whose sheet can be opened: id, name, village, the planned day and hour, and how far a draft has got.

    `done` is (rows done, rows) of a draft that was begun, None without one; `is_today` puts it among today's; `colour`
    is the group's number among `tokens.GROUP_COLOURS`; `last` the day of its last meeting, None before the first.
    """

    group: str
    name: str
    village: str = ""
    planned: date | None = None
    time: str = ""
    done: tuple[int, int] | None = None
    is_today: bool = False
    colour: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AgainVerbs:
    """The verbs of putting a recorded meeting right, each by the meeting's name.

    `reopen(meeting, answer, on_problem)`; `plan(meeting, sheet, cash, answer, on_problem)`: what would be written;
    `write(meeting, preview, reason, answer, on_problem)`; `keep(meeting, record, answer)`: what is being changed.
    """

    reopen: Callable[[str, Callable[[Reopened], None], Problems], None]
    plan: Callable[[str, Sheet, str, Callable[[Preview], None], Problems], None]
    write: Callable[[str, Preview, str, Callable[[], None], Problems], None]
    keep: Callable[[str, dict[str, Any], Callable[[datetime], None]], None]


@dataclass(frozen=True, slots=True)
class MeetingVerbs:
    """The verbs of the page. Each may answer at once or later, on the window's thread; trouble goes to `on_problem`.

    `offers(answer)`: groups, today's first. `ground(group, on, answer, on_problem)`. `draft(group, answer)`: the kept
    record or None. `keep(group, record, answer)`: keep it, answer with the time. `drop(group)`: forget it.
    `today()`: the day a bare `21` refers to where no meeting is planned.
    `close(sheet, answer, on_problem)`: write the meeting and forget its draft. `notes(currency, on)`: notes and coins
    in use, largest first (the panel joins the small ones). `reasons()`: (code, words) why a meeting is not held;
    `templates()`: the same of usual decisions; `agenda(ground)`: the points of the meeting.
    `print_paper(code, on, which)`: a paper of a group and day (`sheet`, `read-aloud`, `booklets`). `again`: recorded
    meetings.
    `hand(group, name)`: hand the window to the treasurer. `between(page, group)`: leave the sheets for money
    `between` meetings or a `count` of it. `last(group, answer, on_problem)`: the group's last meeting.
    `closed(meeting, answer, on_problem)`: a closed meeting by its name.
    """

    offers: Callable[[Callable[[Sequence[SheetOffer]], None]], None]
    ground: Callable[[str, date, Callable[[Ground], None], Problems], None]
    draft: Callable[[str, Callable[[Mapping[str, Any] | None], None]], None]
    keep: Callable[[str, Mapping[str, Any], Callable[[datetime], None]], None]
    drop: Callable[[str], None]
    close: Callable[[Sheet, Callable[[ClosedSheet], None], Problems], None]
    notes: Callable[[Currency, date], Sequence[int]]
    today: Callable[[], date]
    reasons: Callable[[], tuple[tuple[str, str], ...]] = tuple
    templates: Callable[[], tuple[tuple[str, str], ...]] = tuple
    agenda: Callable[[Ground], Sequence[str]] = lambda _ground: ()
    print_paper: Callable[[str, date, str], None] | None = None
    again: AgainVerbs | None = None
    between: Callable[[str, str], None] | None = None
    hand: Callable[[str, str], None] | None = None
    last: Callable[[str, Callable[[LastClosed], None], Problems], None] | None = None
    closed: Callable[[str, Callable[[LastClosed], None], Problems], None] | None = None
