"""New ways into a book on paper: the older ones open it until the new ones are on paper, on the page and outside."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from desk_maker import make_desk

from shg_desk.actions.books import open_desk
from shg_desk.actions.books import remove_key
from shg_desk.actions.desk import Desk
from shg_desk.actions.first_book import open_typed
from shg_desk.actions.key_care import RecoveryWays
from shg_desk.actions.key_care import make_recovery
from shg_desk.actions.key_care import save_recovery_sheet
from shg_desk.cli.main import run
from shg_desk.domain.problems import SurroundingsError
from shg_desk.i18n.catalog import Words
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyslots import unlock
from shg_desk.sync.keyslots import unlock_as_office


def opens(desk: Desk, ways: RecoveryWays) -> bool:
    """Whether every way on a sheet opens this book."""
    file = load_keys(desk.folder).file
    try:
        keys = [unlock(file, ways.code).book_key]
        if ways.office_key:
            keys.append(unlock_as_office(file, ways.office_key).book_key)
    except SurroundingsError:
        return False
    return all(key == desk.book_key for key in keys)


@pytest.mark.parametrize("role", ["desk", "office"])
def test_a_sheet_that_could_not_be_written_leaves_the_older_one_its_worth(tmp_path: Path, role: str) -> None:
    """The stick is gone, or full: nobody has seen the new code, so the code in the envelope must go on opening."""
    desk = make_desk(tmp_path, role, role)
    older = make_recovery(desk, cost=CHEAP).value
    recipient = desk.book.setting("recovery_recipient")
    with pytest.raises(SurroundingsError):
        save_recovery_sheet(desk, tmp_path / "no such folder" / "sheet.pdf", Words("en"), cost=CHEAP)
    assert opens(desk, older)
    assert desk.book.setting("recovery_recipient") == recipient
    newer = save_recovery_sheet(desk, tmp_path / "sheet.pdf", Words("en"), cost=CHEAP).value
    assert opens(desk, newer)
    assert not opens(desk, older)
    desk.close()


def test_a_new_sheet_can_be_made_by_who_came_in_with_the_only_way_that_opens_everything(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    code = make_recovery(desk, cost=CHEAP).value.code
    desk.close()
    desk = open_desk(tmp_path / "desk.shgbook", code)
    remove_key(desk, 1)
    assert opens(desk, make_recovery(desk, cost=CHEAP).value)
    desk.close()


def test_the_sheet_of_the_command_line_is_the_sheet_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office that throws the older sheet away, as its words say, keeps the key to the books of its laptops."""
    make_desk(tmp_path, "office", "office").close()
    monkeypatch.setenv("SHG_DESK_PASSPHRASE", PASSPHRASE)
    book, sheet = tmp_path / "office.shgbook", tmp_path / "sheet.pdf"
    words = ["--book", str(book), "--lang", "en", "book", "recovery"]
    assert run([*words, "--out", str(tmp_path / "identity"), "--sheet", str(sheet)]) == 0
    with pypdfium2.PdfDocument(sheet) as paper:
        text = "".join(paper[0].get_textpage().get_text_range().split())
    found = re.search("AGE-SECRET-KEY-1[0-9A-Z]{58}", text)
    assert found is not None
    with_key = unlock_as_office(load_keys(book).file, found[0])
    assert with_key.book_key == unlock(load_keys(book).file, PASSPHRASE).book_key


@pytest.mark.parametrize(("role", "says"), [("desk", False), ("office", True)])
def test_a_sheet_speaks_of_an_office_key_only_where_it_has_one(tmp_path: Path, role: str, says: bool) -> None:
    desk = make_desk(tmp_path, role, role)
    out = tmp_path / "sheet.pdf"
    save_recovery_sheet(desk, out, Words("en"), cost=CHEAP)
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(out))
    assert "Type the code" in text
    assert ("key of an office" in text) is says
    desk.close()


def test_a_code_typed_with_the_russian_keyboard_opens_the_book(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    code = make_recovery(desk, cost=CHEAP).value.code
    desk.close()
    latin, russian = "QWERTYUIOPASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"
    opened, other_layout = open_typed(tmp_path / "desk.shgbook", code.translate(str.maketrans(latin, russian)))
    assert other_layout
    opened.close()
