"""Makes the example of a parcel of pictures: the records that name them, the parcel, and test keys to open both.

Run as a script with a folder to freeze them; they are made once and read for ever.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import frozen_maker
from PIL import Image
from PIL import ImageDraw

from shg_desk.actions.demo import DemoClock
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.photos import add_photos

DAY = date(2026, 3, 12)
SIZES = ((480, 640), (640, 480))
CAPTION = "кол коюлган барак"


def make(folder: Path) -> None:
    """Fills the folder: `pictures-ops.shgb`, `pictures-files.shgb`, `pictures-keys.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = DemoClock(date(2026, 3, 1))
    office, first = (frozen_maker.desk(folder, *who, clock) for who in frozen_maker.WHO[:2])
    request, grant = folder / "request", folder / "grant"
    digits = request_enrolment(first, request).value.fingerprint
    grant_enrolment(office, request, grant, groups=("A-1",), typed_fingerprint=digits)
    accept_grant(first, grant)
    clock.move(DAY)
    meeting = record_meeting(first, frozen_maker._sheet(frozen_maker._group(first), DAY, 0)).value.name
    assert meeting is not None
    pages = []
    for number, size in enumerate(SIZES, 1):
        picture = Image.new("RGB", size, (240, 238, 230))
        ImageDraw.Draw(picture).text((40, 40), f"page {number}", fill=(20, 20, 60), font_size=40)
        picture.save(folder / f"{number}.png")
        pages.append(folder / f"{number}.png")
    add_photos(first, meeting, pages, CAPTION)
    for sent in export_parcels(first, folder).value:
        sent.path.rename(folder / f"pictures-{sent.kind}.shgb")
    keys = {
        "office": office.office_keys().current.secret,
        "first_minisign": first.device_keys().signing.public,
        "meeting": meeting,
    }
    (folder / "pictures-keys.json").write_text(json.dumps(keys, indent=1) + "\n")
    for one in (office, first):
        one.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
