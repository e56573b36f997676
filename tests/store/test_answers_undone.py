"""Marks that two laptops put right unseen, and choices given up again: the same on every book, whatever came first."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from histories import History
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all
from villages import savings

from shg_desk.store.book import Book
from shg_desk.store.check import check
from shg_desk.store.dump import dump
from shg_desk.store.groups import rules_begun
from shg_desk.store.groups import rules_versions

Steps = list[tuple[int, int, int, int]]


def dense(seed: int) -> Steps:
    """Meetings, changes, corrections of marks, and answers given and undone, many of each."""
    chance = Random(seed)
    begun = [(0, pick, pick % 3, 20 + pick) for pick in range(4)]
    kinds = (5, 8, 15, 15, 15, 16, 16, 16, 16)
    later = [(chance.choice(kinds), chance.randrange(10**6), chance.randrange(3), chance.randrange(400))]
    for _ in range(60):
        later.append((chance.choice(kinds), chance.randrange(10**6), chance.randrange(3), chance.randrange(400)))
    return begun + later


@pytest.mark.parametrize("seed", range(4))
def test_any_order_gives_the_same_marks_heads_and_differences(tmp_path: Path, seed: int) -> None:
    history = History(dense(seed))
    one, two = make(tmp_path / "one", 1), make(tmp_path / "two", 2)
    put_all(one, history.all)
    put_all(two, history.shuffled(Random(seed)), 1 + seed * 3)
    before = dump(one)
    assert dump(two) == before
    one.rebuild()
    assert dump(one) == before
    assert check(two) == []
    filled = {table for table, rows in before.items() if rows}
    assert {"marks_twice", "annulled", "attendance"} <= filled
    for book in (one, two):
        book.close()


class Told:
    """A group with a meeting, and what two laptops and a third say of it."""

    def __init__(self, folder: Path) -> None:
        self.chance = Random(9)
        self.devices = sorted((new_device(self.chance, relayed=True) for _ in range(3)), key=lambda one: one.code)
        self.group = new_group(self.chance, 2)
        self.book: Book = make(folder)
        self.said(0, "profile", {"revisions": self.group.revisions()})
        self.meeting = self.said(0, "meeting", {**savings(self.group, "2025-02-01", [100, 100]), "attendance": "pp"})

    def said(self, who: int, kind: str, body: dict[str, Any]) -> str:
        written = self.devices[who].write(kind, body)
        put_all(self.book, [written])
        return str(written.name)

    def marks(self, who: int, letters: str, *saw: str) -> str:
        body = {"group": self.group.gid, "date": "2025-02-01", "how": "meeting", "meeting": self.meeting}
        return self.said(
            who, "correction", {**body, "saw": [*saw], "members": self.group.members, "attendance": letters}
        )

    def answered(self, who: int, chosen: str) -> str:
        return self.said(who, "settlement", {"difference": "d", "choice": "keep 1", "links": [chosen]})

    def undone(self, who: int, answer: str) -> None:
        self.said(who, "settlement", {"difference": "d", "choice": "reopened", "links": [answer]})

    def now(self) -> str:
        rows = dict(
            self.book.db.rows(
                "SELECT t.gid, a.mark FROM attendance a JOIN thing t ON t.id = a.member JOIN meeting m ON m.op = a.op"
            )
        )
        return "".join(rows[member] for member in self.group.members)

    def twice(self) -> int:
        return int(self.book.db.value("SELECT count(*) FROM marks_twice"))

    def close(self) -> None:
        before = dump(self.book)
        self.book.rebuild()
        assert dump(self.book) == before
        assert check(self.book) == []
        self.book.close()


def test_other_members_and_equal_marks_are_no_difference(tmp_path: Path) -> None:
    told = Told(tmp_path)
    told.marks(1, "a-")
    told.marks(2, "-l")
    assert (told.now(), told.twice()) == ("al", 0)
    told.marks(0, "a-")
    assert (told.now(), told.twice()) == ("al", 0)
    told.close()


def test_a_mark_put_right_twice_unseen_is_one_until_somebody_who_saw_both_says(tmp_path: Path) -> None:
    told = Told(tmp_path)
    one, other = told.marks(2, "a-"), told.marks(1, "e-")
    assert (told.now(), told.twice()) == ("ap", 2)  # of two the one with the later name, on every book
    third = told.marks(0, "-l", one, other)
    assert (told.now(), told.twice()) == ("al", 2), "who spoke of another member has not answered"
    told.marks(1, "e-", one, other, third)
    assert (told.now(), told.twice()) == ("el", 0)
    told.close()


def test_an_answer_given_up_leaves_both_as_they_were(tmp_path: Path) -> None:
    told = Told(tmp_path)
    one, other = told.marks(2, "a-"), told.marks(1, "e-")
    chosen = told.marks(0, "e-", one, other)
    answer = told.answered(0, chosen)
    assert (told.now(), told.twice()) == ("ep", 0)
    told.undone(1, answer)
    assert (told.now(), told.twice()) == ("ep", 0), "only who answered gives up the answer"
    told.undone(0, answer)
    assert (told.now(), told.twice()) == ("ap", 2)
    told.marks(1, "l-", one, other, chosen)
    assert (told.now(), told.twice()) == ("lp", 0)
    told.close()


def test_a_thing_never_loses_its_last_version(tmp_path: Path) -> None:
    """A laptop answers with the record that made a group, and gives it up: the group stays what it is."""
    told = Told(tmp_path)
    made = str(told.devices[0].lines[0].name)
    told.undone(0, told.answered(0, made))
    assert told.book.db.row("SELECT count(*), count(code) FROM shg") == (1, 1)
    told.close()


def test_rules_given_up_do_not_hold(tmp_path: Path) -> None:
    told = Told(tmp_path)
    body = {"group": told.group.gid, "from": "2025-04-01"}
    one = told.said(2, "rules", {**body, "content": {"n": 1}, "saw": []})
    other = told.said(1, "rules", {**body, "content": {"n": 2}, "saw": []})
    chosen = told.said(0, "rules", {**body, "content": {"n": 2}, "saw": [one, other]})
    answer = told.answered(0, chosen)
    assert [version.name for version in rules_versions(told.book, told.group.gid) if version.is_head] == [chosen]
    told.undone(0, answer)
    assert {version.name for version in rules_versions(told.book, told.group.gid) if version.is_head} == {one, other}
    [(_, (_, content))] = rules_begun(told.book, rules_versions(told.book, told.group.gid)[0].starts).items()
    assert content == {"n": 1}
    told.close()
