"""`meeting share-out` does what the page does: told, written, paid, refused in words; its list as a paper."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from calling import PASSPHRASE
from calling import call
from calling import good
from calling import new_book
from calling import told
from calling import written

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.books import open_desk
from shg_desk.actions.meetings import record_count
from shg_desk.domain.sheet import Count
from shg_desk.store import groups as group_store

TABLE = (
    "group,member,name,date,amount\n"
    "G-1,1,Айгүл,2026-01-15,100\nG-1,2,Бермет,2026-01-15,50\nG-1,3,Чолпон,2026-01-15,70\n"
)
RULES = {"lifecycle": "share-out", "from": "2026-01-01", "loan": {"rate": "2", "rate_per": "month", "instalments": 2}}
ASK = ("meeting", "share-out", "--group", "G-1", "--date", "2026-05-01")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """220 saved by three members; 40 income and the count on the day."""
    found = new_book(tmp_path / "desk.shgbook")
    good("import", "savings", written(tmp_path / "savings.csv", TABLE), book=found)
    good("group", "rules", "--group", "G-1", "--file", written(tmp_path / "r.json", json.dumps(RULES)), book=found)
    rows = [{"member": number, "attendance": "present", "in": [], "out": []} for number in ("1", "2", "3")]
    lines = [{"kind": "income", "amount": "40.00"}]
    value = {
        "group": "G-1",
        "date": "2026-05-01",
        "held": True,
        "rows": rows,
        "lines": lines,
        "count": {"total": "260"},
    }
    sheet = written(tmp_path / "sheet.json", json.dumps(value))
    good("meeting", "record", "--sheet", sheet, book=found)
    return found


def summed(value: dict[str, Any], what: str) -> Decimal:
    return sum((Decimal(one[what]) for one in value["members"]), Decimal(0))


def test_it_is_told_then_written(book: Path) -> None:
    ask = (*ASK, "--keep", "20", "--absent", "2", "--votes-for", "3", "--votes-against", "0")
    ahead = good(*ask, "--dry-run", book=book)
    assert (ahead["recorded"], ahead["record"], ahead["by"]) == (False, None, "savings")
    done = good(*ask, book=book)
    assert done["recorded"]
    assert {**done, "record": None, "recorded": False} == ahead
    # 240 by 100, 50 and 70 of 220: 109.09, 54.55 and 76.36, in coins of ten tyiyn, the smallest in use
    assert [one["part"] for one in done["members"]] == ["109.10", "54.50", "76.40"]
    assert (done["handed_out"], done["payable"], done["box_after"]) == ("185.50", "54.50", "74.50")
    assert summed(done, "paid") + summed(done, "payable") + Decimal(done["not_divided"]) == Decimal(done["cash"])
    balances = good("ledger", "balances", "--group", "G-1", book=book)
    found = ((one["account"], Decimal(one["amount"])) for one in balances["balances"])
    left = {account: amount for account, amount in found if amount}
    assert left["box"] == Decimal("74.50")
    assert left["payable"] == Decimal("-54.50")
    assert not [account for account in left if account.startswith("saving")]
    assert good("book", "check", book=book)["problems"] == []
    out = book.parent / "list.pdf"
    paper = good("report", "share-out", "--group", "G-1", "--date", "2026-05-01", "--out", out, book=book)
    assert (paper["members"], out.read_bytes()[:4]) == (3, b"%PDF")


def test_the_box_after_is_what_box_and_bags_hold(book: Path) -> None:
    desk = open_desk(book, PASSPHRASE)
    group = group_store.groups(desk.book)[0].id
    write_between(desk, Between(group, date(2026, 5, 1), "transfer", 20_000, place="box", target="box.loan"))
    record_count(desk, group, date(2026, 5, 1), [Count(total_minor=6_000)])
    record_count(desk, group, date(2026, 5, 1), [Count("box.loan", total_minor=20_000)])
    desk.close()
    done = good(*ASK, "--keep", "20", "--votes-for", "3", book=book)
    balances = good("ledger", "balances", "--group", "G-1", book=book)["balances"]
    left = sum(Decimal(one["amount"]) for one in balances if one["account"].partition(".")[0] == "box")
    assert (Decimal(done["box_after"]), left) == (Decimal(20), Decimal(20))
    assert Decimal(done["handed_out"]) + left == Decimal(260), "what was counted"


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_what_stands_in_the_way_is_told(book: Path, lang: str) -> None:
    said = call(*ASK, book=book, lang=lang)
    assert (said.code, said.codes) == (1, ["share-out-not-voted"])
    said = call(*ASK, "--votes-for", "2", "--absent", "9", "--keep", "300", book=book, lang=lang)
    assert (said.code, said.codes) == (1, ["member-unknown", "share-out-nothing"])
    said = call(*ASK, "--keep", "abc", "--votes-for", "2", book=book, lang=lang)
    assert (said.code, said.codes) == (1, ["amount-unreadable"])
    early = [*ASK[:-1], "2026-04-30", "--votes-for", "2"]
    assert call(*early, book=book, lang=lang).codes == ["share-out-later"]
    none = call("report", "share-out", "--group", "G-1", "--out", book.parent / "x.pdf", book=book, lang=lang)
    assert (none.code, none.codes) == (1, ["share-out-none"])


def test_as_lines_for_a_person(book: Path) -> None:
    code, lines = told(*ASK, "--votes-for", "3", book=book)
    assert code == 0
    assert "The share-out is written." in lines


@pytest.mark.parametrize("votes", [1_000_001, 9007199254740993, 10**18])
def test_votes_no_group_has_are_refused_wherever_they_are_given(book: Path, votes: int) -> None:
    """One decision has up to a million votes; with more nothing is written, by whichever verb."""
    balances = good("ledger", "balances", "--group", "G-1", book=book)
    for dry in ((), ("--dry-run",)):
        for cast in ((votes, 0), (1_000_000, 1)):
            said = call(*ASK, "--votes-for", cast[0], "--votes-against", cast[1], *dry, book=book)
            assert (said.code, said.codes) == (1, ["votes-impossible"])
    rules = ("group", "rules", "--group", "G-1", "--file", written(book.parent / "r.json", json.dumps(RULES)))
    assert call(*rules, "--vote", f"3,0,{votes}", book=book).codes == ["votes-impossible"]
    assert call(*rules, "--vote", "9" * 5000, book=book).code == 2
    for held in (True, False):
        decision = {"text": "чечим", "for": votes, "against": 0}
        value = {"group": "G-1", "date": "2026-05-08", "held": held, "rows": [], "decisions": [decision]}
        sheet = written(book.parent / "sheet.json", json.dumps(value))
        assert "votes-impossible" in call("meeting", "record", "--sheet", sheet, book=book).codes
    assert good("ledger", "balances", "--group", "G-1", book=book) == balances


def test_more_votes_than_members_are_told_before_and_after_it_is_written(book: Path) -> None:
    for dry in (("--dry-run",), ()):
        said = call(*ASK, "--votes-for", "1000000", *dry, book=book)
        assert (said.code, said.value["recorded"]) == (0, not dry)
        [told_of] = [one["message"] for one in said.value["problems"] if one["code"] == "votes-too-many"]
        words = told_of.replace("\N{NO-BREAK SPACE}", " ")
        assert words.startswith("1 000 000 votes were counted, but the group has 3 members.")
        assert "written" not in told_of
