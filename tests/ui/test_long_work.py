"""Long work in a real child process on the book the window has open: read on, write after, stop without a trace."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.books import open_desk
from shg_desk.actions.books import rebuild_book
from shg_desk.actions.care import back_up
from shg_desk.actions.care import check_book
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.imports import import_savings
from shg_desk.actions.long_work import pack
from shg_desk.actions.long_work import unpack
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.tables.mapping import parse_map
from shg_desk.ui.app import read_facts
from shg_desk.ui.jobs import Job
from shg_desk.ui.long_work import LongWork
from shg_desk.ui.runner import Runner
from shg_desk.ui.session import Session
from shg_desk.ui.settings import Settings
from shg_desk.ui.work_strip import WorkStrip

MAP = parse_map(
    {"columns": {"group": "группа", "member": "номер", "amount": "сумма"}, "constants": {"date": "2026-03-10"}}
)[0]


class Window:
    """The session of an open book and what it told."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        desk = make_desk(folder)
        make_group(desk)
        desk.close()
        self.folder, self.qtbot = folder / "desk.shgbook", qtbot
        self.crashes: list[BaseException] = []
        self.told: list[Any] = []
        self.runner: Runner[Desk] = Runner(lambda one: one.close(), self.crashes.append, self.told.append)
        facts: list[Any] = []
        self.runner.open(lambda: open_desk(self.folder, PASSPHRASE), lambda: None)
        self.runner.run(read_facts, facts.extend)
        self.rest()
        self.session = Session(self.runner, Settings(folder / "config"), *facts)

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.runner.busy(), timeout=60_000)

    def long(self, work: Any) -> LongWork:
        return self.session.long("at work", work, self.told.append, self.told.append)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: object) -> Iterator[Window]:
    made = Window(tmp_path, qtbot)
    yield made
    made.session.lending.end_now()
    made.runner.stop()
    assert made.crashes == []


def paper(folder: Path, rows: int) -> Path:
    """A table of savings whose members are all new."""
    path = folder / "paper.csv"
    text = "".join(f"B-{number % 40};{number};100\n" for number in range(rows))
    path.write_text("группа;номер;сумма\n" + text, "utf-8")
    return path


def entries(desk: Desk) -> int:
    return int(desk.book.db.value("SELECT count(*) FROM entry"))


def test_a_child_rebuilds_checks_and_backs_up_the_book_that_is_open(window: Window, tmp_path: Path) -> None:
    window.long(partial(rebuild_book))
    window.long(partial(check_book))
    window.long(partial(back_up, folder=tmp_path / "stick"))
    window.rest()
    rebuilt, looked, backup = window.told
    assert isinstance(rebuilt, Outcome)
    assert rebuilt.value == looked.counts.operations > 5
    assert looked.problems == ()
    assert [file.name for file in (tmp_path / "stick").iterdir()] == [backup.value.file.name]


def test_pages_read_on_and_what_is_written_waits(window: Window, tmp_path: Path) -> None:
    order: list[str] = []
    held: list[int] = []
    window.session.lending.held_back = lambda: held.append(1)
    file = paper(tmp_path, 4000)
    long = window.session.long("", partial(import_savings, path=file, given=MAP), lambda _told: order.append("long"))
    with window.qtbot.waitSignal(long.stepped, timeout=60_000):
        pass
    window.session.run(entries, lambda count: order.append(f"read {count}"))
    window.session.write(lambda desk: Outcome(entries(desk)), lambda out: order.append(f"written {out.value}"))
    with pytest.raises(KnownError) as refused:
        open_desk(window.folder, PASSPHRASE)
    assert refused.value.problems[0].code is Code.BOOK_IN_USE
    window.rest()
    assert order == ["read 0", "long", "written 4000"]
    assert held == [1]


def test_work_that_is_stopped_leaves_nothing(window: Window, tmp_path: Path) -> None:
    long = window.long(partial(import_savings, path=paper(tmp_path, 20_000), given=MAP))
    long.stepped.connect(lambda *_step: long.stop())
    window.rest()
    assert window.told == [()]
    window.session.run(entries, window.told.append)
    window.session.run(check_book, window.told.append)
    window.rest()
    assert window.told[1] == 0
    assert window.told[2].problems == ()


def test_work_that_is_stopped_before_it_began_never_begins(window: Window) -> None:
    first = window.long(partial(check_book))
    window.long(partial(check_book)).stop()
    window.rest()
    assert [type(one).__name__ for one in window.told] == ["Looked", "tuple"]
    assert first.job is not None


def test_problems_come_as_problems(window: Window, tmp_path: Path) -> None:
    window.long(partial(import_savings, path=tmp_path / "nowhere.csv", given=MAP))
    window.rest()
    ((problem,),) = window.told
    assert isinstance(problem, Problem)


def test_a_mishap_is_shown_and_the_page_is_free_again(window: Window) -> None:
    window.long(partial(import_savings, path=7, given=MAP))
    window.rest()
    assert window.told == [()]
    assert "Traceback" in str(window.crashes.pop())


def test_a_child_that_has_lost_its_window_ends_and_keeps_others_out_until_then(window: Window, tmp_path: Path) -> None:
    long = window.long(partial(import_savings, path=paper(tmp_path, 20_000), given=MAP))
    with window.qtbot.waitSignal(long.stepped, timeout=60_000):
        pass
    window.runner.stop()  # the window's own book is closed: as if it had died
    with pytest.raises(KnownError) as refused:
        open_desk(window.folder, PASSPHRASE)
    assert refused.value.problems[0].code is Code.BOOK_IN_USE
    assert isinstance(long.job, Job)
    long.job._process.closeWriteChannel()
    deadline = time.monotonic() + 60
    while long.job.running() and time.monotonic() < deadline:
        window.qtbot.wait(20)
    desk = open_desk(window.folder, PASSPHRASE)
    assert entries(desk) == 0
    desk.close()
    window.crashes.clear()  # the window that is still here wonders why its child ended


def test_the_strip_at_the_foot_shows_the_work_and_stops_it(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    strip = WorkStrip(Words("en"))
    qtbot.addWidget(strip)
    strip.show()
    window.session.lending.added = strip.follow
    window.long(partial(import_savings, path=paper(tmp_path, 20_000), given=MAP))
    qtbot.waitUntil(lambda: strip.progress.isVisible() and " of " in strip.progress.sentence.text(), timeout=60_000)
    assert strip.progress.sentence.text().startswith("at work: ")
    strip.progress.cancel.click()
    window.rest()
    assert window.told == [()]
    assert not strip.progress.isVisible()


def test_only_our_own_and_plain_values_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"a": (1, "ө"), "path": Path("x"), "problem": Problem(Code.DISK_FULL, "b")}
    assert unpack(pack(value)) == value
    assert unpack(pack(Words("ky"))).lang == "ky"
    monkeypatch.setattr(Code, "__reduce_ex__", lambda one, _protocol: (getattr, (type(one), one.name)))
    assert unpack(pack(value)) == value, "as Python 3.11.2 would send the members of an enumeration"
    with pytest.raises(BugError):
        unpack(pack(time.sleep))
