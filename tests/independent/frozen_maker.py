"""Makes the example files of format 1 with test keys: a book, a parcel of each kind, a backup, and what they hold.

Run as a script with a folder to freeze them. They are made once and read for ever; a later program reads these very
bytes.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from random import Random

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.backup import backup
from shg_desk.store.ledger import balances
from shg_desk.sync.keyslots import Cost

PASSPHRASE = "test keys only"
NAMES = ("Субанова Гүлнара", "Бакыт кызы Айгүл", "Жапарова Бактыгүл")


def desk(folder: Path, name: str, role: str, clock: DemoClock) -> Desk:
    chance = Random(f"frozen {name}")
    new = NewBook(folder / f"{name}.shgbook", role, name, PASSPHRASE, "KGS", practice=True)
    return make_book(new, clock=clock, random_bytes=chance.randbytes, cost=Cost(1024, 1, 1)).desk


def make(folder: Path) -> None:
    """Fills the folder: `first.shgbook`, `*.shgb` of every kind, `first.shgbackup`, `keys.json`, `holds.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = DemoClock(date(2026, 3, 1))
    office, first, second = (desk(folder, *who, clock) for who in WHO)
    for one in (first, second):
        request = folder / f"{one.book.setting('name')}-request.shgb"
        grant = folder / f"{one.book.setting('name')}-grant.shgb"
        digits = request_enrolment(one, request).value.fingerprint
        grant_enrolment(office, request, grant, groups=("A-1",), typed_fingerprint=digits)
        accept_grant(one, grant)
    group = _group(first)
    for number, day in enumerate((date(2026, 3, 12), date(2026, 3, 26))):
        clock.move(day)
        record_meeting(first, _sheet(group, day, number))
    [ops] = export_parcels(first, folder).value
    ops.path.rename(folder / "ops.shgb")
    import_parcels(office, [folder / "ops.shgb"])
    for sent in export_parcels(office, folder).value:
        name = "return" if sent.to == first.book.device else "second-return"
        sent.path.rename(folder / f"{name}.shgb")
    import_parcels(first, [folder / "return.shgb"])
    import_parcels(second, [folder / "second-return.shgb"])
    [colleague] = export_colleague(first, folder).value
    colleague.path.rename(folder / "colleague.shgb")
    backup(first.book, first.book_key, folder, "first", clock()[0])
    _write_down(folder, office, first, second)
    for one in (office, first, second):
        one.close()
    for name in ("office", "first", "second"):
        for part in ("inbox", "outbox", "backups"):
            for left in (folder / f"{name}.shgbook" / part).iterdir():
                left.unlink()


WHO = (("office", "office"), ("first", "desk"), ("second", "desk"))


def _group(first: Desk) -> str:
    group = register_group(first, NewGroup("A-1", "Ырыс", smallest_minor=100, formed_on=date(2026, 3, 1))).value
    content = {
        "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}],
        "social": "20",
        "fines": {"late": "40"},
        "loan": {"rate": "2", "method": "flat", "instalments": 3},
        "quorum_percent": 66,
    }
    set_rules(first, group, content, date(2026, 3, 1))
    for number, name in enumerate(NAMES, start=1):
        made = register_household(first, NewHousehold(f"H-{number}", persons=[NewPerson(name)])).value
        add_member(first, NewMember(group, str(number), made.persons[0], made.household))
    return group


def _sheet(group: str, day: date, number: int) -> Sheet:
    ins = (In("saving", 10000, product="compulsory"), In("social", 2000))
    rows = [SheetRow(str(n), Attendance.PRESENT, ins=ins) for n in (1, 2, 3)]
    if number == 0:
        rows[1] = SheetRow("2", Attendance.LATE, ins=(*ins, In("fine", 4000, why="late")), outs=(Out("loan", 30000),))
        notes, differences = {5000: 1, 2000: 2}, (NamedDifference(-1000, "кассада жетпейт"),)
    else:
        rows[1] = SheetRow("2", Attendance.PRESENT, ins=(*ins, In("repayment", 10600)))
        notes, differences = {50000: 1, 5000: 1, 500: 1, 100: 1}, ()
    count = Count(notes=notes)
    decisions = (Decision("Карыз берүү", 3, 0, 0, "loan-approved"),)
    return Sheet(
        group,
        day,
        rows=tuple(rows),
        counts=(count,),
        differences=differences,
        decisions=decisions,
        number=str(number + 1),
    )


def _write_down(folder: Path, office: Desk, first: Desk, second: Desk) -> None:
    keys = {
        "passphrase": PASSPHRASE,
        "office": office.office_keys().current.secret,
        "office_minisign": office.office_keys().signing.public,
        "first": first.device_keys().age.secret,
        "first_minisign": first.device_keys().signing.public,
        "second": second.device_keys().age.secret,
    }
    (folder / "keys.json").write_text(json.dumps(keys, indent=1) + "\n")
    held = [
        [one.account.group, one.account.code, one.account.owner, one.amount_minor]
        for one in balances(first.book)
        if one.amount_minor
    ]
    (folder / "holds.json").write_text(json.dumps(sorted(held, key=str), indent=1) + "\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
