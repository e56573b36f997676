"""What tells loans of one code apart, whatever day is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from shg_desk.domain.entries import KIND_NUMBER
from shg_desk.domain.loan_names import Given
from shg_desk.domain.loan_names import loan_names
from shg_desk.domain.money import major
from shg_desk.store.db import Db

LENT = frozenset({KIND_NUMBER["loan"], KIND_NUMBER["opening"]})
"""The entries that hand out a loan, or take over what was handed out before."""


def shared_codes(db: Db, groups: Iterable[str]) -> dict[str, str]:
    """Of the loans of some groups (ids) that have a code together with another one what each is called, by its id.

    One whose handing out was taken back keeps its code and takes it from nobody.
    """
    wanted = sorted(set(groups))
    rows = db.rows(
        "WITH mine AS (SELECT t.id FROM json_each(:groups) j CROSS JOIN thing t ON t.type = 'group' "
        "AND t.gid = j.value) SELECT l.shg, t.gid, l.code, l.day, l.principal, ifnull(s.minor_digits, 2) FROM loan l "
        "JOIN thing t ON t.id = l.thing LEFT JOIN shg s ON s.thing = l.shg WHERE l.shg IN mine AND (l.shg, l.code) IN "
        "(SELECT shg, code FROM loan WHERE shg IN mine GROUP BY shg, code HAVING count(*) > 1) AND 0 < "
        "(SELECT sum(p.amount) FROM account a JOIN posting p ON p.account = a.id JOIN entry e ON e.id = p.entry "
        "WHERE a.shg = l.shg AND a.code = 'principal' AND ifnull(a.owner, 0) = l.thing "
        f"AND e.kind IN ({', '.join(map(str, sorted(LENT)))}))",
        {"groups": json.dumps(wanted)},
    )
    given: dict[int, list[Given]] = {}
    for group, loan, code, day, principal, digits in rows:
        given.setdefault(group, []).append((loan, code, date.fromordinal(day), major(principal, digits)))
    return {loan: name for own in given.values() for loan, name in loan_names(own).items()}
