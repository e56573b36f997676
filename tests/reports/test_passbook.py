"""Passbooks: every line, each member's own and nobody else's, going on where the print stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_makers import NAMES
from paper_makers import PRINTED
from paper_makers import SOM
from paper_makers import holder
from paper_makers import ledger
from paper_makers import statement
from pdf_reading import Letter
from pdf_reading import letters
from pdf_reading import opened
from pdf_reading import outside
from pdf_reading import overprinted
from pdf_reading import page_texts

from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import member_statement
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Words
from shg_desk.reports.passbook import NOTHING
from shg_desk.reports.passbook import Booklet
from shg_desk.reports.passbook import left_word
from shg_desk.reports.passbook import passbook

LANGS = ("ky", "ru", "tg", "uz", "uz-Cyrl", "en", STRETCHED)
LOOKS = [("A6", False), ("A6", True), ("A5", False), ("A5", True)]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("-", "").replace("\u00ad", "").replace("\ufffe", "").replace("\x02", "")


def written(paper_text: str, texts: list[str]) -> list[str]:
    """The texts that are not on the paper, however they were broken into lines."""
    return [text for text in texts if squeezed(text) not in squeezed(paper_text)]


@pytest.mark.parametrize(("size", "large"), LOOKS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_line_is_there_and_nothing_is_cut(lang: str, size: str, large: bool) -> None:
    words = Words(lang)
    own = statement(1, lang if lang in NAMES else "ru")
    paper = passbook([Booklet(own, words)], PRINTED, size=size, large=large)
    assert paper.missing_letters == set()
    assert outside(paper, 14) == []
    assert overprinted(paper) == []
    whole = " ".join(page_texts(paper))
    for row in own.rows:
        assert formats.date(row.effective) in whole
        if row.left_minor is not None:
            assert formats.amount(words, row.left_minor, SOM).replace("\u00a0", " ") in whole
    assert whole.count("№ 1 ") + whole.count("№ 1\u00a0") >= 1
    for text in page_texts(paper):
        assert written(text, [own.holder.booklet or "", "KB-03"]) == []


def test_a_row_reads_like_the_statement() -> None:
    words = Words("en")
    own = statement(0)
    (text, *_) = page_texts(passbook([Booklet(own, words)], PRINTED, size="A5"))
    for part in ("05.07.2025", "№ 1", "Saving, compulsory", "100", "Social fund", "20"):
        assert part in text
    assert text.index("№ 1 ") < text.index("№ 2")


@pytest.mark.parametrize(("size", "large"), LOOKS)
def test_what_is_left_says_of_what(size: str, large: bool) -> None:
    """Savings and debt stand in one column: under each figure is the word of what it is, in every row."""
    words = Words("ru")
    own = replace(statement(2), since=None)
    about = [row.left_of for row in own.rows if row.left_minor is not None]
    assert {"saved", "debt"} <= set(about), "the statement has both"
    whole = " ".join(page_texts(passbook([Booklet(own, words)], PRINTED, size=size, large=large)))
    closing = ["saved", "debt", *(["fines"] if own.closing.fines_minor else [])]
    for of in ("saved", "debt"):
        word = left_word(words, of)
        assert word
        assert squeezed(whole).count(squeezed(word)) >= [*about, *closing].count(of), word
    assert left_word(words, "saved") != left_word(words, "debt")


def test_each_member_begins_a_page_and_stands_alone() -> None:
    words = Words("ky")
    names = ("Айгүл Биринчи", "Бурул Экинчи", "Венера Үчүнчү")
    booklets = []
    for index, name in enumerate(names):
        own = statement(index)
        booklets.append(Booklet(replace(own, holder=replace(own.holder, name=name)), words))
    paper = passbook(booklets, PRINTED)
    owners = []
    for text in page_texts(paper):
        here = [name for name in names if squeezed(name) in squeezed(text)]
        assert len(here) == 1
        owners.append(here[0])
    assert owners == sorted(owners)
    assert set(owners) == set(names)


def test_a_booklet_without_lines_has_its_page() -> None:
    empty = member_statement([], holder(7), group_name="Ырыс", group_code="KB-03", currency=SOM)
    (text,) = page_texts(passbook([Booklet(empty, Words("ru"))], PRINTED))
    assert written(text, [NAMES["ky"], "KB-03-08"]) == []


def by_place(paper_letters: list[Letter]) -> set[tuple[str, int, int]]:
    return {(one.text, round(one.left * 4), round(one.bottom * 4)) for one in paper_letters}


@pytest.mark.parametrize(("size", "large"), LOOKS)
@pytest.mark.parametrize("after", [1, 5, 12, 20])
def test_printing_on_fills_the_same_places(after: int, size: str, large: bool) -> None:
    words = Words("ky")
    own = statement(1)
    whole = opened(passbook([Booklet(own, words)], PRINTED, size=size, large=large, totals=False))
    first = replace(own, rows=own.rows[:after])
    begun = opened(passbook([Booklet(first, words)], PRINTED, size=size, large=large, totals=False))
    rest = opened(passbook([Booklet(own, words, after)], PRINTED, size=size, large=large))
    skipped = len(whole) - len(rest)
    assert len(begun) - skipped in (0, 1)
    foot = 13 * 72 / 25.4  # the foot of a page printed on differs in the number of pages
    for index in range(len(whole)):
        together: set[tuple[str, int, int]] = set()
        if index < len(begun):
            together |= by_place([one for one in letters(begun[index]) if one.bottom > foot])
        if index >= skipped:
            added = by_place([one for one in letters(rest[index - skipped]) if one.bottom > foot])
            assert not together & added
            together |= added
        assert together == by_place([one for one in letters(whole[index]) if one.bottom > foot])


def test_a_page_printed_on_gets_no_second_head_or_foot() -> None:
    own = statement(1)
    first, second = page_texts(passbook([Booklet(own, Words("en"), 5)], PRINTED))[:2]
    assert "Printed" not in first
    assert "KB-03" not in first
    assert "Printed" in second
    assert "KB-03-02" in second


def test_nothing_new_is_no_paper() -> None:
    own = statement(1)
    assert passbook([Booklet(own, Words("ky"), len(own.rows))], PRINTED) == NOTHING
    one_new = passbook([Booklet(own, Words("ky"), len(own.rows)), Booklet(own, Words("ky"), 26)], PRINTED)
    assert one_new.pages == 1


def test_margins_leave_room_for_the_staple() -> None:
    paper = passbook([Booklet(statement(1), Words("ky"))], PRINTED)
    inside = 12 * 72 / 25.4
    for index, page in enumerate(opened(paper)):
        width, _ = page.get_size()
        found = letters(page)
        if index % 2 == 0:
            assert min(one.left for one in found) > inside - 0.5
        else:
            assert max(one.right for one in found) < width - inside + 0.5


def test_equal_input_gives_equal_bytes() -> None:
    first, again = (passbook([Booklet(statement(0), Words("ky"))], PRINTED) for _ in range(2))
    assert (first.data, first.digest) == (again.data, again.digest)
    other = passbook([Booklet(statement(0), Words("ky"))], replace(PRINTED, by="Назгүл"))
    assert other.digest != first.digest


def test_a_correction_names_the_old_line() -> None:
    own = statement(1)
    row = next(row for row in own.rows if row.is_correction)
    assert row.corrects_line is not None
    said = ledger_words.statement_line(Words("en"), row, SOM)
    assert said == f"Correction of line {row.corrects_line}: Fine paid"
    paper = " ".join(page_texts(passbook([Booklet(own, Words("en"))], PRINTED, size="A5")))
    assert written(paper, [f"← {said}"]) == []
    assert "written 06.09.2025" in paper


def test_totals_are_those_of_the_statement() -> None:
    own: Statement = statement(0)
    text = page_texts(passbook([Booklet(own, Words("en"))], PRINTED))[-1].replace("\u00a0", " ")
    assert "10 920" not in text.replace("10 920", "", 1)
    assert formats.amount(Words("en"), own.in_minor, SOM).replace("\u00a0", " ") in text
    assert "Debt left" in text


def test_a_large_amount_is_drawn_smaller_never_cut() -> None:
    book = ledger(members=1, meetings=1)
    book.add("m0", "saving", [("box", 10**14), ("saving.compulsory", -(10**14))], 1)
    own = member_statement(book.facts, holder(0), group_name="Ырыс", group_code="KB-03", currency=SOM)
    paper = passbook([Booklet(own, Words("ru"))], PRINTED)
    assert "1 000 000 000 000" in page_texts(paper)[0].replace("\u00a0", " ")
    assert overprinted(paper) == []
