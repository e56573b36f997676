"""Rows of a very long list: only the pages in sight are fetched, by key, and the list never waits for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Sequence
from typing import overload

from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Row

PAGES_KEPT = 40


class LazyRows(Sequence[Row]):
    """`count` rows in pages of `page`; `fetch(number)` is asked once for each page and answers with `fill`.

    A row that is not here yet is empty and has the key None.
    """

    def __init__(self, count: int, page: int, columns: int, fetch: Callable[[int], None]) -> None:
        self._count, self._page, self._fetch = count, page, fetch
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._empty = Row(tuple(Cell("…") if not c else Cell() for c in range(columns)))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        number, place = divmod(at, self._page)
        rows = self._pages.get(number)
        if rows is None:
            if number not in self._asked:
                self._asked.add(number)
                self._fetch(number)
            return self._empty
        self._pages.move_to_end(number)
        return rows[place] if place < len(rows) else self._empty

    def fill(self, number: int, rows: Sequence[Row]) -> range:
        """A page has come; gives the rows that are now here. The pages longest out of sight are let go."""
        self._pages[number] = tuple(rows)
        self._asked.discard(number)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = number * self._page
        return range(first, min(first + self._page, self._count))
