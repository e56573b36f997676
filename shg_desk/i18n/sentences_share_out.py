"""Sentences about what is paid out to members: their savings, a share-out, and what is owed to them of one."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

SHARE_OUT: Mapping[Code, tuple[Sentence, ...]] = {
    Code.PRODUCT_NOT_NAMED: (
        N_("Member № {member} has savings of several kinds: {products}. It was not written. Say which are paid out."),
        N_("This member has savings of several kinds. It was not written. Say which are paid out."),
    ),
    Code.BELOW_ZERO_LATER: (
        N_(
            "Member № {member} would be at {amount} on {date}, for later records took of it already. Nothing was "
            "written. Lower the sum, or correct the later record first."
        ),
        N_("A later record took of it already. Nothing was written. Lower the sum, or correct the later record first."),
    ),
    Code.LEFT_WITH_SAVINGS: (
        N_(
            "Member № {member} still has {saved} saved in the group. She is written down as left, and the savings stay "
            "hers: pay them out between meetings, or at a meeting in the column of what is withdrawn."
        ),
        N_("She is written down as left, and has savings in the group: pay them out between meetings or at a meeting."),
    ),
    Code.LEFT_UNSETTLED: (
        N_(
            "Member № {member} owes {owes}, and {owed} beside her savings are hers: paid too much, or not paid out "
            "yet. She is written down as left; settle it with her, her page shows what it is."
        ),
        N_("Member № {member} still owes {owes}. She is written down as left, and what she owes stays hers to bring."),
        N_(
            "Beside her savings {owed} are still member № {member}'s: paid too much, or not paid out yet. She is "
            "written down as left; settle it with her, her page shows what it is."
        ),
        N_("She is written down as left, and not everything is settled with her: her page shows what it is."),
    ),
    Code.WITHDRAWAL_TOO_LARGE: (
        N_(
            "Member № {member} has {saved} of these savings and {in_all} in all: less than this withdrawal. "
            "It was not written. Lower the sum, or take it from the other savings."
        ),
        N_(
            "Member № {member} has {saved} of these savings, and all her savings together leave {together}: less than "
            "is to be paid out. It was not written. Lower the sum."
        ),
        N_("Member № {member} has saved {saved}, less than this withdrawal. It was not written. Lower the sum."),
        N_("This withdrawal is more than the member has saved. It was not written. Lower the sum."),
    ),
    Code.PAYABLE_TOO_MUCH: (
        N_("{left} is still to be paid out to member № {member}, less than this. It was not written. Lower the sum."),
        N_("This is more than is still to be paid out to the member. It was not written. Lower the sum."),
    ),
    Code.SHARE_OUT_PERMANENT: (
        N_(
            "This group is a permanent fund: its savings stay together and it has no share-out. "
            "Distributing its profit comes with a later version."
        ),
    ),
    Code.SHARE_OUT_NOT_RULED: (
        N_("The rules of this group name no share-out. Nothing was written. Choose the share-out cycle in them."),
    ),
    Code.SHARE_OUT_RULES_OPEN: (
        N_("Two versions of the rules stand beside each other. Nothing was written. Settle which one holds: Rules."),
    ),
    Code.SHARE_OUT_LATER: (
        N_(
            "Money was written for {last}, after this day. Nothing was written. "
            "Choose the day of the newest record or a later one."
        ),
        N_("Money was written for a later day. Nothing was written. Choose the day of the newest record or later."),
    ),
    Code.SHARE_OUT_DIFFERENCE: (
        N_(
            "A cash difference of {left} is open. Nothing was written. "
            "Settle it first, at a meeting or between meetings."
        ),
        N_("A cash difference is open. Nothing was written. Settle it first, at a meeting or between meetings."),
    ),
    Code.SHARE_OUT_NOTHING: (
        N_(
            "There is no money to share out, or nobody has saved. Nothing was written. "
            "Look at what lies in the box, and at what is kept back."
        ),
    ),
    Code.SHARE_OUT_NOT_IN_BOX: (
        N_(
            "The box holds {left} less than is to be handed out. Nothing was written. "
            "Bring the group's money into the box first, between meetings."
        ),
        N_("The box does not hold what is handed out. Nothing was written. Bring the group's money into it first."),
    ),
    Code.SHARE_OUT_NOT_COUNTED: (
        N_("The money was not counted on {date}, or does not agree. Nothing was written. Count it first: F8."),
        N_("The money was not counted that day, or does not agree. Nothing was written. Count it first: F8."),
    ),
    Code.SHARE_OUT_NOT_VOTED: (
        N_("A share-out is voted. Nothing was written. Type how many were for it; they have to be more than against."),
    ),
    Code.SHARE_OUT_PAID_TOO_MUCH: (
        N_(
            "Member № {member} paid {amount} more than she owed of a loan, of fines or from her hands. It is hers and "
            "given back with her part. Where a payment stands twice, take one of the two back first: her page shows it."
        ),
        N_("A member paid more than she owed. It is given back with her part. Look first whether it stands twice."),
    ),
    Code.SHARE_OUT_GOT_TOO_MUCH: (
        N_(
            "Member № {member} was paid out {amount} more than was hers. It goes off her part, and what her part does "
            "not cover she still owes. Where a payment stands twice, take one of the two back first: her page shows it."
        ),
        N_("A member was paid out more than was hers. It goes off her part. Look first whether it stands twice."),
    ),
    Code.BEFORE_SHARE_OUT: (
        N_(
            "{date} lies before the share-out of {shared}: what is written now is in nobody's part, it goes to the new "
            "cycle. Check the date."
        ),
        N_("This lies before a share-out that is already written: it is in nobody's part. Check the date."),
    ),
    Code.SHARE_OUT_CHANGED: (
        N_("Something was written since this was shown. The share-out was not written. Look at it again with F10."),
    ),
    Code.SHARE_OUT_NONE: (N_("This group has no share-out of that day. Choose another day."),),
}
