"""`meeting death`: the same action as the page, told in JSON; dry, written, decided on later, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import call
from calling import good
from calling import told
from test_verbs import balances as every_balance
from test_verbs import book
from test_verbs import lending

__all__ = ["book", "lending"]


def balances(book: Path) -> dict[tuple[str, str | None], str]:
    return {key: amount for key, amount in every_balance(book).items() if amount != "0.00"}


DEATH = ("meeting", "death", "--group", "G-1", "--member", "1", "--date", "2026-07-10", "--settled", "2026-07-12")


def test_told_and_not_written(lending: Path) -> None:
    before = balances(lending)
    said = good(*DEATH, "--debt", "set-off", "--dry-run", book=lending)
    assert (said["recorded"], said["between"], said["profit"]) == (False, None, "not-shared")
    assert said["payable"] == "36.00"
    (debt,) = said["debts"]
    assert (debt["owed"], debt["set_off"], debt["left"]) == ("104.00", "104.00", "0.00")
    assert balances(lending) == before


def test_written_once(lending: Path) -> None:
    said = good(*DEATH, "--debt", "set-off", "--votes-for", 2, "--votes-against", 0, "--heir", "уулу", book=lending)
    assert said["recorded"]
    now = balances(lending)
    assert now["payable", "1"] == "-36.00"
    assert not [key for key, amount in now.items() if key[0].startswith(("saving", "principal")) and key[1] == "1"]
    again = call(*DEATH, "--debt", "set-off", book=lending)
    assert (again.code, again.codes) == (1, ["nothing-changed"])


def test_one_debt_is_named_and_it_is_taken_back(lending: Path) -> None:
    before = balances(lending)
    forgiven = (*DEATH, "--debt", "kept", "--debt", "L-1=forgiven")
    assert call(*forgiven, book=lending).codes == ["death-not-voted"]
    said = good(*forgiven, "--votes-for", 2, "--votes-against", 0, book=lending)
    assert [one["choice"] for one in said["debts"]] == ["forgiven"]
    assert balances(lending)["expense.forgiven", None] == "104.00"
    after = balances(lending)
    dry = good(*DEATH[:6], "--take-back", "башка аял", "--dry-run", book=lending)
    assert (dry["taken_back"], dry["correction"]) == (False, None)
    assert balances(lending) == after, "told, not done"
    back = good(*DEATH[:6], "--take-back", "башка аял", book=lending)
    assert back["taken_back"]
    assert balances(lending) == before
    assert call(*DEATH[:6], "--take-back", "дагы", book=lending).codes == ["death-not-recorded"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--debt", "L-9=kept"), "debt-unknown"),
        (("--grant", "5"), "grant-too-large"),
        (("--grant", "five"), "amount-unreadable"),
    ],
)
def test_what_is_refused(lending: Path, more: tuple[str, ...], code: str) -> None:
    before = balances(lending)
    said = call(*DEATH, *more, book=lending)
    assert (said.code, said.codes) == (1, [code])
    assert balances(lending) == before


def test_a_day_before_her_last_meeting(lending: Path) -> None:
    said = call(*DEATH[:6], "--date", "2026-04-20", book=lending, lang="ru")
    assert said.code == 1
    assert "01.05.2026" in " ".join(said.messages)


def test_wrong_use(lending: Path) -> None:
    assert call(*DEATH[:6], book=lending).code == 2
    assert call(*DEATH, "--debt", "sold", book=lending).code == 2
    assert call("meeting", "death", "--group", "G-1", "--member", "77", "--date", "2026-07-10", book=lending).code == 1


def test_as_a_person_reads_it(lending: Path) -> None:
    code, text = told(*DEATH, "--debt", "set-off", "--dry-run", book=lending, lang="ky")
    assert code == 0
    assert "36" in text


def test_what_contradicts_itself_is_refused_and_nothing_is_written(lending: Path) -> None:
    before = balances(lending)
    votes = ("--votes-for", 2, "--votes-against", 0)
    for twice in (
        ("kept", "forgiven"),
        ("set-off", "kept", "forgiven"),
        ("kept", "kept"),
        ("L-1=kept", "L-1=forgiven"),
    ):
        said = call(*DEATH, *(word for one in twice for word in ("--debt", one)), *votes, book=lending)
        assert said.code == 2, twice
    for more in (DEATH[6:], ("--debt", "kept"), ("--grant", "5"), votes, ("--heir", "уулу")):
        said = call(*DEATH[:6], "--take-back", "башка аял", *more, book=lending)
        assert said.code == 2, more
    for reason in ("", "  "):
        assert call(*DEATH[:6], "--take-back", reason, *DEATH[6:], book=lending).code == 2
        for dry in ((), ("--dry-run",)):
            assert call(*DEATH[:6], "--take-back", reason, *dry, book=lending).codes == ["reason-missing"]
    assert balances(lending) == before


@pytest.mark.parametrize("votes", [1_000_001, 9007199254740993, 10**30])
def test_votes_no_group_has_are_refused(lending: Path, votes: int) -> None:
    before = balances(lending)
    for dry in ((), ("--dry-run",)):
        for cast in ((votes, 0), (votes, votes - 1)):
            asked = ("--debt", "set-off", "--votes-for", cast[0], "--votes-against", cast[1])
            said = call(*DEATH, *asked, *dry, book=lending)
            assert (said.code, said.codes) == (1, ["votes-impossible"])
    assert balances(lending) == before


def test_votes_of_more_than_there_are_members_are_written_with_a_warning(lending: Path) -> None:
    asked = ("--debt", "set-off", "--votes-for", 1_000_000, "--votes-against", 0)
    for dry in (("--dry-run",), ()):
        said = call(*DEATH, *asked, *dry, book=lending)
        assert (said.code, said.codes) == (0, ["votes-too-many"])
        [message] = (one.replace("\N{NO-BREAK SPACE}", " ") for one in said.messages)
        assert message.startswith("1 000 000 votes were counted, but the group has ")
        assert "written" not in message
