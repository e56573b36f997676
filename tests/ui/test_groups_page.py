"""Groups over a real book: forming one, taking members in, voting rules, electing, leaving, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import RULES
from village import nothing
from village import village

from shg_desk.domain.loan_terms import GraceKind
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import Remainder
from shg_desk.domain.loan_terms import Unit
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.rules import read_rules
from shg_desk.store import groups as group_store
from shg_desk.store.groups import RulesVersion
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.member_page import MemberPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_a_group_is_formed_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("groups", GroupsPage)
    person.press(K.Key_Return)
    person.press("Ырыс", K.Key_Return, "KB-03", K.Key_Return, "Кара-Булак", K.Key_F10)
    assert page.title() == "Ырыс"
    card = page._card
    assert card is not None
    assert (card.code, card.village, [step.done for step in card.steps]) == (
        "KB-03",
        "Кара-Булак",
        [True, False, False, False, False],
    )
    person.end()


def test_a_second_group_with_the_same_code_is_told(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage)
    person.press(K.Key_Insert)
    person.press("Бирдик", K.Key_Return, "KB-03", K.Key_F10)
    assert page.group_form.isVisible()
    assert page.group_form.field("code").problem()


def test_somebody_known_joins_and_somebody_new_too(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Insert)
    assert page.member_form.text("number") == "5"
    person.press(K.Key_Return, "105", K.Key_Return, "21.11", K.Key_Return, "Жибек эже", K.Key_F10)
    card = page._card
    assert card is not None
    last = card.members[-1]
    assert (last.number, last.name, last.booklet, last.joined) == ("5", "Жибек эже", "105", date(2026, 11, 21))
    person.press(K.Key_Insert)
    page.member_form.field("name").edit.setFocus()
    person.press("Жибек")
    found = page.member_form.choices.flow.itemAt(0)
    assert found is not None
    choice = found.widget()
    assert choice is not None
    person.press(K.Key_Down)
    assert choice.hasFocus()
    person.press(K.Key_Up)
    assert page.member_form.field("name").edit.hasFocus()
    person.press(K.Key_Down, K.Key_Return)
    assert page.member_form.person is not None
    assert page.member_form.isVisible(), "nothing is written before the button or F10"
    assert "Ырыс, № 5" in page.member_form.choices.notice.accessibleName(), "her other group is named, not refused"


def test_enter_in_a_half_typed_name_writes_nobody_and_a_strange_number_is_asked_about(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Insert)
    form = page.member_form
    before = page._card
    form.field("name").edit.setFocus()
    person.press("Жиб", K.Key_Return)
    assert form.save_button.hasFocus()
    assert page._card is before
    form.field("number").set_text("Акмат")
    person.press(K.Key_F10)
    assert form.field("number").problem()
    assert form.field("number").edit.hasFocus()
    assert page._card is before
    person.press(K.Key_F10)
    card = page._card
    assert card is not None
    assert card.members[-1].number == "Акмат"


def test_a_member_leaves_and_keeps_her_number(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Delete)
    assert page.leave_form.isVisible()
    page.leave_form.field("left").edit.selectAll()
    person.press("20.11", K.Key_Return, "went to Osh", K.Key_F10)
    card = page._card
    assert card is not None
    assert [one.number for one in card.members] == ["2", "3", "4"]
    assert (card.former[0].number, card.former[0].left) == ("1", date(2026, 11, 20))
    toast = person.window._toast
    assert toast.words().startswith("Written down. Member № 1 ")
    assert not toast.tick.isVisible(), "her savings are still to be paid out"


def test_a_new_version_of_the_rules_changes_what_was_typed_and_nothing_else(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.rules_form
    assert form.text("savings.compulsory") == "100"
    assert form.text("loan.instalments") == "3"
    form.field("social").set_text("30")
    person.press(K.Key_F10)
    assert [(one.label, one.before, one.after) for one in form.preview.changes] == [
        ("Social fund", "20\u00a0som a meeting", "30\u00a0som a meeting")
    ]
    assert len(group_versions(person)) == 1, "nothing is written before the preview is answered"
    person.press(K.Key_Return)
    found = group_versions(person)
    old, new = (dict(one.content) for one in found)
    assert new.pop("social") == "30.00"
    assert old.pop("social") == RULES["social"]
    assert new.pop("savings")[0] | {"amount": "100"} == old.pop("savings")[0]
    assert new["meeting"] == old["meeting"]
    assert new["loan"] == old["loan"]
    assert "social fund 30\u00a0som" in page.detail.tables["rules"].model.cell(0, 1).text


def group_versions(person: PageDesk) -> list[RulesVersion]:
    found = person.ask(lambda desk: group_store.rules_versions(desk.book, str(person.made)))
    assert isinstance(found, list)
    return found


EVERY_RULE = {
    "votes_for": "3",
    "against": "1",
    "lifecycle": "share-out",
    "cycle.from": "1.12.2026",
    "cycle.until": "30.11.2027",
    "weekday": "0",
    "rhythm": "",
    "every_weeks": "1",
    "month_day": "",
    "time": "9:30",
    "quorum_percent": "75",
    "savings.compulsory": "150",
    "savings.voluntary": "50",
    "social": "30",
    "share.price": "100",
    "share.min": "1",
    "share.max": "5",
    "loan.rate": "1,5",
    "loan.rate_per": "week",
    "loan.method": "equal-principal",
    "loan.interest_at_start": "1",
    "loan.instalments": "6",
    "loan.every": "2",
    "loan.unit": "week",
    "loan_multiple": "2,5",
    "guarantors": "2",
    "minimum_age": "16",
    "loan.grace_principal": "2",
    "loan.grace_interest": "1",
    "loan.grace_kind": "forgiven",
    "loan.instalment_multiple": "5",
    "loan.rounding": "up",
    "loan.remainder": "first",
    "loan.non_working": "sat sun",
    "order": "fine fee interest-overdue interest-due principal-overdue principal-due left",
    "fines.late": "10",
    "fines.absent": "20",
    "fines.missed-saving": "30",
    "fines.late-repayment": "40",
    "fines.disturbance": "50",
    "columns": "1342",
}


def test_every_rule_can_be_voted_and_is_seen(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.rules_form
    assert set(form.parts) - set(EVERY_RULE) == {"since", "abstained"}
    form.set_texts({**form.texts(), **EVERY_RULE})
    person.press(K.Key_F10)
    assert form.preview.isVisible(), form.problems.accessibleName()
    assert form.preview._found is not None
    assert (form.preview._found.members, form.preview._found.quorum) == (4, 3)
    person.press(K.Key_Escape)
    assert form.field("since").isVisible(), "Esc goes back to the form, nothing is lost"
    person.press(K.Key_F10, K.Key_Return)
    (_, newest) = group_versions(person)
    rules, problems = read_rules(newest.content, 2)
    assert problems == []
    assert (rules.lifecycle, rules.cycle_from, rules.cycle_until) == (
        "share-out",
        date(2026, 12, 1),
        date(2027, 11, 30),
    )
    assert (rules.weekday, rules.every_weeks, rules.time, rules.quorum_percent) == (0, 1, "09:30", 75)
    assert [(one.code, one.amount_minor, one.compulsory) for one in rules.savings] == [
        ("compulsory", 15_000, True),
        ("voluntary", 5_000, False),
    ]
    assert (rules.share_price_minor, rules.shares_min, rules.shares_max, rules.social_minor) == (10_000, 1, 5, 3_000)
    assert (rules.loan_multiple, rules.guarantors, rules.minimum_age) == (Fraction(5, 2), 2, 16)
    assert " ".join(rules.order) == EVERY_RULE["order"]
    fines = ("late", "absent", "missed-saving", "late-repayment", "disturbance")
    assert [rules.fine_minor(why) for why in fines] == [1_000, 2_000, 3_000, 4_000, 5_000]
    assert rules.columns == ("saving", "social", "repayment", "shares")
    terms = read_terms(rules.loan_terms, principal_minor=60_000, start=date(2026, 12, 1), minor_digits=2)
    assert terms == LoanTerms(
        60_000,
        Fraction(3, 2),
        Method.EQUAL_PRINCIPAL,
        6,
        date(2026, 12, 1),
        rate_per=RatePer.WEEK,
        every=2,
        unit=Unit.WEEK,
        grace_principal=2,
        grace_interest=1,
        grace_kind=GraceKind.FORGIVEN,
        rounding="up",
        remainder=Remainder.FIRST,
        instalment_multiple_minor=500,
        non_working_weekdays=frozenset({5, 6}),
        interest_at_start=True,
    )
    seen = page.detail.agreed.model
    agreed = {seen.cell(row, 0).text: seen.cell(row, 1).text for row in range(seen.rowCount())}
    assert len(agreed) == 24
    assert agreed["Youngest member, years"] == "16"
    assert agreed["Meets on"] == "Monday each week 09:30"
    assert agreed["Instalments"] == "6 instalments, every 2 weeks"
    assert agreed["A repayment settles"] == "late interest, today's interest, late principal, today's principal"
    assert page.detail.tables["rules"].model.cell(0, 2).text == "3 for, 1 against"
    person.press(K.Key_F2)
    again = {**form.texts(), "since": "", "abstained": ""}
    shown = {"cycle.from": "01.12.2026", "share.price": "100", "loan.rate": "1.5", "loan_multiple": "2.5"}
    assert {key: again[key] for key in shown} == shown
    person.press(K.Key_F10)
    assert form.preview.changes == [], "what was voted comes back as it was typed"
    assert not form.save_button.isEnabled() or form.save_button.reason()


def test_impossible_terms_are_told_before_a_loan_is_given(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.rules_form
    form.field("loan.grace_principal").set_text("9")
    form.field("savings.voluntary").set_text("many")
    person.press(K.Key_F10)
    assert form.preview.isHidden()
    assert form.field("loan.grace_principal").problem()
    assert form.field("savings.voluntary").problem()


def test_a_rule_that_cannot_be_read_is_named(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    page.rules_form.field("quorum_percent").set_text("two thirds")
    person.press(K.Key_F10)
    assert page.rules_form.field("quorum_percent").problem()
    assert page.rules_form.isVisible()


def test_the_preview_of_rules_has_no_next_field(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    page.rules_form.field("quorum_percent").set_text("60")
    bar = person.window.hint_bar
    said = lambda: {one.keys: one.words for one in bar.hints()}  # noqa: E731
    assert (said()[("Enter",)], said()[("F10",)]) == ("next field", "see what changes")
    person.press(K.Key_F10)
    assert said()[("Enter",)] == "put into force", "the cursor is on that button"
    assert ("F10",) not in said()
    person.press(K.Key_F10)
    assert len(group_versions(person)) == 1, "a second F10 writes nothing, as on every preview"
    page.rules_form.preview.table.view.setFocus()
    assert ("Enter",) not in said()
    person.press(K.Key_Escape)
    assert said()[("F10",)] == "see what changes"


def test_where_no_rule_differs_nothing_is_offered_to_be_put_into_force(person: PageDesk) -> None:
    person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2, K.Key_F10)
    assert "put into force" not in [one.words for one in person.window.hint_bar.hints()]
    person.press(K.Key_F10)
    assert len(group_versions(person)) == 1


def test_an_hour_no_clock_shows_and_a_vote_that_is_no_number_are_told_what_to_type(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    page.rules_form.field("time").set_text("25")
    page.rules_form.field("against").set_text("1,9")
    person.press(K.Key_F10)
    assert "9:00, 14:30" in page.rules_form.field("time").problem()
    assert page.rules_form.field("against").problem().endswith("“1,9” is none. Type a whole number.")
    page.rules_form.field("time").set_text("15")
    page.rules_form.field("against").set_text("1")
    person.press(K.Key_F10)
    assert [(one.before, one.after) for one in page.rules_form.preview.changes] == [
        ("Saturday every 2 weeks 14:00", "Saturday every 2 weeks 15:00")
    ]


def test_an_officer_is_elected(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "officers"))
    person.press(K.Key_Return, K.Key_Insert)
    assert page.officer_form.isVisible()
    person.press(K.Key_F10)
    card = page._card
    assert card is not None
    assert {(one.post, one.number) for one in card.officers} == {("treasurer", "1"), ("leader", "1")}


def test_enter_on_a_member_opens_her_page(person: PageDesk) -> None:
    person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Down, K.Key_Return)
    page = person.page(MemberPage)
    assert page.title() == "Айгүл KB-03 2"
    assert page._view is not None
    assert (page._view.now.saved_minor, page._view.now.debt_minor) == (30_000, 30_000)
    assert (page._view.late_minor, page._view.late_days, page._view.came) == (10_600, 11, 3)


def test_nothing_is_cut(person: PageDesk) -> None:
    for tab in ("glance", "members", "rules", "officers"):
        person.go("groups", GroupsPage, (person.made, tab))
        person.fits_everywhere()
    person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    person.fits_everywhere()
    page = person.page(GroupsPage)
    page.rules_form.set_texts({**page.rules_form.texts(), **EVERY_RULE})
    person.press(K.Key_F10)
    person.fits_everywhere()
