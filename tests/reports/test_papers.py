"""The A4 papers in every language: nothing cut, nothing over another, the figures of their values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from paper_makers import NAMES
from paper_makers import PRINTED
from paper_makers import SOM
from paper_makers import ground
from paper_makers import ledger
from paper_makers import meeting
from paper_makers import statement
from pdf_reading import opened
from pdf_reading import outside
from pdf_reading import overprinted
from pdf_reading import page_texts

from shg_desk.domain.booklet import after_meeting
from shg_desk.domain.control_totals import booklet_totals
from shg_desk.domain.control_totals import ledger_totals
from shg_desk.domain.statement import account_statement
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Words
from shg_desk.reports.booklets import read_aloud
from shg_desk.reports.booklets import write_into_booklets
from shg_desk.reports.group_totals import group_totals
from shg_desk.reports.ledger_paper import ledger_paper
from shg_desk.reports.meeting_sheet import meeting_sheet
from shg_desk.reports.minutes import minutes_paper
from shg_desk.reports.page import Paper
from shg_desk.reports.recovery_sheet import recovery_sheet

LANGS = ("ky", "ru", "tg", "uz", "uz-Cyrl", "en", STRETCHED)
NOTES = (500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000)
SINCE, UNTIL = date(2025, 8, 1), date(2025, 12, 31)
CODE = "0ABC-DEFG-HJKM-NPQR-STVW-XYZ1-2345"


def names_of(lang: str) -> str:
    return lang if lang in NAMES else "ru"


def box_paper(lang: str) -> Paper:
    box = account_statement(
        ledger().facts,
        "box",
        group_name="Ырыс",
        group_code="KB-03",
        currency=SOM,
        fold=True,
        since=SINCE,
        until=UNTIL,
        names={f"m{i}": NAMES[names_of(lang)] for i in range(3)},
    )
    return ledger_paper(box, Words(lang), PRINTED)


def totals_paper(lang: str) -> Paper:
    of_ledger = ledger_totals(ledger().facts, {"m0", "m1", "m2"}, since=SINCE, until=UNTIL)
    of_booklets = booklet_totals([statement(i, since=SINCE, until=UNTIL) for i in range(3)])
    return group_totals(
        [(of_ledger, of_booklets), (of_ledger, booklet_totals([statement(0, since=SINCE, until=UNTIL)]))],
        group_name="Ырыс",
        group_code="KB-03",
        currency=SOM,
        words=Words(lang),
        printed=PRINTED,
    )


def lists(lang: str, members: int = 20):  # both lists of one meeting
    return after_meeting(ground(members, names_of(lang)), meeting(members, names_of(lang)))


PAPERS: dict[str, Callable[[str], Paper]] = {
    "minutes": lambda lang: minutes_paper(meeting(lang=names_of(lang)), Words(lang), PRINTED),
    "sheet": lambda lang: meeting_sheet(ground(40, names_of(lang)), Words(lang), PRINTED, notes_minor=NOTES),
    "write": lambda lang: write_into_booklets(lists(lang), Words(lang), PRINTED),
    "read": lambda lang: read_aloud(lists(lang), Words(lang), PRINTED),
    "box": box_paper,
    "totals": totals_paper,
    "recovery": lambda lang: recovery_sheet(CODE, "Кара-Булак, Айгүл", Words(lang), PRINTED),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_cut_or_printed_over(name: str, lang: str) -> None:
    paper = PAPERS[name](lang)
    assert paper.pages == len(opened(paper)) >= 1
    assert paper.missing_letters == set()
    assert outside(paper, 5) == []
    assert overprinted(paper) == []


@pytest.mark.parametrize("name", PAPERS)
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert PAPERS[name]("ky").data == PAPERS[name]("ky").data


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_has_its_foot(name: str) -> None:
    paper = PAPERS[name]("en")
    for number, text in enumerate(page_texts(paper), start=1):
        assert "Printed 21.11.2026, Айгүл Бакыт кызы · saved through 20.11.2026" in text
        assert "Holds data of: Ырыс" in text
        assert text.endswith(f"page {number} of {paper.pages}") or f"page {number} of {paper.pages}" in text


def test_an_office_names_the_report() -> None:
    paper = recovery_sheet(CODE, "K", Words("ru"), replace(PRINTED, report=212))
    assert "№ 212" in page_texts(paper)[0]


def figures(paper: Paper) -> str:
    return " ".join(page_texts(paper)).replace("\u00a0", " ")


def test_minutes_show_the_value() -> None:
    held = meeting()
    words = Words("ru")
    text = figures(minutes_paper(held, words, PRINTED))
    shown = [held.in_minor, held.out_minor, *held.totals_minor.values()]
    box = next(block for block in held.cash if block.place == "box")
    shown += [box.start_minor or 0, box.expected_minor or 0, box.counted_minor or 0, abs(box.difference_minor)]
    for amount in shown:
        assert formats.amount(words, amount, SOM).replace("\u00a0", " ") in text
    assert "Бакыт кызы Айгүлгө карыз 5 000 сом берилсин" in text
    assert "Жумагулова Зейнеп" in text
    assert "05.12.2026" in text


def test_a_meeting_that_was_not_held_says_why() -> None:
    text = figures(minutes_paper(replace(meeting(), held=False, reason="кар"), Words("en"), PRINTED))
    assert "not held: кар" in text


def test_the_sheet_has_every_member_and_what_is_expected() -> None:
    text = figures(meeting_sheet(ground(), Words("en"), PRINTED, notes_minor=NOTES))
    assert "L-2: 2 240" in text
    assert "L-2b: 2 240" in text
    assert text.count("meeting 37") >= 2  # on every page
    for number in range(1, 21):
        assert f" {number} " in text


def test_cards_read_the_same_figures() -> None:
    words = Words("en")
    after = lists("ky")
    text = figures(read_aloud(after, words, PRINTED))
    for card in after.cards:
        for amount in (card.paid_minor, card.saved_minor, card.debt_minor):
            assert formats.money(words, amount, SOM).replace("\u00a0", " ") in text


def test_totals_say_whether_they_agree() -> None:
    text = figures(totals_paper("en"))
    assert "The booklets add up to the ledger." in text
    assert "do not add up" in text


def test_the_recovery_code_stands_whole_and_large() -> None:
    paper = PAPERS["recovery"]("ky")
    text = page_texts(paper)[0]
    assert all(group in text for group in CODE.split("-"))
    assert paper.pages == 1


def test_a_paper_is_written_whole(tmp_path) -> None:
    paper = PAPERS["recovery"]("ru")
    paper.write(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == paper.data
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
