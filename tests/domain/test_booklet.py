"""What is read aloud of a member after a meeting, from its minutes and the group right behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from paper_makers import minutes_read

from shg_desk.domain.booklet import MemberAfter
from shg_desk.domain.booklet import NextDue
from shg_desk.domain.booklet import after_meeting
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.money import Currency
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n.aloud_words import MOST_LINES
from shg_desk.i18n.aloud_words import card_lines
from shg_desk.i18n.catalog import Words
from tests.meeting_grounds import TODAY
from tests.meeting_grounds import yrys


def cards(after: Ground, draft: Draft) -> tuple[MemberAfter, ...]:
    return after_meeting(after, minutes_read(draft.ground, draft.sheet())).cards


def test_of_one_who_paid_nothing_what_fell_due_is_late_and_the_next_is_told_apart() -> None:
    """Number 2 owes six times 1 060 (1 000 and 60 of interest), the first on the day; a fortnight later the second."""
    draft = Draft(yrys())
    draft.mark(1, Attendance.ABSENT)
    second = cards(draft.ground, draft)[1]
    assert (second.number, second.paid_minor, second.saved_minor) == ("2", 0, 250_000)
    assert (second.debt_minor, second.next_due) == (600_000, NextDue(date(2026, 12, 5), 106_000, 106_000))


def test_of_one_who_paid_a_part_the_rest_is_late() -> None:
    """500 of the 1 060 are paid: 60 of interest and 440, so 560 are late and 5 560 are left."""
    ground = yrys()
    second = ground.members[1]
    loan = second.loans[0]
    paid = replace(loan, loan=replace(loan.loan, movements=(Movement(TODAY, 44_000, 6_000),)))
    after = replace(ground, members=(ground.members[0], replace(second, loans=(paid,)), *ground.members[2:]))
    one = cards(after, Draft(ground))[1]
    assert (one.debt_minor, one.next_due) == (556_000, NextDue(date(2026, 12, 5), 106_000, 56_000))


def test_namesakes_are_called_by_their_fathers_names() -> None:
    ground = yrys()
    first, second, *rest = ground.members
    ground = replace(
        ground,
        members=(replace(first, name="Айша", father="Осмон"), replace(second, name="Айша", father="Бакыт"), *rest),
    )
    names = [one.called for one in cards(ground, Draft(ground))]
    assert names[:2] == ["Айша, Осмон", "Айша, Бакыт"]
    assert names[2] == rest[0].name


def first_line(mark: Attendance, paid_minor: int) -> tuple[str, str]:
    card = MemberAfter("id", "1", "Айгүл", None, "Айгүл", mark.value, paid_minor, 0, 10_000, 0, 0, None)
    what, sum_ = card_lines(Words("en"), card, Currency("KGS", 2, 100))[0]
    return what, sum_.replace("\u00a0", " ")


def test_no_sum_stands_beside_absent() -> None:
    assert first_line(Attendance.ABSENT, 0) == ("Absent", "")
    assert first_line(Attendance.ABSENT, 5_000) == ("Paid today", "50 som")
    assert first_line(Attendance.PRESENT, 0) == ("Paid today", "0 som")


def test_all_there_is_to_say_is_no_more_than_a_screen_has_room_for() -> None:
    due = NextDue(date(2026, 12, 16), 166_400, 162_400)
    card = MemberAfter("id", "1", None, None, None, "present", 1, 1, 1, 1, 1, due, 1, overpaid_minor={"L-1": 1})
    assert len(card_lines(Words("en"), card, Currency("KGS", 2, 100))) == MOST_LINES
