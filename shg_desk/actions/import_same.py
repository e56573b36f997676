"""Which persons of the book the rows of a list speak of: decided within one household or one group, never beyond."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from shg_desk.domain.spelling import key
from shg_desk.domain.spelling import may_be_one_name

name_key = lru_cache(maxsize=32_768)(key)
"""The folded key of a name; in one list the same names are compared again and again."""

Row = TypeVar("Row", bound=Hashable)

APART, LIKELY, SAME = 0, 1, 2
AGE_SLACK_YEARS = 5
"""An age is told anew each year and never exactly: two that are at most so far apart may be one woman's."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a row, or the book, says of a person; '' is *not said*.

    `birth` is the first ISO day of what was told, `certainty` how much that was (`day`, `month`, `year`, `about`).
    """

    name: str = ""
    father: str = ""
    surname: str = ""
    birth: str = ""
    certainty: str = ""

    def letters(self) -> tuple[str, str, str]:
        """The names as they are compared letter by letter: case and blanks do not count."""
        return _letters(self.name), _letters(self.father), _letters(self.surname)


@dataclass(frozen=True, slots=True)
class Here:
    """A person of the book with her household; `told` is None where her names are closed on this laptop."""

    person: str
    household: str | None
    told: Told | None


def seems_same(row: Told, here: Told) -> bool:
    """True where a row may be somebody of the book though nothing ties them: names that sound alike, and the same year
    of birth or father's name.
    """
    if not row.name or name_key(row.name) != name_key(here.name):
        return False
    years = bool(row.birth) and row.birth[:4] == here.birth[:4]
    return years or (bool(row.father) and name_key(row.father) == name_key(here.father))


def clearly_another(row: Told, here: Told) -> bool:
    """True where a row that bears somebody's number names another woman; what one side does not say tells nothing."""
    whole, whole_here = (" ".join((one.name, one.surname, one.father)) for one in (row, here))
    if may_be_one_name(whole, whole_here):
        return False
    parts = ((row.name, here.name), (row.father, here.father), (row.surname, here.surname))
    return not all(may_be_one_name(one, other) for one, other in parts)


def agreement(row: Told, here: Told) -> int:
    """SAME: every name and the birthday are alike. LIKELY: nothing that both say differs. APART: something does.

    Spellings that only sound alike are one name only where both birthdays are told and agree.
    """
    names, others = row.letters(), here.letters()
    if names == others and row.birth == here.birth:
        return SAME
    years = _births_agree(row, here)
    if years is False:
        return APART
    if names[0] != others[0] and not (years and name_key(row.name) == name_key(here.name)):
        return APART
    for one, other in ((row.father, here.father), (row.surname, here.surname)):
        if one and other and name_key(one) != name_key(other):
            return APART
    return LIKELY


def paired(rows: Iterable[tuple[Row, Told]], pools: Mapping[Row, Sequence[Here]]) -> dict[Row, Here]:
    """For each row the person it speaks of, each person once: first the rows that say exactly what the book says.

    Rows alike are paired with persons alike, one with one, so the second of two Айжан of a file is nobody's double.
    A row left over in a household with closed names is paired with one of these: it may be her.
    """
    found: dict[Row, Here] = {}
    taken: set[str] = set()
    waiting = list(rows)
    for wanted in (SAME, LIKELY, APART):
        left = []
        for row, told in waiting:
            for here in pools[row]:
                fits = here.told is None if wanted == APART else here.told and agreement(told, here.told) >= wanted
                if fits and here.person not in taken:
                    taken.add(here.person)
                    found[row] = here
                    break
            else:
                left.append((row, told))
        waiting = left
    return found


def _letters(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _births_agree(row: Told, here: Told) -> bool | None:
    """Whether two birthdays can be one; None where one is not told."""
    if not row.birth or not here.birth:
        return None
    certainties = {row.certainty, here.certainty}
    if not row.birth[:4].isdigit() or not here.birth[:4].isdigit():
        return row.birth == here.birth
    if "about" in certainties:
        return abs(int(row.birth[:4]) - int(here.birth[:4])) <= AGE_SLACK_YEARS
    length = 4 if "year" in certainties else 7 if "month" in certainties else 10
    return row.birth[:length] == here.birth[:length]
