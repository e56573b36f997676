"""Savings of before the rules are paid out on the command line; a withdrawal that could be of two kinds is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from calling import call
from calling import good
from calling import new_book
from calling import written

TABLE = "group,member,name,date,amount\nG-1,1,Айгүл,2026-01-15,2000\nG-1,2,Бермет,2026-01-15,50\n"
RULES = {
    "lifecycle": "permanent",
    "from": "2026-02-01",
    "savings": [{"code": "compulsory", "amount": "50", "compulsory": True}],
    "meeting": {"weekday": 3, "every_weeks": 2},
}
FEWER = {**RULES, "from": "2026-04-01", "savings": [], "share": {"price": "100", "min": 1, "max": 5}}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    found = new_book(tmp_path / "desk.shgbook")
    good("import", "savings", written(tmp_path / "savings.csv", TABLE), book=found)
    good("group", "rules", "--group", "G-1", "--file", written(tmp_path / "r.json", json.dumps(RULES)), book=found)
    return found


def meeting(book: Path, on: str, *rows: dict[str, Any]) -> Path:
    made = [{"attendance": "present", "in": [], "out": [], **row} for row in rows]
    value = {"group": "G-1", "date": on, "held": True, "rows": made}
    return written(book.parent / f"sheet-{on}.json", json.dumps(value))


def saved(book: Path) -> dict[tuple[str, str | None], str]:
    found = good("ledger", "balances", book=book)["balances"]
    return {(one["account"], one["member"]): one["amount"] for one in found if one["account"].startswith("saving")}


def test_what_was_saved_before_the_rules_is_paid_out(book: Path) -> None:
    first = meeting(book, "2026-03-12", {"member": "1", "out": [{"kind": "withdrawal", "amount": "200.00"}]})
    good("meeting", "record", "--sheet", first, book=book)
    assert saved(book) == {("saving.usual", "1"): "-1800.00", ("saving.usual", "2"): "-50.00"}


def test_rules_that_name_fewer_products_leave_the_savings_to_be_paid_out(book: Path) -> None:
    brought = {"member": "2", "in": [{"kind": "saving", "amount": "80.00", "product": "compulsory"}]}
    good("meeting", "record", "--sheet", meeting(book, "2026-03-12", brought), book=book)
    good("group", "rules", "--group", "G-1", "--file", written(book.parent / "f.json", json.dumps(FEWER)), book=book)

    def taken(**product: str) -> Path:
        out = {"kind": "withdrawal", "amount": "60.00", **product}
        return meeting(book, "2026-04-09", {"member": "2", "out": [out]})

    for lang, words in (("en", "several kinds"), ("ru", "нескольких видов"), ("ky", "бир нече түрдөгү")):
        said = call("meeting", "record", "--sheet", taken(), book=book, lang=lang)
        assert (said.code, said.codes[0]) == (1, "product-not-named")
        assert words in said.messages[0]
        assert "compulsory, usual" in said.messages[0]
    said = call("meeting", "record", "--sheet", taken(product="usual"), book=book)
    assert said.codes[0] == "withdrawal-too-large"
    assert "has 50.00 of these savings and 130.00 in all" in said.messages[0]
    good("meeting", "record", "--sheet", taken(product="compulsory"), book=book)
    assert saved(book) == {
        ("saving.usual", "1"): "-2000.00", ("saving.usual", "2"): "-50.00", ("saving.compulsory", "2"): "-20.00",
    }  # fmt: skip
