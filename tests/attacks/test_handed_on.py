"""Records of others that a laptop hands on: it gets no further with another's name than with its own."""

from __future__ import annotations

from pathlib import Path

from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import AT
from forging import Forger

from shg_desk.actions.desk import Desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.canonical import encode
from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import parse
from shg_desk.domain.kinds import validate
from shg_desk.domain.problems import Code
from shg_desk.store import log
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.groups import memberships
from shg_desk.store.operations import unsettled
from shg_desk.sync.sections import OpLine

NOBODY = "abcdefgh"


def line_of(kind: str, body: dict[str, object]) -> bytes:
    return encode({"at": [AT, 360], "body": body, "by": "1", "kind": kind, "v": 1})


def meetings_of(desk: Desk, group: str) -> list[tuple[object, ...]]:
    sql = "SELECT m.op FROM meeting m JOIN thing t ON t.id = m.shg WHERE t.gid = ?"
    return list(desk.book.db.rows(sql, (group,)))


def as_nobody(line: bytes, device: str = NOBODY) -> OpLine:
    return OpLine(device, "zzzz2222", 1, line, first_head(device, "zzzz2222"))


def test_another_name_gets_no_further_than_ones_own(tmp_path: Path) -> None:
    """Of a group of another laptop, in the name of that laptop, of the office, of nobody: refused, and told."""
    office, honest, thief = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "a"), make_desk(tmp_path, "b")
    for desk in (honest, thief):
        enrol(office, desk, tmp_path)
    group = make_group(honest)
    export_parcels(honest, tmp_path / "stick")
    import_parcels(office, [tmp_path / "stick"])
    before = sums(office, group), book_digest(office.book)
    member = memberships(office.book, group)[0].id
    body = {"group": group, "date": "2026-03-10", "members": [member], "held": True}
    forged = line_of("meeting", body)
    profile = line_of("profile", {"revisions": [["group", group, "keeper", {"device": thief.book.device}, []]]})
    for kind, said in (("meeting", body), ("profile", parse(profile)["body"])):
        validate(kind, said)  # what is refused is refused for whose it is
    relays = [
        as_nobody(forged),
        as_nobody(profile, "abcdefgi"),
        as_nobody(forged, honest.book.device),
        as_nobody(forged, office.book.device),
        as_nobody(forged, office.book.setting("office_code") or ""),
        as_nobody(b"no record at all", "abcdefgj"),
    ]
    parcel = Forger(thief).parcel(office, tmp_path / "forged", relays=relays)
    taken = import_parcels(office, [parcel]).value
    assert [(one.code, one.facts["n"]) for one in taken.problems] == [(Code.RECORDS_HELD_BACK, len(relays))]
    assert (taken.new, taken.refused) == (0, 0)
    assert (sums(office, group), book_digest(office.book)) == before
    assert {device for device, _ in log.chains(office.book.db)} <= {honest.book.device, office.book.device}
    for desk in (office, honest, thief):
        assert check(desk.book) == []
        desk.close()


def test_what_a_laptop_hands_on_first_stays_its_own_after_a_rebuild(tmp_path: Path) -> None:
    """A group recorded by somebody unknown comes by one laptop: that one may write of it, another may not."""
    office, first, second = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "a"), make_desk(tmp_path, "b")
    unknown = make_desk(tmp_path, "unknown")
    group = make_group(unknown, "U-1")
    ops = [log.by_id(unknown.book.db, number) for number in range(1, log.newest(unknown.book.db) + 1)]
    relays = [OpLine(op.name.device, op.name.epoch, op.name.seq, op.line, op.head_before) for op in ops]
    for desk in (first, second):
        enrol(office, desk, tmp_path)
    taken = import_parcels(office, [Forger(first).parcel(office, tmp_path / "one", relays=relays)]).value
    assert (taken.new, taken.problems) == (len(relays), [])
    body = {"group": group, "date": "2026-03-10", "members": [memberships(unknown.book, group)[0].id], "held": True}
    for at, (desk, waits) in enumerate(((first, 0), (second, 1))):
        forger = Forger(desk)
        forger.write("meeting", body)
        taken = import_parcels(office, [forger.parcel(office, tmp_path / f"more-{at}")]).value
        assert taken.quarantined == waits, (at, taken)
    before = [(one.name, one.code) for one in unsettled(office.book)]
    assert [code for _, code in before] == [Code.OUT_OF_PLACE]
    assert len(meetings_of(office, group)) == 1
    office.book.rebuild()
    assert [(one.name, one.code) for one in unsettled(office.book)] == before
    again = import_parcels(office, [Forger(second).parcel(office, tmp_path / "two", relays=relays[:1])]).value
    assert [one.code for one in again.problems] == [Code.RECORDS_HELD_BACK]
    for desk in (office, first, second, unknown):
        assert check(desk.book) == []
        desk.close()
