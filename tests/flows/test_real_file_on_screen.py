"""The main job on screen and in the booklets: an office's pages show what the table itself adds up to.

The oracle is the table, read by the csv module and added up as decimals; figures are read off the pages as a person
reads them.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from program import PASSPHRASE
from province import QUARTERS
from province import Province
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from contact_sheet import Window

from shg_desk.store import groups as group_store
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.ledger_page import LedgerPage

YEAR_END = date(2016, 12, 31)
FIGURE = r"(?<![\d.])\d{1,3}(?:[ \u00a0\u202f]\d{3})*\.\d\d(?![\d.])"
"""A sum with its hundredths; a date is none."""


pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def window(qtbot: QtBot, province: Province, tmp_path: Path) -> Iterator[Window]:
    """A person at the office's own window, at the end of that year, after both laptops' parcels came in."""
    copy = tmp_path / "office.shgbook"
    shutil.copytree(province.office, copy)
    made = Window(qtbot, copy, "en", PASSPHRASE, YEAR_END)
    yield made
    made.end()


def sum_of(text: str) -> Decimal:
    """A sum as it is written on a page or a paper."""
    return Decimal(re.sub(r"[^\d.]", "", text.split("MZN", maxsplit=1)[0]))


def ids(window: Window) -> dict[str, str]:
    """The groups' ids by their names in the table."""
    found = window.ask(lambda desk: {one.code or one.name: one.id for one in group_store.groups(desk.book)})
    assert isinstance(found, dict)
    return found


def test_every_total_is_the_tables_own_on_screen(window: Window, province: Province) -> None:
    """The ledger of each group: a line a quarter with its sum, and what stands there now."""
    source = province.source
    expected, known = source.by_group(), ids(window)
    assert set(known) == set(source.groups)
    for group, own in known.items():
        page = window.go("ledger", (own, "saving"))
        assert isinstance(page, LedgerPage)
        quarters = {day: expected[group, day] for day in QUARTERS.values() if expected[group, day]}
        so_far = sum(quarters.values(), Decimal())
        assert sum_of(page._now.text()) == so_far, group
        shown: dict[str, Decimal] = {}
        day = ""
        for row in page.table.model.rows():
            first, *others = [cell.text for cell in row.cells]
            if row.key in ("opening", "closing", "total"):
                continue
            day = "-".join(reversed(first.split("."))) if first else day  # a day stands once, over all its lines
            figures = [sum_of(text) for text in others if re.fullmatch(FIGURE, text)]
            if figures:
                shown[day] = shown.get(day, Decimal()) + figures[0]
        assert shown == quarters, group


def test_the_group_page_has_the_same_sum(window: Window, province: Province) -> None:
    source = province.source
    expected = source.by_group()
    for group, own in ids(window).items():
        page = window.go("groups", own)
        assert isinstance(page, GroupsPage)
        texts = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
        total = sum((expected[group, day] for day in QUARTERS.values()), Decimal())
        figure = f"{total:,.2f}".replace(",", " ")
        assert figure in re.sub(r"[\u00a0\u202f]", " ", texts), (group, figure)


def test_each_booklet_ends_with_what_its_member_saved(province: Province) -> None:
    """The figures of the booklets themselves, page by page: everybody's of every group."""
    source = province.source
    folder, answer = province.papers
    assert answer["members"] == len(source.rows)
    saved: dict[tuple[str, str], list[Decimal]] = {}
    for group, member, _, amount in source.cells():
        saved.setdefault((group, member), []).append(amount)
    looked_at = 0
    for group in source.groups:
        with pypdfium2.PdfDocument(folder / f"{group}.pdf") as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        words = [frozenset(re.findall(r"\w+", text)) for text in pages]
        for member in [row["hhid"] for row in source.rows if row["associd"] == group]:
            [page] = [text for text, its_words in zip(pages, words, strict=True) if member in its_words]
            figures = [sum_of(one) for one in re.findall(FIGURE, page)]
            amounts = saved.get((group, member), [])
            for so_far in range(1, len(amounts) + 1):
                assert amounts[so_far - 1] in figures, (group, member)
                assert sum(amounts[:so_far]) in figures, (group, member)
            assert amounts or not any(figures), (group, member)
            looked_at += len(amounts)
    assert looked_at == len(source.cells())
