"""Well signed records with a part that their kind does not have: nobody asks it, on no page, paper or export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from forging import Forger

from shg_desk.actions.between import between_view
from shg_desk.actions.between import print_receipt
from shg_desk.actions.comparing import side_of_parcel
from shg_desk.actions.desk import Desk
from shg_desk.actions.leaving import leave_office
from shg_desk.actions.parcel_inside import look_inside
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.record_lines import legible_parts
from shg_desk.domain.record_lines import readable_parts
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store

DAY = date(2026, 3, 18)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, "office", "office", DAY)
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, office: Desk) -> Iterator[Desk]:
    made = make_desk(tmp_path, "laptop", day=DAY)
    enrol(office, made, tmp_path)
    yield made
    made.close()


@pytest.fixture
def group(laptop: Desk, office: Desk, tmp_path: Path) -> str:
    made = make_group(laptop)
    export_parcels(laptop, tmp_path / "first")
    import_parcels(office, [tmp_path / "first"])
    return made


def saving(laptop: Desk, group: str, **more: Any) -> dict[str, Any]:
    """10.00 saved by the first member, and whatever else is said beside it."""
    member = group_store.memberships(laptop.book, group)[0].id
    block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member", "lines": [[0, 1000]]}
    return {"group": group, "date": DAY.isoformat(), "members": [member], "entries": [block], **more}


@pytest.mark.parametrize(
    "counts",
    [
        5,
        [5],
        {"a": 1},
        [{"place": 5, "total": 7, "expected": 0}],
        [{"place": "box", "total": 77_700_000, "expected": 0}],
    ],
)
def test_what_a_record_between_meetings_says_was_counted_is_not_shown(
    office: Desk, laptop: Desk, group: str, tmp_path: Path, counts: object
) -> None:
    forger = Forger(laptop)
    op = forger.write("between", saving(laptop, group, counts=counts))
    assert import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value.new == 1
    shown = next(one for one in between_view(office, group, DAY).recent if one.op == op)
    assert (shown.amount_minor, shown.place, shown.is_count, shown.gone) == (1000, "box", False, False)
    print_receipt(office, op, tmp_path / "receipt.pdf", Words("ky"))


def test_what_was_really_counted_is_shown(office: Desk, laptop: Desk, group: str, tmp_path: Path) -> None:
    """5 notes of 200.00 in the bank."""
    forger = Forger(laptop)
    said = [{"place": "bank", "notes": [[20000, 5]], "expected": 0}]
    op = forger.write("count", {"group": group, "date": DAY.isoformat(), "counts": said, "receipt": "7"})
    assert import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value.new == 1
    shown = next(one for one in between_view(office, group, DAY).recent if one.op == op)
    assert (shown.amount_minor, shown.place, shown.is_count, shown.receipt) == (100_000, "bank", True, "")


def test_a_parcel_of_them_is_looked_at_and_compared(office: Desk, laptop: Desk, group: str, tmp_path: Path) -> None:
    forger = Forger(laptop)
    forger.write("between", saving(laptop, group, revisions=[["group", [1], "name", {}, []]]))
    forger.write("note", {"household": "h" * 16, "note": "x", "roles": [], "group": ["no"], "entries": [[]]})
    forger.write("between", {**saving(laptop, group), "group": ["no"]})
    parcel = forger.parcel(office, tmp_path / "forged")
    [inside] = look_inside(office, [parcel]).parcels
    assert (inside.records, inside.new, inside.kinds) == (3, 3, {"between": 2, "note": 1})
    assert inside.groups == ("Ырыс",)
    side = side_of_parcel(parcel, office)
    assert sorted(row.amount_minor for row in side.rows) == [-1000, 1000]


def test_a_laptop_that_comes_to_another_office_hands_them_on(
    office: Desk, laptop: Desk, group: str, tmp_path: Path
) -> None:
    """The keys it sends along are those of what the records are about."""
    other, next_office = make_desk(tmp_path, "other", day=DAY), make_desk(tmp_path, "next", "office", DAY)
    enrol(office, other, tmp_path, ("A-1",))
    forger = Forger(laptop)
    op = forger.write("between", saving(laptop, group, revisions=5))
    import_parcels(office, [forger.parcel(office, tmp_path / "forged")])
    export_parcels(office, tmp_path / "back")
    import_parcels(other, [tmp_path / "back"])
    assert operation_store.operation(other.book, op) is not None
    leave_office(other, "no office any more")
    enrol(next_office, other, tmp_path)
    export_parcels(other, tmp_path / "on")
    import_parcels(next_office, [tmp_path / "on"])
    assert operation_store.operation(next_office.book, op) is not None
    for desk in (other, next_office):
        desk.close()


def test_what_is_read_of_a_record_is_what_its_kind_has(office: Desk, laptop: Desk, group: str, tmp_path: Path) -> None:
    forger = Forger(laptop)
    alien = {"counts": 5, "revisions": 5, "how": 1, "corrects": 3, "attendance": "p", "invented": {}}
    op = forger.write("between", saving(laptop, group, heads=[], **alien))
    line = forger.made[0].line
    assert import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value.new == 1
    read = operation_store.operation(office.book, op)
    assert read is not None
    assert set(read.body) == {"group", "date", "members", "entries", "heads"}
    assert readable_parts(line) == ("between", read.body)
    assert legible_parts(line) == ("between", read.body)


def test_a_line_that_cannot_be_applied_is_told_as_far_as_it_goes() -> None:
    later = b'{"at":[1,360],"body":{"group":"g"},"by":"1","kind":"between","v":2}'
    assert readable_parts(later) is None
    assert legible_parts(later) == ("between", {"group": "g"})
    for line in (b"[]", b"5", b"no json", b'{"kind":5}', b'{"kind":[],"v":1}', b"[" * 100_000):
        assert readable_parts(line) is None
        assert legible_parts(line) == ("", {})
