"""A death is settled on no day before the last money of hers that is recorded: it would be reckoned twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from mourning import DECIDED
from mourning import DIED
from mourning import of
from mourning import village

from shg_desk.actions.between import Between
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_estate import death_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import groups as group_store

PAID = date(2026, 6, 8)


def test_what_the_family_paid_after_the_decision_is_not_taken_from_the_heirs_again(tmp_path: Path) -> None:
    """Saved 2000, lent 900 with 18 of interest due before she died, which the family brings on 8 June: 2000 - 900."""
    desk = make_desk(tmp_path, day=date(2026, 6, 12))
    group = make_group(desk)
    member = group_store.memberships(desk.book, group)[0].id
    write_between(desk, Between(group, date(2026, 3, 5), "saving", 200_000, member))
    write_between(desk, Between(group, date(2026, 4, 9), "loan", 90_000, member))
    write_between(desk, Between(group, PAID, "repayment", 1_800, member))
    [loan] = [debt.key for debt in death_view(desk, member, DIED, PAID).estate.debts]
    with pytest.raises(KnownError) as told:
        preview_death(desk, Death(member, DIED, DECIDED, {loan: "set-off"}))
    [problem] = told.value.problems
    assert (problem.code, problem.where) == (Code.SETTLED_BEFORE_RECORDS, "settled_on")
    assert sentence(Words("en"), problem).endswith("Say that it was decided on 08.06.2026 or later.")
    ahead = preview_death(desk, Death(member, DIED, PAID, {loan: "set-off"}))
    assert ahead.settled.payable_minor == 110_000
    write_death(desk, Death(member, DIED, PAID, {loan: "set-off"}), seen=ahead.settled)
    assert of(desk, group, member) == {"payable": -110_000}
    desk.close()


def test_a_payment_taken_back_stands_in_no_ones_way(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=date(2026, 6, 12))
    group, member = village(desk)
    paid = write_between(desk, Between(group, PAID, "repayment", 31_800, member)).value.name
    take_back(desk, str(paid), "it was somebody else")
    assert preview_death(desk, Death(member, DIED, DECIDED)).settled.payable_minor == 200_000
    desk.close()
