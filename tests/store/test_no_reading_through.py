"""What a page asks of one person, household or thing is answered by indexes: never by reading a large table through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from villages import make

from shg_desk.store.book import Book
from shg_desk.store.differences import conflicts
from shg_desk.store.groups import memberships_of_person
from shg_desk.store.meetings import marks_of


def plans(book: Book, ask: Callable[[Book], object]) -> list[str]:
    """How the engine goes about every statement that a question comes to."""
    asked: list[tuple[str, object]] = []
    rows = book.db.rows

    def noting(sql: str, values: object = ()) -> list[tuple[object, ...]]:
        asked.append((sql, values))
        return rows(sql, values)  # type: ignore[arg-type]

    book.db.rows = noting  # type: ignore[method-assign,assignment]
    ask(book)
    del book.db.rows
    return [str(step[3]) for sql, values in asked for step in rows(f"EXPLAIN QUERY PLAN {sql}", values)]  # type: ignore[arg-type]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return make(tmp_path)


def written_after_an_answer_was_undone(book: Book) -> None:
    book.db.run("INSERT INTO annulled VALUES (1)")
    with book.writing():
        pass


ASKS: dict[str, tuple[Callable[[Book], object], tuple[str, ...]]] = {
    "how she stood at meetings": (lambda book: marks_of(book, "a" * 16), ("a", "attendance", "o", "c")),
    "what is said of her twice": (lambda book: conflicts(book, "person", "a" * 16), ("revision", "r", "o")),
    "a record is written": (written_after_an_answer_was_undone, ("r", "revision")),
    "which groups she is in": (lambda book: memberships_of_person(book, "a" * 16), ("m", "membership")),
}


@pytest.mark.parametrize("what", ASKS)
def test_no_large_table_is_read_through(book: Book, what: str) -> None:
    ask, large = ASKS[what]
    found = plans(book, ask)
    assert found
    assert [step for step in found if step.split()[0] == "SCAN" and step.split()[1] in large] == []
    assert [step for step in found if "AUTOMATIC" in step] == [], "an index made for one question reads it all, too"
