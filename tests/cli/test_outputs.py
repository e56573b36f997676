"""What the program answers into: another code page, a full disk, a pipe nobody reads; and what it may not read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from calling import LANG_TEXT
from calling import PASSPHRASE
from calling import call
from calling import new_book
from calling import written

from shg_desk.cli.main import root
from shg_desk.cli.main import run
from shg_desk.domain.disk_trouble import not_read
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import SurroundingsError

FULL = Path("/dev/full")
NAME = "Айгүл"


def started(*words: object, to: object = subprocess.PIPE, **more: str) -> subprocess.Popen[bytes]:
    """The program as a process of its own."""
    environment = {**os.environ, "SHG_DESK_PASSPHRASE": PASSPHRASE, **more}
    command = [sys.executable, "-m", "shg_desk", *map(str, words)]
    return subprocess.Popen(command, stdout=to, stderr=subprocess.PIPE, env=environment)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("page", ["cp1251", "cp866", "ascii"])
@pytest.mark.parametrize("as_json", [True, False])
def test_another_code_page_loses_no_letter(page: str, as_json: bool) -> None:
    """As Windows with a Russian locale gives it where the output goes into a file."""
    words = ["calc", "spell", NAME, "--lang", "ky", *(["--json"] if as_json else [])]
    out, err = started(*words, PYTHONIOENCODING=page).communicate()
    assert b"Traceback" not in err
    text = out.decode("utf-8")
    assert "aigul" in text.lower()
    if as_json:
        assert json.loads(text)[0]["key"] == "aigul"
    out, err = started("calc", "par", "--file", NAME, "--lang", "ky", PYTHONIOENCODING=page).communicate()
    assert NAME in err.decode("utf-8")
    assert LANG_TEXT["ky"].search(err.decode("utf-8"))


@pytest.mark.parametrize("as_json", [True, False])
def test_a_full_disk_under_the_answer_is_told_once(as_json: bool, tmp_path: Path) -> None:
    for words in (("calc", "spell", NAME), ("--book", tmp_path / "none", "book", "info")):
        with FULL.open("w") as full:
            running = started(*words, *(["--json"] if as_json else []), to=full)
            _, err = running.communicate()
        assert b"Traceback" not in err
        assert b"Exception" not in err
        assert len(err.decode().splitlines()) == 1
        assert running.returncode == (1 if words[0] == "--book" else 3)


def test_nobody_reads_the_help() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    running = started("--help", to=writing)
    os.close(writing)
    _, err = running.communicate()
    assert (running.returncode, err) == (3, b"")


def commands(group: click.Group) -> list[click.Command]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += commands(command) if isinstance(command, click.Group) else [command]
    return found


def test_no_verb_leaves_a_closed_file_to_click() -> None:
    """Click would end with code 2, in English and without JSON."""
    paths = [one.type for verb in commands(root) for one in verb.params if isinstance(one.type, click.Path)]
    assert len(paths) > 20
    assert not any(one.readable or one.writable or one.exists for one in paths)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, book = written(tmp_path / "people.csv", "group,member,name\nG,1,A\n"), new_book(tmp_path / "b.shgbook")

    def closed(path: Path, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    for words in (("import", "roster", file), ("meeting", "record", "--sheet", file)):
        for lang in ("en", "ru", "ky"):
            with monkeypatch.context() as patched:
                patched.setattr("shg_desk.tables.reading.one_state_of", closed)
                patched.setattr("shg_desk.cli.telling.Path.read_text", closed)
                said = call(*words, book=book, lang=lang)
            assert (said.code, said.codes) == (3, ["file-unreadable"])
            assert str(file) in said.messages[0]
            assert "XLSX" not in said.messages[0]
    found = not_read(FileNotFoundError(2, ""), "a/b", "b")
    assert (type(found) is SurroundingsError, found.problems[0].facts["missing"]) == (False, "a/b")
    assert found.problems[0].code is Code.FILE_UNREADABLE


@pytest.mark.parametrize(("named", "code"), [("KY", 0), ("ky-KG", 0), ("uz", 0), ("UZ-cyrl", 0), ("de", 2), ("", 2)])
def test_a_language_is_known_in_any_case_and_with_its_country(named: str, code: int) -> None:
    assert run(["calc", "spell", NAME, "--lang", named]) == code


def test_a_book_without_its_keys_is_not_called_missing(tmp_path: Path) -> None:
    book = new_book(tmp_path / "b.shgbook")
    for name in ("book.key", "book.key.2"):
        (book / name).unlink()
    for lang in ("en", "ru", "ky"):
        said = call("book", "check", book=book, lang=lang)
        assert (said.code, said.codes) == (1, ["book-damaged"])
        assert "book.key" in said.messages[0]


def test_what_is_made_on_the_way_is_never_named(tmp_path: Path) -> None:
    book, nowhere = new_book(tmp_path / "b.shgbook"), tmp_path / "none"
    said = call("enrol", "request", "--out", nowhere / "r", book=book)
    assert (said.code, said.codes) == (3, ["folder-unusable"])
    assert said.messages[0].startswith(f"There is nothing at {nowhere}.")


def test_sentences_speak_of_the_step_at_hand(tmp_path: Path) -> None:
    """A member a paper lacks is no matter of a sheet, a folder no table, and `all` no laptop."""
    book = new_book(tmp_path / "b.shgbook")
    sums = written(
        tmp_path / "s.csv", "group,member,date,kind,amount\nG,1,2026-03-01,saving,5\nG,1,2026-03-01,shares,9\n"
    )
    said = call("import", "savings", sums, book=book)
    [wrong] = said.value["problems"]
    assert (said.value["entries"], wrong["code"], wrong["where"]) == (1, "kind-of-line-unknown", "3:amount")
    assert "saving, social, fine, other" in wrong["message"]
    said = call("report", "passbook", "--group", "G", "--member", "99", "--out", tmp_path / "p.pdf", book=book)
    assert said.codes == ["member-unknown"]
    assert "sheet" not in said.messages[0]
    said = call("meeting", "record", "--sheet", tmp_path, book=book)
    assert said.codes == ["file-unreadable"]
    assert "XLSX" not in said.messages[0]
    said = call("bundle", "export", "--colleague", "all", "--to", tmp_path / "out", book=book)
    assert said.codes == ["device-unknown"]
    assert "No laptop all" not in said.messages[0]
