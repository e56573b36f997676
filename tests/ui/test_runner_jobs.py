"""The store thread and the child processes: order, answers on the window's thread, trouble, cancelling, mishaps."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.ui.collector import EVERY_MS
from shg_desk.ui.collector import MADE_SINCE
from shg_desk.ui.crash_presenter import CrashPresenter
from shg_desk.ui.jobs import Job
from shg_desk.ui.jobs import own_program
from shg_desk.ui.runner import Runner


class Book:
    def __init__(self) -> None:
        self.threads = {threading.get_ident()}
        self.log: list[int] = []
        self.closed = False


class Heard:
    def __init__(self) -> None:
        self.crashes: list[BaseException] = []
        self.problems: list[Sequence[Problem]] = []


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def runner(heard: Heard, qapp: object) -> Iterator[Runner[Book]]:
    def close(book: Book) -> None:
        book.closed = True

    made: Runner[Book] = Runner(close, heard.crashes.append, heard.problems.append)
    yield made
    made.stop()


def test_the_book_lives_on_one_thread_and_answers_come_to_the_window(runner: Runner[Book], qtbot: QtBot) -> None:
    books: list[Book] = []
    answers: list[tuple[int, int]] = []

    def make() -> Book:
        books.append(Book())
        return books[0]

    def work(book: Book, n: int) -> int:
        book.threads.add(threading.get_ident())
        book.log.append(n)
        return n

    runner.open(make, lambda: answers.append((-1, threading.get_ident())))
    for n in range(50):
        runner.run(lambda book, n=n: work(book, n), lambda got: answers.append((got, threading.get_ident())))
    assert runner.busy()
    qtbot.waitUntil(lambda: not runner.busy())
    assert books[0].log == list(range(50))
    assert books[0].threads == {next(iter(books[0].threads))} != {threading.get_ident()}
    assert [got for got, _ in answers] == list(range(-1, 50))
    assert {thread for _, thread in answers} == {threading.get_ident()}
    runner.stop()
    assert books[0].closed


def test_another_book_closes_the_one_before(runner: Runner[Book], qtbot: QtBot) -> None:
    first, second = Book(), Book()
    runner.open(lambda: first, lambda: None)
    runner.open(lambda: second, lambda: None)
    qtbot.waitUntil(lambda: not runner.busy())
    assert (first.closed, second.closed) == (True, False)


def test_known_trouble_comes_as_problems_and_the_thread_works_on(
    runner: Runner[Book], heard: Heard, qtbot: QtBot
) -> None:
    told: list[Sequence[Problem]] = []
    done: list[object] = []

    def fails(_book: Book) -> None:
        raise KnownError(Problem(Code.DISK_FULL, "book.db"))

    runner.run(fails, done.append, told.append)
    runner.run(fails, done.append)
    runner.run(lambda _book: "after", done.append)
    qtbot.waitUntil(lambda: not runner.busy())
    assert [p.code for p in told[0]] == [Code.DISK_FULL]
    assert [p.where for p in heard.problems[0]] == ["book.db"]
    assert done == ["after"]
    assert heard.crashes == []


def test_a_bug_reaches_the_presenter_and_the_thread_works_on(runner: Runner[Book], heard: Heard, qtbot: QtBot) -> None:
    done: list[object] = []
    runner.run(lambda _book: 1 // 0, done.append)
    runner.run(lambda _book: "after", done.append)
    qtbot.waitUntil(lambda: not runner.busy())
    assert isinstance(heard.crashes[0], ZeroDivisionError)
    assert done == ["after"]


def test_what_is_asked_of_a_book_that_was_closed_is_dropped(runner: Runner[Book], heard: Heard, qtbot: QtBot) -> None:
    done: list[object] = []
    runner.open(Book, lambda: done.append("open"))
    runner.shut(lambda: done.append("shut"))
    runner.run(lambda book: book.log, done.append)
    runner.open(Book, lambda: done.append("open again"))
    runner.run(lambda book: len(book.log), done.append)
    qtbot.waitUntil(lambda: not runner.busy())
    assert done == ["open", "shut", "open again", 0]
    assert heard.crashes == []


def test_stop_finishes_what_was_asked(runner: Runner[Book]) -> None:
    book = Book()
    runner.open(lambda: book, lambda: None)
    for n in range(20):
        runner.run(lambda b, n=n: b.log.append(n))
    runner.stop()
    assert book.log == list(range(20))
    assert book.closed


class Page(QObject):
    """Notes on which thread it goes."""

    def __init__(self, gone_on: list[int]) -> None:
        super().__init__()
        self.gone_on = gone_on
        self.shown: object = None

    def __del__(self) -> None:
        self.gone_on.append(threading.get_ident())

    def show(self, what: object) -> None:
        self.shown = what


def make_much(_book: object) -> int:
    """Enough values for a search of every generation, were it left to this thread."""
    return len([[n] for _ in range(20) for n in range(20_000)])


def test_a_page_in_a_cycle_goes_on_the_window_s_thread(runner: Runner[Book], qtbot: QtBot) -> None:
    gone_on: list[int] = []
    page = Page(gone_on)
    page.shown = page
    del page
    runner.open(Book, lambda: None)
    runner.run(make_much)
    qtbot.waitUntil(lambda: not runner.busy())
    assert not gone_on, "the book's thread has found it"
    kept = [[n] for n in range(MADE_SINCE[0] + 1)]
    qtbot.waitUntil(lambda: bool(gone_on), timeout=10 * EVERY_MS)
    assert gone_on == [threading.get_ident()]
    assert kept


def test_a_page_that_only_its_question_names_goes_on_the_window_s_thread(runner: Runner[Book], qtbot: QtBot) -> None:
    gone_on: list[int] = []
    runner.open(Book, lambda: None)
    for n in range(200):
        page = Page(gone_on)
        if n % 3 == 0:
            runner.run(lambda _book, page=page: page and None)
        elif n % 3 == 1:
            runner.run(lambda _book: 1, page.show)
        else:
            runner.run(lambda _book: 1 // 0, page.show)
    runner.shut(lambda: None)
    runner.run(lambda _book: 1, Page(gone_on).show)
    del page
    qtbot.waitUntil(lambda: not runner.busy())
    runner.run(lambda _book: 1)
    qtbot.waitUntil(lambda: not runner.busy())
    gc.collect()
    assert len(gone_on) == 201
    assert set(gone_on) == {threading.get_ident()}


def test_python_searches_by_itself_again_when_the_last_thread_has_ended(runner: Runner[Book], heard: Heard) -> None:
    second: Runner[Book] = Runner(lambda _book: None, heard.crashes.append, heard.problems.append)
    assert not gc.isenabled()
    second.stop()
    assert not gc.isenabled(), "one thread still runs"
    runner.stop()
    assert gc.isenabled()


CHILD = """
import json, sys
from shg_desk.actions.long_work import pack, unpack
from shg_desk.domain.problems import Code, Level, Problem
asked = json.loads(sys.stdin.readline())
def say(**told): print(json.dumps(told), flush=True)
what = unpack(asked["work"])
if what == "echo":
    say(progress={"done": 1, "total": 2})
    say(result=pack([asked["book"], asked["key"], asked["slot"], asked["ways"], len(sys.argv)]))
elif what == "problems":
    say(problems=pack((Problem(Code.DISK_FULL, "a", {"n": 3}, Level.WARNING),)))
elif what == "die":
    sys.exit("no way")
elif what == "wait":
    say(progress={"done": 0, "total": 9})
    sys.stdin.readline()
elif what == "half":
    sys.stdout.write(json.dumps({"result": pack(5)})); sys.stdout.flush()
"""


@pytest.fixture
def job(qapp: object) -> Job:
    return Job(command=(sys.executable, ["-c", CHILD]))


def test_a_child_gets_the_key_on_its_input_only_and_tells_its_steps(job: Job, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    job.progress.connect(lambda *step: steps.append(step))
    with qtbot.waitSignal(job.done, timeout=20_000) as done:
        job.start("echo", "/a/book", b"\x01\xff", 3, b"{}\n")  # type: ignore[arg-type]
    assert steps == [(1, 2)]
    assert done.args == [["/a/book", "01ff", 3, "{}\n", 1]]
    assert not job.running()


def test_problems_of_a_child_come_as_they_are(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.problems, timeout=20_000) as told:
        job.start("problems")  # type: ignore[arg-type]
    assert told.args == [(Problem(Code.DISK_FULL, "a", {"n": 3}, Level.WARNING),)]


def test_a_child_that_dies_fails_with_what_it_said(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.failed, timeout=20_000) as why:
        job.start("die")  # type: ignore[arg-type]
    assert "no way" in str(why.args)


def test_a_last_line_without_its_end_is_read(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.done, timeout=20_000) as done:
        job.start("half")  # type: ignore[arg-type]
    assert done.args == [5]


def test_a_child_is_cancelled(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.progress, timeout=20_000):
        job.start("wait")  # type: ignore[arg-type]
    with qtbot.waitSignal(job.cancelled, timeout=20_000):
        job.cancel()
    assert not job.running()


def test_a_program_that_is_not_there_fails(qtbot: QtBot) -> None:
    job = Job(command=("/nowhere/at/all", []))
    with qtbot.waitSignal(job.failed, timeout=20_000):
        job.start("x")  # type: ignore[arg-type]


def test_children_are_this_program() -> None:
    assert own_program()[1] == ["-m", "shg_desk", "job"]


def a_bug() -> BaseException:
    try:
        raise ValueError("Жумагулова Сайкал 530")
    except ValueError as bug:
        return bug


def test_a_mishap_is_kept_whole_and_shown_without_names_once(qtbot: QtBot) -> None:
    kept: list[str] = []
    present = CrashPresenter(Words("en"), "0.1.0", kept.append)
    present(a_bug())
    first = present.dialog
    assert first is not None
    qtbot.addWidget(first)
    first._copy()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "a_bug" in copied
    assert "Жумагулова" not in copied
    assert "/home" not in copied
    present(a_bug())
    assert present.dialog is first
    assert len(kept) == 2
    assert "Жумагулова" in kept[0]
    first.accept()
