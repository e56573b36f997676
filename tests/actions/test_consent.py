"""A family withdraws its data: names go here, at the office and on the other laptop; sums, counts and chains stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from three_desks import Three
from three_desks import met
from three_desks import trip

from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.consent import withdraw_consent
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.imports import import_savings
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import change_person
from shg_desk.actions.rotation import KEEP_DAYS
from shg_desk.actions.rotation import clear_old
from shg_desk.actions.rotation import saw_today
from shg_desk.actions.sheet_desk import keep_sheet
from shg_desk.actions.views_ledger import LedgerWish
from shg_desk.actions.views_ledger import ledger_view
from shg_desk.actions.views_people import find
from shg_desk.actions.views_people import household_card
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.store import groups as group_store
from shg_desk.store import keys as key_store
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.ledger import balances
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import with_columns

NAME = "Айгүл A-1 2"


def home(desk: Desk, group: str) -> tuple[str, str]:
    """The household and the person of the second member."""
    member = group_store.memberships_by_number(desk.book, group, "2")[0]
    assert member.household is not None
    assert member.person is not None
    return member.household, member.person


def knows(desk: Desk, group: str) -> bool:
    """Whether anything in the book, or its files, still says the name of the second member."""
    member = group_store.memberships_by_number(desk.book, group, "2")[0]
    return bool(member.name) or any(hit.name == NAME for hit in find(desk, NAME).hits)


def test_a_withdrawn_family_s_names_go_everywhere_and_its_sums_stay(three: Three) -> None:
    office, first, second, group = three
    met(first, group, counted=20000)
    trip(office, first, second)
    household, person = home(first, group)
    stood = [balances(desk.book, group) for desk in three[:3]]
    assert all(knows(desk, group) for desk in three[:3])

    done = withdraw_consent(first, household, ["identity", "life"], "asked").value
    assert (done.purposes, done.keys) == (("identity", "life"), 2)
    assert [group_store.membership(first.book, one).number for one in done.memberships] == ["2"]  # type: ignore[union-attr]
    assert not knows(first, group)
    assert knows(second, group), "the other laptop hears of it with the next parcels"
    assert (first.folder / "book.db-wal").stat().st_size == 0

    trip(office, first, second)
    for desk, before in zip(three[:3], stood, strict=True):
        assert not knows(desk, group)
        assert not key_store.has_key(desk.book.db, household, "identity")
        assert not key_store.has_key(desk.book.db, household, "life")
        card = household_card(desk, household)
        assert card is not None
        assert (card.seal_state, card.head, card.persons[0].name) == ("withdrawn", None, None)
        assert balances(desk.book, group) == before
        assert [one.number for one in card.memberships] == ["2"], "her number stays hers"
        view = ledger_view(desk, LedgerWish(group, "saving"))
        assert view is not None
        assert "№ 2" in {one.name for one in view.members}
        assert check(desk.book) == [], "chains, counts and sums hold"
        digest = book_digest(desk.book)
        desk.book.rebuild()
        assert book_digest(desk.book) == digest
        assert not knows(desk, group), "a rebuild brings nothing back"
    with pytest.raises(KnownError) as error:
        change_person(first, person, {"name": NAME})
    assert error.value.problems[0].code is Code.CONSENT_WITHDRAWN
    met(first, group, date(2026, 3, 17))
    trip(office, first, second)
    assert all(group_store.memberships_by_number(d.book, group, "2")[0].name is None for d in three[:3])


def test_interviews_alone_can_go_and_names_stay(three: Three) -> None:
    _, first, _, group = three
    household, _ = home(first, group)
    assert withdraw_consent(first, household, ["life"]).value.purposes == ("life",)
    assert knows(first, group)
    assert not key_store.has_key(first.book.db, household, "life")
    assert withdraw_consent(first, household, ["identity"]).value.purposes == ("identity", "life")
    assert not knows(first, group)


def test_what_is_withdrawn_already_or_unknown_is_told(three: Three) -> None:
    _, first, _, group = three
    household, _ = home(first, group)
    withdraw_consent(first, household, ["identity"])
    for gid, purposes, code in (
        (household, ["identity"], Code.CONSENT_WITHDRAWN),
        ("a" * 16, ["identity"], Code.HOUSEHOLD_UNKNOWN),
        (household, [], Code.NOTHING_CHANGED),
    ):
        with pytest.raises(KnownError) as error:
            withdraw_consent(first, gid, purposes)
        assert error.value.problems[0].code is code


def test_an_old_parcel_or_backup_brings_no_name_back(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    old = export_parcels(first, tmp_path / "old", everything=True).value[0].path
    saved = back_up(first).value.file
    household, _ = home(first, group)
    withdraw_consent(first, household, ["identity", "life"])
    trip(office, first, second)
    import_parcels(office, [old])
    assert not knows(office, group)
    restore_book(saved, tmp_path / "again.shgbook", PASSPHRASE)
    again = open_desk(tmp_path / "again.shgbook", PASSPHRASE, clock=DemoClock(date(2026, 3, 2)))
    assert knows(again, group), "a backup has the key until it is cleared away, or its book hears of it"
    trip(office, again)
    assert not knows(again, group)
    assert check(again.book) == []
    again.close()


def used(desk: Desk, since: date, days: int, every: int) -> None:
    """The book is opened every so many days, and on the last one."""
    assert isinstance(desk.clock, DemoClock)
    for day in [*range(every, days, every), days]:
        desk.clock.move(date.fromordinal(since.toordinal() + day))
        saw_today(desk)


def test_old_copies_go_after_ninety_days_but_never_the_newest_backup(three: Three, tmp_path: Path) -> None:
    _, first, _, _ = three
    assert isinstance(first.clock, DemoClock)
    first.clock.move(date(2026, 3, 2))
    back_up(first)
    export_parcels(first, tmp_path / "stick")
    safety = first.folder / "backups" / "before-version-2.db"
    safety.write_bytes(b"")
    assert clear_old(first) == []
    old = {file for name in ("backups", "inbox", "outbox") for file in (first.folder / name).iterdir()}
    assert {file.parent.name for file in old} == {"backups", "inbox", "outbox"}
    used(first, date(2026, 3, 2), KEEP_DAYS - 2, every=7)
    back_up(first)
    assert all(file.exists() for file in old)
    used(first, date(2026, 3, 2), KEEP_DAYS, every=KEEP_DAYS)
    export_parcels(first, tmp_path / "later")
    assert not any(file.exists() for file in old), "ninety days are the most"
    used(first, date(2026, 6, 1), 2 * KEEP_DAYS, every=30)
    export_parcels(first, tmp_path / "last")
    left = {file.name for name in ("backups", "inbox", "outbox") for file in (first.folder / name).iterdir()}
    assert not {file.name for file in old} & left
    assert len(list((first.folder / "backups").glob("*.shgbackup"))) == 1, "the newest one stays"
    assert len(list((tmp_path / "stick").iterdir())) == 1, "a stick is not ours"


def test_the_reason_that_stays_readable_is_a_word_and_no_story(three: Three) -> None:
    first, _, _, group = three
    household, _ = home(first, group)
    with pytest.raises(KnownError) as error:
        withdraw_consent(first, household, ["life"], "her husband forbids it")
    assert error.value.problems[0].code is Code.REASON_MISSING


def test_a_sheet_that_is_not_closed_and_says_the_name_is_told(three: Three) -> None:
    _, first, _, group = three
    keep_sheet(first, group, {"decisions": [{"text": f"Карыз: {NAME.upper()}"}]})
    first.drafts.put("again", "aaaaaaaa.bbbbbbbb.1", {"text": NAME}, 1)
    first.drafts.put("worked-out", "groups", {"text": NAME}, 1)
    household, _ = home(first, group)
    told = withdraw_consent(first, household, ["life"]).warnings
    assert told == (), "her name stays with her here"
    told = withdraw_consent(first, household, ["identity"]).warnings
    assert {one.code for one in told} == {Code.NAMED_IN_SHEET}
    assert {one.where for one in told} == {group, "aaaaaaaa.bbbbbbbb.1"}
    assert {one.facts["name"] for one in told} == {NAME}
    assert first.drafts.get("worked-out", "groups") is None


def test_a_table_that_has_names_for_numbers_is_told_once(three: Three, tmp_path: Path) -> None:
    _, first, _, _ = three
    table = tmp_path / "names.csv"
    table.write_text("group,who,amount\nA-1,Гүлзат Токтосунова,50\nA-1,MAD-7,50\nA-1,A,50\n")
    given, _ = with_columns(TableMap(), ["group=group", "member=who", "amount=amount"])
    found = import_savings(first, table, given, day=date(2026, 3, 1)).value
    assert (found.members, found.entries) == (3, 3)
    (told,) = [one for one in found.problems if one.code is Code.MEMBERS_BY_NAME]
    assert (told.level, told.facts["text"]) == (Level.WARNING, "Гүлзат Токтосунова")
    assert import_savings(first, table, given, day=date(2026, 3, 1)).value.problems == []


def test_an_old_parcel_with_new_records_brings_no_name_back(three: Three, tmp_path: Path) -> None:
    """A laptop that has not heard of it writes on, and its parcel comes late: they count, the name stays gone."""
    office, first, second, group = three
    household, person = home(first, group)
    trip(office, first, second)
    met(first, group, date(2026, 3, 17))
    late = export_parcels(first, tmp_path / "late", everything=True).value[0].path
    withdraw_consent(second, household, ["identity", "life"])
    trip(office, second)
    assert not knows(office, group)
    assert import_parcels(office, [late]).value.new > 0
    assert not knows(office, group)
    assert check(office.book) == []
    change_person(first, person, {"name": NAME, "nickname": "Айгүлкө"})
    trip(office, first, second)
    trip(office, first, second)
    for desk in three[:3]:
        assert not knows(desk, group)
        assert find(desk, "Айгүлкө").hits == ()
        assert check(desk.book) == []
    assert second.book.device


def test_a_clearing_that_is_cut_off_goes_on_the_next_time(three: Three, monkeypatch: pytest.MonkeyPatch) -> None:
    _, first, _, _ = three
    assert isinstance(first.clock, DemoClock)
    for number in range(4):
        (first.folder / "outbox" / f"x{number}.shgb").write_bytes(b"")
    clear_old(first)
    used(first, date(2026, 3, 2), KEEP_DAYS + 2, every=7)
    unlink, left = Path.unlink, [2]

    def killed(path: Path, *, missing_ok: bool = False) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", killed)
    with pytest.raises(KeyboardInterrupt):
        clear_old(first)
    monkeypatch.undo()
    assert clear_old(first) != []
    assert list((first.folder / "outbox").iterdir()) == []
