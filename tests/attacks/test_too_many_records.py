"""Records that overflow sums: refused at the door by their number; a sum no line can say keeps no receipt back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calling import call
from desk_maker import PASSPHRASE as DESK_PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import Forger
from three_desks import DAY
from three_desks import Three
from three_desks import met
from three_desks import trip

from shg_desk.actions import record_limits
from shg_desk.actions.books import open_desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain import digest
from shg_desk.domain.digest import Digest
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import RECORDS_LIMIT
from shg_desk.domain.problems import Code
from shg_desk.store import check as store_check
from shg_desk.store import exchange as exchange_store
from shg_desk.store.dump import dump
from shg_desk.store.log import newest
from shg_desk.sync.payload import LINES_LIMIT
from shg_desk.sync.sections import DigestLine
from shg_desk.sync.sections import section_line

MEMBERS = "SELECT t.gid FROM membership m JOIN thing t ON t.id = m.thing ORDER BY t.id"


def large(three: Three, number: int, seen: str | None = None) -> Forger:
    """So many records of the largest sum, by the first laptop; after a record that is not here they wait."""
    _, first, _, group = three
    [member] = first.book.db.row(f"{MEMBERS} LIMIT 1") or ()
    block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member"}
    forger = Forger(first)
    for _ in range(number):
        entries = [block | {"lines": [[0, AMOUNT_LIMIT_MINOR]]}]
        body = {"group": group, "date": "2026-03-12", "members": [member], "entries": entries}
        forger.write("between", body if seen is None else body | {"seen": seen})
    return forger


def test_as_many_records_as_a_book_takes_add_up() -> None:
    """The last file begins below the limit and holds at most as many records as a parcel has lines."""
    assert (RECORDS_LIMIT + LINES_LIMIT) * AMOUNT_LIMIT_MINOR < 2**63
    assert 9_000 * AMOUNT_LIMIT_MINOR < 2**53
    assert 8 * record_limits.LAPTOP_LIMIT < RECORDS_LIMIT


@pytest.mark.parametrize("seen", [None, "aaaaaaaa.aaaaaaaa.7"])
def test_a_laptop_that_brings_too_many_is_refused_and_its_neighbour_is_not(
    three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: str | None
) -> None:
    """Three pass, two more do not, whether they count or wait: by their number, which no later record changes."""
    office, first, second, group = three
    brought = int(office.book.setting(f"records_brought.{first.book.device}") or 0)
    monkeypatch.setattr(record_limits, "LAPTOP_LIMIT", brought + 4)
    assert import_parcels(office, [large(three, 3, seen).parcel(office, tmp_path / "three")]).value.new == 3
    before = dump(office.book)
    many = large(three, 5, seen)
    many.made = many.made[3:]
    stick = tmp_path / "stick"
    refused = many.parcel(office, stick)
    assert [one.code for one in import_parcels(office, [refused]).value.problems] == [Code.RECORDS_TOO_MANY]
    assert dump(office.book) == before
    met(second, group, DAY)
    export_parcels(second, stick)
    came = import_parcels(office, [stick]).value
    [problem] = came.problems
    assert (came.new, came.refused, problem.where, problem.facts["laptop"]) == (1, 1, refused.name, first.book.device)


def test_a_full_book_takes_no_more(three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At an office and at a laptop, from a colleague and from the office."""
    office, first, second, group = three
    met(first, group, DAY)
    export_parcels(first, tmp_path / "up")
    export_colleague(first, tmp_path / "across")
    with monkeypatch.context() as patched:
        for desk, place in ((office, "up"), (second, "across")):
            patched.setattr(record_limits, "RECORDS_LIMIT", newest(desk.book.db))
            [problem] = import_parcels(desk, [tmp_path / place]).value.problems
            assert (problem.code, "laptop" in problem.facts) == (Code.RECORDS_TOO_MANY, False)
        import_parcels(office, [tmp_path / "up"])
    trip(office, first, second)
    assert sums(second, group) == {"box": 20_000, "saving.compulsory": -20_000}
    with monkeypatch.context() as patched:
        patched.setattr(store_check, "RECORDS_LIMIT", newest(office.book.db) - 1)
        assert [one.code for one in store_check.check(office.book)] == [Code.RECORDS_TOO_MANY]


def test_a_sum_that_no_line_can_say_is_told_as_the_largest(
    three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Count and lanes still compare: equal books are equal, others are not."""
    big = Digest(9_008, 9_008 * AMOUNT_LIMIT_MINOR, 1, 2).told()
    assert big == Digest(9_008, 9_007_199_254_740_991, 1, 2)
    assert section_line(DigestLine("g", "2026-03", big.count, big.debit_minor, big.lane0, big.lane1))
    office, first, second, group = three
    monkeypatch.setattr(digest, "DEBIT_TOLD_MINOR", 15_000)  # of the 20 000 of a meeting
    met(first, group, DAY)
    trip(office, first, second)
    import_parcels(first, [tmp_path / "stick2back"])
    for one in (first, second):
        assert (group, 2026 * 12 + 2) in exchange_store.agreed(one.book.db)
        assert exchange_store.disagreements(one.book.db) == []
    assert exchange_store.disagreements(office.book.db) == []
    line = DigestLine(group, "2026-03", 2, 15_000, 1, 1)
    import_parcels(office, [Forger(first).parcel(office, tmp_path / "other", digests=[line])])
    assert [one.sort for one in open_items(office)] == [Sort.BOOKS]


def test_a_receipt_that_cannot_be_written_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    """The first laptop's key is hurt in the office's book."""
    office = make_desk(tmp_path, "office", "office")
    laptops = sorted((make_desk(tmp_path, name) for name in ("one", "two")), key=lambda desk: desk.book.device)
    for number, desk in enumerate(laptops):
        enrol(office, desk, tmp_path)
        make_group(desk, f"A-{number}")
        export_parcels(desk, tmp_path / "up")
    import_parcels(office, [tmp_path / "up"])
    hurt = exchange_store.device(office.book.db, laptops[0].book.device)
    assert hurt is not None
    exchange_store.put_device(office.book.db, replace(hurt, age="age1hurt"))
    done = export_parcels(office, tmp_path / "down")
    assert [one.to for one in done.value] == [laptops[1].book.device]
    assert [(one.code, one.where) for one in done.warnings] == [(Code.RECEIPT_NOT_WRITTEN, laptops[0].book.device)]
    office.close()
    said = call("bundle", "export", "--to", tmp_path / "again", book=office.folder, passphrase=DESK_PASSPHRASE)
    assert (said.code, said.codes, len(said.value["files"])) == (1, ["receipt-not-written"], 1)
    assert laptops[0].book.device in said.messages[0]
    office = open_desk(office.folder, DESK_PASSPHRASE)
    exchange_store.put_device(office.book.db, hurt)
    assert [one.to for one in export_parcels(office, tmp_path / "later").value][:1] == [laptops[0].book.device]
    for desk in (office, *laptops):
        desk.close()


@pytest.mark.parametrize(
    ("lines", "listed"),
    [
        ([("z" * 16, "2026-03")], 0),
        ([("others", "2026-03")], 0),
        ([("own", "0000-01"), ("own", "1899-12"), ("own", "2101-01")], 0),
        ([("own", "1900-01"), ("own", "2100-12")], 2),
        ([("own", f"{year}-{month:02d}") for year in range(1990, 2000) for month in range(1, 13)], 100),
    ],
)
def test_told_sums_count_for_months_of_shared_groups_and_only_so_many(
    tmp_path: Path, lines: list[tuple[str, str]], listed: int
) -> None:
    office = make_desk(tmp_path, "office", "office")
    groups = {}
    laptops = [make_desk(tmp_path, name) for name in ("own", "others")]
    for desk, name in zip(laptops, ("own", "others"), strict=True):
        enrol(office, desk, tmp_path)
        groups[name] = make_group(desk, name)
        export_parcels(desk, tmp_path / "up")
    import_parcels(office, [tmp_path / "up"])
    told = [DigestLine(groups.get(group, group), month, 3, 100, 1, 2) for group, month in lines]
    assert import_parcels(office, [Forger(laptops[0]).parcel(office, tmp_path / "f", digests=told)]).value.refused == 0
    assert len([one for one in open_items(office) if one.sort is Sort.BOOKS]) == listed
    for desk in (office, *laptops):
        desk.close()
