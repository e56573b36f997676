"""An enrolled laptop that writes what is not its own: nothing counts, nothing leaks, and the office is told."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import Forger

from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.enrolment import revoke
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import exchange as exchange_store
from shg_desk.store import keys as key_store
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.operations import unsettled
from shg_desk.store.scope import reach
from shg_desk.sync.enrolment import make_request
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.keys import make_device_keys
from shg_desk.sync.sections import KeyLine

MEMBERS = "SELECT t.gid FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg WHERE g.gid = ?"


@dataclass
class Village:
    """An office, a laptop with a group of its own, and another laptop that means harm."""

    folder: Path
    office: Desk
    victim: Desk
    forger: Desk
    group: str
    own: str

    def ids(self, kind: str) -> list[str]:
        rows = self.victim.book.db.rows("SELECT gid FROM thing WHERE type = ? ORDER BY id", (kind,))
        return [gid for (gid,) in rows]


def meet(desk: Desk, group: str, day: date) -> None:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, day, rows=rows))


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    office = make_desk(tmp_path, "office", "office")
    victim, forger = make_desk(tmp_path, "victim"), make_desk(tmp_path, "forger")
    groups = []
    for desk, code in ((victim, "A-1"), (forger, "B-1")):
        enrol(office, desk, tmp_path)
        groups.append(make_group(desk, code))
        meet(desk, groups[-1], date(2026, 3, 10))
        export_parcels(desk, tmp_path / "first")
    assert import_parcels(office, [tmp_path / "first"]).value.quarantined == 0
    yield Village(tmp_path, office, victim, forger, *groups)
    for desk in (office, victim, forger):
        assert check(desk.book) == []
        desk.close()


def a_meeting(v: Village) -> tuple[str, dict[str, Any]]:
    [member, *_] = v.office.book.db.row(MEMBERS, (v.group,)) or ()
    block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member", "lines": [[0, 77700]]}
    body = {"group": v.group, "date": "2026-03-17", "held": True, "members": [member], "entries": [block]}
    return "meeting", body


def a_revision(*line: Any) -> tuple[str, dict[str, Any]]:
    return "profile", {"revisions": [list(line)]}


FORGED: dict[str, Callable[[Village], tuple[str, dict[str, Any]]]] = {
    "a meeting": a_meeting,
    "its keeper": lambda v: a_revision("group", v.group, "keeper", {"device": v.forger.book.device}, []),
    "its code, as if just made": lambda v: a_revision("group", v.group, "identity", {"code": "Z-9"}, []),
    "its rules": lambda v: ("rules", {"group": v.group, "from": "2026-01-01", "content": {}, "saw": []}),
    "a member's number": lambda v: a_revision("membership", v.ids("membership")[0], "number", {"number": "9"}, []),
    "a family's place": lambda v: a_revision("household", v.ids("household")[0], "place", {"code": "X"}, []),
    "a person's home": lambda v: a_revision(
        "person", v.ids("person")[0], "place", {"household": v.ids("household")[1]}, []
    ),
    "a foreign person as a member of its own group": lambda v: a_revision(
        "membership", "a" * 16, "place", {"group": v.own, "person": v.ids("person")[0]}, []
    ),
    "the end of a family's consent": lambda v: (
        "destroy", {"household": v.ids("household")[0], "purposes": ["identity", "life"]}
    ),
    "a family struck out": lambda v: ("tombstone", {"type": "household", "id": v.ids("household")[0]}),
}  # fmt: skip


@pytest.mark.parametrize("what", list(FORGED))
def test_what_is_another_laptops_waits_for_the_office_and_counts_for_nothing(village: Village, what: str) -> None:
    v = village
    before = sums(v.office, v.group), exchange_store.granted_groups(v.office.book.db, v.forger.book.device)
    forger = Forger(v.forger)
    name = forger.write(*FORGED[what](v))
    taken = import_parcels(v.office, [forger.parcel(v.office, v.folder / "forged")]).value
    assert (taken.new, taken.quarantined, taken.refused) == (1, 1, 0)
    assert [(one.name, one.code) for one in unsettled(v.office.book)] == [(name, Code.OUT_OF_PLACE.value)]
    assert before == (sums(v.office, v.group), exchange_store.granted_groups(v.office.book.db, v.forger.book.device))
    assert key_store.destroyed(v.office.book.db) == []
    digest = book_digest(v.office.book)
    v.office.book.rebuild()
    assert book_digest(v.office.book) == digest
    export_parcels(v.office, v.folder / "receipts")
    import_parcels(v.forger, [v.folder / "receipts"])
    names = {name for (name,) in v.forger.book.db.rows("SELECT name FROM person")}
    assert not any("A-1" in (name or "") for name in names)


def test_what_the_office_grants_later_counts_then(village: Village) -> None:
    v = village
    forger = Forger(v.forger)
    forger.write(*a_meeting(v))
    import_parcels(v.office, [forger.parcel(v.office, v.folder / "forged")])
    box = sums(v.office, v.group)["box"]
    request = v.folder / "again.request"
    request_enrolment(v.forger, request)
    grant_enrolment(v.office, request, v.folder / "again.grant", groups=("A-1",))
    assert sums(v.office, v.group)["box"] == box + 77700
    assert unsettled(v.office.book) == []


def test_a_code_granted_to_others_is_nobodys_for_using_it_first(village: Village, tmp_path: Path) -> None:
    """C-1 was granted to the victim before it was made; a laptop without it makes a group of that code."""
    grant_again(village, village.victim, ("C-1",))
    office = village.office
    taken = make_group(village.forger, "C-1")
    export_parcels(village.forger, tmp_path / "taking")
    import_parcels(office, [tmp_path / "taking"])
    device = village.victim.book.device
    assert taken not in exchange_store.granted_groups(office.book.db, device)
    assert taken not in (reach(office.book.db, device) or ())
    meant = make_group(village.victim, "C-1")
    export_parcels(village.victim, tmp_path / "meant")
    assert import_parcels(office, [tmp_path / "meant"]).value.quarantined == 0
    assert meant in exchange_store.granted_groups(office.book.db, device)
    assert meant not in exchange_store.granted_groups(office.book.db, village.forger.book.device)


def test_a_code_granted_before_the_office_makes_its_group_means_that_group(village: Village) -> None:
    grant_again(village, village.victim, ("C-1",))
    group = make_group(village.office, "C-1")
    assert group in exchange_store.granted_groups(village.office.book.db, village.victim.book.device)


def grant_again(village: Village, desk: Desk, groups: tuple[str, ...]) -> None:
    request, grant = village.folder / "again.request", village.folder / "again.grant"
    digits = request_enrolment(desk, request).value.fingerprint
    grant_enrolment(village.office, request, grant, groups=groups, typed_fingerprint=digits)
    accept_grant(desk, grant)


def test_a_key_of_what_another_made_is_not_taken(village: Village) -> None:
    v = village
    [household, *_] = v.ids("household")
    known = key_store.newest(v.office.book.db, household, "identity")
    planted = [KeyLine(household, purpose, 7, b"k" * 32) for purpose in ("identity", "life")]
    import_parcels(v.office, [Forger(v.forger).parcel(v.office, v.folder / "forged", keys=planted)])
    assert key_store.newest(v.office.book.db, household, "identity") == known


@pytest.mark.parametrize("whose", ["victim", "office"])
def test_a_request_under_a_known_name_with_other_keys_is_refused(village: Village, whose: str) -> None:
    v = village
    before = exchange_store.devices(v.office.book.db)
    keys = make_device_keys(v.forger.random_bytes)
    code = getattr(v, whose).book.device
    request = v.folder / "forged.request"
    request.write_bytes(make_request(code, keys, nonce="a" * 16, made=1, app="x", practice=False).content)
    with pytest.raises(KnownError) as refused:
        grant_enrolment(v.office, request, v.folder / "forged.grant")
    assert [problem.code for problem in refused.value.problems] == [Code.DEVICE_TAKEN]
    assert exchange_store.devices(v.office.book.db) == before
    assert not (v.folder / "forged.grant").exists()


@pytest.mark.parametrize("epoch", ["zz", "1" * 32])
def test_a_life_with_an_impossible_name_is_refused_whole(village: Village, epoch: str) -> None:
    v = village
    forger = Forger(v.forger, epoch)
    forger.write("profile", {"revisions": []})
    taken = import_parcels(v.office, [forger.parcel(v.office, v.folder / "forged")]).value
    assert (taken.new, taken.refused, taken.files[0].problem.code) == (0, 1, Code.BUNDLE_FORGED)


@pytest.fixture
def sharing(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk, str, str]]:
    """Two laptops that share one group; the first has another one that the second may not have."""
    office = make_desk(tmp_path, "office", "office")
    first, second = make_desk(tmp_path, "first"), make_desk(tmp_path, "second")
    for desk in (first, second):
        enrol(office, desk, tmp_path, ("A-1",))
    groups = make_group(first, "A-1"), make_group(first, "A-2")
    for _ in range(2):
        for desk in (first, second):
            export_parcels(desk, tmp_path / "mail")
        import_parcels(office, [tmp_path / "mail"])
        export_parcels(office, tmp_path / "mail")
        for desk in (first, second):
            import_parcels(desk, [tmp_path / "mail"])
    yield office, first, second, *groups
    for desk in (office, first, second):
        desk.close()


def test_a_colleague_writes_only_of_what_is_shared(tmp_path: Path, sharing: tuple[Desk, Desk, Desk, str, str]) -> None:
    _, first, second, _, closed = sharing
    forger = Forger(second)
    block = {"accounts": ["box", "social"], "kind": "social", "lines": [[None, 500]]}
    forger.write("between", {"group": closed, "date": "2026-03-17", "entries": [block]})
    taken = import_parcels(first, [forger.parcel(first, tmp_path / "stick", COLLEAGUE)]).value
    assert (taken.new, taken.refused, taken.files[0].problem.code) == (0, 1, Code.OUT_OF_PLACE)
    assert sums(first, closed) == {}


def test_a_stopped_laptop_hands_nothing_to_its_colleagues_and_no_old_grant_brings_it_back(
    tmp_path: Path, sharing: tuple[Desk, Desk, Desk, str, str]
) -> None:
    office, first, second, group, _ = sharing
    request, grant = tmp_path / "second.request", tmp_path / "second.grant"
    request_enrolment(second, request)
    grant_enrolment(office, request, grant, groups=("A-1",))  # names the first laptop as a colleague
    accept_grant(second, grant)
    revoke(office, first.book.device)
    export_parcels(second, tmp_path / "late")
    import_parcels(office, [tmp_path / "late"])
    export_parcels(office, tmp_path / "late")
    import_parcels(second, [tmp_path / "late"])
    accept_grant(second, grant)
    assert {one.code: one.state for one in exchange_store.devices(second.book.db)}[first.book.device] == "revoked"
    meet(first, group, date(2026, 3, 17))
    [sent, *_] = export_colleague(first, tmp_path / "stick").value
    taken = import_parcels(second, [sent.path]).value
    assert (taken.new, taken.refused, taken.files[0].problem.code) == (0, 1, Code.DEVICE_REVOKED)
    assert sums(second, group) == {}


def test_the_end_of_consent_is_news_to_every_laptop(tmp_path: Path, sharing: tuple[Desk, Desk, Desk, str, str]) -> None:
    office, first, second, _, _ = sharing
    export_parcels(office, tmp_path / "before")
    for desk in (first, second):
        import_parcels(desk, [tmp_path / "before"])
        export_parcels(desk, tmp_path / "read")
    import_parcels(office, [tmp_path / "read"])
    assert export_parcels(office, tmp_path / "nothing").value == []
    [household] = first.book.db.row("SELECT gid FROM thing WHERE type = 'household'") or ()
    key = KeyLine(household, "identity", *key_store.newest(first.book.db, household, "identity"))
    with first.book.writing() as writer:
        writer.append(first.line("destroy", {"household": household, "purposes": ["identity", "life"]}))
    export_parcels(first, tmp_path / "out")
    import_parcels(office, [tmp_path / "out"])
    assert second.book.device in {sent.to for sent in export_parcels(office, tmp_path / "orders").value}
    for desk in (first, second):
        import_parcels(desk, [tmp_path / "orders"])
    import_parcels(office, [Forger(first).parcel(office, tmp_path / "again", keys=[key])])
    for desk in (office, first, second):
        assert not key_store.has_key(desk.book.db, household, "identity")
        assert check(desk.book) == []
