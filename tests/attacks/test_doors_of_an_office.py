"""What an office takes no notice of: parcels of other kinds, receipts it never gave, older words of a register."""

from __future__ import annotations

from pathlib import Path

from forging import AT
from three_desks import DAY
from three_desks import Three
from three_desks import met
from three_desks import trip

from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import as_line
from shg_desk.actions.parcel_writing import new_manifest
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.domain.problems import Code
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.envelope import Comment
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.sections import RefLine


def written(folder: Path, sender: Desk, to: Desk, manifest: Manifest, contents: Contents) -> Path:
    signing = (sender.office_keys() if sender.is_office else sender.device_keys()).signing
    recipients = to.office_keys().recipients if to.is_office else (to.device_keys().age.recipient,)
    (file,) = seal_parcel(manifest, contents, signing=signing, recipients=recipients)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file.name).write_bytes(file.content)
    return folder / file.name


def test_an_office_reads_no_colleagues_parcel(three: Three, tmp_path: Path) -> None:
    """A true record of a laptop's own group, addressed to the code under which the office itself writes."""
    office, first, _, group = three
    before = log.tip(first.book.db, first.book.device, first.book.epoch).seq
    met(first, group, DAY)
    ops = log.between(first.book.db, first.book.device, first.book.epoch, before + 1, before + 1)
    manifest = Manifest(Comment(COLLEAGUE, first.book.device, office.book.device, "forged0000000000"), AT, "x", 1)
    file = written(tmp_path / "f", first, office, manifest, Contents(relays=[as_line(op) for op in ops]))
    came = import_parcels(office, [file]).value
    assert ([one.code for one in came.problems], came.new) == ([Code.BUNDLE_FOR_ANOTHER], 0)


def test_a_receipt_number_the_office_never_gave_is_not_heard(three: Three, tmp_path: Path) -> None:
    """Its next real receipts would count as read, and what they carry would never go again."""
    office, first, second, _ = three
    trip(office, first, second)
    given = int(office.book.setting("return_no") or 0)
    known = exchange_store.device(office.book.db, first.book.device)
    assert known is not None
    for told, heard in ((given + 1, known.newest_return), (given, given)):
        code = office.book.setting("office_code") or ""
        manifest = new_manifest(first, OPS, first.book.device, code, newest_return=told)
        import_parcels(office, [written(tmp_path / f"f{told}", first, office, manifest, Contents())])
        after = exchange_store.device(office.book.db, first.book.device)
        assert after is not None
        assert after.newest_return == heard


def test_an_older_word_of_the_register_never_replaces_a_newer_one(three: Three, tmp_path: Path) -> None:
    """A receipt that is newer by its number says an older version: what it lists is not believed."""
    office, first, second, group = three
    trip(office, first, second)
    version = int(first.book.setting("registry") or 0)
    known = exchange_store.granted_codes(first.book.db, first.book.device)
    for told, listed in ((version - 1, {}), (version, {"Z-9": "z" * 16})):
        number = int(first.book.setting("return_no") or 0) + 1
        sender = office.book.setting("office_code") or ""
        manifest = new_manifest(office, RETURN, sender, first.book.device, return_no=number)
        content = {"groups": [["A-1", group], ["Z-9", "z" * 16]], "colleagues": [], "office": office.book.device}
        contents = Contents(refs=[RefLine("register", told, content)])
        came = import_parcels(first, [written(tmp_path / f"r{told}", office, first, manifest, contents)]).value
        assert came.refused == 0
        assert exchange_store.granted_codes(first.book.db, first.book.device) == known | listed
        assert first.book.setting("registry") == str(version)
