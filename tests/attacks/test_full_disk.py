"""No room left, on the laptop or on the stick, and files that somebody is still writing: one sentence each, no loss."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import BinaryIO

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.care import back_up
from shg_desk.actions.desk import Desk
from shg_desk.actions.imports import import_savings
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.printing import print_passbooks
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import exchange as exchange_store
from shg_desk.store.check import check
from shg_desk.tables.mapping import parse_map
from shg_desk.tables.reading import READINGS
from shg_desk.tables.reading import one_state_of

ROOM_BYTES = 4096


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk, str]]:
    """An office, an enrolled laptop, its group."""
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "laptop")
    enrol(office, desk, tmp_path)
    yield office, desk, make_group(desk)
    for one in (office, desk):
        assert check(one.book) == []
        one.close()


def meet(desk: Desk, group: str, day: date) -> None:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, day, rows=rows))


@contextmanager
def no_room_in_the_book(desk: Desk) -> Iterator[None]:
    """The book's file may not grow by a single page, as on a disk that is full."""
    pages = desk.book.db.value("PRAGMA page_count")
    desk.book.db.run(f"PRAGMA max_page_count={pages}")
    yield
    desk.book.db.run("PRAGMA max_page_count=1073741823")


@contextmanager
def little_room(folder: Path) -> Iterator[Path]:
    """A stick with room for a few pages; where none can be mounted, no file may grow beyond that."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_BYTES}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, before[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def test_a_book_without_room_keeps_what_it_has_and_takes_the_step_once_there_is_some(
    pair: tuple[Desk, Desk, str], tmp_path: Path
) -> None:
    office, desk, group = pair
    days = map(date.fromordinal, count(date(2026, 3, 10).toordinal()))
    steps: dict[str, tuple[Desk, Callable[[], object]]] = {
        "a meeting": (desk, lambda: meet(desk, group, next(days))),
        "a table": (desk, lambda: import_savings(desk, big_table(tmp_path), parse_map({})[0], day=date(2026, 3, 11))),
        "a parcel": (office, lambda: import_parcels(office, [tmp_path / "mail"])),
    }
    for what, (one, step) in steps.items():
        if what == "a parcel":
            export_parcels(desk, tmp_path / "mail")
        with no_room_in_the_book(one):
            codes = {tried(step) for _ in range(40)}  # what lies free in the file may hold a small record or two
        assert codes <= {None, Code.DISK_FULL}, what
        assert Code.DISK_FULL in codes, what
        assert check(one.book) == []
    import_parcels(office, [tmp_path / "mail"])
    assert sums(office, group) == sums(desk, group)


def tried(step: Callable[[], object]) -> Code | None:
    """The one thing that was told, or nothing where there was room enough."""
    try:
        step()
    except SurroundingsError as error:
        [problem] = error.problems
        return problem.code
    return None


def big_table(folder: Path) -> Path:
    rows = "".join(f"T;{n};Айгүл Мамытова {n};{n}.50\n" for n in range(1, 2000))
    path = folder / "table.csv"
    path.write_text("топ;номер;аты;сумма\n" + rows, "utf-8")
    return path


def test_a_full_stick_is_told_and_nothing_counts_as_on_its_way(pair: tuple[Desk, Desk, str], tmp_path: Path) -> None:
    office, desk, group = pair
    meet(desk, group, date(2026, 3, 10))
    make_group(desk, "A-2", members=30)  # what is sealed cannot be packed smaller
    with little_room(tmp_path / "stick") as stick:
        steps: tuple[Callable[[], object], ...] = (
            lambda: export_parcels(desk, stick),
            lambda: print_passbooks(desk, stick, Words("en")),
        )
        for step in steps:
            with pytest.raises(SurroundingsError) as error:
                step()
            assert [problem.code for problem in error.value.problems] == [Code.DISK_FULL]
            assert list(stick.iterdir()) == []
    assert exchange_store.mark(desk.book.db, desk.book.device, desk.book.epoch).exported == 0
    export_parcels(desk, tmp_path / "roomy")
    import_parcels(office, [tmp_path / "roomy"])
    assert sums(office, group) == sums(desk, group)


def test_a_backup_without_room_leaves_nothing_behind(pair: tuple[Desk, Desk, str], tmp_path: Path) -> None:
    """Where no small disk can be mounted the engine only says that it cannot write."""
    _, desk, _ = pair
    with little_room(tmp_path / "stick") as stick:
        told = {Code.DISK_FULL} if stick.is_mount() else {Code.DISK_FULL, Code.FOLDER_UNUSABLE}
        with pytest.raises(SurroundingsError) as error:
            back_up(desk, stick)
        assert list(stick.iterdir()) == []
    [problem] = error.value.problems
    assert problem.code in told
    assert desk.book.setting("backed_up") is None


def test_a_parcel_that_is_still_being_copied_is_told_and_taken_once_it_is_whole(
    pair: tuple[Desk, Desk, str], tmp_path: Path
) -> None:
    office, desk, group = pair
    meet(desk, group, date(2026, 3, 10))
    [sent] = export_parcels(desk, tmp_path / "out").value
    content = sent.path.read_bytes()
    arriving = tmp_path / "stick" / sent.path.name
    arriving.parent.mkdir()
    for part in (0.3, 0.99):
        arriving.write_bytes(content[: int(len(content) * part)])
        taken = import_parcels(office, [arriving.parent]).value
        assert [problem.code for problem in taken.problems] == [Code.BUNDLE_INCOMPLETE]
    arriving.write_bytes(content)
    assert import_parcels(office, [arriving.parent]).value.problems == []
    assert sums(office, group) == sums(desk, group)


def test_a_table_that_somebody_goes_on_writing_is_told_and_not_half_taken(tmp_path: Path) -> None:
    """Somebody adds a row each time the file is read; once he has stopped in time, the table is taken as it stands."""
    path = big_table(tmp_path)
    rows_to_come = 2 * READINGS - 1

    def read(source: BinaryIO) -> bytes:
        nonlocal rows_to_come
        data = source.read()
        if rows_to_come:
            rows_to_come -= 1
            with path.open("ab") as other:
                other.write("T;1;Айгүл;5\n".encode())
        return data

    with pytest.raises(SurroundingsError) as error:
        one_state_of(path, read)
    assert [problem.code for problem in error.value.problems] == [Code.FILE_BUSY]
    assert one_state_of(path, read) == path.read_bytes()
