"""Answers, corrections of meetings and sums told by a laptop that means harm: nothing crashes, nothing half is left."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import Forger
from test_hostile_records import mangled
from test_hostile_records import read_everything
from three_desks import Three
from three_desks import met
from three_desks import trip

from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_books import books_view
from shg_desk.actions.differences import settle
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import as_line
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.settled_again import reopen
from shg_desk.actions.standing import said_of
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.problems import KnownError
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.sync.sections import DigestLine


def same_after_a_rebuild(desk: Desk) -> None:
    before = dump(desk.book), book_digest(desk.book)
    desk.book.rebuild()
    assert (dump(desk.book), book_digest(desk.book)) == before


def answers(group: str, meeting: str, members: list[str], own: str, theirs: str) -> list[tuple[str, dict[str, Any]]]:
    """Sound records of the kinds that answer, correct, choose and undo, to be bent out of shape."""
    marks = {"group": group, "date": "2026-03-10", "how": "meeting", "meeting": meeting, "members": members[:2]}
    return [
        ("correction", {**marks, "saw": [], "attendance": "ra", "represented": {"0": "кызы"}}),
        ("correction", {**marks, "saw": [own], "attendance": "l-", "decisions": [{"text": 0, "for": 3, "against": 0}]}),
        (
            "settlement",
            {"difference": f"marks-twice {own}", "choice": "keep 1", "group": group, "links": [own, theirs]},
        ),
        ("settlement", {"difference": f"profile-twice {own}", "choice": "keep 99999999999999999999", "links": [own]}),
        ("settlement", {"difference": f"rules-twice {theirs}", "choice": "reopened", "links": [own, theirs]}),
        ("settlement", {"difference": f"set-aside {theirs} rejected {'0' * 16}", "choice": "reject", "group": group}),
        ("rules", {"group": group, "from": "9999-12-31", "content": {"social": "20"}, "saw": [own]}),
        ("count", {"group": group, "date": "9999-12-31", "counts": [{"place": "box", "total": 2**53, "expected": 0}]}),
        ("profile", {"revisions": [["group", group, "identity", {"code": "A-1", "name": "x"}, [own]]]}),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_bent_grantsand_corrections_leave_every_book_sound(three: Three, tmp_path: Path, seed: int) -> None:
    office, first, second, group = three
    meeting = met(first, group)
    trip(office, first, second)
    trip(office, first, second)
    members = [one.id for one in group_store.memberships(first.book, group)]
    chance, forger = Random(seed), Forger(first)
    names = [forger.write("profile", {"revisions": []})]
    for _ in range(120):
        kind, body = chance.choice(answers(group, meeting, members, chance.choice(names), meeting))
        for _ in range(chance.randrange(3)):
            body = mangled(chance, body)
        names.append(forger.write(kind, body))
    taken = import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value
    assert (taken.new, taken.refused) == (121, 0)
    same_after_a_rebuild(office)
    for one in list(open_items(office)):
        view = difference_view(office, one.name)
        assert view is not None
        for answer in view.answers:
            if one.sort in (Sort.MARKS, Sort.PROFILE, Sort.RULES) and answer.code == "keep" and answer.side == 0:
                settle(office, one.name, "keep", 0)
    assert not [one for one in open_items(office) if one.sort is Sort.MARKS]
    read_everything(office, (group,), tmp_path)
    back = tmp_path / "back"
    export_parcels(office, back)
    import_parcels(second, [back])
    same_after_a_rebuild(second)
    assert sums(second, group) == sums(office, group)


def test_a_mark_of_somebody_elses_member_waits(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = met(first, group)
    other = make_group(first, "A-2")
    trip(office, first, second)
    stranger = group_store.memberships(first.book, other)[0].id
    forger = Forger(first)
    marks = {"date": "2026-03-10", "how": "meeting", "meeting": meeting, "saw": [], "attendance": "a"}
    forger.write("correction", {**marks, "group": group, "members": [stranger]})
    forger.write("correction", {**marks, "group": other, "members": [stranger]})
    before = dict(said_of(office, meeting).marks)
    taken = import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value
    assert (taken.new, taken.quarantined) == (2, 1)
    assert dict(said_of(office, meeting).marks) == before, "of another group's meeting nothing is said"
    same_after_a_rebuild(office)


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-03"])
@pytest.mark.parametrize("figure", [0, 2**53 - 1])
def test_sums_of_any_month_and_size_are_shown(three: Three, tmp_path: Path, month: str, figure: int) -> None:
    office, first, _, group = three
    met(first, group)
    trip(office, first)
    forger = Forger(first)
    forger.made = [as_line(op) for op in log.between(first.book.db, first.book.device, first.book.epoch, 1, 10**6)]
    odd = [DigestLine(group, month, figure, figure, 2**64 - 1, 0), DigestLine("y" * 16, month, 1, figure, 1, 1)]
    taken = import_parcels(office, [forger.parcel(office, tmp_path / "forged", digests=odd)]).value
    assert taken.refused == 0
    items = [one for one in open_items(office) if one.sort is Sort.BOOKS]
    assert [one.group for one in items] == [group] * (month == "2026-03"), "of other years and groups nothing is known"
    for one in items:
        view = books_view(office, one)
        assert view.rows[0].values[0] == str(figure)
        settle(office, one.name, "again")
    assert not [one for one in open_items(office) if one.sort is Sort.BOOKS]


def test_a_receipt_of_another_office_and_one_for_another_laptop_are_refused(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    met(first, group)
    stranger, its_laptop = make_desk(tmp_path, "stranger", "office"), make_desk(tmp_path, "its")
    enrol(stranger, its_laptop, tmp_path, ("A-1",))
    make_group(its_laptop)
    trip(stranger, its_laptop)
    met(its_laptop, group_store.groups(its_laptop.book)[0].id)
    export_parcels(its_laptop, tmp_path / "mail")
    import_parcels(stranger, [tmp_path / "mail"])
    [receipt] = export_parcels(stranger, tmp_path / "theirs").value
    before = dump(first.book)
    for desk in (first, second, office):
        taken = import_parcels(desk, [receipt.path]).value
        assert (taken.new, taken.refused) == (0, 1)
    assert dump(first.book) == before
    for desk in (stranger, its_laptop):
        desk.close()


def test_two_laptops_of_one_name_and_an_answer_given_twice(three: Three, tmp_path: Path) -> None:
    office, _, _, group = three
    twins, grants = [], []
    for n in (1, 2):
        (tmp_path / str(n)).mkdir()
        twins.append(make_desk(tmp_path / str(n), "twin"))
    for n, twin in enumerate(twins):
        request, answer = tmp_path / f"{n}.request", tmp_path / f"{n}.grant"
        digits = request_enrolment(twin, request).value.fingerprint
        grant_enrolment(office, request, answer, groups=("A-1",), typed_fingerprint=digits)
        grants.append(answer)
    with pytest.raises(KnownError):
        accept_grant(twins[0], grants[1])
    for twin, answer in zip(twins, grants, strict=True):
        accept_grant(twin, answer)
        before = dump(twin.book), book_digest(twin.book)
        with suppress(KnownError):
            accept_grant(twin, answer)
        assert (dump(twin.book), book_digest(twin.book)) == before
        assert sums(twin, group) == sums(office, group)
        assert check(twin.book) == []
        twin.close()


def test_hundreds_of_versions_of_one_thing_are_settled_by_one_answer(three: Three, tmp_path: Path) -> None:
    """None of them has seen another: the difference is settled all the same, and what it is called fits its field."""
    office, first, second, group = three
    meeting = met(first, group)
    trip(office, first, second)
    member = group_store.memberships(first.book, group)[0].id
    forger = Forger(first)
    marks = {"group": group, "date": "2026-03-10", "how": "meeting", "meeting": meeting, "saw": [], "members": [member]}
    for number in range(200):
        forger.write("correction", {**marks, "attendance": "plea"[number % 4]})
        forger.write("rules", {"group": group, "from": "2026-05-01", "content": {"social": str(number)}, "saw": []})
        forger.write("profile", {"revisions": [["group", group, "identity", {"code": "A-1", "name": f"{number}"}, []]]})
    taken = import_parcels(office, [forger.parcel(office, tmp_path / "forged")]).value
    assert (taken.new, taken.quarantined) == (600, 0)
    for sort in (Sort.MARKS, Sort.RULES, Sort.PROFILE):
        [one] = [one for one in open_items(office) if one.sort is sort]
        settle(office, one.name, "keep", 7)
        reopen(office, [one.name])
        settle(office, one.name, "keep", 8)
    assert list(open_items(office)) == []
    same_after_a_rebuild(office)
