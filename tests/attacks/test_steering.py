"""Letters that steer a terminal or turn a line round: none is kept of what is typed, none is shown of others'."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from calling import call
from calling import new_book
from calling import written
from desk_maker import make_desk

from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import register_group
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.cli.telling import Caller
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store import people as people_store
from shg_desk.store.derive_profiles import SealedPart
from shg_desk.sync import sealing

STEERING = "\x1b[31m\x07\x7f\x9b\u202e\u2066"
NAME, SEEN = f"Ай{STEERING}гүл", "Ай[31mгүл"
COLUMNS = ["--column", "group=group", "--column", "member=member", "--column", "name=name", "--column", "amount=amount"]


def clean(text: str) -> bool:
    """Whether nothing in a text steers."""
    return not set(text) & set("\x1b\x07\x7f\x9b\u202e\u2066\r")


def test_no_door_lets_them_in(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = register_group(desk, NewGroup(f"A{STEERING}-1", NAME, formed_on=date(2026, 3, 1))).value
    register_household(desk, NewHousehold(f"H{STEERING}", persons=[NewPerson(NAME)]))
    found = group_store.group(desk.book, group)
    assert found is not None
    assert (found.code, found.name) == ("A[31m-1", SEEN)
    assert [one.name for one in people_store.persons(desk.book)] == [SEEN]
    assert all(clean(one.line.decode()) and b"\\u00" not in one.line for one in log.everything(desk.book.db))
    desk.close()


def test_a_table_s_names_come_out_clean_everywhere(tmp_path: Path) -> None:
    book = new_book(tmp_path / "b.shgbook")
    table = written(tmp_path / "t.csv", f"group,member,name,amount\nA{STEERING}-1,1,{NAME},50\n")
    call("import", "savings", table, *COLUMNS, "--date", "2026-03-01", book=book)
    assert call("import", "savings", table, *COLUMNS, "--date", "2026-03-01", book=book).value["known"] == 1
    said = call("meeting", "sheet", "--group", "A[31m-1", "--date", "2026-03-12", book=book)
    assert said.value["rows"][0]["name"] == SEEN


def test_what_another_program_sealed_is_shown_clean(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    household = register_household(desk, NewHousehold("H")).value.household
    from shg_desk.store import keys as key_store

    number, key = key_store.newest(desk.book.db, household, "identity")
    facts = {"owner": household, "number": number, "kind": "profile", "field_group": "identity"}
    text = sealing.seal(key, {"name": NAME, "more": [NAME]}, random_bytes=desk.random_bytes, **facts)
    opened = desk.ring.unseal(SealedPart(household, "identity", number, "profile", text))
    assert opened == {"name": SEEN, "more": [SEEN]}
    desk.close()


def test_a_terminal_gets_none_and_json_spells_them_out(capsys: object) -> None:
    from _pytest.capture import CaptureFixture

    assert isinstance(capsys, CaptureFixture)
    Caller(as_json=False, book=None, words=Words("en")).answer({}, [NAME + "\rX"])
    assert capsys.readouterr().out == f"{SEEN} X\n"
    Caller(as_json=True, book=None, words=Words("en")).answer({"name": NAME}, [])
    out = capsys.readouterr().out
    assert clean(out)
    assert json.loads(out)["name"] == NAME
