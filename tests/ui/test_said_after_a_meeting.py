"""What is read aloud of one who was not there: that she was not, and no sum beside it."""

from __future__ import annotations

from shg_desk.domain.money import Currency
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_aloud import Reading
from shg_desk.i18n.catalog import Words
from shg_desk.ui.meeting_aloud import spoken


def first_line(mark: Attendance, paid_minor: int) -> tuple[str, str]:
    reading = Reading("id", "1", "Айгүл", mark, (), (), paid_minor, 0, 10_000, 0, 0, None)
    what, sum_ = spoken(Words("en"), reading, Currency("KGS", 2, 100))[0]
    return what, sum_.replace("\u00a0", " ")


def test_no_sum_stands_beside_absent() -> None:
    assert first_line(Attendance.ABSENT, 0) == ("Absent", "")
    assert first_line(Attendance.ABSENT, 5_000) == ("Paid today", "50 som")
    assert first_line(Attendance.PRESENT, 0) == ("Paid today", "0 som")
