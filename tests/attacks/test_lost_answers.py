"""What an office put back has lost counts nowhere as an answer, and what its laptops count of it besides is told."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from three_desks import DAY
from three_desks import as_rebuilt
from three_desks import item
from three_desks import met
from three_desks import names
from three_desks import side_of
from three_desks import trip

from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import set_rules
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.settled_again import reopen
from shg_desk.actions.views_differences import Sort
from shg_desk.domain.ids import OpName
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.store.check import check
from shg_desk.store.decided import mark_of
from shg_desk.store.office_lives import living


@dataclass
class Lost:
    """An office, its laptops that share a group, and backups its book is put back from."""

    folder: Path
    office: Desk
    laptops: list[Desk]
    group: str
    times: int = 0

    @property
    def every(self) -> list[Desk]:
        return [self.office, *self.laptops]

    def copy(self) -> Path:
        self.times += 1
        return back_up(self.office, self.folder / f"copies-{self.times}").value.file

    def put_back(self, copy: Path) -> None:
        self.times += 1
        clock, again = self.office.clock, self.folder / f"again-{self.times}.shgbook"
        self.office.close()
        restore_book(copy, again, PASSPHRASE)
        self.office = open_desk(again, PASSPHRASE, clock=clock)

    def trips(self, times: int = 2, *desks: Desk) -> None:
        for _ in range(times):
            trip(self.office, *(desks or self.laptops))

    def late(self) -> Path:
        """The office's receipts on a stick that lies about."""
        self.times += 1
        export_parcels(self.office, self.folder / f"late-{self.times}")
        return self.folder / f"late-{self.times}"

    def keep(self, name: str, desk: Desk) -> None:
        settle(self.office, name, "keep", side_of(self.office, name, desk))

    def all_alike(self, box: int) -> None:
        assert [sums(one, self.group)["box"] for one in self.every] == [box] * len(self.every)
        buckets = [exchange_store.buckets(one.book.db, {self.group}) for one in self.every]
        assert buckets == [buckets[0]] * len(self.every)
        assert [names(one) for one in self.every] == [[]] * len(self.every)
        as_rebuilt(*self.every)


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[Lost]:
    office = make_desk(tmp_path, "office", "office")
    laptops = [make_desk(tmp_path, name) for name in ("first", "second", "third")]
    for one in laptops:
        enrol(office, one, tmp_path, ("A-1",))
    made = Lost(tmp_path, office, laptops, make_group(laptops[0]))
    made.trips(3)
    yield made
    for one in made.every:
        assert check(one.book) == []
        one.close()


def test_a_lost_answer_is_none_though_its_difference_is_not_answered_again(lost: Lost) -> None:
    """Three of one day: the lost answer kept the first, the office now keeps the third, who had four: 400, not 100."""
    first, second, third = lost.laptops
    for number, desk in enumerate(lost.laptops, start=2):
        met(desk, lost.group, DAY, tuple(range(1, number + 1)))
    lost.trips(2, first, second)
    copy = lost.copy()
    lost.keep(item(lost.office, Sort.TWO_MEETINGS).name, first)
    lost.trips(2, first, second)
    assert [sums(one, lost.group)["box"] for one in (lost.office, first, second)] == [20_000] * 3
    lost.put_back(copy)
    lost.trips()
    # what is asked again is asked of equal books, before anything is answered
    boxes = [sums(one, lost.group)["box"] for one in lost.every]
    assert boxes == [90_000] * 4
    while asked := [name for name in names(lost.office) if third.book.device in name]:
        lost.keep(asked[0], third)
    lost.trips(3)
    lost.all_alike(40_000)
    met(first, lost.group, DAY + timedelta(7), (1,))
    lost.trips()
    lost.all_alike(50_000)


def test_a_late_stick_of_the_lost_life_answers_nothing(lost: Lost) -> None:
    """The copy holds no record of the office at all, so its new answer names none of its former life."""
    first, second, _ = lost.laptops
    met(first, lost.group, DAY, (1, 2))
    met(second, lost.group, DAY, (1, 2, 3))
    lost.trips()
    copy = lost.copy()
    pair = item(lost.office, Sort.TWO_MEETINGS).name
    lost.keep(pair, first)
    late = lost.late()
    lost.put_back(copy)
    lost.keep(pair, second)
    lost.trips()
    import_parcels(first, [late])
    lost.all_alike(30_000)
    lost.trips()
    lost.all_alike(30_000)


def test_a_lost_answer_opened_again_is_lost_with_it(lost: Lost) -> None:
    """The copy holds the answer; that it was undone, and with which money, is lost: 200 stay."""
    first, second, _ = lost.laptops
    met(first, lost.group, DAY, (1, 2))
    met(second, lost.group, DAY, (1, 2, 3))
    lost.trips()
    pair = item(lost.office, Sort.TWO_MEETINGS).name
    lost.keep(pair, first)
    copy = lost.copy()
    reopen(lost.office, [pair])
    lost.trips()
    assert {sums(one, lost.group)["box"] for one in lost.every} == {50_000}
    lost.put_back(copy)
    lost.trips()
    lost.all_alike(20_000)


def test_what_a_lost_answer_left_out_is_not_left_out(lost: Lost) -> None:
    """Two members' 200 go with the answer, and come back with its loss."""
    office = lost.office
    name = met(lost.laptops[1], lost.group, DAY, (1, 2))
    lost.trips()
    copy = lost.copy()
    [line] = log.named(office.book.db, OpName.parse(name))
    with office.book.writing() as writer:
        said = f"set-aside {name} forked {mark_of(line.hash)}"
        writer.append(office.line("settlement", {"difference": said, "choice": "reject", "group": lost.group}))
    office.book.rebuild()
    lost.trips()
    assert [sums(one, lost.group).get("box", 0) for one in lost.every] == [0] * 4
    lost.put_back(copy)
    lost.trips()
    lost.all_alike(20_000)


def test_put_back_twice_from_one_copy_the_later_life_holds(lost: Lost) -> None:
    """A stick of the life between, which the first laptop never met, is read after one of the later life."""
    first, second, _ = lost.laptops
    met(first, lost.group, DAY, (1, 2))
    met(second, lost.group, DAY, (1, 2, 3))
    lost.trips()
    copy = lost.copy()
    pair = item(lost.office, Sort.TWO_MEETINGS).name
    lost.put_back(copy)
    lost.keep(pair, first)
    lost.trips(2, second)
    late = lost.late()
    lost.put_back(copy)
    lost.keep(pair, second)
    lost.trips()
    for one in lost.laptops:
        import_parcels(one, [late])
    lost.all_alike(30_000)


def test_records_of_a_lost_office_that_are_no_answers_are_told_to_it(lost: Lost) -> None:
    """Its meeting, two members with 100 each, counts at the laptops; it is named there and at the office."""
    office, first = lost.office, lost.laptops[0]
    met(first, lost.group, DAY, (1,))
    lost.trips()
    copy = lost.copy()
    met(office, lost.group, DAY + timedelta(7), (1, 2))
    lost.trips()
    lost.put_back(copy)
    lost.trips()
    assert [sums(one, lost.group)["box"] for one in lost.every] == [10_000, *[30_000] * 3]
    told = [one for one in exchange_store.disagreements(lost.office.book.db) if one[1] == lost.group]
    assert [(one[0], one[3], one[4]) for one in told] == sorted(
        # the first laptop's own meeting beside the lost one
        (one.book.device, "3 30000" if one is first else "2 20000", "1 10000" if one is first else "0 0")
        for one in lost.laptops
    )
    for one in lost.laptops:
        assert [one[3:] for one in exchange_store.disagreements(one.book.db)] == [("1 10000", "3 30000")]
    assert len(names(lost.office)) == 3


def join(lost: Lost, desk: Desk) -> None:
    request, grant = lost.folder / "again.request", lost.folder / "again.grant"
    request_enrolment(desk, request)
    grant_enrolment(lost.office, request, grant, groups=("A-1",))
    accept_grant(desk, grant)


@pytest.mark.parametrize("hears", [join, lambda lost, desk: lost.trips(1, desk)])
def test_what_the_living_office_answers_counts_from_the_first_word_of_it(
    lost: Lost, hears: Callable[[Lost, Desk], None]
) -> None:
    """A laptop that joins again hears the answer with it, before any receipt of the new life."""
    first, second, _ = lost.laptops
    met(first, lost.group, DAY, (1, 2))
    met(second, lost.group, DAY, (1, 2, 3))
    lost.trips()
    copy = lost.copy()
    pair = item(lost.office, Sort.TWO_MEETINGS).name
    lost.put_back(copy)
    lost.keep(pair, second)
    hears(lost, first)
    assert sums(first, lost.group)["box"] == 30_000
    known = living(first.book.db, lost.office.book.device)
    assert known is not None
    lost.trips()
    lost.all_alike(30_000)


def test_a_meeting_by_lost_rules_counts_also_where_they_never_came(lost: Lost) -> None:
    """Only the first laptop heard the version the office voted; its meeting by it, 200, counts everywhere."""
    first = lost.laptops[0]
    copy = lost.copy()
    set_rules(lost.office, lost.group, {"savings": [{"code": "compulsory", "amount": "150", "compulsory": True}]}, DAY)
    lost.trips(2, first)
    met(first, lost.group, DAY + timedelta(1), (1, 2))
    export_colleague(first, lost.folder / "colleague")
    import_parcels(lost.laptops[1], [lost.folder / "colleague"])
    assert sums(lost.laptops[1], lost.group) == {}, "it waits for the version"
    lost.put_back(copy)
    lost.trips()
    assert [sums(one, lost.group).get("box", 0) for one in lost.every] == [20_000] * 4
    as_rebuilt(*lost.every)


def test_an_office_names_the_life_it_hears_of(lost: Lost) -> None:
    """A laptop that met only the life between hears from the later one that it is over, and goes on with that."""
    first = lost.laptops[0]
    copy = lost.copy()
    lost.put_back(copy)
    lost.trips(1, first)
    between = first.book.setting("office_epoch")
    lost.put_back(copy)
    import_parcels(first, [lost.late()])
    assert first.book.setting("office_epoch") == between, "the office has not heard of that one yet"
    lost.trips(1, first)
    assert first.book.setting("office_epoch") == lost.office.book.epoch
