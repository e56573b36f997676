"""The main job on screen and in the booklets: an office's pages show what the table itself adds up to.

The oracle is the table, read by the csv module and added up as decimals; figures are read off the pages as a person
reads them.
"""

from __future__ import annotations

import json
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
from program import good
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from test_real_file import MAP
from test_real_file import QUARTERS
from test_real_file import Source
from test_real_file import invented

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from cheap_books import new_book
from contact_sheet import Window

from shg_desk.store import groups as group_store
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.ledger_page import LedgerPage

YEAR_END = date(2016, 12, 31)
FIGURE = r"(?<![\d.])\d{1,3}(?:[ \u00a0\u202f]\d{3})*\.\d\d(?![\d.])"
"""A sum with its hundredths; a date is none."""


@pytest.fixture(scope="module", params=["made_here", pytest.param("real", marks=pytest.mark.needs("shared"))])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Source]:
    """A book with the whole table in it."""
    folder = tmp_path_factory.mktemp("screen")
    table = folder / "all.csv"
    if request.param == "real":
        sample = request.getfixturevalue("shared") / "samples/savings_groups/moz_household_quarterly_savings.csv"
        shutil.copy(sample, table)
        source = Source.of(table)
    else:
        source = invented(table)
    book = folder / "office.shgbook"
    new_book(book, "office", "MZN")
    columns = folder / "map.json"
    columns.write_text(json.dumps(MAP))
    good("import", "savings", table, "--map", columns, "--rounding", "half-even", book=book)
    return book, source


@pytest.fixture
def window(qtbot: QtBot, office: tuple[Path, Source], tmp_path: Path) -> Iterator[Window]:
    """A person at the office's own window, at the end of that year."""
    copy = tmp_path / "office.shgbook"
    shutil.copytree(office[0], copy)
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


def test_every_total_is_the_tables_own_on_screen(window: Window, office: tuple[Path, Source]) -> None:
    """The ledger of each group: a line a quarter with its sum, and what stands there now."""
    source = office[1]
    expected, known = source.by_group(), ids(window)
    assert set(known) == set(source.groups)
    for group, own in known.items():
        page = window.go("ledger", (own, "saving"))
        assert isinstance(page, LedgerPage)
        quarters = {day: expected[group, day] for day in QUARTERS.values() if expected[group, day]}
        so_far = sum(quarters.values(), Decimal())
        assert sum_of(page._now.text()) == so_far, group
        shown: dict[str, Decimal] = {}
        for row in page.table.model.rows():
            cells = [cell.text for cell in row.cells]
            day = next((text for text in cells if re.fullmatch(r"\d\d\.\d\d\.\d{4}", text)), None)
            figures = [sum_of(text) for text in cells if re.fullmatch(FIGURE, text)]
            if day is not None and figures:
                shown["-".join(reversed(day.split(".")))] = figures[0]
        assert shown == quarters, group


def test_the_group_page_has_the_same_sum(window: Window, office: tuple[Path, Source]) -> None:
    source = office[1]
    expected = source.by_group()
    for group, own in ids(window).items():
        page = window.go("groups", own)
        assert isinstance(page, GroupsPage)
        texts = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
        total = sum((expected[group, day] for day in QUARTERS.values()), Decimal())
        figure = f"{total:,.2f}".replace(",", " ")
        assert figure in re.sub(r"[\u00a0\u202f]", " ", texts), (group, figure)


def test_each_booklet_ends_with_what_its_member_saved(office: tuple[Path, Source], tmp_path: Path) -> None:
    """The figures of the booklets themselves, page by page: of everybody who saved in the first groups."""
    book, source = office
    answer = good("report", "passbook", "--period", "2016", "--out", tmp_path, book=book)
    assert answer["members"] == len(source.rows)
    saved: dict[tuple[str, str], list[Decimal]] = {}
    for group, member, _, amount in source.cells():
        saved.setdefault((group, member), []).append(amount)
    looked_at = 0
    for group in source.groups[:6]:
        with pypdfium2.PdfDocument(tmp_path / f"{group}.pdf") as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        for member in [row["hhid"] for row in source.rows if row["associd"] == group]:
            [page] = [text for text in pages if re.search(rf"\b{member}\b", text)]
            figures = [sum_of(one) for one in re.findall(FIGURE, page)]
            amounts = saved.get((group, member), [])
            for so_far in range(1, len(amounts) + 1):
                assert amounts[so_far - 1] in figures, (group, member)
                assert sum(amounts[:so_far]) in figures, (group, member)
            assert amounts or not any(figures), (group, member)
            looked_at += len(amounts)
    assert looked_at > 20
