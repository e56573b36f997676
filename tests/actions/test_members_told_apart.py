"""Two women of one name in one group are told apart by father's name and number, and their money is never mixed up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import between_view
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import write_between
from shg_desk.actions.called import beside_numbers
from shg_desk.actions.called import namesakes
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_forms import candidates
from shg_desk.actions.groups import set_officer
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.people import change_person
from shg_desk.actions.statements import account_of
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_ledger import LedgerWish
from shg_desk.actions.views_ledger import ledger_view
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_loans import loan_sheet
from shg_desk.actions.views_today_rest import today
from shg_desk.domain.namesakes import names_apart
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store

NAME = "Кожомкулова Мунира"
FATHERS = ("Таалай", "Төлөгөн")
MARCH = date(2026, 3, 12)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=date(2026, 8, 1))
    yield made
    made.close()


@pytest.fixture
def group(desk: Desk) -> str:
    """Three members: two of one name, who saved 100 and 270; the second owes 300 for a loan that is late."""
    made = make_group(desk, members=3)
    people = [one.person for one in group_store.memberships(desk.book, made)]
    for person, father in zip(people[:2], FATHERS, strict=True):
        assert person is not None
        change_person(desk, person, {"name": NAME, "father": father})
    rows = (
        SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000, "compulsory"),)),
        SheetRow(
            "2",
            Attendance.PRESENT,
            ins=(In("saving", 10_000, "compulsory"), In("saving", 17_000, "voluntary")),
            outs=(Out("loan", 30_000, guarantors=("1",)),),
        ),
        SheetRow("3", Attendance.PRESENT),
    )
    record_meeting(desk, Sheet(made, MARCH, rows=rows, counts=(Count(total_minor=7_000),)))
    return made


def test_the_receipt_of_one_says_nothing_of_her_namesake(desk: Desk, group: str, tmp_path: Path) -> None:
    first, second, _ = group_store.memberships(desk.book, group)
    op = write_between(
        desk, Between(group, date(2026, 4, 1), "saving", 5_000, first.id, product="voluntary")
    ).value.name
    paper = print_receipt(desk, op, tmp_path / "receipt.pdf", Words("en"))
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    text = " ".join(text.split())
    assert FATHERS[0] in text
    assert FATHERS[1] not in text
    assert "150" in text  # what she has saved herself
    for of_the_other in ("270", "300", "306", "318"):
        assert of_the_other not in text
    op = write_between(
        desk, Between(group, date(2026, 4, 1), "saving", 1_000, second.id, product="voluntary")
    ).value.name
    paper = print_receipt(desk, op, tmp_path / "other.pdf", Words("en"))
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert FATHERS[1] in text
    assert FATHERS[0] not in text
    assert "280" in text
    # 300 flat at 2 % a month in three, all due by August: 18 of interest come on top of the debt of her passbook
    assert "Debt left 300 som · interest due 18 som" in text.replace("\u00a0", " ")


def test_wherever_money_is_named_it_is_said_whose(desk: Desk, group: str) -> None:
    first, second, third = group_store.memberships(desk.book, group)
    whole = {first.id: f"{NAME}, {FATHERS[0]} (№ 1)", second.id: f"{NAME}, {FATHERS[1]} (№ 2)"}
    beside = {first.id: f"{NAME}, {FATHERS[0]}", second.id: f"{NAME}, {FATHERS[1]}"}
    assert namesakes(desk, group) == namesakes(desk) == whole
    assert beside_numbers(desk, group) == beside

    rows = entry_store.entries(desk.book, group, entry_store.ALL)
    said = {row.member.id: entry_detail(desk, row.name).line for row in rows if row.member is not None}
    assert said[first.id].who == whole[first.id]
    assert said[first.id].member == first.id
    assert said[second.id].who == whole[second.id]

    card = group_card(desk, group)
    assert card is not None
    assert [one.name for one in card.members] == [beside[first.id], beside[second.id], third.name]

    line = loan_list(desk).lines[0]
    assert (line.member, line.name) == (second.id, beside[second.id])
    assert loan_sheet(desk, line.id).line.name == beside[second.id]
    assert loan_sheet(desk, line.id).guarantors == (("1", beside[first.id]),)

    overdue = next(one for one in today(desk).waiting if one.kind == "overdue")
    assert overdue.facts["who"] == whole[second.id]

    view = ledger_view(desk, LedgerWish(group, "saving"))
    assert view is not None
    assert whole[first.id] in {one.name for one in view.members}
    assert account_of(group_facts(desk, group), "saving").names == {**whole, third.id: third.name}


def test_officers_and_those_to_choose_are_told_apart(desk: Desk, group: str) -> None:
    second = group_store.memberships(desk.book, group)[1]
    set_officer(desk, group, "treasurer", second.id, date(2026, 3, 1), date(2026, 8, 10))
    card = group_card(desk, group)
    assert card is not None
    assert [(one.number, one.name) for one in card.officers] == [("2", f"{NAME}, {FATHERS[1]}")]
    term = next(one for one in today(desk).waiting if one.kind == "term")
    assert term.facts["who"] == f"{NAME}, {FATHERS[1]} (№ 2)"
    assert sorted(one.father for one in candidates(desk, "Кожомкулова")) == sorted(FATHERS)


def test_the_record_between_meetings_is_told_apart_too(desk: Desk, group: str) -> None:
    first = group_store.memberships(desk.book, group)[0]
    write_between(desk, Between(group, date(2026, 4, 1), "saving", 5_000, first.id, product="voluntary"))
    recent = between_view(desk, group).recent
    assert [line.who for line in recent[0].lines] == [f"{NAME}, {FATHERS[0]} (№ 1)"]


def test_without_fathers_the_number_tells(desk: Desk) -> None:
    made = make_group(desk, "A-2", members=2)
    for one in group_store.memberships(desk.book, made):
        assert one.person is not None
        change_person(desk, one.person, {"name": NAME})
    first, second = group_store.memberships(desk.book, made)
    assert names_apart([first, second]) == {first.id: f"{NAME} (№ 1)", second.id: f"{NAME} (№ 2)"}
    assert namesakes(desk, made) == {first.id: f"{NAME} (№ 1)", second.id: f"{NAME} (№ 2)"}
