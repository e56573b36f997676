"""Rows of a long list that is in memory: each is made into cells when it comes into sight, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Sequence
from typing import overload

from shg_desk.ui.parts.cells import Row


class MadeRows(Sequence[Row]):
    """A row for every key; `make(number)` gives the cells of one."""

    def __init__(self, keys: Sequence[Hashable], make: Callable[[int], Row]) -> None:
        self._keys, self._make = keys, make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]

    def find(self, key: Hashable) -> int | None:
        """The number of the row that stands for `key`; no row is made for it."""
        return next((at for at, one in enumerate(self._keys) if one == key), None)
