"""The verbs' answers are those of the contract: fields, signs, states, papers, comparisons."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from calling import PASSPHRASE
from calling import call
from calling import digest
from calling import enrol
from calling import environment
from calling import good
from calling import new_book
from calling import written

TABLE = "group,member,name,date,amount\nG-1,1,Айгүл,2026-01-15,100\nG-1,2,Бермет,2026-01-15,50\nG-1,10,,2026-04-15,70\n"
RULES = {
    "lifecycle": "permanent",
    "from": "2026-01-01",
    "savings": [{"code": "weekly", "amount": "20", "compulsory": True}],
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 2},
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    found = new_book(tmp_path / "desk.shgbook")
    good("import", "savings", written(tmp_path / "savings.csv", TABLE), book=found)
    good("group", "rules", "--group", "G-1", "--file", written(tmp_path / "r.json", json.dumps(RULES)), book=found)
    return found


def sheet(book: Path, on: str, rows: list[dict[str, Any]], **more: Any) -> Path:
    value = {"group": "G-1", "date": on, "held": True, "rows": rows, **more}
    return written(book.parent / f"sheet-{on}.json", json.dumps(value))


def row(number: str, *ins: dict[str, Any], outs: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"member": number, "attendance": "present", "in": list(ins), "out": list(outs)}


SAVES = {"kind": "saving", "amount": "20.00", "product": "weekly"}


@pytest.fixture
def lending(book: Path) -> Path:
    """A meeting where everybody saved and one borrowed, and one where she paid."""
    lent = {"kind": "loan", "amount": "200.00"}
    rows = [row("1", SAVES, outs=(lent,)), row("2", SAVES), row("10", SAVES)]
    first = sheet(book, "2026-05-01", rows, count={"notes": {"50": 1, "20": 1, "10": 1}})
    assert good("meeting", "record", "--sheet", first, book=book)["difference"] == "0.00"
    paid = {"kind": "repayment", "amount": "104.00"}
    second = sheet(book, "2026-06-01", [row("1", SAVES, paid)], count={"total": "204.00"})
    good("meeting", "record", "--sheet", second, book=book)
    return book


def balances(book: Path, *more: object) -> dict[tuple[str, str | None], str]:
    found = good("ledger", "balances", *more, book=book)["balances"]
    assert all(tuple(line)[:5] == ("group", "account", "member", "currency", "amount") for line in found)
    return {(line["account"], line["member"]): line["amount"] for line in found}


# book ---------------------------------------------------------------------------------------------------------------


def test_check_info_and_rebuild_say_the_same_of_a_book(book: Path) -> None:
    checked = good("book", "check", book=book)
    assert {name: checked[name] for name in ("ok", "operations", "entries", "groups")} == {
        "ok": True, "operations": 3, "entries": 3, "groups": 1,
    }  # fmt: skip
    info = good("book", "info", "--months", book=book)
    assert {name: info[name] for name in checked} == checked
    assert (info["states"], info["held"], info["quarantined"]) == ({"saved": 3}, 0, 0)
    assert [(one["month"], one["entries"], one["debit"]) for one in info["months"]] == [
        ("2026-01", 2, "150.00"),
        ("2026-04", 1, "70.00"),
    ]
    assert good("book", "rebuild", book=book)["digest"] == checked["digest"]


def test_a_backup_counts_only_for_a_book_without_an_office(book: Path, tmp_path: Path) -> None:
    made = good("book", "backup", tmp_path / "stick", book=book)
    assert (made["operations"], made["entries"], made["digest"]) == (3, 3, digest(book)[0])
    assert good("book", "info", book=book)["states"] == {"backed-up": 3}
    assert {line["state"] for line in good("ledger", "entries", book=book)["entries"]} == {"backed-up"}
    restored = tmp_path / "again.shgbook"
    assert good("book", "restore", made["file"], restored)["digest"] == made["digest"]
    assert balances(restored) == balances(book)
    good("meeting", "record", "--sheet", sheet(book, "2026-05-01", [row("1", SAVES)]), book=book)
    assert good("book", "info", book=book)["states"] == {"backed-up": 3, "saved": 1}


def test_recovery_gives_the_keys_that_open_the_books_parcels(tmp_path: Path) -> None:
    office = new_book(tmp_path / "o.shgbook", "office")
    out = tmp_path / "keys.txt"
    answer = good("book", "recovery", "--out", out, "--sheet", tmp_path / "sheet.pdf", book=office)
    known = good("enrol", "keys", book=office)
    assert answer["fingerprint"] == known["devices"][0]["fingerprint"]
    lines = out.read_text().splitlines()
    assert set(known["age"]) <= {line.removeprefix("# public key: ") for line in lines}
    assert sum(line.startswith("AGE-SECRET-KEY-1") for line in lines) == 3
    assert out.stat().st_mode & 0o77 == 0
    text = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0].get_textpage().get_text_range()
    assert PASSPHRASE not in text
    slots = good("book", "key", "list", book=office)["slots"]
    assert sorted(slot["kind"] for slot in slots) == ["office", "paper", "passphrase"]


def test_states_follow_the_parcel(book: Path, tmp_path: Path) -> None:
    office = new_book(tmp_path / "o.shgbook", "office")
    enrol(book, office, tmp_path)

    def states(of: Path) -> dict[str, int]:
        found: dict[str, int] = good("book", "info", book=of)["states"]
        lines = {line["state"] for line in good("ledger", "entries", book=of)["entries"]}
        assert lines <= found.keys()
        return found

    assert states(book) == {"saved": 3}
    good("bundle", "export", "--to", tmp_path / "out", book=book)
    assert states(book) == {"on-its-way": 3}
    good("bundle", "import", tmp_path / "out", book=office)
    assert states(office) == {"received": 3}
    assert states(book) == {"on-its-way": 3}
    good("bundle", "export", "--to", tmp_path / "back", book=office)
    assert states(office) == {"reconciled": 3}
    good("bundle", "import", tmp_path / "back", book=book)
    assert states(book) == {"reconciled": 3}
    good("meeting", "record", "--sheet", sheet(book, "2026-05-01", [row("1", SAVES)]), book=book)
    assert states(book) == {"reconciled": 3, "saved": 1}


# ledger and meetings ------------------------------------------------------------------------------------------------


def test_balances_have_debits_positive_and_add_up(lending: Path) -> None:
    found = balances(lending)
    assert found == {
        ("box", None): "204.00",
        ("interest", "1"): "-4.00",
        ("principal", "1"): "100.00",
        ("saving.usual", "1"): "-100.00",
        ("saving.usual", "2"): "-50.00",
        ("saving.usual", "10"): "-70.00",
        ("saving.weekly", "1"): "-40.00",
        ("saving.weekly", "2"): "-20.00",
        ("saving.weekly", "10"): "-20.00",
    }
    assert sum(map(Decimal, found.values())) == 0
    assert balances(lending, "--at", "2026-01-15") == {
        ("box", None): "150.00",
        ("saving.usual", "1"): "-100.00",
        ("saving.usual", "2"): "-50.00",
    }
    assert balances(lending, "--at", "2026-01-14") == {}
    assert call("ledger", "balances", "--group", "none", book=lending).codes == ["group-unknown"]


def test_entries_are_the_sides_that_balances_add_up(lending: Path) -> None:
    entries = good("ledger", "entries", book=lending)["entries"]
    sums: dict[tuple[str, str | None], Decimal] = {}
    for line in entries:
        key = line["account"], line["member"]
        sums[key] = sums.get(key, Decimal()) + Decimal(line["amount"])
    assert {key: f"{amount:.2f}" for key, amount in sums.items()} == balances(lending)
    by_id: dict[str, Decimal] = {}
    for line in entries:
        by_id[line["id"]] = by_id.get(line["id"], Decimal()) + Decimal(line["amount"])
    assert set(by_id.values()) == {0}
    assert len(by_id) == good("book", "info", book=lending)["entries"]
    box = good("ledger", "entries", "--account", "box", book=lending)["entries"]
    assert {line["account"] for line in box} == {"box"}
    assert {line["source"] for line in entries if line["effective"] < "2026-05"} == {"savings.csv"}
    assert [line["effective"] for line in entries] == sorted(line["effective"] for line in entries)


def test_a_sheet_is_proposed_filled_and_closed(book: Path) -> None:
    proposed = good("meeting", "sheet", "--group", "G-1", "--date", "2026-05-01", book=book)
    assert [line["member"] for line in proposed["rows"]] == ["1", "2", "10"]
    assert all(line["attendance"] is None and line["in"] == line["out"] == [] for line in proposed["rows"])
    assert proposed["rows"][0]["proposed"] == [SAVES]
    for line in proposed["rows"]:
        line.update(attendance="present", **{"in": line["proposed"]})
    proposed["count"] = {"total": "270.00"}
    file = written(book.parent / "filled.json", json.dumps(proposed))
    before = digest(book)
    said = call("meeting", "record", "--sheet", file, "--dry-run", book=book)
    assert (said.code, said.codes) == (1, ["difference-not-named"])
    assert (said.value["expected"], said.value["counted"], said.value["difference"]) == ("280.00", "270.00", "-10.00")
    proposed["difference"] = {"amount": "-10.00", "reason": "unknown", "bearer": "open"}
    file.write_text(json.dumps(proposed))
    dry = good("meeting", "record", "--sheet", file, "--dry-run", book=book)
    assert (dry["recorded"], dry["entries"]) == (False, 4)
    assert digest(book) == before
    done = good("meeting", "record", "--sheet", file, book=book)
    assert done["recorded"]
    assert {key: dry[key] for key in ("entries", "cash")} == {key: done[key] for key in ("entries", "cash")}
    assert balances(book)[("differences", None)] == "10.00"
    assert balances(book)[("box", None)] == "270.00"


def test_a_loan_given_is_named(book: Path) -> None:
    rows = [row("2", SAVES, outs=({"kind": "loan", "amount": "100.00"},))]
    done = good("meeting", "record", "--sheet", sheet(book, "2026-05-01", rows), book=book)
    (loan,) = done["loans"]
    assert loan["member"] == "2"
    entries = good("ledger", "entries", "--account", "principal", book=book)["entries"]
    assert [(line["member"], line["loan"], line["amount"]) for line in entries] == [("2", loan["loan"], "100.00")]


# papers -------------------------------------------------------------------------------------------------------------


def text_of(path: str | Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [document[page].get_textpage().get_text_range() for page in range(len(document))]


def test_a_passbook_holds_one_member_a_page_and_nobody_else(lending: Path, tmp_path: Path) -> None:
    answer = good("report", "passbook", "--group", "G-1", "--out", tmp_path / "p.pdf", "--control", book=lending)
    assert answer["files"] == [str(tmp_path / "p.pdf"), str(tmp_path / "p-control.pdf")]
    pages = text_of(tmp_path / "p.pdf")
    assert answer["members"] == 3
    assert answer["pages"] == len(pages) + len(text_of(tmp_path / "p-control.pdf"))
    assert ["Айгүл" in page for page in pages].count(True) == 1
    assert not any("Айгүл" in page and "Бермет" in page for page in pages)
    assert answer["totals"]["G-1"]["agree"]
    assert answer["totals"]["G-1"]["saved"] == "300.00"
    one = good("report", "passbook", "--group", "G-1", "--member", "2", "--out", tmp_path / "b.pdf", book=lending)
    assert one["members"] == 1
    assert all("Айгүл" not in page for page in text_of(tmp_path / "b.pdf"))
    again = good("report", "passbook", "--group", "G-1", "--out", tmp_path / "p.pdf", "--control", book=lending)
    assert again["digest"] == answer["digest"]
    quarter = ("--period", "2026-Q1", "--out", tmp_path / "q.pdf")
    assert good("report", "passbook", "--group", "G-1", *quarter, book=lending)["totals"]["G-1"]["in"] == "150.00"
    assert call("report", "passbook", "--group", "G-1", "--member", "99", *quarter, book=lending).code == 1


def test_totals_of_one_booklet_are_hers(lending: Path, tmp_path: Path) -> None:
    """Worked out by hand from the table and the two meetings: № 1 saved 140 and borrowed 200, № 2 saved 70."""
    figures = {"1": ("140.00", "100.00", "244.00", "200.00"), "2": ("70.00", "0.00", "70.00", "0.00")}
    for number, expected in figures.items():
        asked = ("--group", "G-1", "--member", number, "--out", tmp_path / f"{number}.pdf", "--control")
        hers = good("report", "passbook", *asked, book=lending)["totals"]["G-1"]
        assert tuple(hers[name] for name in ("saved", "debt", "in", "out")) == expected
        assert hers["agree"]
        assert sum(Decimal(part["in"]) for part in hers["periods"]) == Decimal(expected[2])
        control = "".join(text_of(tmp_path / f"{number}-control.pdf"))
        assert "Sum of 1 booklet " in control
        assert re.sub(r"\s", "", control).count(expected[2]) >= 2


def test_every_paper_is_drawn(lending: Path, tmp_path: Path) -> None:
    named = [one["name"] for one in good("report", "list")]
    assert "share-out" in named
    none = call("report", "share-out", "--group", "G-1", "--out", tmp_path / "none.pdf", book=lending)
    assert (none.code, none.codes) == (1, ["share-out-none"])  # this group has shared out nothing
    for name in set(named) - {"share-out"}:
        out = tmp_path / f"{name}.pdf"
        answer = good("report", name, "--group", "G-1", "--out", out, book=lending, lang="ky")
        assert answer["pages"] >= 1
        assert text_of(out)[0].strip()
    minutes = "".join(text_of(tmp_path / "minutes.pdf"))
    assert "01.06.2026" in minutes
    may = ("--period", "2026-05", "--out", tmp_path / "may.pdf")
    good("report", "minutes", "--group", "G-1", *may, book=lending)
    assert "01.05.2026" in "".join(text_of(tmp_path / "may.pdf"))
    none = call("report", "minutes", "--group", "G-1", "--period", "2020", "--out", tmp_path / "x.pdf", book=lending)
    assert (none.code, none.codes) == (1, ["meeting-unknown"])
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("period", ["2026-13", "26", "2026-Q5", "2026-04-01..2026-03-01", "x"])
def test_a_period_that_is_none_is_wrong_usage(book: Path, tmp_path: Path, period: str) -> None:
    out = tmp_path / "p.pdf"
    assert call("report", "passbook", "--group", "G-1", "--period", period, "--out", out, book=book).code == 2


# comparing ----------------------------------------------------------------------------------------------------------


def as_table(book: Path, path: Path) -> Path:
    """The entries of a book as other programs would hand them over."""
    names = ("id", "date", "amount", "currency", "account", "group", "member", "kind")
    lines = good("ledger", "entries", book=book)["entries"]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**line, "date": line["effective"]} for line in lines)
    return path


def test_a_book_its_copy_its_table_and_its_parcel_are_one(lending: Path, tmp_path: Path) -> None:
    office = new_book(tmp_path / "o.shgbook", "office")
    enrol(lending, office, tmp_path)
    parcel = good("bundle", "export", "--to", tmp_path / "s", book=lending)["files"][0]["path"]
    entries = good("book", "info", book=lending)["entries"]
    table = as_table(lending, tmp_path / "entries.csv")
    for left, right in ((lending, table), (table, lending), (lending, parcel), (parcel, lending), (table, table)):
        found = good("reconcile", left, right)
        assert found["counts"]["matched"] == entries, (left, right, found)
        assert {name: n for name, n in found["counts"].items() if n} == {"matched": entries}
        assert found["drift"] == {}
    found = good("reconcile", lending, office)
    assert (len(found["missing_right"]), found["missing_left"]) == (entries, [])
    assert found["drift"] == {
        account: f"{sum(Decimal(v) for (code, _), v in balances(lending).items() if code == account):.2f}"
        for account in ("box", "interest", "principal", "saving.usual", "saving.weekly")
    }
    good("bundle", "import", parcel, book=office)
    assert good("reconcile", lending, office, "--pairs")["counts"]["matched"] == entries


def test_two_tables_without_names_of_their_own(tmp_path: Path) -> None:
    left = written(tmp_path / "l.csv", 'date,amount\n2026-01-01,100.00\n2026-01-05,"1 250,50"\n2026-02-01,7\n')
    lines = ("date;amount;reference", "02.01.2026;100,00;x", "05.01.2026;1250,50;y", ";3;z", "abc;4;w")
    right = written(tmp_path / "r.csv", "\n".join(lines) + "\n")
    said = call("reconcile", left, right, "--window-days", 1, "--pairs")
    assert said.code == 1  # two rows have no date
    assert sorted(said.codes) == ["date-unreadable", "date-unreadable"]
    assert said.value["counts"] == {
        "matched": 2, "missing_left": 0, "missing_right": 1, "duplicate": 0,
        "amount": 0, "date": 0, "combined": 0, "suggested": 0,
    }  # fmt: skip
    assert said.value["missing_right"] == ["left:4"]
    assert [pair["reason"] for pair in said.value["pairs"]] == ["date", "same"]
    assert said.value["drift"] == {"": "7.00"}


def test_sides_that_cannot_be_compared(book: Path, tmp_path: Path) -> None:
    table = written(tmp_path / "l.csv", "day,sum\n2026-01-01,100\n")
    said = call("reconcile", table, table)
    assert (said.code, said.codes) == (1, ["column-missing", "column-missing"])
    assert call("reconcile", tmp_path / "none", table).codes == ["file-unreadable"]
    parquet = tmp_path / "x.parquet"
    parquet.write_bytes(b"PAR1")
    said = call("reconcile", parquet, parquet)
    assert (said.code, said.codes) == (3, ["extra-missing"])
    [sentence] = said.messages
    assert "x.parquet" in sentence
    assert "nothing to install" in sentence
    other = new_book(tmp_path / "other.shgbook")
    with environment(SHG_DESK_PASSPHRASE_RIGHT="another one it is"):
        assert call("reconcile", book, other).code == 3


# the program itself -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "passphrase", "code"),
    [
        (["book", "info", "--book"], PASSPHRASE, 0),
        (["book", "info", "--book"], "not that one", 3),
        (["ledger", "entries", "--group", "none", "--book"], PASSPHRASE, 1),
        (["ledger", "--nonsense", "--book"], PASSPHRASE, 2),
    ],
)
def test_the_installed_program_ends_with_the_same_codes(
    book: Path, words: list[str], passphrase: str, code: int
) -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "shg_desk", *words, str(book), "--json"],
        env={**os.environ, "PYTHONPATH": str(root), "SHG_DESK_PASSPHRASE": passphrase},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert code == 2 or json.loads(done.stdout)
