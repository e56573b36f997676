r"""New keys of an office: what the keys known before sign about the ones after them.

**Statement**: five lines of text, the four of a minisign signature by the key known before, with the trusted comment
`shgb/1 kind=successor from=<office> to=<device> bundle=<id of the return>`, and a canonical line of `device`, `office`
{`code` `name` `age`: [current, next] `minisign` `recovery`}. It stands in a return's manifest, under `successor`, as
`statement`; beside it `confirmed`, the four lines of the new key's signature over the same line with the same comment.
Who does not know that field goes on with the keys known before.
"""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.sync import keys
from shg_desk.sync.enrolment import Office
from shg_desk.sync.enrolment import read_office
from shg_desk.sync.envelope import Comment
from shg_desk.sync.envelope import read_comment
from shg_desk.sync.fields import code
from shg_desk.sync.fields import mapping
from shg_desk.sync.fields import text
from shg_desk.sync.keys import SignPair
from shg_desk.sync.label import refused

KIND = "successor"


def make_statement(
    office: Office, device: str, bundle: str, before: SignPair, after: SignPair
) -> dict[str, canonical.Json]:
    """What `before`, the key a device knows, says of the office's present keys, and `after`, the present one, too."""
    line = canonical.encode({"device": device, "office": office.fields()}) + b"\n"
    comment = Comment(KIND, office.code, device, bundle).text()
    stated, confirmed = keys.sign(before, line, comment), keys.sign(after, line, comment)
    return {"statement": (stated + line).decode(), "confirmed": confirmed.decode()}


def read_statement(told: Mapping[str, canonical.Json], office: str, device: str, bundle: str, before: str) -> Office:
    """The office's new keys, told to this device in this return by the minisign key `before` of this office.

    Raises KnownError BUNDLE_FORGED for anything else.
    """
    try:
        signature, line = keys.split_signature(text(told, "statement").encode())
        confirmed, rest = keys.split_signature(text(told, "confirmed").encode())
        if rest or not keys.holds(before, line, signature) or not line.endswith(b"\n"):
            raise ValueError("not by the key known")
        found = canonical.parse(line[:-1])
        new = read_office(mapping(found, "office"))
        if not keys.holds(new.minisign, line, confirmed):
            raise ValueError("not by the new key")
        if {read_comment(one) for one in (signature, confirmed)} != {Comment(KIND, office, device, bundle)}:
            raise ValueError("a signature over something else")
        if new.code != office or code(found, "device") != device:
            raise ValueError("of another office, or for another device")
    except ValueError as error:
        raise refused(Code.BUNDLE_FORGED, part=KIND, sender=office) from error
    return new
