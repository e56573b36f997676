"""Receipts that get lost, fail, come in several files or late: nothing is taken for read or equal before it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions import parcels_out
from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.check import check
from shg_desk.store.states import RecordState
from shg_desk.store.states import States


@dataclass
class Trio:
    """An office and two laptops that share a group, everybody up to date."""

    folder: Path
    office: Desk
    first: Desk
    second: Desk
    group: str = ""
    sticks: int = 0

    def stick(self) -> Path:
        self.sticks += 1
        return self.folder / f"stick-{self.sticks}"

    def send(self, desk: Desk, stick: Path | None = None) -> list[Path]:
        """What was written, to be carried by hand."""
        return [sent.path for sent in export_parcels(desk, stick or self.stick()).value]

    def receipts(self) -> dict[str, list[Path]]:
        """The office's receipts by the laptop they are for."""
        found: dict[str, list[Path]] = {self.first.book.device: [], self.second.book.device: []}
        for path in self.send(self.office):
            found[path.name.split("-")[1]].append(path)
        return found

    def trip(self) -> None:
        for desk in (self.first, self.second):
            import_parcels(self.office, self.send(desk))
        back = self.stick()
        self.send(self.office, back)
        for desk in (self.first, self.second):
            import_parcels(desk, [back])


def meet(desk: Desk, group: str, day: date, who: tuple[int, ...] = (1, 2), amount: int = 10000) -> None:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", amount),)) for n in who)
    record_meeting(desk, Sheet(group, day, rows=rows))


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    office = make_desk(tmp_path, "office", "office")
    made = Trio(tmp_path, office, make_desk(tmp_path, "first"), make_desk(tmp_path, "second"))
    for desk in (made.first, made.second):
        enrol(office, desk, tmp_path, ("A-1",))
    made.group = make_group(made.first)
    for _ in range(3):
        made.trip()
    yield made
    for desk in (made.office, made.first, made.second):
        assert check(desk.book) == []
        desk.close()


def test_a_receipt_that_could_not_be_written_is_written_the_next_time(
    trio: Trio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick is full: no record of the laptop is told as reconciled, and the next export has its receipt."""
    meet(trio.first, trio.group, date(2026, 3, 10))
    import_parcels(trio.office, trio.send(trio.first))
    before = States(trio.office.book).counts()
    assert before[RecordState.RECEIVED] == 1
    real = parcels_out.deliver

    def full(folder: Path, *more: object) -> object:
        if folder.parent == trio.folder:
            raise SurroundingsError(Problem(Code.DISK_FULL, str(folder)))
        return real(folder, *more)

    with monkeypatch.context() as patched:
        patched.setattr(parcels_out, "deliver", full)
        with pytest.raises(SurroundingsError):
            trio.send(trio.office)
    assert States(trio.office.book).counts() == before
    again = trio.receipts()
    assert [len(files) for files in again.values()] == [1, 1]
    assert RecordState.RECEIVED not in States(trio.office.book).counts()
    import_parcels(trio.second, again[trio.second.book.device])
    assert sums(trio.second, trio.group) == sums(trio.office, trio.group)


def test_a_receipt_on_a_lost_stick_is_written_again_when_asked(trio: Trio) -> None:
    meet(trio.first, trio.group, date(2026, 3, 10))
    import_parcels(trio.office, trio.send(trio.first))
    trio.receipts()  # lost
    again = trio.receipts()[trio.second.book.device]
    import_parcels(trio.second, again)
    assert sums(trio.second, trio.group) == sums(trio.office, trio.group)
    import_parcels(trio.office, trio.send(trio.second))
    assert trio.receipts()[trio.second.book.device] == []  # it has told that it read the newest


def test_a_parcel_without_records_that_tells_an_older_receipt_gets_the_newest_again(trio: Trio) -> None:
    meet(trio.first, trio.group, date(2026, 3, 10))
    import_parcels(trio.office, trio.send(trio.first))
    trio.receipts()  # lost, and nothing new on the second laptop
    import_parcels(trio.office, trio.send(trio.second))
    device = trio.second.book.device
    assert trio.office.book.setting(f"news.{device}") == "1"
    import_parcels(trio.second, trio.receipts()[device])
    assert sums(trio.second, trio.group) == sums(trio.office, trio.group)


def test_a_laptop_put_back_from_a_copy_gets_what_it_has_read_before(trio: Trio) -> None:
    trio.second.close()
    shutil.copytree(trio.second.folder, trio.folder / "copy")
    trio.second.book = open_desk(trio.second.folder, PASSPHRASE).book
    for day in (10, 17):
        meet(trio.first, trio.group, date(2026, 3, day))
        trio.trip()
        trio.trip()
    trio.second.close()
    shutil.rmtree(trio.second.folder)
    shutil.copytree(trio.folder / "copy", trio.second.folder)
    trio.second = open_desk(trio.second.folder, PASSPHRASE)
    assert sums(trio.second, trio.group) == {}
    trio.trip()
    assert sums(trio.second, trio.group) == sums(trio.office, trio.group)
