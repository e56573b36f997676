"""`book key add --role`: a passphrase of a person who does not do everything, and what it lets her do from outside."""

from __future__ import annotations

from pathlib import Path

from calling import PASSPHRASE
from calling import call
from calling import environment
from calling import good
from calling import new_book
from calling import written

SHE, HE = "treasurer of the group", "somebody who looks"


def book_with_users(folder: Path) -> Path:
    book = new_book(folder / "b.shgbook")
    table = written(folder / "savings.csv", "group,member,day,saved\nA-1,1,2026-03-12,100\nB-2,1,2026-03-12,70\n")
    columns = ("--column", "amount=saved", "--group-column", "group", "--member-column", "member")
    good("import", "savings", table, *columns, "--date", "2026-03-12", book=book)
    with environment(SHG_DESK_NEW_PASSPHRASE=SHE):
        good("book", "key", "add", "--name", "Айгүл", "--role", "treasurer", "--group", "A-1", book=book)
    with environment(SHG_DESK_NEW_PASSPHRASE=HE):
        good("book", "key", "add", "--name", "Бакыт", "--role", "viewer", book=book)
    return book


def test_roles_are_listed_kept_and_enforced(tmp_path: Path) -> None:
    book = book_with_users(tmp_path)
    slots = good("book", "key", "list", book=book)["slots"]
    assert [(one["slot"], one["role"]) for one in slots] == [(1, "animator"), (2, "treasurer"), (3, "viewer")]
    assert ["group" in one for one in slots] == [False, True, False]
    own = good("ledger", "balances", book=book, passphrase=SHE)["balances"]
    assert {line["group"] for line in own} == {"A-1"}
    assert call("ledger", "balances", "--group", "B-2", book=book, passphrase=SHE).codes == ["group-unknown"]
    everything = good("ledger", "balances", book=book, passphrase=HE)["balances"]
    assert everything == good("ledger", "balances", book=book)["balances"]
    rules = written(tmp_path / "rules.json", '{"social": "20"}')
    for phrase in (SHE, HE):
        said = call("group", "rules", "--group", "A-1", "--file", rules, book=book, passphrase=phrase)
        assert (said.code, said.codes) == (1, ["role-may-not"])
        assert call("bundle", "export", "--to", tmp_path, book=book, passphrase=phrase).codes == ["role-may-not"]
        with environment(SHG_DESK_NEW_PASSPHRASE="one more of mine"):
            assert call("book", "key", "add", book=book, passphrase=phrase).codes == ["role-may-not"]
            assert call("book", "key", "change", "--slot", 1, book=book, passphrase=phrase).codes == ["role-may-not"]
        assert good("book", "check", book=book, passphrase=phrase)["ok"]
    assert good("book", "key", "list", book=book, passphrase=PASSPHRASE)["slots"] == slots


def test_a_treasurer_is_one_of_a_group(tmp_path: Path) -> None:
    book = new_book(tmp_path / "b.shgbook")
    with environment(SHG_DESK_NEW_PASSPHRASE=SHE):
        assert call("book", "key", "add", "--role", "treasurer", book=book).code == 2
        assert call("book", "key", "add", "--role", "viewer", "--group", "A-1", book=book).code == 2
        assert call("book", "key", "add", "--role", "queen", book=book).code == 2
        none = call("book", "key", "add", "--role", "treasurer", "--group", "A-1", book=book)
        assert none.codes == ["group-unknown"]
