"""Sentences about the death of a member: what has to be put right before it can be recorded, or taken back."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

DEATH: Mapping[Code, tuple[Sentence, ...]] = {
    Code.DEATH_RECORDED: (
        N_("She is marked as having died on {died}. Nothing was written. Take that back first if the day is wrong."),
        N_("She is marked as having died on another day. Nothing was written. Take that back first if it is wrong."),
    ),
    Code.DEATH_NOT_RECORDED: (N_("This member is not marked as having died. Nothing was written."),),
    Code.LEFT_BEFORE_DEATH: (
        N_("She left the group on {left} and was no member on this day. Nothing was written. Look at the day."),
        N_("She had left the group before this day. Nothing was written. Look at the day."),
    ),
    Code.RECORDS_AFTER_DEATH: (
        N_(
            "On {date} a record has her as a living member, after {died}. Nothing was written. Correct that meeting "
            "first: mark her as excused and take her money out of it. Or look at the day of her death."
        ),
        N_(
            "A later record has her as a living member. Nothing was written. Correct that meeting first, or look at "
            "the day of her death."
        ),
    ),
    Code.SETTLED_BEFORE_DEATH: (
        N_("The group cannot have settled it on {date}, before {died}. Nothing was written. Correct one of the days."),
        N_("The group cannot have settled it before she died. Nothing was written. Correct one of the days."),
    ),
    Code.SETTLED_BEFORE_RECORDS: (
        N_(
            "Money of hers is recorded on {last}, after {date}, and would be reckoned twice. Nothing was written. Say "
            "that it was decided on {last} or later."
        ),
        N_("Money of hers is recorded after this day. Nothing was written. Say that it was decided on a later day."),
    ),
    Code.DEATH_NOT_VOTED: (
        N_(
            "A debt is forgiven by vote, and nothing is settled against one. Nothing was written. Type how many were "
            "for it; they have to be more than against."
        ),
    ),
    Code.DEATH_CHANGED: (
        N_("Something was written since this was shown. Her death was not written. Look at it again with F10."),
    ),
    Code.IN_ANOTHER_GROUP: (
        N_("She is also a member of {group}: what she has and owes there is settled on her page there."),
        N_("She is also a member of another group: what she has and owes there is settled on her page there."),
    ),
    Code.DEBT_UNKNOWN: (
        N_("She has no debt “{debt}” that can be decided on like this. Nothing was written. Choose among her debts."),
        N_("She has no such debt. Nothing was written. Choose among her debts."),
    ),
    Code.GRANT_TOO_LARGE: (
        N_("The grant of {amount} is more than there is: at most {most}. Nothing was written. Lower the grant."),
        N_("The grant is more than there is in the social fund and the box. Nothing was written. Lower the grant."),
    ),
}
