"""The receipt of money dated ahead says what she has with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store


@pytest.fixture
def book_day() -> date:
    return date(2026, 3, 20)


@pytest.mark.parametrize("written", [date(2026, 3, 25), date(2026, 3, 10)])
def test_savings_on_it_are_those_after_it(desk: Desk, tmp_path: Path, written: date) -> None:
    """200 saved on the 5th and 50 for the 25th, or the 10th, on a laptop of the 20th."""
    group = make_group(desk)
    member = group_store.memberships(desk.book, group)[0].id
    write_between(desk, Between(group, date(2026, 3, 5), "saving", 20_000, member))
    op = write_between(desk, Between(group, written, "saving", 5_000, member)).value.name
    paper = print_receipt(desk, str(op), tmp_path / "receipt.pdf", Words("en"))
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert "Savings in all 250 som" in " ".join(text.split())
