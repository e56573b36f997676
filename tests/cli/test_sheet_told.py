"""What is wrong with a meeting's sheet, or odd about it, one code a row: a problem writes nothing, a warning tells."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from calling import call
from calling import digest
from calling import good
from calling import new_book
from calling import told
from calling import written

ROSTER = "group,no,name,joined\nG,1,Айгүл,2026-01-01\nG,2,Бермет,2026-01-01\nG,3,Чынара,2026-06-01\n"
RULES = {
    "lifecycle": "share-out",
    "from": "2026-01-01",
    "savings": [{"code": "weekly", "amount": "20"}],
    "share": {"price": "50", "min": 1, "max": 5},
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 2},
    "loan_multiple": "3",
    "cycle": {"from": "2026-01-01", "until": "2026-12-31"},
}
SAVING = {"kind": "saving", "amount": "100.00", "product": "weekly"}
PROBLEM, WARNING = "problem", "warning"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Three members, one of whom joined in June; two saved a hundred in January, one of them borrowed in February."""
    found = new_book(tmp_path / "desk.shgbook")
    columns = [word for kind in ("group", "member=no", "name", "joined") for word in ("--column", pair(kind))]
    good("import", "roster", written(tmp_path / "r.csv", ROSTER), *columns, book=found)
    good("group", "rules", "--group", "G", "--file", written(tmp_path / "r.json", json.dumps(RULES)), book=found)
    loans = [{"kind": "loan", "amount": "60.00"}, {"kind": "loan", "amount": "50.00"}]
    for on, rows, total in (
        ("2026-01-13", [row("1", SAVING), row("2", SAVING)], "200.00"),
        ("2026-02-10", [row("1"), row("2", out=loans)], "90.00"),
    ):
        answer = recorded(found, on, rows, count={"total": total})
        assert (answer.code, answer.codes) == (0, [])
    return found


def pair(kind: str) -> str:
    return kind if "=" in kind else f"{kind}={kind}"


def row(member: str, *ins: dict[str, Any], out: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    return {"member": member, "attendance": "present", "in": list(ins), "out": out or [], **more}


def recorded(book: Path, on: str, rows: list[dict[str, Any]], **more: Any) -> Any:
    value = {"group": "G", "date": on, "held": True, "rows": rows, **more}
    return call("meeting", "record", "--sheet", written(book.parent / "s.json", json.dumps(value)), book=book)


def lent(amount: str, **terms: Any) -> list[dict[str, Any]]:
    return [{"kind": "loan", "amount": amount, **({"terms": terms} if terms else {})}]


@pytest.mark.parametrize(
    ("code", "level", "on", "rows", "more"),
    [
        ("member-twice", PROBLEM, "2026-03-10", [row("1", SAVING), row("1", SAVING)], {}),
        ("before-last-meeting", WARNING, "2026-02-03", [row("1", SAVING)], {"count": {"total": "300.00"}}),
        ("same-day-meeting", WARNING, "2026-02-10", [row("1", SAVING)], {"count": {"total": "190.00"}}),
        (
            "money-without-meeting", PROBLEM, "2026-03-10", [row("1", SAVING)],
            {"held": False, "reason": "few", "count": {"total": "190.00"}},
        ),
        ("representative-missing", PROBLEM, "2026-03-10", [row("1", SAVING, attendance="represented")], {}),
        ("before-joining", WARNING, "2026-03-10", [row("3", SAVING)], {"count": {"total": "190.00"}}),
        (
            "shares-not-whole", PROBLEM, "2026-03-10",
            [row("1", {"kind": "shares", "amount": "70.00", "shares": 1})], {"count": {"total": "160.00"}},
        ),
        (
            "shares-out-of-range", WARNING, "2026-03-10",
            [row("1", {"kind": "shares", "shares": 6})], {"count": {"total": "390.00"}},
        ),
        ("loan-not-named", PROBLEM, "2026-03-10", [row("2", {"kind": "repayment", "amount": "10.00"})], {}),
        (
            "loan-above-rule", WARNING, "2026-03-10",
            [row("1", {**SAVING, "amount": "500.00"}, out=lent("350.00"))], {"count": {"total": "240.00"}},
        ),
        (
            "loan-after-cycle", WARNING, "2026-12-10",
            [row("1", out=lent("50.00"))], {"count": {"total": "40.00"}},
        ),
        (
            "terms-impossible", PROBLEM, "2026-03-10",
            [row("1", out=lent("50.00", rate="2", rate_per="month", method="flat", instalments=0))], {},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and not value.startswith("2026") else "",
)  # fmt: skip
def test_what_a_sheet_is_told(
    book: Path, code: str, level: str, on: str, rows: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    before = digest(book)
    said = recorded(book, on, rows, **more)
    found = {one["code"]: one["level"] for one in said.value["problems"]}
    assert found.get(code) == level, found
    if level == WARNING:
        assert set(found.values()) == {WARNING}, found
        assert said.code == 0
        assert said.value["recorded"]
        assert digest(book)[1] > before[1]
    else:
        assert said.code == 1
        assert digest(book) == before


def test_the_same_sheet_without_the_fault_is_told_nothing(book: Path) -> None:
    said = recorded(book, "2026-03-10", [row("1", SAVING), row("2", SAVING)], count={"total": "290.00"})
    assert (said.code, said.codes) == (0, [])


def test_cash_in_notes_that_do_not_exist(book: Path) -> None:
    """140.00 as twenty notes of 7 is nothing; as a hundred, two twenties it is (90 of February and 50 now)."""
    fifty = row("1", {**SAVING, "amount": "50.00"})
    said = recorded(book, "2026-03-10", [fifty], count={"notes": {"7": 20}})
    assert (said.code, said.codes) == (1, ["note-unknown"])
    said = recorded(book, "2026-03-10", [fifty], count={"notes": {"100": 1, "20": 2}})
    assert (said.code, said.value["counted"], said.value["difference"]) == (0, "140.00", "0.00")


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_plain_words_name_no_field_of_ours(book: Path, lang: str) -> None:
    """80.00 where 140.00 should be: the sentence says it, no word of the file stands before it."""
    sheet = {"group": "G", "date": "2026-03-10", "rows": [row("1", {**SAVING, "amount": "50.00"}), row("99", SAVING)]}
    sheet["count"] = {"total": "80.00"}
    file = written(book.parent / "s.json", json.dumps(sheet))
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        code, _ = told("meeting", "record", "--sheet", file, book=book, lang=lang)
    assert code == 1
    assert err.getvalue()
    bare = re.search(r"^(difference|member|row|count)\b", err.getvalue(), re.MULTILINE)
    assert not bare, err.getvalue()
    if lang != "en":
        assert not re.search("[A-Za-z]{3}", err.getvalue())
