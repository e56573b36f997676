"""The office's answers reach its laptops: a record left out counts nowhere, where sums differ all is sent again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import sums
from forging import Forger
from three_desks import Three
from three_desks import been
from three_desks import item
from three_desks import met
from three_desks import trip

from shg_desk.actions.decisions import decide_records
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.enrolment import as_line
from shg_desk.actions.enrolment import revoke
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.repeating import ask_again
from shg_desk.actions.repeating import is_asked
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.store import log
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.sync.sections import DigestLine

LATER = date(2026, 3, 17)


def by_stick(tmp_path: Path, first: Desk, second: Desk) -> None:
    stick = tmp_path / "between neighbours"
    export_colleague(first, stick, second.book.device)
    import_parcels(second, [stick])


def to_office(tmp_path: Path, office: Desk, *desks: Desk) -> None:
    stick = tmp_path / f"to the office {len(list(tmp_path.iterdir()))}"
    for desk in desks:
        export_parcels(desk, stick)
    import_parcels(office, [stick])


def to_laptops(tmp_path: Path, office: Desk, *desks: Desk) -> int:
    stick = tmp_path / f"back {len(list(tmp_path.iterdir()))}"
    sent = export_parcels(office, stick).value
    for desk in desks:
        import_parcels(desk, [stick])
    return len(sent)


def rebuilt_as_it_is(desk: Desk) -> None:
    before = dump(desk.book), book_digest(desk.book)
    desk.book.rebuild()
    assert (dump(desk.book), book_digest(desk.book)) == before


# records left out


def test_a_record_the_office_leaves_out_counts_at_colleagues_no_more(three: Three, tmp_path: Path) -> None:
    """They had it by stick. Let in later, it counts again; both answers outlive a rebuild and a restart."""
    office, first, second, group = three
    met(first, group)
    for _ in range(2):
        trip(office, first, second)
    late = met(first, group, LATER, members=(1, 2, 3))
    by_stick(tmp_path, first, second)
    revoke(office, first.book.device)
    to_office(tmp_path, office, first, second)
    assert (sums(office, group)["box"], sums(second, group)["box"]) == (20000, 50000)
    decide_records(office, [late], counts=False, reason="ноутбук уурдалган")
    to_laptops(tmp_path, office, second)
    assert sums(second, group) == sums(office, group)
    assert been(second, group) == been(office, group)
    rebuilt_as_it_is(second)
    export_colleague(first, tmp_path / "once more", second.book.device)
    import_parcels(second, [tmp_path / "once more"])
    assert sums(second, group)["box"] == 20000
    decide_records(office, [late], counts=True, reason="кагазы табылды")
    to_laptops(tmp_path, office, second)
    assert sums(second, group)["box"] == sums(office, group)["box"] == 50000
    rebuilt_as_it_is(second)


def test_an_answer_that_comes_before_the_record_holds_for_it(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    met(first, group)
    for _ in range(2):
        trip(office, first, second)
    late = met(first, group, LATER)
    revoke(office, first.book.device)
    to_office(tmp_path, office, first)
    decide_records(office, [late], counts=False, reason="уурдалган")
    export_colleague(first, tmp_path / "stick", second.book.device)
    to_laptops(tmp_path, office, second)
    import_parcels(second, [tmp_path / "stick"])
    assert sums(second, group)["box"] == 20000
    rebuilt_as_it_is(second)


def test_only_the_office_leaves_out(three: Three, tmp_path: Path) -> None:
    """The words of its answer in a laptop's own chain decide nothing, at the office or at a colleague."""
    office, first, second, group = three
    name = met(first, group)
    for _ in range(2):
        trip(office, first, second)
    [(hashed,)] = second.book.db.rows("SELECT hash FROM operation ORDER BY id DESC LIMIT 1")
    body = {"difference": f"set-aside {name} device-revoked {hashed.hex()[:16]}", "choice": "reject", "group": group}
    with first.book.writing() as writer:
        writer.append(first.line("settlement", body))
    for _ in range(2):
        trip(office, first, second)
    for desk in (office, first, second):
        assert sums(desk, group)["box"] == 20000
        rebuilt_as_it_is(desk)


# books that differ


def tells_wrong_sums(desk: Desk, office: Desk, group: str, folder: Path) -> None:
    """A parcel of what the office has already, well signed, that tells other sums of March."""
    book = desk.book
    ops = [as_line(op) for op in log.between(book.db, book.device, book.epoch, 1, 10**6)]
    forger = Forger(desk)
    forger.made = ops
    wrong = DigestLine(group, "2026-03", 5, 90000, 1, 2)
    import_parcels(office, [forger.parcel(office, folder, digests=[wrong])])


def test_a_laptop_whose_sums_differ_is_asked_for_everything(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    met(first, group)
    trip(office, first, second)
    trip(office, first, second)
    tells_wrong_sums(first, office, group, tmp_path / "wrong")
    view = difference_view(office, item(office, Sort.BOOKS).name)
    assert view is not None
    tip = log.tip(first.book.db, first.book.device, first.book.epoch).seq
    assert (view.sides[0].parties, view.sides[0].through) == ((first.book.device,), tip)
    assert [row.values for row in view.rows] == [("5", "2"), (90000, 20000), (None, 10000), (None, 10000)]
    assert [answer.code for answer in view.answers] == ["again"]
    settle(office, view.item.name, "again")
    assert not [one for one in open_items(office) if one.sort is Sort.BOOKS]
    tells_wrong_sums(first, office, group, tmp_path / "wrong once more")
    assert item(office, Sort.BOOKS).name != view.item.name, "told once more it is there once more"
    settle(office, item(office, Sort.BOOKS).name, "again")
    assert not is_asked(first)
    to_laptops(tmp_path, office, first, second)
    assert is_asked(first)
    assert not is_asked(second)
    [sent] = export_parcels(first, tmp_path / "everything").value
    assert sent.operations == tip > 5
    taken = import_parcels(office, [tmp_path / "everything"]).value
    assert (taken.new, taken.known, taken.refused) == (0, tip, 0)
    assert not [one for one in open_items(office) if one.sort is Sort.BOOKS], "its sums are the same after all"
    to_laptops(tmp_path, office, first)
    assert not is_asked(first)
    assert export_parcels(first, tmp_path / "as usual").value[0].operations == 0


def test_sent_again_a_record_that_is_another_one_there_is_named(three: Three, tmp_path: Path) -> None:
    """The laptop's copy of one of its records is not what the office took in: both are kept, and a person is asked."""
    office, first, second, group = three
    forger = Forger(first)
    name = forger.write("profile", {"revisions": []})
    import_parcels(office, [forger.parcel(office, tmp_path / "forged")])
    met(first, group)
    trip(office, first, second)
    ask_again(office, first.book.device)
    to_laptops(tmp_path, office, first)
    to_office(tmp_path, office, first)
    assert [one.parties for one in open_items(office) if one.sort is Sort.SET_ASIDE][:1] == [(name,)]
