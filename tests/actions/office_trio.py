"""An office and two laptops that share a group, every parcel on a stick of its own, for new keys of the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from pathlib import Path

from desk_maker import sums
from three_desks import made_three
from three_desks import met

from shg_desk.actions.desk import Desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.received import Received
from shg_desk.domain.problems import Code
from shg_desk.store import exchange as exchange_store
from shg_desk.store.check import check

DAY = date(2026, 3, 10)


@dataclass
class Trio:
    """An office and two laptops that share a group; every parcel on a stick of its own."""

    folder: Path
    office: Desk
    first: Desk
    second: Desk
    group: str
    sticks: int = 0
    days: Iterator[date] = field(default_factory=lambda: (DAY + timedelta(7 * n) for n in range(50)))

    def stick(self) -> Path:
        self.sticks += 1
        return self.folder / f"a-stick-{self.sticks}"

    def sent(self, desk: Desk) -> list[Path]:
        met(desk, self.group, next(self.days))
        return [one.path for one in export_parcels(desk, self.stick()).value]

    def to_office(self, *desks: Desk) -> Received:
        files = [path for desk in desks for path in self.sent(desk)]
        return import_parcels(self.office, files).value

    def receipts(self, desk: Desk) -> list[Path]:
        """The office's receipt for one laptop as it is now."""
        sent = export_parcels(self.office, self.stick()).value
        return [one.path for one in sent if one.to == desk.book.device]

    def settle(self) -> None:
        """Everybody sends and is answered, and then all three have the same."""
        for _ in range(2):
            for desk in (self.first, self.second):
                import_parcels(self.office, [one.path for one in export_parcels(desk, self.stick()).value])
            back = self.stick()
            export_parcels(self.office, back)
            for desk in (self.first, self.second):
                assert import_parcels(desk, [back]).value.refused == 0
        assert sums(self.first, self.group) == sums(self.second, self.group) == sums(self.office, self.group)

    def trip(self, desk: Desk) -> Received:
        self.to_office(desk)
        return import_parcels(desk, self.receipts(desk)).value


@contextmanager
def office_trio(folder: Path) -> Iterator[Trio]:
    """The three of them, open; sound in the end."""
    made = Trio(folder, *made_three(folder))
    yield made
    for desk in (made.office, made.first, made.second):
        assert check(desk.book) == []
        desk.close()


def office_key(desk: Desk) -> str:
    """The office's signing key as a laptop knows it."""
    known = exchange_store.device(desk.book.db, desk.book.setting("office") or "")
    assert known is not None
    return known.minisign


def codes(received: Received) -> list[Code]:
    return [problem.code for problem in received.problems]
