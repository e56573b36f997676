"""Entries that are written oddly and yet are sound: the book as it grew, made again and checked says one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import Forger

from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.store import groups as group_store
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest

SAVED: dict[str, Any] = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member"}
SHARED: dict[str, Any] = {"accounts": ["box", "box.red"], "kind": "share-out"}


def an_office(tmp_path: Path) -> tuple[Desk, str]:
    """An office that took in entries without further facts, told as an empty object, and months without entries."""
    office, laptop = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "laptop")
    enrol(office, laptop, tmp_path)
    group = make_group(laptop)
    export_parcels(laptop, tmp_path / "first")
    import_parcels(office, [tmp_path / "first"])
    members = [one.id for one in group_store.memberships(laptop.book, group)][:2]
    forger, body = Forger(laptop), {"group": group, "members": members}
    forger.write("between", {**body, "date": "2026-03-16", "entries": [{**SAVED, "lines": [[0, 500, {}], [1, 700]]}]})
    forger.write("between", {**body, "date": "2026-02-10", "entries": [{**SHARED, "lines": []}]})
    late = {**SAVED, "lines": [], "date": "2026-01-10"}
    forger.write("between", {**body, "date": "2026-03-16", "entries": [late, {**SAVED, "lines": [[1, 100]]}]})
    taken = import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value
    assert (taken.new, taken.quarantined, taken.held) == (3, 0, 0)
    laptop.close()
    return office, group


def is_sound(office: Desk, group: str) -> None:
    """12.00 and 1.00 of March, and no other month; made again it is the same."""
    assert check(office.book) == []
    assert sums(office, group)["box"] == 1300
    rows = office.book.db.rows("SELECT month, count, debit FROM digest ORDER BY 1")
    assert rows == [(2026 * 12 + 2, 3, 1300)]
    assert {facts for (facts,) in office.book.db.rows("SELECT facts FROM entry")} == {None}
    digest = book_digest(office.book)
    office.book.rebuild()
    assert book_digest(office.book) == digest


def test_no_facts_and_no_lines(tmp_path: Path) -> None:
    office, group = an_office(tmp_path)
    is_sound(office, group)
    office.close()


def test_a_book_of_before_is_put_right(tmp_path: Path) -> None:
    """The version before this kept an empty object of facts and digests of nothing; its check complained of them."""
    office, group = an_office(tmp_path)
    with office.book.db.transaction():
        office.book.db.run("UPDATE entry SET facts = '{}' WHERE id = (SELECT min(id) FROM entry)")
        shg = office.book.db.value("SELECT id FROM thing WHERE gid = ?", (group,))
        for month in (0, 1):
            office.book.db.run("INSERT INTO digest VALUES (?, ?, 0, 0, 0, 0)", (shg, 2026 * 12 + month))
        kinds = (office.book.setting("derived_version") or "").partition(" ")[2]
        office.book.set_setting("derived_version", f"11 {kinds}")
    assert len(check(office.book)) == 3
    office.close()
    again = open_desk(office.folder, PASSPHRASE, clock=office.clock)
    is_sound(again, group)
    again.close()
