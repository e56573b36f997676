"""Every verb that takes a path, given a place that cannot be: no traceback, one sentence in the reader's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calling import LANG_TEXT
from calling import call
from calling import digest
from calling import enrol
from calling import good
from calling import new_book
from calling import told
from calling import written

SAVINGS = ("--column", "group=group", "--column", "member=no", "--column", "amount=saved", "--date", "2026-03-05")
TABLE = "group,no,saved\nG,1,50\nG,2,60\n"
ENGLISH = re.compile(r"Errno|[Nn]o such|[Nn]ot a dir|[Ii]s a dir|[Pp]ermission|[Ff]ile exists|Traceback|Error")


class Places:
    """A book, an office it belongs to, and places that cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = new_book(folder / "desk.shgbook")
        self.office = new_book(folder / "office.shgbook", "office")
        enrol(self.book, self.office, folder)
        good("import", "savings", written(folder / "s.csv", TABLE), *SAVINGS, book=self.book)
        self.file = written(folder / "file", "something")
        self.parcel = Path(good("bundle", "export", "--to", folder / "out", book=self.book)["files"][0]["path"])
        self.backup = Path(good("book", "backup", folder / "stick", book=self.book)["file"])


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(tmp_path_factory.mktemp("places"))


def hostile(places: Places) -> dict[str, Path]:
    """Ways a path can be wrong: a file in the way, below a file, in a folder that is not there, a folder, too long."""
    return {
        "file": places.file,
        "below a file": places.file / "x" / "y",
        "nowhere": places.folder / "none" / "x",
        "folder": places.folder / "out",
        "long": places.folder / ("x" * 300),
    }


Call = Callable[[Places, Path], tuple[Any, ...]]
WRITES: dict[str, Call] = {
    "book init": lambda p, path: ("book", "init", path / "b", "--name", "x"),
    "book backup": lambda p, path: ("book", "backup", path),
    "book restore to": lambda p, path: ("book", "restore", p.backup, path / "b"),
    "book recovery": lambda p, path: ("book", "recovery", "--out", path / "k"),
    "book recovery sheet": lambda p, path: ("book", "recovery", "--out", path / "k", "--sheet", path / "s.pdf"),
    "demo": lambda p, path: ("demo", path),
    "enrol request": lambda p, path: ("enrol", "request", "--out", path / "r"),
    "bundle export": lambda p, path: ("bundle", "export", "--everything", "--to", path),
    "report": lambda p, path: ("report", "passbook", "--group", "G", "--out", path / "r.pdf"),
    "report folder": lambda p, path: ("report", "passbook", "--out", path),
    "ledger paper": lambda p, path: ("report", "ledger", "--group", "G", "--out", path / "r.pdf"),
}
READS: dict[str, Call] = {
    "import savings": lambda p, path: ("import", "savings", path, *SAVINGS),
    "import roster": lambda p, path: ("import", "roster", path, "--column", "name=n"),
    "map": lambda p, path: ("import", "savings", p.folder / "s.csv", "--map", path),
    "meeting record": lambda p, path: ("meeting", "record", "--sheet", path),
    "group rules": lambda p, path: ("group", "rules", "--group", "G", "--file", path),
    "bundle import": lambda p, path: ("bundle", "import", path),
    "bundle inspect": lambda p, path: ("bundle", "inspect", path),
    "enrol accept": lambda p, path: ("enrol", "accept", path),
    "book restore": lambda p, path: ("book", "restore", path, p.folder / "new"),
    "reconcile": lambda p, path: ("reconcile", path, p.book),
    "calc par": lambda p, path: ("calc", "par", "--file", path),
    "calc allocate": lambda p, path: ("calc", "allocate", "--file", path),
}
HARMLESS = {("demo", "folder"), ("demo", "nowhere"), ("book backup", "folder"), ("book backup", "nowhere")} | {
    (verb, "folder")
    for verb in (*WRITES, "bundle import")
    if verb not in ("demo", "book backup")
}  # fmt: skip
MADE_ON_THE_WAY = {(verb, "nowhere") for verb in ("book init", "book restore to", "bundle export", "report folder")}


@pytest.mark.parametrize("way", ["file", "below a file", "nowhere", "folder", "long"])
@pytest.mark.parametrize("verb", [*WRITES, *READS])
def test_a_place_that_cannot_be_is_told_and_nothing_breaks(places: Places, verb: str, way: str) -> None:
    if (verb, way) in HARMLESS | MADE_ON_THE_WAY:
        return  # a place like any other for this verb
    path = hostile(places)[way]
    words = {**WRITES, **READS}[verb](places, path)
    before = digest(places.book)
    said = {lang: call(*words, book=places.book, lang=lang) for lang in ("en", "ru", "ky")}
    for lang, one in said.items():
        assert one.code in ((3,) if verb in WRITES else (1, 3)), (lang, one)
        assert one.value["problems"], one
        for message in one.messages:
            plain = message.replace(str(path), "").replace(str(places.folder), "")
            assert not ENGLISH.search(plain), message
            assert LANG_TEXT[lang].search(plain), message
    assert places.file.read_text() == "something"
    assert digest(places.book) == before


def test_a_book_named_by_a_file_or_below_one(places: Places) -> None:
    for path in (places.file, places.file / "x"):
        assert call("book", "info", book=path).codes == ["book-missing"]


def test_a_wrong_file_is_no_damaged_book(places: Places) -> None:
    table, new = places.folder / "s.csv", places.folder / "new"
    said = {lang: call("book", "restore", table, new, lang=lang) for lang in ("en", "ru", "ky")}
    for one in said.values():
        assert (one.code, one.codes) == (1, ["book-damaged"])
        assert "s.csv" in one.messages[0]
    assert "backup" in said["en"].messages[0]


@pytest.mark.parametrize("name", ["sheet", "rules", "calc"])
def test_a_broken_file_is_told_with_its_line_and_not_as_a_table(places: Places, name: str) -> None:
    file = written(places.folder / "broken.json", '{\n"group": "G",\n"date": 2026-01-01\n}')
    words = {
        "sheet": ("meeting", "record", "--sheet", file),
        "rules": ("group", "rules", "--group", "G", "--file", file),
        "calc": ("calc", "par", "--file", file),
    }[name]
    for lang in ("en", "ru", "ky"):
        said = call(*words, book=places.book, lang=lang)
        assert (said.code, said.codes) == (1, ["file-unreadable"])
        assert "broken.json" in said.messages[0]
        assert "3" in said.messages[0]
        assert "XLSX" not in said.messages[0]
    file.write_text("[1, 2]", "utf-8")
    assert "XLSX" not in call("meeting", "record", "--sheet", file, book=places.book).messages[0]


def test_a_broken_map_is_told_by_its_file(places: Places) -> None:
    file = written(places.folder / "map.json", '{"columns": ')
    said = call("import", "savings", places.folder / "s.csv", "--map", file, book=places.book)
    assert said.codes == ["map-unreadable"]
    assert "map.json" in said.messages[0]


# what a person without --json reads ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_plain_answers_are_in_the_readers_language(places: Places, lang: str) -> None:
    calls = (
        (("book", "info"), places.book),
        (("book", "key", "list"), places.book),
        (("book", "key", "list"), places.office),
        (("bundle", "inspect", places.parcel), None),
        (("bundle", "inspect", places.parcel), places.office),
        (("enrol", "keys"), places.office),
    )
    for words, book in calls:
        code, out = told(*words, book=book, lang=lang)
        assert code == 0
        for line in out.splitlines():
            bare = re.sub(r"\S*(age1|RW)\S*|\b[a-z2-7]{8}\b|\S*\.shgb\S*", "", line)
            assert not re.search("[A-Za-z]{3,}", bare), line


def test_what_waits_is_told_by_its_code(tmp_path: Path) -> None:
    """A laptop stopped by the office goes on writing: each record that waits is named with the code of its reason."""
    office, desk = new_book(tmp_path / "office.shgbook", "office"), new_book(tmp_path / "desk.shgbook")
    enrol(desk, office, tmp_path)
    good("import", "savings", written(tmp_path / "s.csv", TABLE), *SAVINGS, book=desk)
    good("enrol", "revoke", good("book", "info", book=desk)["device"], book=office)
    good("bundle", "export", "--to", tmp_path / "post", book=desk)
    taken = good("bundle", "import", tmp_path / "post", book=office)
    assert taken["quarantined"] == len(taken["waiting"]) > 0
    assert {(one["state"], one["code"]) for one in taken["waiting"]} == {("quarantined", "device-revoked")}
    assert good("bundle", "import", tmp_path / "post", book=office)["waiting"] == []


# meetings, ledger, rules --------------------------------------------------------------------------------------------


def test_an_unreadable_amount_hides_nobody(places: Places) -> None:
    saving = {"kind": "saving", "amount": "10.00"}
    rows = [
        {"member": "1", "attendance": "present", "in": [{"kind": "saving", "amount": "abc"}]},
        {"member": "99", "attendance": "present", "in": [saving]},
        {"member": "2", "in": [saving, {"kind": "shares", "shares": 3}]},
    ]
    sheet = {"group": "G", "date": "2026-04-05", "rows": rows, "count": {"total": "5.00"}}
    file = written(places.folder / "sheet.json", json.dumps(sheet))
    said = call("meeting", "record", "--sheet", file, book=places.book)
    assert said.code == 1
    assert sorted(said.codes) == ["amount-unreadable", "attendance-missing", "member-unknown", "shares-without-price"]
    for one in said.value["problems"]:
        assert "below zero" not in one["message"]


def test_an_account_nobody_has(places: Places) -> None:
    for lang in ("en", "ru", "ky"):
        said = call("ledger", "entries", "--account", "nope", book=places.book, lang=lang)
        assert (said.code, said.codes) == (1, ["account-unknown"])
        assert "nope" in said.messages[0]
    assert good("ledger", "entries", "--account", "saving", book=places.book)["entries"]


def test_a_new_book_says_what_every_verb_about_a_book_says(tmp_path: Path) -> None:
    made = good("book", "init", tmp_path / "b", "--name", "Китеп")
    assert {"ok": True, "operations": 0, "entries": 0, "groups": 0}.items() <= made.items()
    assert made["digest"] == digest(tmp_path / "b")[0]


@pytest.mark.parametrize(
    ("content", "codes", "where"),
    [
        ({"x": 1}, ["rule-unknown"], "x"),
        ({}, ["rules-empty"], "rules"),
        ({"quorum_percent": 50, "meeting": {"weekdays": 3}}, ["rule-unknown"], "meeting.weekdays"),
        ({"loan": {"rate": "2", "method": "declining", "instalments": 3}}, ["rule-unreadable"], "loan.method"),
        ({"loan": {"rates": "2"}}, ["rule-unknown"], "loan.rates"),
        ({"share": {"price": "abc"}, "y": {}}, ["rule-unreadable", "rule-unknown"], "share.price"),
        ({"quorum_percent": 50, "vote": {"for": "many"}}, ["rule-unreadable"], "vote"),
        ({"quorum_percent": 50, "from": "soon"}, ["date-unreadable"], "from"),
    ],
)
def test_rules_that_mean_nothing_are_refused(places: Places, content: Any, codes: list[str], where: str) -> None:
    file = written(places.folder / "rules.json", json.dumps(content))
    before = digest(places.book)
    for lang in ("en", "ru", "ky"):
        said = call("group", "rules", "--group", "G", "--file", file, book=places.book, lang=lang)
        assert (said.code, said.codes) == (1, codes)
        assert said.value["problems"][0]["where"] == where
    if where == "loan.method":
        assert "annuity, equal-principal" in said.messages[0]
    assert digest(places.book) == before


def test_rules_are_recorded_with_their_vote(tmp_path: Path) -> None:
    book = new_book(tmp_path / "b")
    good("import", "savings", written(tmp_path / "s.csv", TABLE), *SAVINGS, book=book)
    file = written(tmp_path / "rules.json", json.dumps({"quorum_percent": 50, "loan": {"rate": "2"}}))
    words = ("group", "rules", "--group", "G", "--file", file)
    made = good(*words, "--vote", "2", "--text", "Кворум жарымы", book=book)
    assert made["vote"] == {"for": 2, "against": 0, "abstained": 0}
    said = good(*words, "--vote", "14,2,1", book=book)
    assert [one["code"] for one in said["problems"]] == ["votes-too-many"]
    file.write_text(json.dumps({"quorum_percent": 60, "vote": {"for": 1, "against": 1, "text": "Жаңы"}}), "utf-8")
    assert good(*words, book=book)["vote"] == {"for": 1, "against": 1, "abstained": 0}
    assert call(*words, "--vote", "a", book=book).code == 2
