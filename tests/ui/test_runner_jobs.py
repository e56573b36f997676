"""The store thread and the child processes: order, answers on the window's thread, trouble, cancelling, mishaps."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from collections.abc import Sequence

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words
from shg_desk.ui.crash_dialog import CrashPresenter
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


def test_stop_finishes_what_was_asked(runner: Runner[Book]) -> None:
    book = Book()
    runner.open(lambda: book, lambda: None)
    for n in range(20):
        runner.run(lambda b, n=n: b.log.append(n))
    runner.stop()
    assert book.log == list(range(20))
    assert book.closed


CHILD = """
import json, sys
asked = json.loads(sys.stdin.readline())
def say(**told): print(json.dumps(told), flush=True)
what = asked["args"]["what"]
if what == "echo":
    say(progress={"done": 1, "total": 2, "what": "files"})
    say(result=[asked["book"], asked["key"], len(sys.argv)])
elif what == "problems":
    say(problems=[{"code": "disk-full", "where": "a", "facts": {"n": 3}, "level": "warning"}, {"code": "of-2031"}])
elif what == "die":
    sys.exit("no way")
elif what == "wait":
    say(progress={"done": 0, "total": 9, "what": "wait"})
    sys.stdin.readline()
elif what == "half":
    sys.stdout.write('{"result": 5}'); sys.stdout.flush()
"""


@pytest.fixture
def job(qapp: object) -> Job:
    return Job("test", command=(sys.executable, ["-c", CHILD]))


def test_a_child_gets_the_key_on_its_input_only_and_tells_its_steps(job: Job, qtbot: QtBot) -> None:
    steps: list[tuple[int, int, str]] = []
    job.progress.connect(lambda done, total, what: steps.append((done, total, what)))
    with qtbot.waitSignal(job.done, timeout=20_000) as done:
        job.start("/b/Ырыс.shgbook", bytes(range(4)), {"what": "echo"})
    assert done.args == [["/b/Ырыс.shgbook", "00010203", 1]]
    assert steps == [(1, 2, "files")]
    assert not job.running()


def test_problems_of_a_child_are_values_again(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.problems, timeout=20_000) as told:
        job.start("b", b"", {"what": "problems"})
    assert told.args[0] == (Problem(Code.DISK_FULL, "a", {"n": 3}, Level.WARNING),)


def test_a_child_that_dies_is_told_with_its_last_words(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.failed, timeout=20_000) as told:
        job.start("b", b"", {"what": "die"})
    assert "no way" in told.args[0]


def test_an_answer_without_line_end_counts(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.done, timeout=20_000) as done:
        job.start("b", b"", {"what": "half"})
    assert done.args == [5]


def test_a_child_is_cancelled(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.progress, timeout=20_000):
        job.start("b", b"", {"what": "wait"})
    with qtbot.waitSignal(job.cancelled, timeout=20_000):
        job.cancel()
    assert not job.running()


def test_a_program_that_is_not_there_fails(qtbot: QtBot) -> None:
    job = Job("test", command=("/nowhere/at/all", []))
    with qtbot.waitSignal(job.failed, timeout=20_000):
        job.start("b", b"", {})


def test_children_are_this_program() -> None:
    assert own_program("import")[1] == ["-m", "shg_desk", "job", "import"]


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
