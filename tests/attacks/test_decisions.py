"""What waits for the office's decision is let in or left out by the office alone, with a reason, for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from calling import call
from calling import good
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import Forger

from shg_desk.actions import decisions
from shg_desk.actions.books import open_desk
from shg_desk.actions.consent import withdraw_consent
from shg_desk.actions.decisions import decide_records
from shg_desk.actions.decisions import decide_sender
from shg_desk.actions.desk import Desk
from shg_desk.actions.differences import settle
from shg_desk.actions.enrolment import revoke
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import change_person
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_exchange import waiting_records
from shg_desk.actions.views_inbox import inbox_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.store.groups import memberships_by_number

MARCH, LATER, LAST = date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24)


@dataclass
class Stage:
    folder: Path
    office: Desk
    desk: Desk
    other: Desk
    group: str

    def send(self, desk: Desk) -> tuple[int, int]:
        """A laptop's parcel goes to the office: how many records are new and how many wait for a decision."""
        place = self.folder / f"mail-{len(list(self.folder.iterdir()))}"
        export_parcels(desk, place)
        taken = import_parcels(self.office, [place]).value
        return taken.new, taken.quarantined

    def answer(self) -> None:
        place = self.folder / f"back-{len(list(self.folder.iterdir()))}"
        export_parcels(self.office, place)
        for desk in (self.desk, self.other):
            import_parcels(desk, [place])


def meet(desk: Desk, group: str, day: date) -> str:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in (1, 2))
    return record_meeting(desk, Sheet(group, day, rows=rows)).value.name or ""


def saved(desk: Desk, group: str) -> int:
    return -sums(desk, group).get("saving.compulsory", 0)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A laptop's group, shared with another one; the first laptop was reported lost after its first meeting."""
    office = make_desk(tmp_path, "office", "office")
    desk, other = make_desk(tmp_path, "a"), make_desk(tmp_path, "b")
    enrol(office, desk, tmp_path)
    group = make_group(desk)
    made = Stage(tmp_path, office, desk, other, group)
    meet(desk, group, MARCH)
    made.send(desk)
    enrol(office, other, tmp_path, ("A-1",))
    made.answer()
    revoke(office, desk.book.device)
    yield made
    book = made.office.book
    assert check(book) == []
    before = dump(book), book_digest(book)
    book.rebuild()
    assert (dump(book), book_digest(book)) == before
    for one in (made.office, desk, other):
        one.close()


def test_a_record_is_let_in_and_reaches_the_colleague(stage: Stage) -> None:
    """The colleague has meanwhile confirmed a later receipt, which could not hold it yet."""
    name = meet(stage.desk, stage.group, LATER)
    assert stage.send(stage.desk) == (1, 1)
    meet(stage.other, stage.group, date(2026, 3, 12))
    for _ in range(2):
        stage.send(stage.other)
        stage.answer()
    stage.send(stage.other)
    assert saved(stage.office, stage.group) == 40000
    assert [one.name for one in decisions.waiting_for_decision(stage.office)] == [name]
    answered = decide_records(stage.office, [name], counts=True, reason="китеп кагазы бар").value
    assert answered.counting == 1
    assert saved(stage.office, stage.group) == 60000
    assert decisions.waiting_for_decision(stage.office) == []
    (given,) = inbox_view(stage.office).given
    assert (given.reason, given.choice, given.record and given.record.name) == ("китеп кагазы бар", "accept", name)
    stage.answer()
    assert saved(stage.other, stage.group) == 60000


def plain(desk: Desk) -> str:
    """Every setting of a book in one text: what is kept open beside the records."""
    return " ".join(f"{name}={value}" for name, value in desk.book.db.rows("SELECT name, value FROM setting"))


def test_a_refused_answer_leaves_no_reason_behind(stage: Stage) -> None:
    """One of two records can never count: nothing of the answer is written, its free text least of all."""
    forger = Forger(stage.desk)
    bad = forger.write("profile", {"revisions": 7})
    import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")])
    with pytest.raises(KnownError):
        decide_records(stage.office, [bad], counts=True, reason="Асан өзү айткан")
    assert "Асан" not in plain(stage.office)
    assert inbox_view(stage.office).given == ()


def test_the_reason_about_a_household_goes_with_its_key(stage: Stage) -> None:
    """Sealed under the household's own key, read on the page, and gone with the rest once consent is withdrawn."""
    member = memberships_by_number(stage.desk.book, stage.group, "2")[0]
    home = member.household or ""
    change_person(stage.desk, member.person or "", {"name": "Айгүл Асанова"})
    stage.send(stage.desk)
    (record,) = [one.name for one in decisions.waiting_for_decision(stage.office)]
    decide_records(stage.office, [record], counts=True, reason="Асандын телефону башка")
    assert "Асан" not in plain(stage.office)
    assert inbox_view(stage.office).given[0].reason == "Асандын телефону башка"
    withdraw_consent(stage.office, home, ["identity"])
    assert inbox_view(stage.office).given[0].reason == ""


def test_a_reason_there_is_no_key_for_is_not_kept_and_that_is_told(stage: Stage) -> None:
    forger = Forger(stage.desk)
    name = forger.write("profile", {"revisions": 7})
    import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")])
    told = decide_records(stage.office, [name], counts=False, reason="Асан өзү айткан").warnings
    assert [one.code for one in told] == [Code.REASON_NOT_KEPT]
    assert "Асан" not in plain(stage.office)


def test_reasons_an_earlier_program_kept_open_are_gone_after_opening(stage: Stage) -> None:
    folder = stage.office.folder
    stage.office.book.set_setting("reason.abcdefgh.xxxxxxxx.1", "Асан өзү айткан")
    stage.office.close()
    stage.office = open_desk(folder, PASSPHRASE)
    assert "Асан" not in plain(stage.office)


def test_a_record_left_out_stays_out_and_can_still_be_let_in(stage: Stage) -> None:
    name = meet(stage.desk, stage.group, LATER)
    stage.send(stage.desk)
    decide_records(stage.office, [name], counts=False, reason="эки жолу жазылган")
    assert decisions.waiting_for_decision(stage.office) == []
    assert saved(stage.office, stage.group) == 20000
    assert not [one for one in open_items(stage.office) if one.sort is Sort.SET_ASIDE]
    with pytest.raises(KnownError):
        decide_records(stage.office, [name], counts=False, reason="again")
    stage.office.book.rebuild()
    assert saved(stage.office, stage.group) == 20000
    decide_records(stage.office, [name], counts=True, reason="табылды")
    assert saved(stage.office, stage.group) == 40000


def test_everything_of_a_laptop_is_answered_at_once(stage: Stage) -> None:
    meet(stage.desk, stage.group, LATER)
    meet(stage.desk, stage.group, LAST)
    assert stage.send(stage.desk) == (2, 2)
    answered = decide_sender(stage.office, stage.desk.book.device, counts=True, reason="баары туура").value
    assert (len(answered.names), answered.counting) == (2, 2)
    assert saved(stage.office, stage.group) == 60000


def test_what_can_never_count_is_not_let_in(stage: Stage) -> None:
    """A second record under one number, and a line that cannot be read."""
    forger = Forger(stage.desk)
    body = {"revisions": [["village", "v" * 16, "place", {"name": "x"}, []]]}
    first = forger.write("profile", body)
    import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")])
    other = Forger(stage.desk)
    assert other.write("profile", {"revisions": []}) == first
    other.write("profile", {"revisions": 7})
    import_parcels(stage.office, [other.parcel(stage.office, stage.folder / "forged")])
    unreadable = f"{forger.desk.book.device}.{forger.epoch}.{forger.seq + 1}"
    with pytest.raises(KnownError) as error:
        decide_records(stage.office, [unreadable], counts=True, reason="x")
    assert error.value.problems[0].code is Code.NEVER_COUNTS
    answered = decide_sender(stage.office, stage.desk.book.device, counts=True, reason="x")
    assert {one.code for one in answered.warnings} == {Code.NEVER_COUNTS, Code.REASON_NOT_KEPT}  # no village has a key
    decide_records(stage.office, [unreadable], counts=False, reason="x")


def test_only_the_office_decides_and_says_why(stage: Stage) -> None:
    name = meet(stage.desk, stage.group, LATER)
    stage.send(stage.desk)
    for desk, names, reason, code in (
        (stage.other, [name], "x", Code.NOT_AN_OFFICE),
        (stage.office, [name], " ", Code.REASON_MISSING),
        (stage.office, ["aaaaaaaa.bbbbbbbb.1"], "x", Code.ENTRY_UNKNOWN),
        (stage.office, [], "x", Code.ENTRY_UNKNOWN),
    ):
        with pytest.raises(KnownError) as error:
            decide_records(desk, names, counts=True, reason=reason)
        assert error.value.problems[0].code is code


def test_a_laptop_that_writes_the_offices_answer_itself_lets_nothing_in(stage: Stage) -> None:
    forger = Forger(stage.other)
    name = meet(stage.desk, stage.group, LATER)
    forger.write("settlement", {"difference": f"set-aside {name} device-revoked", "choice": "accept"})
    import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")])
    assert stage.send(stage.desk) == (1, 1)
    stage.office.book.rebuild()
    assert saved(stage.office, stage.group) == 20000


def test_the_differences_page_answers_with_the_same_action(stage: Stage) -> None:
    meet(stage.desk, stage.group, LATER)
    stage.send(stage.desk)
    [item] = [one for one in open_items(stage.office) if one.sort is Sort.SET_ASIDE]
    settle(stage.office, item.name, "accept", reason="кагазда бар")
    assert saved(stage.office, stage.group) == 40000
    assert not [one for one in open_items(stage.office) if one.sort is Sort.SET_ASIDE]


def test_a_laptop_learns_that_its_record_was_left_out(stage: Stage) -> None:
    """One that is not lost, but wrote of another's family."""
    [household] = stage.other.book.db.row("SELECT gid FROM thing WHERE type = 'household'") or ()
    enrol(stage.office, third := make_desk(stage.folder, "c"), stage.folder)
    forger = Forger(third)
    name = forger.write("note", {"household": household, "note": "n", "roles": ["r"]})
    taken = import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")]).value
    assert taken.quarantined == 1
    decide_records(stage.office, [name], counts=False, reason="бөтөн үй-бүлө")
    place = stage.folder / "receipt"
    export_parcels(stage.office, place)
    import_parcels(third, [place])
    assert [(one.name, one.code) for one in waiting_records(third)] == [(name, "rejected")]
    third.close()


def test_the_command_line_lists_and_decides(stage: Stage) -> None:
    name = meet(stage.desk, stage.group, LATER)
    stage.send(stage.desk)
    book = stage.office.folder
    stage.office.close()
    verb = {"book": book, "passphrase": PASSPHRASE}
    assert [one["record"] for one in good("bundle", "waiting", **verb)["waiting"]] == [name]
    assert good("bundle", "decide", name, "--accept", "--reason", "кагаз бар", **verb)["counting"] == 1
    assert good("bundle", "waiting", **verb)["waiting"] == []
    assert call("bundle", "decide", name, "--reject", "--reason", "x", **verb).code == 1
    assert call("bundle", "decide", "--accept", "--reason", "x", **verb).code == 2
    stage.office = open_desk(book, PASSPHRASE)
    assert saved(stage.office, stage.group) == 40000
