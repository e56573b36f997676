"""What the office is asked it alone answers: a laptop's settlements take nothing off its list, and close no page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import sums
from forging import Forger
from three_desks import DAY
from three_desks import Three
from three_desks import as_rebuilt
from three_desks import been
from three_desks import item
from three_desks import met
from three_desks import names
from three_desks import three_desks
from three_desks import trip

from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.leaving import leave_office
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.settled_again import reopen
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import differences_view
from shg_desk.actions.views_inbox import inbox_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.differences import settled_differences

LATER = date(2026, 3, 17)


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_desks(tmp_path) as made:
        yield made


def twice_met(three: Three) -> str:
    """A meeting on each laptop on one day, each counted: one pair at the office; its name."""
    office, first, second, group = three
    met(first, group, counted=20_000)
    met(second, group, counted=20_000)
    trip(office, first, second)
    return item(office, Sort.TWO_MEETINGS).name


def forged(desk: Desk, office: Desk, folder: Path, *bodies: dict[str, object]) -> list[str]:
    forger = Forger(desk)
    made = [forger.write("settlement", dict(body)) for body in bodies]
    assert import_parcels(office, [forger.parcel(office, folder / f"forged{len(names(desk))}{forger.seq}")]).value.new
    return made


@pytest.mark.parametrize("choice", ["noted", "both", "keep 1", "rows", "carry"])
@pytest.mark.parametrize("said", [True, False])
def test_a_laptop_takes_nothing_off_the_list(three: Three, tmp_path: Path, choice: str, said: bool) -> None:
    """Neither one of the group's laptops, nor one that has nothing to do with the group and does not name it."""
    office, first, second, group = three
    twice_met(three)
    settle(office, item(office, Sort.TWO_MEETINGS).name, "both")  # leaves a count that does not agree
    met(first, group, LATER)
    met(second, group, LATER)
    trip(office, first, second)
    open_before = names(office)
    assert len(open_before) == 2
    stranger = make_desk(tmp_path, "stranger")
    enrol(office, stranger, tmp_path, ("B-1",))
    of_group = {"group": group} if said else {}
    writer = second if said else stranger
    forged(writer, office, tmp_path, *({"difference": one, "choice": choice, **of_group} for one in open_before))
    assert names(office) == open_before
    assert len(differences_view(office).given) == 1, "what the office itself has answered"
    as_rebuilt(office)
    trip(office, first)
    assert [one for one in names(first) if one in open_before] == open_before
    as_rebuilt(first)
    stranger.close()


def test_the_office_answers_all_the_same(three: Three, tmp_path: Path) -> None:
    """A laptop answered before, and undoes the office's answer after it: neither is heard."""
    office, first, second, group = three
    name = twice_met(three)
    forged(second, office, tmp_path, {"difference": name, "choice": "both", "group": group})
    settle(office, name, "both", reason="таңкысын жана кечинде")
    assert name not in names(office)
    answer = settled_differences(office.book)[0]
    assert answer.op.startswith(office.book.device)
    trip(office, first, second)
    undoing = {"difference": name, "choice": "reopened", "group": group, "links": [answer.op]}
    forged(second, office, tmp_path, undoing)
    for one in (office, first):
        assert name not in names(one)
        as_rebuilt(one)
    assert sums(office, group)["box"] == 40_000


def test_a_meeting_without_money_is_not_taken_back_by_a_laptop(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    rows = tuple(SheetRow(str(n), Attendance.PRESENT) for n in (1, 2))
    for one in (first, second):
        record_meeting(one, Sheet(group, DAY, rows=rows))
    trip(office, first, second)
    trip(office, first, second)
    name = item(office, Sort.TWO_MEETINGS).name
    forged(second, office, tmp_path, {"difference": name, "choice": "keep 1", "group": group})
    assert (been(office, group), names(office)) == ({(2, 2)}, [name])
    trip(office, first)
    assert been(first, group) == {(2, 2)}
    as_rebuilt(office, first)
    settle(office, name, "keep", 1)
    assert (been(office, group), names(office)) == ({(1, 1)}, [])
    trip(office, first)
    assert been(first, group) == {(1, 1)}
    as_rebuilt(office, first)


ODD = ("set-aside", "set-aside a.b.1 x 0", "set-aside  x 0", "set-aside a b", "set-aside aaaaaaaa.bbbbbbbb.1 x 0")


def test_what_a_laptop_says_of_records_set_aside_is_shown_nowhere(three: Three, tmp_path: Path) -> None:
    """Nor does it close the Inbox or the Differences, and were it the office itself that wrote so oddly."""
    office, first, _, _ = three
    forged(first, office, tmp_path, *({"difference": one, "choice": "accept"} for one in ODD))
    assert (inbox_view(office).given, differences_view(office).given) == ((), ())
    with office.book.writing() as writer:
        for one in ODD:
            writer.append(office.line("settlement", {"difference": one, "choice": "accept"}))
    assert [one.record and one.record.name for one in inbox_view(office).given] == ["aaaaaaaa.bbbbbbbb.1"]
    assert len(differences_view(office).given) == 1 + len([one for one in ODD if " " not in one])
    as_rebuilt(office)


def test_a_laptop_is_shown_what_it_cannot_answer(three: Three) -> None:
    office, first, second, _ = three
    name = twice_met(three)
    for _ in range(2):
        trip(office, first, second)
    here, there = difference_view(first, name), difference_view(office, name)
    assert here is not None
    assert there is not None
    assert (here.answers, here.at_office, there.at_office) == ((), True, False)
    assert replace(here, answers=there.answers, at_office=False).totals == there.totals
    for wrong in (lambda: settle(first, name, "both"), lambda: reopen(first, [name])):
        with pytest.raises(KnownError) as told:
            wrong()
        assert [one.code for one in told.value.problems] == [Code.NOT_AN_OFFICE]


def test_a_book_of_no_office_answers_itself_until_it_has_one_again(three: Three, tmp_path: Path) -> None:
    """It keeps what the office it left had answered. The next office is asked anew, for both."""
    office, first, second, group = three
    before = twice_met(three)
    settle(office, before, "both")
    met(first, group, LATER)
    met(second, group, LATER)
    for _ in range(2):
        trip(office, first, second)
    (pair,) = [name for name in names(first) if name.startswith("same")]
    assert before not in names(first)
    leave_office(first, "кеңсе жабылды")
    assert before not in names(first)
    settle(first, pair, "both")
    assert pair not in names(first)
    as_rebuilt(first)
    nextone = make_desk(tmp_path, "next", "office")
    enrol(nextone, first, tmp_path, ("A-1",))
    assert {before, pair} <= set(names(first)), "its office is asked"
    as_rebuilt(first)
    for _ in range(2):
        trip(nextone, first)
    assert {before, pair} <= set(names(nextone))
    settle(nextone, pair, "both")
    trip(nextone, first)
    assert (pair in names(first), before in names(first)) == (False, True)
    settle(nextone, before, "both")
    trip(nextone, first)
    assert (pair in names(first), before in names(first)) == (False, False)
    as_rebuilt(first, nextone)
    nextone.close()


def test_a_next_office_and_its_laptops_count_the_same_meetings(three: Three, tmp_path: Path) -> None:
    """A pair without money that the former office answered is asked again, on all three; the new answer holds."""
    office, first, second, group = three
    record_meeting(first, Sheet(group, DAY, rows=tuple(SheetRow(n, Attendance.PRESENT) for n in "12")))
    record_meeting(second, Sheet(group, DAY, rows=tuple(SheetRow(n, Attendance.PRESENT) for n in "123")))
    for _ in range(2):
        trip(office, first, second)
    pair = item(office, Sort.TWO_MEETINGS).name
    settle(office, pair, "keep", 1)
    trip(office, first, second)
    assert [been(one, group) for one in (first, second)] == [{(1, 1)}] * 2
    nextone = make_desk(tmp_path, "next", "office")
    for one in (first, second):
        leave_office(one, "кеңсе жабылды")
        assert (been(one, group), names(one)) == ({(1, 1)}, []), "while it has none, what the former one answered holds"
        enrol(nextone, one, tmp_path, ("A-1",))
    for _ in range(3):
        trip(nextone, first, second)
    three_books = (nextone, first, second)
    assert [(been(one, group), names(one)) for one in three_books] == [({(1, 1), (2, 2)}, [pair])] * 3
    as_rebuilt(*three_books)
    settle(nextone, pair, "keep", 0)
    trip(nextone, first, second)
    assert [(been(one, group), names(one)) for one in three_books] == [({(1, 1)}, [])] * 3
    as_rebuilt(*three_books)
    nextone.close()
