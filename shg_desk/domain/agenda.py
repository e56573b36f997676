"""What a meeting goes through by its group's rules and standing: when each point of the agenda has its place there."""

from __future__ import annotations

from datetime import date

from shg_desk.domain.sheet import Ground

SOON_DAYS = 30
"""So many days before its end a cycle or an officer's term is a matter for the meeting."""

ALWAYS = "always"


def ends_soon(until: date, on: date) -> bool:
    """True from `SOON_DAYS` before a last day on, also after it: it is due until something is done."""
    return (until - on).days <= SOON_DAYS


def due(ground: Ground) -> frozenset[str]:
    """The conditions that hold on a ground: `quorum`, `savings`, `shares`, `social`, `fines`, `repayments`, `loans`,
    `difference`, `cycle-ending`, `terms-ending`, and `always`. A group without rules may do anything usual.
    """
    rules, free = ground.rules, ground.rules.none
    holds = {
        ALWAYS: True,
        "quorum": bool(rules.quorum_percent),
        "savings": bool(rules.savings) or free,
        "shares": bool(rules.share_price_minor),
        "social": bool(rules.social_minor) or free,
        "fines": bool(rules.fines) or any(member.fines_owed_minor > 0 for member in ground.members),
        "repayments": any(member.loans for member in ground.members),
        "loans": bool(rules.loan_terms) or free,
        "difference": bool(ground.open_difference_minor),
        "cycle-ending": rules.cycle_until is not None and ends_soon(rules.cycle_until, ground.on),
        "terms-ending": bool(ground.terms_ending),
    }
    return frozenset(when for when, is_so in holds.items() if is_so)
