"""Whatever order operations come in, held and forked and unknown ones among them, the book becomes the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from histories import STEPS
from histories import History
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from villages import make
from villages import put_all

from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump


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


def test_the_histories_hold_every_standing() -> None:
    """The property would say little if nothing was ever held, quarantined or applied late."""
    steps = [(what, pick, what % 3, 31 * what + pick) for pick in range(2) for what in range(15)]
    history = History(steps)
    with tempfile.TemporaryDirectory() as folder:
        book = make(Path(folder))
        put_all(book, history.shuffled(Random(3)))
        states = dict(book.db.rows("SELECT ifnull(code, ''), count(*) FROM standing GROUP BY 1"))
        assert states.keys() == {"", "forked", "line-unreadable", "kind-unknown", "reference-missing"}
        assert states[""] > 20
        filled = {table for table, rows in dump(book).items() if rows}
        assert {"digest", "month_total", "corrected", "import_key", "cash_count", "rules", "same_as"} <= filled
        book.close()
