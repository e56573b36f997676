"""An office put back from a backup: its laptops send again what it lost, and it knows its own receipts from lost ones.

What it lost of its own records stays lost (README, "An office put back"); nothing here rests on that.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from three_desks import DAY
from three_desks import been
from three_desks import item
from three_desks import made_three
from three_desks import met
from three_desks import side_of
from three_desks import trip

from shg_desk.actions import parcel_writing
from shg_desk.actions import parcels_out
from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.record_states import reached
from shg_desk.actions.repeating import ask_again
from shg_desk.actions.repeating import is_asked
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_exchange import exchange_view
from shg_desk.domain.problems import Code
from shg_desk.store import exchange as exchange_store
from shg_desk.store.check import check
from shg_desk.store.differences import settled_differences
from shg_desk.store.dump import book_digest
from shg_desk.store.operations import operation
from shg_desk.store.operations import unsettled

GREEN = ("received", "reconciled")


@dataclass
class PutBack:
    """An office, two laptops that share a group, and backups of the office that its book can be put back from."""

    folder: Path
    office: Desk
    first: Desk
    second: Desk
    group: str
    days: Iterator[date] = field(default_factory=lambda: (DAY + timedelta(7 * n) for n in range(90)))
    times: int = 0

    @property
    def laptops(self) -> tuple[Desk, Desk]:
        return self.first, self.second

    def met(self, desk: Desk) -> str:
        return met(desk, self.group, next(self.days), (1, 2, 3))

    def copy(self) -> Path:
        return back_up(self.office, self.folder / f"backups-{self.times}").value.file

    def put_back(self, copy: Path) -> None:
        self.times += 1
        life, clock = self.office.book.epoch, self.office.clock
        self.office.close()
        restore_book(copy, self.folder / f"again-{self.times}.shgbook", PASSPHRASE)
        self.office = open_desk(self.folder / f"again-{self.times}.shgbook", PASSPHRASE, clock=clock)
        assert self.office.book.epoch != life

    def trip(self, *desks: Desk) -> int:
        return trip(self.office, *(desks or self.laptops))

    def lost_stick(self) -> Path:
        """The office's receipts, which nobody takes in now."""
        return self.stick(self.office)

    def stick(self, desk: Desk, *, everything: bool = False) -> Path:
        self.times += 1
        stick = self.folder / f"lost-{self.times}"
        export_parcels(desk, stick, everything=everything)
        return stick

    def number(self, desk: Desk) -> tuple[str | None, str | None]:
        return desk.book.setting("return_no"), desk.book.setting("office_epoch")

    def all_alike(self) -> None:
        """Three more trips, and all books say the same, nothing waits, and what is green is at the office."""
        for _ in range(3):
            self.trip()
        three = (self.office, *self.laptops)
        assert [sums(one, self.group) for one in three] == [sums(self.office, self.group)] * 3
        buckets = [exchange_store.buckets(one.book.db, {self.group}) for one in three]
        assert buckets == [buckets[0]] * 3
        assert [unsettled(one.book) for one in three] == [[], [], []]
        for one in three:
            assert check(one.book) == []
            digest = book_digest(one.book)
            one.book.rebuild()
            assert book_digest(one.book) == digest
        for desk in self.laptops:
            for name in records(desk):
                found = reached(desk, [name])
                assert found is not None
                assert found.state in GREEN
                assert operation(self.office.book, name) is not None


def records(desk: Desk) -> list[str]:
    rows = desk.book.db.rows("SELECT c.device, c.epoch, o.seq FROM operation o JOIN chain c ON c.id = o.chain")
    return [f"{device}.{epoch}.{seq}" for device, epoch, seq in rows]


def state(desk: Desk, name: str) -> str:
    found = reached(desk, [name])
    assert found is not None
    return found.state


@pytest.fixture
def back(tmp_path: Path) -> Iterator[PutBack]:
    made = PutBack(tmp_path, *made_three(tmp_path))
    yield made
    for desk in (made.office, made.first, made.second):
        desk.close()


def test_a_chain_that_the_copy_had_never_seen_goes_again(back: PutBack) -> None:
    """The second laptop wrote for the first time after the backup: no receipt of the office put back names its life."""
    copy = back.copy()
    theirs = back.met(back.second)
    for _ in range(3):
        back.trip()
    assert [state(desk, theirs) for desk in back.laptops] == ["reconciled", "reconciled"]
    back.put_back(copy)
    ours = back.met(back.first)  # it rests on what the office has lost
    back.trip()
    assert [state(desk, theirs) for desk in back.laptops] == ["on-its-way", "on-its-way"]
    back.all_alike()
    assert sums(back.office, back.group)["box"] == 2 * 3 * 10000
    assert {state(desk, name) for desk in back.laptops for name in (theirs, ours)} == {"reconciled"}


def test_a_laptop_enrolled_after_the_copy_sends_everything_to_its_new_answer(tmp_path: Path) -> None:
    office, first, second = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first"), None
    enrol(office, first, tmp_path, ("A-1",))
    group = make_group(first)
    trip(office, first)
    copy = back_up(office, tmp_path / "backups").value.file
    second = make_desk(tmp_path, "second")
    enrol(office, second, tmp_path, ("A-1",))
    back = PutBack(tmp_path, office, first, second, group)
    back.trip()
    theirs = back.met(second)
    for _ in range(2):
        back.trip()
    assert state(second, theirs) == "reconciled"
    request, grant = tmp_path / "again.request", tmp_path / "again.grant"
    request_enrolment(second, request)
    grant_enrolment(back.office, request, grant, groups=("A-1",))
    accept_grant(second, grant)
    assert state(second, theirs) == "reconciled"  # the same life of the office: it has lost nothing
    back.put_back(copy)
    grant_enrolment(back.office, request, grant, groups=("A-1",))
    accept_grant(second, grant)
    assert state(second, theirs) == "on-its-way"
    back.trip()
    assert operation(back.office.book, theirs) is not None  # with its first parcel, before any receipt
    back.all_alike()
    for desk in (back.office, first, second):
        desk.close()


def test_the_number_of_a_lost_receipt_is_not_taken_for_ones_own(back: PutBack) -> None:
    """Both lives give receipt 8 or so to the second laptop; it has read the lost one only."""
    met(back.first, back.group, date(2026, 3, 3), (1, 2))
    met(back.second, back.group, date(2026, 3, 4), (4,))
    for _ in range(2):
        back.trip()
    copy = back.copy()
    back.met(back.first)
    back.trip()
    back.trip()
    lost = back.number(back.second)
    back.put_back(copy)
    theirs = back.met(back.first)
    import_parcels(back.office, [back.stick(back.first, everything=True)])
    while int(back.office.book.setting("return_no") or 0) < int(lost[0] or 0):
        back.lost_stick()
        import_parcels(back.office, [back.stick(back.second)])
    assert operation(back.second.book, theirs) is None
    back.trip()
    assert operation(back.second.book, theirs) is not None
    assert back.number(back.second)[1] == back.office.book.epoch
    back.all_alike()
    assert back.trip() == 0  # once it has told a receipt of this life nothing goes again


def test_an_answer_given_the_other_way_reaches_a_laptop_that_read_the_lost_one(back: PutBack) -> None:
    met(back.second, back.group, date(2026, 3, 3), (4,))
    for _ in range(2):
        back.trip()
    met(back.first, back.group, DAY, (1, 2))
    met(back.second, back.group, DAY, (1, 2, 3))
    for _ in range(2):
        back.trip()
    copy = back.copy()
    name = item(back.office, Sort.TWO_MEETINGS).name
    settle(back.office, name, "keep", side_of(back.office, name, back.first))
    back.trip()
    assert sums(back.second, back.group)["box"] == 30000
    back.put_back(copy)
    settle(back.office, name, "keep", side_of(back.office, name, back.second))
    back.lost_stick()
    for _ in range(2):
        back.trip()
    three = (back.office, *back.laptops)
    assert [sums(one, back.group)["box"] for one in three] == [40000] * 3
    assert [been(one, back.group) for one in three] == [{(1, 1)}] * 3
    answers = [[one.op for one in settled_differences(desk.book)] for desk in three]
    assert answers == [answers[0]] * 3


def without_life(patched: pytest.MonkeyPatch) -> None:
    """Laptops write as an older program does: the number alone."""
    written: Callable[..., str | None] = parcel_writing._office_epoch
    patched.setattr(
        parcel_writing, "_office_epoch", lambda desk, own, read: None if own is None else written(desk, own, read)
    )


def test_an_older_programs_number_holds_only_where_the_office_had_one_life(
    back: PutBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_life(monkeypatch)
    back.met(back.first)
    back.trip()
    back.trip()
    number = int(back.second.book.setting("return_no") or 0)
    known = exchange_store.device(back.office.book.db, back.second.book.device)
    assert known is not None
    assert known.newest_return == number
    assert back.trip() == 0
    back.put_back(back.copy())
    for _ in range(2):
        back.trip()
    known = exchange_store.device(back.office.book.db, back.second.book.device)
    assert known is not None
    assert known.newest_return == 0
    assert back.trip() > 0  # all of it again: it may have read either life's receipt
    back.all_alike()


def test_a_line_the_office_now_has_otherwise_loses_its_green(back: PutBack) -> None:
    """A copy of the laptop's folder wrote under the same name, and reached only the office put back."""
    for _ in range(2):
        back.trip()
    copy, again = back.copy(), back.folder / "copied.shgbook"
    back.first.close()
    copytree(back.first.folder, again)
    copied = open_desk(again, PASSPHRASE, clock=back.first.clock)
    other = met(copied, back.group, DAY, (4,))
    stick = back.stick(copied)
    copied.close()
    back.first = open_desk(back.first.folder, PASSPHRASE, clock=back.first.clock)
    mine = met(back.first, back.group, DAY, (1, 2))
    assert mine == other
    for _ in range(2):
        back.trip()
    assert state(back.first, mine) == "reconciled"
    back.put_back(copy)
    import_parcels(back.office, [stick])
    back.trip()
    assert state(back.first, mine) == "on-its-way"


def test_the_page_names_the_day_of_the_receipt_of_this_life(back: PutBack) -> None:
    """A receipt of the lost life with the same number, taken in later, is not the newest one."""
    copy = back.copy()
    back.met(back.first)
    import_parcels(back.office, [back.stick(back.first)])
    lost = [back.lost_stick() for _ in range(6)]
    back.put_back(copy)
    for desk in (back.office, back.first):
        desk.clock.move(date(2026, 6, 1))
    back.trip(back.first)
    number, _ = back.number(back.first)
    assert exchange_view(back.first).receipt == (int(number or 0), date(2026, 6, 1))
    back.first.clock.move(date(2026, 7, 1))
    assert import_parcels(back.first, lost).value.refused == 0
    assert exchange_view(back.first).receipt == (int(number or 0), date(2026, 6, 1))


@pytest.mark.parametrize("office_says_it", [True, False])
def test_a_late_receipt_of_a_life_between_does_not_silence_the_living_one(
    back: PutBack, monkeypatch: pytest.MonkeyPatch, office_says_it: bool
) -> None:
    """Put back twice from one copy; a receipt of the first time is read after one of the second.

    An office of an older program does not say which lives are over: it is over once the other has what is new.
    """
    if not office_says_it:
        monkeypatch.setattr(parcels_out, "lives_over", lambda desk, device: None)
    copy = back.copy()
    back.put_back(copy)
    between = back.met(back.first)
    import_parcels(back.office, [back.stick(back.first)])
    late = back.lost_stick()
    back.put_back(copy)
    back.trip()
    import_parcels(back.first, [late])
    assert (back.number(back.first)[1] == back.office.book.epoch) == office_says_it
    back.trip()
    assert (back.number(back.first)[1] == back.office.book.epoch) == office_says_it
    written = back.met(back.first)
    back.trip()
    import_parcels(back.first, [late])
    assert back.number(back.first)[1] == back.office.book.epoch
    back.all_alike()
    assert {state(back.first, name) for name in (between, written)} == {"reconciled"}


def test_everything_asked_for_in_a_lost_life_is_not_asked_for_in_this_one(back: PutBack) -> None:
    copy = back.copy()
    ask_again(back.office, back.first.book.device)
    back.trip(back.first)
    assert is_asked(back.first)
    asked = back.number(back.first)
    back.put_back(copy)
    back.trip(back.first)
    told = back.number(back.first)
    assert told[0] == asked[0]
    assert told[1] != asked[1]
    assert not is_asked(back.first)


def test_receipts_under_keys_from_before_a_change_are_told_not_passed_over(back: PutBack) -> None:
    """The office put back has lost its new keys; the numbers of its receipts are lower than those read."""
    copy = back.copy()
    renew_office_keys(back.office)
    for _ in range(3):
        back.trip()
    back.put_back(copy)
    back.office.book.set_setting(f"news.{back.first.book.device}", "1")
    taken = import_parcels(back.first, [back.lost_stick()]).value
    assert [problem.code for problem in taken.problems] == [Code.OFFICE_KEY_FORMER]


@pytest.mark.parametrize("seed", [2, 5])
def test_whatever_was_lost_and_carried_late_all_books_end_alike(back: PutBack, seed: int) -> None:
    chance = Random(seed)
    sticks: list[tuple[Desk, Path]] = []

    def something(*, may_be_late: bool) -> None:
        what = chance.randrange(4)
        desk = chance.choice(back.laptops)
        if what == 0:
            back.met(desk)
        elif what == 1:
            back.trip(desk)
        elif what == 2:
            back.lost_stick()
            if may_be_late:
                sticks.append((desk, back.stick(back.office)))
        else:
            stick = back.stick(desk)
            if chance.random() < 0.6:
                import_parcels(back.office, [stick])

    copies = [back.copy()]
    for life in range(3):
        for _ in range(chance.randint(3, 7)):
            something(may_be_late=life == 0)
        if chance.random() < 0.5:
            copies.append(back.copy())
        if life < 2:
            back.put_back(chance.choice(copies))
    for desk, stick in sticks:
        import_parcels(desk, [stick])
    back.all_alike()
