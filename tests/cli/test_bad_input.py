"""What people and sticks bring that is wrong: the right exit code, a sentence of theirs, nothing half written."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from calling import PASSPHRASE
from calling import call
from calling import digest
from calling import enrol
from calling import good
from calling import new_book
from calling import written

LANGS = ("en", "ru", "ky")
SAVINGS = ("--column", "group=group", "--column", "member=no", "--column", "amount=saved", "--date", "2026-03-05")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return new_book(tmp_path / "desk.shgbook")


def in_every_language(*words: object, code: int, problem: str, **more: Any) -> None:
    """The call ends with the code and the problem, said plainly and in each language in its own words."""
    said = {lang: call(*words, lang=lang, **more) for lang in LANGS}
    for lang, one in said.items():
        assert one.code == code, (lang, one)
        assert problem in one.codes, (lang, one.codes)
    texts = {lang: one.messages[one.codes.index(problem)] for lang, one in said.items()}
    assert len(set(texts.values())) == len(LANGS), texts
    for lang, text in texts.items():
        assert re.search("[а-я]", text) if lang != "en" else re.search("[a-z]", text)
        assert not re.search(r"Traceback|Error|[{}]|operation|bundle|digest", text), text


# the book -----------------------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_the_surroundings(book: Path) -> None:
    before = digest(book)
    in_every_language("book", "info", code=3, problem="wrong-passphrase", book=book, passphrase="not this one at all")
    assert digest(book) == before


@pytest.mark.parametrize("place", [0, 3000, -2000])
def test_a_damaged_file_is_told(book: Path, place: int) -> None:
    good("import", "savings", written(book.parent / "s.csv", "group,no,saved\nG,1,50\nG,2,60\n"), *SAVINGS, book=book)
    file = book / "book.db"
    content = bytearray(file.read_bytes())
    for offset in range(16):
        content[place + offset] ^= 0xFF
    file.write_bytes(content)
    hurt = bytes(content)
    in_every_language("book", "check", code=1, problem="book-damaged", book=book)
    assert file.read_bytes()[:4096] == hurt[:4096]


def test_a_damaged_key_is_read_from_its_copy_and_two_are_damage(book: Path) -> None:
    sound = (book / "book.key").read_bytes()
    (book / "book.key").write_bytes(sound[:-40])
    assert digest(book)
    assert (book / "book.key").read_bytes() == sound
    for name in ("book.key", "book.key.2"):
        (book / name).write_bytes(sound[:-40])
    in_every_language("book", "info", code=1, problem="book-damaged", book=book)


def test_where_there_is_no_book_nothing_is_made(tmp_path: Path) -> None:
    in_every_language("ledger", "balances", code=1, problem="book-missing", book=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_book_is_not_made_over_anything(book: Path, tmp_path: Path) -> None:
    before = digest(book)
    in_every_language("book", "init", book, "--name", "other", code=1, problem="book-exists")
    assert digest(book) == before
    in_every_language(
        "book", "init", tmp_path / "b", "--name", "x", code=1, problem="passphrase-short", passphrase="abc"
    )
    wrong_currency = ("--name", "x", "--currency", "XXX")
    in_every_language("book", "init", tmp_path / "b", *wrong_currency, code=1, problem="currency-unknown")
    assert not (tmp_path / "b").exists()


def test_wrong_usage_is_2() -> None:
    assert call("book", "init").code == 2
    assert call("ledger", "balances").code == 2  # no --book
    assert call("nonsense").code == 2
    assert call("report", "nonsense").code == 2
    assert call("reconcile", "a.csv", "b.csv", "--window-days", "-1").code == 2


def test_a_backup_is_restored_only_with_its_passphrase_and_only_whole(book: Path, tmp_path: Path) -> None:
    before = digest(book)
    file = Path(good("book", "backup", tmp_path / "stick", book=book)["file"])
    new = tmp_path / "new.shgbook"
    in_every_language("book", "restore", file, new, code=3, problem="wrong-passphrase", passphrase="something else")
    assert not new.exists()
    content = file.read_bytes()
    cut = tmp_path / "cut.shgbackup"
    cut.write_bytes(content[: len(content) // 2])
    in_every_language("book", "restore", cut, new, code=1, problem="book-damaged")
    assert not new.exists()
    assert good("book", "restore", file, new)["ok"]
    assert digest(new) == before
    in_every_language("book", "restore", file, new, code=1, problem="book-exists")
    assert digest(new) == before


# tables -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("abc", "amount-unreadable"),
        ("1,234", "amount-ambiguous"),
        ("-5", "amount-negative"),
        ("1.2345", "amount-too-fine"),
    ],
)
def test_a_bad_cell_is_told_by_row_and_the_others_are_read(book: Path, cell: str, problem: str) -> None:
    table = written(book.parent / "s.csv", f'group;no;saved\nG;1;50\nG;2;"{cell}"\nG;3;0\n')
    said = call("import", "savings", table, *SAVINGS, book=book)
    assert (said.code, said.codes) == (1, [problem])
    assert said.value["problems"][0]["facts"]["row"] == 3
    assert (said.value["entries"], said.value["empty"], said.value["members"]) == (1, 1, 3)
    assert [line["amount"] for line in good("ledger", "balances", book=book)["balances"]] == ["50.00", "-50.00"]
    before = digest(book)
    in_every_language("import", "savings", table, *SAVINGS, code=1, problem=problem, book=book)
    assert digest(book) == before


def test_rows_passed_over_are_told_by_number(book: Path) -> None:
    """The total of rows 2 and 3 is no money of anybody's; Jami's is hers: 3 entries."""
    lines = "group,no,saved\nG,1,50\nG,2,60\nИтого,,110\nG,Jami Karimova,40\nКазначей: ______,,\n"
    table = written(book.parent / "s.csv", lines)
    in_every_language("import", "savings", table, *SAVINGS, code=0, problem="rows-passed-over", book=book)
    said = call("import", "savings", table, *SAVINGS, book=book)
    assert said.value["known"] == 3
    (problem,) = [one for one in said.value["problems"] if one["code"] == "rows-passed-over"]
    assert (problem["level"], problem["facts"]) == ("warning", {"n": 2, "rows": "4, 6"})
    assert "4, 6" in problem["message"]


def test_what_people_write_is_read(book: Path) -> None:
    table = written(
        book.parent / "s.csv", "топ;№;сумма\nКөл;1;1 234,50\nКөл;2;0\nКөл;3;12,5\n".replace("ө", "о"), "cp1251"
    )
    columns = ("--column", "group=топ", "--column", "member=№", "--column", "amount=сумма", "--date", "2026-03-05")
    counts = good("import", "savings", table, *columns, book=book)
    assert (counts["entries"], counts["empty"], counts["members"], counts["groups"]) == (2, 1, 3, 1)
    found = good("ledger", "balances", book=book)["balances"]
    assert {(line["group"], line["member"]): line["amount"] for line in found} == {
        ("Кол", None): "1247.00",
        ("Кол", "1"): "-1234.50",
        ("Кол", "3"): "-12.50",
    }
    again = good("import", "savings", table, *columns, book=book)
    assert (again["entries"], again["known"], again["members"]) == (0, 2, 0)


def test_a_hundred_thousand_rows_are_read(book: Path) -> None:
    rows = [f"G-{group},{member},{day},{member}" for group in range(20) for member in range(1, 51) for day in DAYS]
    assert len(rows) == 100_000
    table = written(book.parent / "long.csv", "\n".join(["group,member,date,amount", *rows]) + "\n")
    counts = good("import", "savings", table, book=book)
    assert (counts["entries"], counts["members"], counts["groups"]) == (100_000, 1000, 20)
    boxes = {
        b["group"]: b["amount"] for b in good("ledger", "balances", book=book)["balances"] if b["account"] == "box"
    }
    assert boxes == {f"G-{group}": f"{sum(range(1, 51)) * 100}.00" for group in range(20)}


DAYS = [f"{2010 + n // 12}-{n % 12 + 1:02d}-15" for n in range(100)]


def test_a_roster_without_its_columns_is_not_taken(book: Path) -> None:
    table = written(book.parent / "r.csv", "colour,size\nred,1\nblue,2\n")
    before = digest(book)
    in_every_language("import", "roster", table, "--column", "name=Name", code=1, problem="column-missing", book=book)
    assert digest(book) == before


def test_an_id_twice_is_told_and_taken_once(book: Path) -> None:
    table = written(book.parent / "r.csv", "group,no,name\nG,1,Айгүл\nG,2,Бермет\nG,2,Чынара\n")
    columns = ("--column", "group=group", "--column", "member=no", "--column", "name=name")
    said = call("import", "roster", table, *columns, book=book)
    assert (said.code, said.codes) == (1, ["duplicate-id"])
    before = digest(book)
    in_every_language("import", "roster", table, *columns, code=1, problem="duplicate-id", book=book)
    assert digest(book) == before


def test_a_row_without_a_name_makes_nobody(book: Path) -> None:
    table = written(book.parent / "r.csv", "group,no,name\nKB-03,8,Айгүл\nKB-03,9,\nKB-03,10,Чынара\n")
    columns = ("--column", "group=group", "--column", "member=no", "--column", "name=name")
    said = call("import", "roster", table, *columns, book=book)
    assert (said.code, said.codes, said.value["members"]) == (1, ["row-without-name"], 2)
    assert said.value["problems"][0]["facts"]["row"] == 3
    before = digest(book)
    in_every_language("import", "roster", table, *columns, code=1, problem="row-without-name", book=book)
    assert digest(book) == before
    booklets = good("report", "passbook", "--group", "KB-03", "--out", book.parent / "p.pdf", book=book)
    assert booklets["members"] == 2


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n123", b"%PDF-1.7"])
def test_a_file_that_is_no_table(book: Path, content: bytes) -> None:
    table = book.parent / "x.csv"
    table.write_bytes(content)
    before = digest(book)
    said = call("import", "savings", table, *SAVINGS, book=book)
    assert said.code == 1
    assert set(said.codes) <= {"table-empty", "file-unreadable"}
    assert digest(book) == before


def test_a_file_that_is_not_there(book: Path) -> None:
    gone = book.parent / "gone.csv"
    in_every_language("import", "savings", gone, *SAVINGS, code=1, problem="file-unreadable", book=book)
    in_every_language("meeting", "record", "--sheet", gone, code=1, problem="file-unreadable", book=book)
    in_every_language("calc", "par", "--file", gone, code=1, problem="file-unreadable")


# meetings -----------------------------------------------------------------------------------------------------------


def test_a_meeting_before_the_group_existed(book: Path) -> None:
    good("import", "savings", written(book.parent / "s.csv", "group,no,saved\nG,1,50\n"), *SAVINGS, book=book)
    row = {"member": "1", "attendance": "present", "in": [{"kind": "saving", "amount": "10.00", "product": "usual"}]}
    sheet = {"group": "G", "date": "2020-01-01", "held": True, "rows": [row], "count": {"total": "10.00"}}
    file = written(book.parent / "sheet.json", json.dumps(sheet))
    before = digest(book)
    in_every_language("meeting", "record", "--sheet", file, code=1, problem="before-group", book=book)
    assert digest(book) == before


def test_a_sheet_of_nobody_and_a_sheet_that_is_none(book: Path) -> None:
    before = digest(book)
    file = written(book.parent / "sheet.json", json.dumps({"group": "none", "date": "2026-01-01", "rows": []}))
    in_every_language("meeting", "record", "--sheet", file, code=1, problem="group-unknown", book=book)
    in_every_language(
        "meeting", "sheet", "--group", "none", "--date", "2026-01-01", code=1, problem="group-unknown", book=book
    )
    file.write_text("{", "utf-8")
    in_every_language("meeting", "record", "--sheet", file, code=1, problem="file-unreadable", book=book)
    file.write_text("[]", "utf-8")
    in_every_language("meeting", "record", "--sheet", file, code=1, problem="sheet-unreadable", book=book)
    assert digest(book) == before


# parcels ------------------------------------------------------------------------------------------------------------


class Office:
    """An office and two laptops, the first with a parcel written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = new_book(folder / "office.shgbook", "office")
        self.desk = new_book(folder / "one.shgbook")
        enrol(self.desk, self.office, folder)
        table = written(folder / "s.csv", "group,no,saved\nG,1,50\nG,2,60\n")
        good("import", "savings", table, *SAVINGS, book=self.desk)

    def parcel(self, name: str) -> Path:
        return Path(good("bundle", "export", "--to", self.folder / name, book=self.desk)["files"][0]["path"])


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize(
    ("hurt", "problem"),
    [
        (lambda content: content[: len(content) // 2], "bundle-incomplete"),
        (lambda content: content[:40], "bundle-incomplete"),
        (lambda content: content[:-1] + bytes([content[-1] ^ 1]), "bundle-damaged"),
        (lambda content: b"PK\x03\x04" + content, "bundle-not-one"),
    ],
)
def test_a_parcel_hurt_on_its_way(office: Office, hurt: Any, problem: str) -> None:
    parcel = office.parcel("stick")
    bad = office.folder / "bad.shgb"
    bad.write_bytes(hurt(parcel.read_bytes()))
    before = digest(office.office)
    in_every_language("bundle", "import", bad, code=1, problem=problem, book=office.office)
    assert call("bundle", "import", bad, book=office.office).value["refused"] == 1
    assert digest(office.office) == before
    assert list((office.office / "inbox").iterdir()) == []
    assert good("bundle", "import", parcel, book=office.office)["new"] > 0


def test_a_parcel_for_another_office_is_refused_by_name_and_skipped_in_a_folder(office: Office) -> None:
    other = new_book(office.folder / "other.shgbook", "office")
    parcel = office.parcel("stick")
    before = digest(other)
    in_every_language("bundle", "import", parcel, code=1, problem="bundle-for-another", book=other)
    counts = good("bundle", "import", parcel.parent, book=other)
    assert (counts["skipped"], counts["refused"], counts["new"]) == (1, 0, 0)
    assert digest(other) == before


def test_a_parcel_from_a_stranger(office: Office) -> None:
    """A laptop that the office's copy, restored from before, has never seen."""
    stranger = new_book(office.folder / "two.shgbook")
    copy = office.folder / "office-then.shgbook"
    shutil.copytree(office.office, copy)
    enrol(stranger, office.office, office.folder)
    good("import", "savings", office.folder / "s.csv", *SAVINGS, book=stranger)
    parcel = good("bundle", "export", "--to", office.folder / "stick2", book=stranger)["files"][0]["path"]
    before = digest(copy)
    in_every_language("bundle", "import", parcel, code=1, problem="bundle-stranger", book=copy)
    assert digest(copy) == before


def test_a_parcel_twice_and_out_of_order(office: Office) -> None:
    first = office.parcel("first")
    table = written(office.folder / "t.csv", "group,no,saved\nG,1,70\nG,3,80\n")
    good("import", "savings", table, *SAVINGS, book=office.desk)
    second = office.parcel("second")
    counts = good("bundle", "import", second, book=office.office)
    assert counts["new"] > 0
    assert counts["held"] == 0  # a parcel carries everything that was not acknowledged
    after = digest(office.office)
    for parcel in (first, second, first):
        counts = good("bundle", "import", parcel, book=office.office)
        assert counts["new"] == 0
        assert counts["known"] > 0
    assert digest(office.office) == after == digest(office.desk)


def test_a_parcel_before_the_one_it_builds_on_waits(office: Office) -> None:
    """The office was put back to before the first parcel, and the laptop sends only what came after its receipt."""
    then = office.folder / "office-then.shgbook"
    shutil.copytree(office.office, then)
    first = office.parcel("first")
    good("bundle", "import", first, book=office.office)
    good("bundle", "export", "--to", office.folder / "back", book=office.office)
    good("bundle", "import", office.folder / "back", book=office.desk)
    table = written(office.folder / "t.csv", "group,no,saved\nG,1,70\nG,2,80\n")
    good("import", "savings", table, *SAVINGS, book=office.desk)
    second = office.parcel("second")
    counts = good("bundle", "import", second, book=then)
    assert (counts["held"], counts["refused"]) == (counts["new"], 0)
    assert digest(then)[1] == 0
    assert good("book", "check", book=then)["ok"]
    counts = good("bundle", "import", first, book=then)
    assert counts["released"] > 0
    assert digest(then) == digest(office.desk)


def test_a_request_or_a_grant_is_no_parcel(office: Office) -> None:
    in_every_language(
        "bundle", "import", office.folder / "one.grant", code=1, problem="bundle-is-grant", book=office.desk
    )
    assert call("bundle", "import", office.folder / "one.request", book=office.office).code == 1


def test_sending_over_the_net_is_not_built_and_nothing_is_to_be_installed(office: Office) -> None:
    asked = ("bundle", "export", "--send", "https://x")
    in_every_language(*asked, code=3, problem="extra-missing", book=office.desk)
    [sentence] = call(*asked, book=office.desk).messages
    assert "not built yet" in sentence
    assert "nothing to install" in sentence
    assert "--to DIR" in sentence


def test_figures_that_do_not_fit_stop_joining(tmp_path: Path) -> None:
    office, desk = new_book(tmp_path / "o", "office"), new_book(tmp_path / "d")
    good("enrol", "request", "--out", tmp_path / "r", book=desk)
    wrong = ("enrol", "grant", tmp_path / "r", "--out", tmp_path / "g", "--fingerprint", "1" * 30)
    in_every_language(*wrong, code=1, problem="fingerprint-differs", book=office)
    assert not (tmp_path / "g").exists()
    assert len(good("enrol", "keys", book=office)["minisign"]) == 1
    in_every_language("enrol", "request", "--out", tmp_path / "r2", code=1, problem="not-a-desk", book=office)
    in_every_language("bundle", "export", "--to", tmp_path, code=1, problem="no-office", book=desk)
    in_every_language("enrol", "revoke", "aaaaaaaa", code=1, problem="device-unknown", book=office)


def test_no_secret_is_taken_from_a_place_that_holds_something(office: Office) -> None:
    out = written(office.folder / "keys.txt", "precious")
    in_every_language("book", "recovery", "--out", out, code=1, problem="book-exists", book=office.desk)
    assert out.read_text() == "precious"
    assert PASSPHRASE not in str(good("book", "recovery", "--out", office.folder / "k", book=office.desk))
