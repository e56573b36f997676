"""The paper of a meeting says what the screen says: the same rows in the same order, its agenda, what to write."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from paper_makers import PRINTED
from paper_makers import meeting
from paper_makers import minutes_read
from pdf_reading import outside
from pdf_reading import overprinted
from pdf_reading import page_texts

from shg_desk.domain.booklet import after_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MovedBefore
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import sheet_lines
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.before_words import before_lines
from shg_desk.i18n.catalog import Words
from shg_desk.reports.meeting_sheet import meeting_sheet
from shg_desk.reports.minutes import minutes_paper
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

GONE = date(2026, 11, 1)
AGENDA = ("Who came", "Savings", "New loans")


def with_leavers() -> Ground:
    """Numbers out of order; one left and owes a loan, one left and owes nothing, one has not joined yet."""
    people = (
        member(3, "Зуура", left=GONE, loans=(loan("3", 106, "L-3"),)),
        member(4, "Айчүрөк", left=GONE),
        member(10, "Нуриза"),
        member(2, "Бурул"),
        member(11, "Гүлзат", joined=date(2026, 12, 1)),
    )
    return replace(yrys(), members=people)


def test_rows_and_their_order_are_those_of_the_screen() -> None:
    ground = with_leavers()
    said = " ".join(page_texts(meeting_sheet(ground, Words("en"), PRINTED)))
    on_screen = [line.member.name or "" for line in sheet_lines(ground)]
    assert on_screen == ["Бурул", "Нуриза", "Зуура"]
    places = [said.index(name) for name in on_screen]
    assert places == sorted(places)
    assert "Айчүрөк" not in said
    assert "Гүлзат" not in said
    assert "L-3: 106" in said, "what she who left owes is expected of her"
    assert said[said.index("Зуура") :].split("Total")[0].count("100") == 0, "no saving is expected of her any more"


def test_the_agenda_stands_on_the_sheet_and_in_the_minutes() -> None:
    words = Words("en")
    sheet = " ".join(page_texts(meeting_sheet(with_leavers(), words, PRINTED, agenda=AGENDA)))
    assert "Agenda: 1. Who came; 2. Savings; 3. New loans" in sheet.replace("\u00a0", " ")
    minutes = " ".join(page_texts(minutes_paper(meeting(), words, PRINTED, AGENDA)))
    assert "Agenda 1. Who came; 2. Savings; 3. New loans Who came" in minutes.replace("\u00a0", " ")
    assert "Agenda" not in " ".join(page_texts(minutes_paper(meeting(), words, PRINTED)))


def test_what_moved_before_stands_on_the_sheet_as_on_the_screen() -> None:
    """All of it: a paper has the room, the screen tells the first and how many more."""
    moved = [MovedBefore(date(2026, 11, n), "repayment", "Бурул", n * 10_000, target="box") for n in range(1, 6)]
    ground = replace(with_leavers(), before=tuple(moved), open_difference_minor=4_000)
    words = Words("en")
    assert list(before_lines(words, ground, 2)) == [
        *list(before_lines(words, ground))[:3],
        "and 3 more records between meetings",
    ]
    said = " ".join(page_texts(meeting_sheet(ground, words, PRINTED))).replace("\u00a0", " ")
    assert "Cash difference open from before: 40 som short" in said
    for n in range(1, 6):
        assert f"{n:02d}.11.2026: Бурул loan repayment {n}00 som, already here: cash box" in said


def test_what_to_write_says_which_product_and_which_loan() -> None:
    savings = [{"code": "compulsory", "amount": "100", "compulsory": True}, {"code": "school", "amount": "20"}]
    older, newer = loan("1", 106, "L-1"), loan("1", 212, "L-2")
    ground = replace(yrys(), rules=rules(savings=savings), members=(member(1, "Айгүл", loans=(older, newer)),))
    draft = Draft(ground)
    draft.mark(0, Attendance.PRESENT)
    for line, column, typed in (
        (0, "saving.compulsory", "50"), (0, "saving.school", "20"), (0, "repayment", "106"), (1, "repayment", "212"),
        (0, "loan", "600"),
    ):  # fmt: skip
        assert draft.type_text(Place(line, column), typed) is None
    (card,) = after_meeting(ground, minutes_read(ground, draft.sheet())).cards
    assert [(line.what, line.facts.get("product", line.facts.get("loan"))) for line in card.lines] == [
        ("saving", "compulsory"),
        ("saving", "school"),
        ("repayment", "L-1"),
        ("repayment", "L-2"),
        ("loan", "L-17"),
    ]
    assert [line.in_minor - line.out_minor for line in card.lines] == [5_000, 2_000, 10_600, 21_200, -60_000]


def test_a_loan_with_its_day_stands_above_what_is_due_of_it() -> None:
    older, newer = loan("1", 1060, "L-1 (10.10.2026)"), loan("1", 530, "L-1 (11.10.2026)")
    paper = meeting_sheet(replace(yrys(), members=(member(1, "Айгүл", loans=(older, newer)),)), Words("ky"), PRINTED)
    (text,) = page_texts(paper)
    for part in ("L-1 (10.10.2026)", "L-1 (11.10.2026)"):
        assert part in text
    assert overprinted(paper) == []
    assert outside(paper, 5) == []
