"""A number of a table that differs from a known one only in how it is written: told with both, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.views_import import ROSTER
from shg_desk.actions.views_import import SAVINGS
from shg_desk.actions.views_import import look_at
from shg_desk.actions.views_import import take_in
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence

Told = list[tuple[object, object, object]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    make_group(made, "G", members=2)
    yield made
    made.close()


def told(problems: tuple[Problem, ...] | list[Problem]) -> Told:
    for one in problems:
        assert (one.code, one.level) == (Code.PERHAPS_HERE_ALREADY, Level.WARNING)
        for lang in ("en", "ru", "ky"):
            assert f"№ {one.facts['number']}" in sentence(Words(lang), one)
            assert f"№ {one.facts['member']}" in sentence(Words(lang), one)
    return [(one.facts["row"], one.facts["number"], one.facts["member"]) for one in problems]


def seen_and_taken(desk: Desk, folder: Path, kind: str, text: str) -> tuple[Told, Told, int]:
    """What the look says, what the import says, and how many members it made."""
    path = folder / f"{kind}.csv"
    path.write_text(text, "utf-8")
    look = look_at(desk, path, kind)
    found = take_in(desk, path, kind, look.given, lambda done, of: None).value
    return told(look.problems), told(found.problems), found.members


def test_sums_under_a_number_written_otherwise(desk: Desk, tmp_path: Path) -> None:
    """№ 2 is in the book; of 9 and 09, both new, the first one seen is the known one; 2 and 12 are plain."""
    day = date(2026, 3, 1).isoformat()
    numbers = ("002", "2.0", "№2", "٢", " 2 ", "12", "9", "09", "002")
    text = "group,member,date,amount\n" + "".join(f"G,{one},{day},10\n" for one in numbers)
    wanted = [(2, "002", "2"), (3, "2.0", "2"), (4, "№2", "2"), (5, "٢", "2"), (9, "09", "9")]
    assert seen_and_taken(desk, tmp_path, SAVINGS, text) == (wanted, wanted, 7)
    assert seen_and_taken(desk, tmp_path, SAVINGS, text) == ([], [], 0), "the same file again says nothing new"


def test_people_under_a_number_written_otherwise(desk: Desk, tmp_path: Path) -> None:
    """A woman who says what another row says is told once, by her number."""
    text = "group,member,name,birth\nG,01,Жамал,1960\nG,3,Нуржан,1975\nG,3.0,Нуржан,1975\nG,4,Бурул,1970\nH,1,Асел,\n"
    wanted = [(2, "01", "1"), (4, "3.0", "3")]
    seen, taken, members = seen_and_taken(desk, tmp_path, ROSTER, text)
    assert (seen, taken, members) == (wanted, wanted, 5)
