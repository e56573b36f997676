"""`enrol renew` and `enrol leave`: an office's book under new keys, a laptop's book without an office."""

from __future__ import annotations

from pathlib import Path

from calling import call
from calling import enrol
from calling import good
from calling import new_book
from calling import told


def test_new_keys_go_with_the_next_receipt(tmp_path: Path) -> None:
    office, desk = new_book(tmp_path / "office", "office"), new_book(tmp_path / "desk")
    enrol(desk, office, tmp_path)
    before = set(good("enrol", "keys", book=desk)["age"])
    renewed = good("enrol", "renew", book=office)
    assert renewed["laptops"] == 1
    good("bundle", "export", "--to", tmp_path / "stick", book=office)
    said = call("bundle", "import", tmp_path / "stick", book=desk)
    assert (said.code, said.value["refused"], said.codes) == (0, 0, ["office-keys-new"])
    known = good("enrol", "keys", book=desk)
    [first, _] = [one for one in known["devices"] if one["state"] == "office"]
    assert (first["fingerprint"], first["compared"]) == (renewed["fingerprint"], False)
    assert len(before - set(known["age"])) == 2
    assert good("enrol", "keys", book=office)["devices"][0]["fingerprint"] == renewed["fingerprint"]
    code, text = told("enrol", "keys", book=desk)
    assert code == 0
    assert "not compared" in text
    assert call("enrol", "renew", book=desk).codes == ["not-an-office"]


def test_a_laptop_leaves_and_says_why(tmp_path: Path) -> None:
    office, desk = new_book(tmp_path / "office", "office"), new_book(tmp_path / "desk")
    assert call("enrol", "leave", "--reason", "жабылды", book=desk).codes == ["no-office"]
    enrol(desk, office, tmp_path)
    assert call("enrol", "leave", book=desk).code == 2
    assert call("enrol", "leave", "--reason", " ", book=desk).codes == ["reason-missing"]
    said = call("enrol", "leave", "--reason", "жабылды", book=desk)
    assert (said.code, said.codes) == (0, ["recovery-not-on-paper"])
    assert said.value["office"] == good("book", "info", book=office)["office"]
    assert good("book", "info", book=desk)["office"] is None
    assert call("bundle", "export", "--to", tmp_path / "stick", book=desk).codes == ["no-office"]
    enrol(desk, new_book(tmp_path / "other", "office"), tmp_path)
    assert good("book", "info", book=desk)["office"] is not None
