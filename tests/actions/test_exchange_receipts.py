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

from shg_desk.actions import parcel_writing
from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import exchange as exchange_store
from shg_desk.store.check import check
from shg_desk.store.entries import ALL
from shg_desk.store.entries import entries
from shg_desk.store.states import RecordState
from shg_desk.store.states import States
from shg_desk.sync import payload
from shg_desk.sync.payload import Limits


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

    def in_volumes(self, desk: Desk, lines: int) -> list[Path]:
        """What was written, in volumes of so many lines."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(payload, "Limits", lambda: Limits(lines=lines))
            return self.send(desk)

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
    real = parcel_writing.deliver

    def full(folder: Path, *more: object) -> object:
        if folder.parent == trio.folder:
            raise SurroundingsError(Problem(Code.DISK_FULL, str(folder)))
        return real(folder, *more)

    with monkeypatch.context() as patched:
        patched.setattr(parcel_writing, "deliver", full)
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


@pytest.mark.parametrize("order", ["forward", "backward", "twice"])
def test_a_receipt_of_several_files_is_read_when_all_of_them_were(trio: Trio, order: str) -> None:
    """Records of each file count at once; what is received, equal or waits is told by the last one to be read."""
    for day in (10, 11, 12):
        meet(trio.first, trio.group, date(2026, 3, day))
        meet(trio.second, trio.group, date(2026, 4, day))
    for desk in (trio.first, trio.second):
        import_parcels(trio.office, trio.send(desk))
    before, number = States(trio.first.book).counts(), trio.first.book.setting("return_no")
    agreed = exchange_store.agreed(trio.first.book.db)
    device = trio.first.book.device
    files = [path for path in trio.in_volumes(trio.office, 6) if path.name.split("-")[1] == device]
    assert len(files) > 2
    files = {"forward": files, "backward": files[::-1], "twice": [*files[:-1], *files]}[order]
    carried = 0
    for path in files[:-1]:
        carried += import_parcels(trio.first, [path]).value.new
        own = States(trio.first.book).counts(own=True)
        assert own[RecordState.ON_ITS_WAY] == before[RecordState.ON_ITS_WAY] == 3
        assert trio.first.book.setting("return_no") == number
        assert exchange_store.agreed(trio.first.book.db) == agreed
    carried += import_parcels(trio.first, files[-1:]).value.new
    assert carried == 3
    assert set(States(trio.first.book).counts()) == {RecordState.RECONCILED}
    assert exchange_store.settings_named(trio.first.book.db, "volume.") == []


@pytest.mark.parametrize("order", ["forward", "backward"])
def test_files_of_one_parcel_in_any_order_make_no_difference(trio: Trio, order: str) -> None:
    for day in range(1, 11):
        meet(trio.first, trio.group, date(2026, 3, day))
    files = trio.in_volumes(trio.first, 8)
    assert len(files) > 2
    for path in files if order == "forward" else files[::-1]:
        import_parcels(trio.office, [path])
        assert exchange_store.disagreements(trio.office.book.db) == []
    assert sums(trio.office, trio.group) == sums(trio.first, trio.group)
    for name in ("volume.", "told."):
        assert exchange_store.settings_named(trio.office.book.db, name) == []


def test_books_that_really_differ_are_told_and_no_longer_once_they_do_not(trio: Trio) -> None:
    """The second laptop goes on from what the office has not seen: its record waits, the months differ till then."""
    meet(trio.first, trio.group, date(2026, 3, 10))
    export_colleague(trio.first, stick := trio.stick())
    import_parcels(trio.second, [stick])
    meet(trio.second, trio.group, date(2026, 3, 17))
    held = import_parcels(trio.office, trio.send(trio.second)).value
    assert held.held == 1
    assert [line[0] for line in exchange_store.disagreements(trio.office.book.db)] == [trio.second.book.device]
    import_parcels(trio.office, trio.send(trio.first))
    assert exchange_store.disagreements(trio.office.book.db) == []


def test_what_the_office_has_otherwise_is_told_and_never_green(trio: Trio) -> None:
    """The second laptop was copied while closed: the office hears one life of it, the first laptop the other."""
    trio.second.close()
    shutil.copytree(trio.second.folder, trio.folder / "clone.shgbook")
    trio.second = open_desk(trio.second.folder, PASSPHRASE)
    clone = open_desk(trio.folder / "clone.shgbook", PASSPHRASE)
    meet(trio.second, trio.group, date(2026, 3, 10))
    meet(clone, trio.group, date(2026, 3, 11), amount=30000)
    export_colleague(clone, stick := trio.stick())
    import_parcels(trio.first, [stick])
    [other] = {row.op for row in entries(trio.first.book, trio.group, ALL)}
    import_parcels(trio.office, trio.send(trio.second))
    receipt = trio.receipts()[trio.first.book.device]
    told = import_parcels(trio.first, receipt).value
    assert Code.FORKED in {problem.code for problem in told.problems}
    assert States(trio.first.book).of_operation(other) is RecordState.SAVED
    assert sum(States(trio.first.book).counts().values()) == trio.first.book.db.value("SELECT count(*) FROM operation")
    clone.close()


def test_a_copys_records_that_come_after_the_receipt_are_not_green_either(trio: Trio) -> None:
    """The office's receipt spoke of the other life's record under the same number, of no group that is shared."""
    trio.second.close()
    shutil.copytree(trio.second.folder, trio.folder / "clone.shgbook")
    trio.second = open_desk(trio.second.folder, PASSPHRASE)
    clone = open_desk(trio.folder / "clone.shgbook", PASSPHRASE)
    make_group(trio.second, "B-1")
    import_parcels(trio.office, trio.send(trio.second))
    meet(trio.first, trio.group, date(2026, 3, 10))
    import_parcels(trio.office, trio.send(trio.first))
    import_parcels(trio.first, trio.receipts()[trio.first.book.device])
    meet(clone, trio.group, date(2026, 3, 11), amount=30000)
    export_colleague(clone, stick := trio.stick())
    assert import_parcels(trio.first, [stick]).value.new == 1
    [other] = {row.op for row in entries(trio.first.book, trio.group, ALL) if row.op.startswith(clone.book.device)}
    assert States(trio.first.book).of_operation(other) is RecordState.SAVED
    clone.close()
