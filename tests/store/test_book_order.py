"""Whatever order operations come in, held and forked and unknown ones among them, the book becomes the same."""

from __future__ import annotations

import tempfile
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random

from histories import LAST_STEP
from histories import SEALED_STEPS
from histories import STEPS
from histories import History
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from villages import Ring
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all

from shg_desk.store import keys
from shg_desk.store.book import Book
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.store.entries import Page
from shg_desk.store.entries import entries
from shg_desk.store.groups import rules_begun
from shg_desk.store.groups import rules_versions


@settings(max_examples=60, deadline=None)
@given(STEPS, st.integers(0, 2**32), st.integers(1, 40))
def test_any_order_of_arrival_gives_the_same_book(
    steps: list[tuple[int, int, int, int]], seed: int, batch: int
) -> None:
    history = History(steps)
    with tempfile.TemporaryDirectory() as folder:
        one, two = make(Path(folder) / "one", 1), make(Path(folder) / "two", 2)
        put_all(one, history.all)
        put_all(two, history.shuffled(Random(seed)), batch)
        before = dump(one)
        assert dump(two) == before
        assert book_digest(one) == book_digest(two)
        groups = [group.gid for group in history.groups]
        assert in_force(one, groups) == in_force(two, groups)
        digest = book_digest(one)
        one.rebuild()
        assert dump(one) == before
        assert book_digest(one) == digest
        assert check(one) == []
        assert check(two) == []
        put_all(two, history.all)  # a replay adds nothing
        assert dump(two) == before
        one.close()
        two.close()


def sealed_fields(book: Book) -> list[tuple[object, ...]]:
    """What is open, closed for want of a key, or withdrawn, and in which words: what a dump leaves out."""
    revisions = book.db.rows(
        "SELECT c.device, c.epoch, o.seq, t.gid, r.field_group, r.sealed, r.seal_state, r.seal_owner "
        "FROM revision r JOIN thing t ON t.id = r.thing JOIN operation o ON o.id = r.op JOIN chain c ON c.id = o.chain"
    )
    people = book.db.rows(
        "SELECT t.gid, p.name, p.search, p.seal_state FROM person p JOIN thing t ON t.id = p.thing ORDER BY 1"
    )
    return [*sorted(revisions, key=str), *people]


@settings(max_examples=80, deadline=None)
@given(SEALED_STEPS, st.integers(0, 2**32), st.integers(1, 40))
def test_a_rebuild_opens_and_closes_what_the_live_book_did(
    steps: list[tuple[int, int, int, int]], seed: int, batch: int
) -> None:
    """Sealed parts, keys that come late or never, and destroyed ones, among corrections and held records."""
    history = History(steps)
    rings = Ring(), Ring()
    with tempfile.TemporaryDirectory() as folder:
        one, two = (make(Path(folder) / f"{n}", n, unseal=ring.unseal) for n, ring in enumerate(rings))
        history.put(one, rings[0], history.all)
        history.put(two, rings[1], history.shuffled(Random(seed)), batch)
        before, sealed = dump(one), sealed_fields(one)
        for book in (one, two):
            gone = {(row.owner, row.purpose) for row in keys.destroyed(book.db)}
            here = {(row.owner, row.purpose) for row in keys.keys_of(book.db, {owner for owner, _ in gone})}
            assert not gone & here
        assert dump(two) == before
        assert sealed_fields(two) == sealed
        for book in (one, two):
            book.rebuild()
            assert dump(book) == before
            assert sealed_fields(book) == sealed
            assert check(book) == []
        history.put(two, rings[1], history.all)  # the files once more, keys and all, bring nothing back
        assert sealed_fields(two) == sealed
        one.close()
        two.close()


def test_the_sealed_histories_hold_every_state() -> None:
    """The property would say little if no part was ever open, closed and withdrawn."""
    chance = Random(6)
    whats = (0, 4, 13, 17, 17)
    steps = [(what, chance.randrange(10**6), n % 3, n) for n in range(7) for what in (*whats, 18 if n == 6 else 0)]
    history, ring = History(steps), Ring()
    with tempfile.TemporaryDirectory() as folder:
        book = make(Path(folder), unseal=ring.unseal)
        history.put(book, ring, history.shuffled(Random(3)))
        states = {state for (state,) in book.db.rows("SELECT DISTINCT seal_state FROM revision")}
        assert states == {"clear", "open", "sealed", "withdrawn"}
        assert book.db.value("SELECT count(*) FROM standing WHERE state = 1") > 0
        book.close()


def in_force(book: Book, groups: list[str]) -> dict[str, object]:
    """What decides the figures of a group on days all through the year: its rules, in their order."""
    found: dict[str, object] = {gid: rules_versions(book, gid) for gid in groups}
    found |= {f"versions {gid}": rules_versions(book, gid) for gid in groups}
    return found | {f"{month}": rules_begun(book, date(2025, month, 15)) for month in range(1, 13)}


def test_of_two_versions_from_one_day_the_same_holds_on_every_book(tmp_path: Path) -> None:
    """Two laptops vote rules from one day; the one that had seen another's holds over it, whatever its name is."""
    chance = Random(4)
    devices = sorted((new_device(chance, relayed=True) for _ in range(3)), key=lambda one: one.code)
    group = new_group(chance, 1)
    made = devices[2].write("profile", {"revisions": group.revisions()})
    body = {"group": group.gid, "from": "2025-04-01", "saw": []}
    first = devices[2].write("rules", body | {"content": {"n": 1}})
    beside = devices[1].write("rules", body | {"content": {"n": 2}})
    after = devices[0].write("rules", body | {"content": {"n": 3}, "saw": [str(first.name)]})
    found = []
    for number, order in enumerate(permutations([first, beside, after])):
        book = make(tmp_path / f"{number}", number)
        put_all(book, [made, *order], batch=1)
        found.append(in_force(book, [group.gid]))
        assert rules_begun(book, date(2025, 4, 1))[group.gid][1] == {"n": 3}
        book.close()
    assert all(one == found[0] for one in found)


def test_the_histories_hold_every_standing() -> None:
    """The property would say little if nothing was ever held, quarantined or applied late."""
    steps = [(what, pick, what % 3, 31 * what + pick) for pick in range(2) for what in range(LAST_STEP + 1)]
    history = History(steps)
    with tempfile.TemporaryDirectory() as folder:
        book = make(Path(folder))
        put_all(book, history.shuffled(Random(3)))
        states = dict(book.db.rows("SELECT ifnull(code, ''), count(*) FROM standing GROUP BY 1"))
        assert states.keys() == {"", "forked", "line-unreadable", "kind-unknown", "reference-missing"}
        assert states[""] > 20
        filled = {table for table, rows in dump(book).items() if rows}
        assert {
            "digest",
            "month_total",
            "corrected",
            "taken_back",
            "import_key",
            "cash_count",
            "rules",
            "same_as",
        } <= filled
        book.close()


def test_an_entry_counts_once_less_what_takes_it_back_and_counts(tmp_path: Path) -> None:
    """Corrections of corrections, drawn at random, against the plain sum over all that was ever said of an entry."""
    steps = [(0, 1, 0, 1), (1, 2, 1, 1)] + [(4, Random(n).randrange(10**6), n % 3, 5) for n in range(60)]
    history = History(steps)
    book = make(tmp_path)
    put_all(book, history.shuffled(Random(8)), 7)
    rows = [row for group in history.groups for row in entries(book, group.gid, Page(limit=-1))]
    takers: dict[str, list[str]] = {}
    for row in rows:
        takers.setdefault(row.corrects or "", []).append(row.name)

    def times(name: str) -> int:
        return 1 - sum(times(taker) for taker in takers.get(name, ()))

    assert {times(row.name) for row in rows} >= {-1, 0, 1}
    for row in rows:
        assert row.stands == (times(row.name) > 0)
        assert bool(row.corrected_by) == (times(row.name) <= 0)
    book.close()
