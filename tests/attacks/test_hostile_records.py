"""Records that are well signed and mean harm: each counts for nothing or counts soundly, and wedges nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from forging import Forger

from shg_desk.actions.corrections import meeting_items
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.printing import print_passbooks
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_inbox import inbox_view
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_today_rest import today
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store
from shg_desk.store import exchange as exchange_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.relays import operations_of_groups

MEMBERS = "SELECT t.gid FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg WHERE g.gid = ?"
LOAN = "l" * 16


@dataclass
class Stage:
    """An office and a laptop with two groups, one meeting each; `meetings` are those operations' names."""

    folder: Path
    office: Desk
    desk: Desk
    groups: tuple[str, str]
    meetings: list[str]

    def members(self, group: str) -> list[str]:
        return [gid for (gid,) in self.desk.book.db.rows(MEMBERS, (group,))]


def meet(desk: Desk, group: str, day: date) -> str:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in (1, 2))
    return record_meeting(desk, Sheet(group, day, rows=rows)).value.name or ""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "laptop")
    enrol(office, desk, tmp_path)
    groups = make_group(desk, "A-1"), make_group(desk, "A-2")
    meetings = [meet(desk, group, date(2026, 3, 10)) for group in groups]
    export_parcels(desk, tmp_path / "first")
    import_parcels(office, [tmp_path / "first"])
    yield Stage(tmp_path, office, desk, groups, meetings)
    for one in (office, desk):
        one.close()


def a_correction(stage: Stage, corrects: str) -> dict[str, Any]:
    group = stage.groups[0]
    block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member", "lines": [[0, -10000]]}
    body = {"group": group, "date": "2026-03-17", "how": "x", "members": stage.members(group)[:1], "entries": [block]}
    return {**body, "corrects": [corrects]}


CORRECTED: dict[str, Callable[[Stage], str]] = {
    "a number past every integer": lambda s: f"{s.meetings[0]}#{'9' * 20}",
    "a number of many thousand digits": lambda s: f"{s.meetings[0]}#{'9' * 5000}",
    "the first entry of the operation after it": lambda s: f"{s.meetings[0]}#4097",
    "an entry that is not there": lambda s: f"{s.meetings[0]}#77",
    "an entry of another group": lambda s: f"{s.meetings[1]}#1",
}


@pytest.mark.parametrize("what", list(CORRECTED))
def test_a_correction_takes_back_only_what_its_group_wrote(stage: Stage, what: str) -> None:
    before = [sums(stage.office, group) for group in stage.groups]
    forger = Forger(stage.desk)
    forger.write("correction", a_correction(stage, CORRECTED[what](stage)))
    taken = import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")]).value
    assert (taken.new, taken.quarantined) == (1, 1)
    assert stage.office.book.db.rows("SELECT * FROM corrected") == []
    assert [sums(stage.office, group) for group in stage.groups] == before
    assert check(stage.office.book) == []


def test_one_loan_is_one_groups(stage: Stage) -> None:
    """A loan made twice, or repaid into another group's box, waits; the first one counts."""
    forger = Forger(stage.desk)
    for group in stage.groups:
        block = {"accounts": ["principal", "box"], "kind": "loan", "by": "loan", "lines": [[0, 1000]]}
        made = {"loan": LOAN, "code": "L", "member": 0, "amount": 1000, "terms": {}}
        body = {"group": group, "date": "2026-03-18", "members": stage.members(group)[:1], "loans": [LOAN]}
        forger.write("between", {**body, "new_loans": [made], "entries": [block]})
    repaid = {"accounts": ["box", "principal"], "kind": "repayment", "by": "loan", "lines": [[0, 700]]}
    forger.write("between", {"group": stage.groups[1], "date": "2026-03-19", "loans": [LOAN], "entries": [repaid]})
    taken = import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")]).value
    assert (taken.new, taken.quarantined) == (3, 2)
    assert sums(stage.office, stage.groups[0])["principal"] == 1000
    assert "principal" not in sums(stage.office, stage.groups[1])
    assert check(stage.office.book) == []


def test_a_ledger_takes_entries_of_its_own_members_only(stage: Stage) -> None:
    """Also where the record writes her into the group by the way."""
    forger = Forger(stage.desk)
    first, second = stage.groups
    stranger = stage.members(second)[0]
    block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member", "lines": [[0, 500]]}
    body = {"group": first, "date": "2026-03-18", "members": [stranger], "entries": [block]}
    forger.write("between", body)
    forger.write("meeting", {**body, "held": True, "attendance": "p"})
    written_in = {"source": "s", "revisions": [["membership", stranger, "place", {"group": first}, []]]}
    forger.write("import", {**body, **written_in})
    before = [sums(stage.office, group) for group in stage.groups]
    taken = import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")]).value
    assert (taken.new, taken.quarantined) == (3, 3)
    assert [sums(stage.office, group) for group in stage.groups] == before
    codes = {code for (code,) in stage.office.book.db.rows("SELECT code FROM standing WHERE state = 2")}
    assert codes == {"groups-mixed"}


def test_parts_a_kind_does_not_have_wedge_nothing(stage: Stage) -> None:
    """A newer program may put anything there; receipts and digests go on."""
    forger = Forger(stage.desk)
    odd = {"entries": "garbage", "revisions": [1], "members": 5, "loans": None, "corrects": 7}
    forger.write("rules", {"group": stage.groups[0], "from": "2026-01-01", "content": {}, "saw": [], **odd})
    taken = import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")]).value
    assert (taken.new, taken.quarantined, taken.held) == (1, 0, 0)
    assert len(export_parcels(stage.office, stage.folder / "receipts").value) == 1
    exchange_store.buckets_within(stage.office.book.db, {})
    assert operations_of_groups(stage.office.book.db, stage.groups, "nobody")


def mangled(chance: Random, value: Any) -> Any:
    """The value with one node of it replaced, dropped or added."""
    odd = (None, True, -1, 2**53, "", "x" * 5000, "9999-12-31", "\u202e=1+1", [], {}, [[]], {"a": [None]}, LOAN)
    if not isinstance(value, dict | list) or not value or chance.random() < 0.2:
        return chance.choice(odd)
    copy = json.loads(json.dumps(value))
    if isinstance(copy, dict):
        name = chance.choice(sorted(copy))
        if chance.random() < 0.15:
            del copy[name]
        else:
            copy[name] = mangled(chance, copy[name])
        return copy
    place = chance.randrange(len(copy))
    copy[place] = mangled(chance, copy[place])
    return copy


def bodies(stage: Stage) -> dict[str, dict[str, Any]]:
    group = stage.groups[0]
    members = stage.members(group)
    [household] = stage.desk.book.db.row("SELECT gid FROM thing WHERE type = 'household'") or ()
    block = {"accounts": ["box", "saving.compulsory"], "kind": "saving", "by": "member", "lines": [[0, 5, {"text": 0}]]}
    ledger = {"group": group, "date": "2026-03-17", "members": members[:2], "entries": [block]}
    count = {"place": "box", "expected": 5, "notes": [[100, 2]]}
    return {
        "meeting": {**ledger, "held": True, "attendance": "pl", "represented": {"0": "x"}, "counts": [count],
                    "decisions": [{"text": 0, "for": 1}], "seen": stage.meetings[0], "next": "2026-04-01"},
        "correction": a_correction(stage, f"{stage.meetings[0]}#1"),
        "import": {**ledger, "source": "s", "keys": {"group": "g", "members": ["1", "2"]}},
        "profile": {"revisions": [["membership", members[0], "number", {"number": "7"}, []],
                                  ["household", household, "identity", {}, [], 0]],
                    "sealed": [[household, "identity", 1, "AAAA"]]},
        "rules": {"group": group, "from": "2026-01-01", "content": {"savings": []}, "saw": [], "vote": {"for": 1}},
        "settlement": {"difference": "x y", "choice": "both", "group": group, "links": [stage.meetings[0]]},
        "closing": {"group": group, "from": "2026-01-01", "until": "2026-02-01", "balances": [], "heads": [[]]},
        "note": {"household": household, "note": "n", "roles": ["r"]},
        "tombstone": {"type": "household", "id": household, "saw": []},
        "same-as": {"type": "household", "id": household, "other": household, "same": True},
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_mangled_records_are_kept_and_the_book_stays_sound(stage: Stage, seed: int) -> None:
    chance = Random(seed)
    forger = Forger(stage.desk)
    for _ in range(150):
        kind, body = chance.choice(sorted(bodies(stage).items(), key=lambda one: one[0]))
        for _ in range(chance.randrange(3)):
            body = mangled(chance, body)
        forger.write(kind, body)
    taken = import_parcels(stage.office, [forger.parcel(stage.office, stage.folder / "forged")]).value
    assert (taken.new, taken.refused) == (150, 0)
    assert taken.quarantined > 10
    assert check(stage.office.book) == []
    export_parcels(stage.office, stage.folder / "receipts")
    digest = book_digest(stage.office.book)
    stage.office.book.rebuild()
    assert book_digest(stage.office.book) == digest
    read_everything(stage.office, stage.groups, stage.folder)


def read_everything(desk: Desk, groups: tuple[str, ...], folder: Path) -> None:
    """What the pages and papers ask of a book."""
    for group in groups:
        ground_of(desk, group, date(2026, 6, 1))
        group_card(desk, group)
        for meeting in meeting_store.meetings(desk.book, group):
            minutes_of(desk, meeting.op)
            meeting_items(desk, meeting.op)
        for row in entry_store.entries(desk.book, group, entry_store.ALL):
            entry_detail(desk, row.name)
    print_passbooks(desk, folder / "books", Words("en"))
    loan_list(desk, only="all")
    for item in open_items(desk):
        difference_view(desk, item.name)
    inbox_view(desk)
    today(desk)


def test_a_receipt_of_a_life_the_office_has_left_says_nothing(stage: Stage) -> None:
    """The office was put back from a copy; its receipts from before the loss come up again on an old stick."""
    office, desk, group = stage.office, stage.desk, stage.groups[0]
    old = [sent.path for sent in export_parcels(office, stage.folder / "old").value]
    import_parcels(desk, old)
    office.book.begin_new_life(office.random_bytes)
    meet(desk, group, date(2026, 3, 17))
    export_parcels(desk, stage.folder / "mail")
    import_parcels(office, [stage.folder / "mail"])
    export_parcels(office, stage.folder / "new")
    import_parcels(desk, [stage.folder / "new"])
    before = exchange_store.mark(desk.book.db, desk.book.device, desk.book.epoch), desk.book.setting("office_epoch")
    import_parcels(desk, old)
    after = exchange_store.mark(desk.book.db, desk.book.device, desk.book.epoch), desk.book.setting("office_epoch")
    assert after == before
    assert before[1] == office.book.epoch


def test_a_record_written_after_another_past_waits_and_the_check_stays_clean(stage: Stage) -> None:
    """A laptop contradicts its own chain, once over a gap and once openly; the office's book is no worse for it."""
    village = {"revisions": [["village", "v" * 16, "place", {"name": "x"}, []]]}
    forger = Forger(stage.desk)
    forger.seq, forger.head = forger.seq + 2, b"\x07" * 32
    forger.write("profile", village)
    over_a_gap = forger.parcel(stage.office, stage.folder / "forged")
    honest = Forger(stage.desk)
    for _ in range(2):
        honest.write("profile", {"revisions": []})
    filling = honest.parcel(stage.office, stage.folder / "forged")
    openly = Forger(stage.desk)
    openly.seq, openly.head = honest.seq + 1, b"\x05" * 32
    openly.write("profile", village)
    held = import_parcels(stage.office, [over_a_gap]).value
    assert (held.new, held.held) == (1, 1)
    for file in (filling, openly.parcel(stage.office, stage.folder / "forged")):
        import_parcels(stage.office, [file])
    states = dict(stage.office.book.db.rows("SELECT code, count(*) FROM standing WHERE state > 0 GROUP BY code"))
    assert states == {"forked": 2}
    assert check(stage.office.book) == []
    digest = book_digest(stage.office.book)
    stage.office.book.rebuild()
    assert book_digest(stage.office.book) == digest
