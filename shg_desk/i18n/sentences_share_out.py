"""Sentences about a share-out and about what is owed to members and not paid out yet."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

SHARE_OUT: Mapping[Code, tuple[Sentence, ...]] = {
    Code.PAYABLE_TOO_MUCH: (
        N_("{left} is still to be paid out to member № {member}, less than this. It was not written. Lower the sum."),
        N_("This is more than is still to be paid out to the member. It was not written. Lower the sum."),
    ),
}
