"""Very many records about one thing: the work grows with their number, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from forging import Forger
from three_desks import Three
from three_desks import met
from three_desks import names
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.differences import settle
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.store import derive_corrections
from shg_desk.store import overtaken

MEMBERS = "SELECT t.gid FROM membership m JOIN thing t ON t.id = m.thing"


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_desks(tmp_path) as made:
        yield made


def calls(what: Callable[[], object], *places: Any) -> int:
    """How often functions of these modules are called meanwhile."""
    files = {place.__file__ for place in places}
    found = 0

    def note(frame: Any, event: str, arg: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_code.co_filename in files

    sys.setprofile(note)
    try:
        what()
    finally:
        sys.setprofile(None)
    return found


def test_meetings_of_one_day_are_a_line_each_and_every_two_can_be_told_apart(three: Three, tmp_path: Path) -> None:
    """Five of a day: four lines, not ten. Each answered `both`, the next is asked, until all ten were: 5 x 4 / 2."""
    office, first, _, group = three
    forger = Forger(first)
    for _ in range(5):
        forger.write("meeting", {"group": group, "date": "2026-03-17", "held": True})
    import_parcels(office, [forger.parcel(office, tmp_path / "many")])
    assert len(names(office)) == 4
    answered = set()
    while asked := names(office):
        assert len(asked) <= 4
        answered.add(asked[-1])
        settle(office, asked[-1], "both")
    assert len(answered) == 10


def test_one_of_many_meetings_is_kept_in_as_many_answers_as_there_are_others(three: Three, tmp_path: Path) -> None:
    office, first, _, group = three
    forger = Forger(first)
    made = [forger.write("meeting", {"group": group, "date": "2026-03-17", "held": True}) for _ in range(5)]
    import_parcels(office, [forger.parcel(office, tmp_path / "many")])
    for _ in range(4):
        asked = names(office)[0]
        view = difference_view(office, asked)
        assert view is not None
        sides = [one.parties[0] for one in view.sides]
        settle(office, asked, "keep", sides.index(made[4]) if made[4] in sides else 0)
    assert names(office) == []


def test_a_chain_of_corrections_is_worked_out_once(three: Three, tmp_path: Path) -> None:
    """Each of 60 gives back what the one before it took: an even number of them leaves the 100 where they were."""
    office, first, _, group = three
    before = met(first, group, members=(1,)) + "#1"
    trip(office, first)
    forger = Forger(first)
    members = [gid for (gid,) in first.book.db.rows(MEMBERS)][:1]
    for n in range(60):
        line = [0, -1 if n % 2 == 0 else 1, {"corrects": before}]
        block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member", "lines": [line]}
        body = {"group": group, "date": "2026-03-17", "how": "x", "members": members, "entries": [block]}
        before = forger.write("correction", {**body, "corrects": [before]}) + "#1"
    parcel = forger.parcel(office, tmp_path / "chain")
    import_parcels(office, [parcel])
    worked = calls(office.book.rebuild, derive_corrections)
    assert worked < 60 * 12, "a few for each of them: with one chain written out for each it is 60 x 60 / 2 and more"
    [times] = office.book.db.rows("SELECT count(*) FROM taken_back WHERE times < 1")
    assert times == (30,)


def test_settlements_of_who_is_no_office_are_not_held_against_each_other(three: Three, tmp_path: Path) -> None:
    office, first, _, _ = three
    work = []
    for number in (20, 40):
        for life in ("aaaaaaaa", "zzzzzzzz"):
            forger = Forger(first, epoch=f"{life[:7]}{'b' if number == 40 else 'c'}")
            for _ in range(number):
                forger.write("settlement", {"difference": f"rules-twice a b{number}", "choice": "keep 1"})
            import_parcels(office, [forger.parcel(office, tmp_path / f"{life}{number}")])
        work.append(calls(office.book.rebuild, overtaken))
    assert work[1] <= work[0] * 2
