"""The division of a share-out against published figures, a plain search over who is set off whole, and what must hold
of every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meeting_grounds import member
from meeting_grounds import rules
from meeting_grounds import yrys

from shg_desk.domain.entries import expand
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.money import Currency
from shg_desk.domain.share_out import share_out
from shg_desk.domain.share_plan import Claim
from shg_desk.domain.share_plan import Cut
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.share_plan import divide
from shg_desk.domain.share_plan import plan_share_out
from shg_desk.domain.share_record import Vote
from shg_desk.domain.share_record import moves_into_box
from shg_desk.domain.share_record import write_share_out
from shg_desk.domain.sheet import Ground

FIVE = {"A": 45, "B": 60, "C": 33, "D": 52, "E": 17}


def claim(name: str, weight: int, own: int = 0, owes: int = 0) -> Claim:
    return Claim(name, (name,), weight, own, owes)


def nets(found: dict[str, Cut] | None) -> dict[str, int]:
    assert found is not None
    return {name: cut.net_minor for name, cut in found.items()}


# the slow way -------------------------------------------------------------------------------------------------------


def searched(cash: int, claims: Sequence[Claim], unit: int) -> dict[str, tuple[int, int, int]] | None:
    """Every choice of who is set off whole is tried; of those that fit the one with the largest value of a weight."""
    cash -= cash % unit
    best: tuple[Fraction, tuple[bool, ...]] | None = None
    for whole in product((False, True), repeat=len(claims)):
        free = [one for one, is_whole in zip(claims, whole, strict=True) if not is_whole]
        weights = sum(one.weight for one in free)
        if not weights:
            continue
        value = Fraction(cash + sum(one.owes_minor for one in free) - sum(one.own_minor for one in free), weights)
        parts = [one.own_minor + one.weight * value for one in claims]
        fits = value >= 0 and all(
            (one.owes_minor > part) == is_whole for one, part, is_whole in zip(claims, parts, whole, strict=True)
        )
        if fits and (best is None or value > best[0]):
            best = (value, whole)
    if best is None or not cash:
        return None
    value, whole = best
    exact = {
        one: one.own_minor + one.weight * value - one.owes_minor
        for one, is_whole in zip(claims, whole, strict=True)
        if not is_whole
    }
    given_ = dict.fromkeys(exact, 0)
    for _ in range(cash // unit):  # one note after the other to her who is furthest below what is hers
        furthest = min(exact, key=lambda one: (given_[one] - exact[one], one.tie))
        given_[furthest] += unit
    found = {}
    for one in claims:
        part = one.own_minor + one.weight * value
        if one in given_:
            found[one.id] = (given_[one] + one.owes_minor, one.owes_minor, given_[one])
        else:
            found[one.id] = (part.numerator // part.denominator, part.numerator // part.denominator, 0)
    return found


amounts = st.integers(0, 3_000)
some = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 300), amounts), min_size=1, max_size=5)


@given(st.integers(1, 4_000), some, st.sampled_from([1, 7, 50, 100]))
def test_it_is_what_a_plain_search_finds(cash: int, stands: list[tuple[int, int, int]], unit: int) -> None:
    claims = [claim(f"m{n}", *one) for n, one in enumerate(stands)]
    found = divide(cash, claims, unit)
    slow = searched(cash, claims, unit)
    if found is None:
        assert slow is None or sum(one.weight for one in claims) == 0
        return
    assert slow == {name: (cut.part_minor, cut.set_off_minor, cut.net_minor) for name, cut in found.items()}


@given(st.integers(1, 10**9), some, st.sampled_from([1, 100, 500]))
def test_what_holds_of_every_division(cash: int, stands: list[tuple[int, int, int]], unit: int) -> None:
    claims = {f"m{n}": claim(f"m{n}", *one) for n, one in enumerate(stands)}
    found = divide(cash, list(claims.values()), unit)
    if found is None:
        return
    assert 0 <= cash - sum(cut.net_minor for cut in found.values()) < unit, "cash is hand-outs and less than a note"
    for name, cut in found.items():
        assert cut.net_minor >= 0
        assert cut.net_minor % unit == 0
        assert cut.part_minor == cut.set_off_minor + cut.net_minor
        assert 0 <= cut.set_off_minor <= claims[name].owes_minor
        assert cut.net_minor == 0 or cut.set_off_minor == claims[name].owes_minor, "who owes on is handed nothing"


@given(
    st.integers(1, 10**8),
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 900), min_size=1),
    st.sampled_from([1, 100]),
)
def test_without_debts_it_is_the_split_of_calc_share_out(cash: int, shares: dict[str, int], unit: int) -> None:
    found = divide(cash, [claim(name, n) for name, n in shares.items()], unit)
    expected = dict(share_out(cash, shares, unit).payouts)
    assert (nets(found) if found else dict.fromkeys(shares, 0)) == expected


@given(st.integers(100, 10**5), st.lists(st.integers(0, 20), min_size=7, max_size=7))
def test_with_debts_below_the_parts_it_is_that_split_of_cash_and_debts(cash: int, owes: list[int]) -> None:
    shares = dict(zip("ABCDEFG", (45, 60, 33, 52, 17, 8, 21), strict=True))
    debts = {name: 100 * n for name, n in zip(shares, owes, strict=True)}
    expected = share_out(100 * cash + sum(debts.values()), shares, 100, debts)
    if expected.still_owes or any(debts[name] > part - 100 for name, part in expected.parts.items()):
        return
    found = divide(100 * cash, [claim(name, n, owes=debts[name]) for name, n in shares.items()], 100)
    assert nets(found) == dict(expected.payouts)


def test_published_figures() -> None:
    assert nets(divide(5_400_00, [claim("member", 45), claim("others", 855)]))["member"] == 270_00
    five = [claim(name, n) for name, n in FIVE.items()]
    assert list(nets(divide(31_234_50, five, 100)).values()) == [6790_00, 9054_00, 4979_00, 7846_00, 2565_00]


def test_a_debt_above_the_part_stays_and_the_others_share_what_there_is() -> None:
    # by hand: B owes 900. Cash 600, and A and C owe 60 and nothing: 660 for 30 shares, 22 a share. B's 10 are 220.
    found = divide(600, [claim("A", 10, owes=60), claim("B", 10, owes=900), claim("C", 20)])
    assert found == {"A": Cut(220, 60, 160), "B": Cut(220, 220, 0), "C": Cut(440, 0, 440)}


def test_ties_go_by_name_father_and_number() -> None:
    ask = [Claim("x", ("Айгүл", "Б", "2"), 1), Claim("y", ("Айгүл", "Б", "1"), 1), Claim("z", ("Айгүл", "А", "3"), 1)]
    assert nets(divide(1, ask)) == {"x": 0, "y": 0, "z": 1}
    assert nets(divide(2, ask)) == {"x": 0, "y": 1, "z": 1}


def test_nothing_to_share_out() -> None:
    assert divide(0, [claim("A", 1)]) is None
    assert divide(100, [claim("A", 0)]) is None
    assert divide(100, [claim("A", 1, own=300)]) is None
    for wrong in ((1, [claim("A", -1)], 1), (1, [claim("A", 1, owes=-1)], 1), (1, [claim("A", 1)], 0)):
        with pytest.raises(ValueError, match="negative"):
            divide(*wrong)


# a group ------------------------------------------------------------------------------------------------------------

BY_SHARES = rules(lifecycle="share-out", savings=[], share={"price": "50", "min": 1, "max": 5})


def group(**changes: object) -> Ground:
    """Three members hold 10, 20 and 30 shares of 50; 20 000 som lie in the box, 1 000 of it the social fund's."""
    held = [member(n, name, saved_minor={"share": 50_000 * n}) for n, name in enumerate(("А", "Б", "В"), start=1)]
    base = yrys(members=0, dues={}, places_minor={"box": 2_000_000}, rules=BY_SHARES)
    ground = replace(base, members=tuple(held), social_minor=100_000)
    return replace(ground, **changes)  # type: ignore[arg-type]


def by_number(plan: SharePlan | None) -> dict[str, tuple[int, int, int, int]]:
    """Part, set off, net, still owed."""
    assert plan is not None
    return {one.member.number: (one.part_minor, one.set_off_minor, one.net_minor, one.owes_minor) for one in plan.parts}


def test_by_shares_the_social_fund_lenders_and_what_is_kept_stay_out() -> None:
    plan = plan_share_out(group(lenders_minor={"X-1": 300_000}), kept_minor=400_000, others_minor=60_000)
    assert plan is not None
    assert plan.cash_minor == 2_000_000 - 100_000 - 300_000 - 400_000 - 60_000
    assert (plan.by, [one.shares for one in plan.parts]) == ("shares", [10, 20, 30])
    assert [one.net_minor for one in plan.parts] == [190_000, 380_000, 570_000]
    assert [one.profit_minor for one in plan.parts] == [140_000, 280_000, 420_000]
    assert (plan.sums.handed_minor, plan.sums.later_minor, plan.rest_minor) == (1_140_000, 0, 0)


def test_a_loss_is_borne_by_the_shares() -> None:
    plan = plan_share_out(group(places_minor={"box": 160_050}))
    assert plan is not None
    assert [one.net_minor for one in plan.parts] == [10_000, 20_000, 30_000]
    assert sum(one.profit_minor for one in plan.parts) == -240_000
    assert plan.rest_minor == 50


def test_other_savings_are_given_back_as_they_are_while_there_is_enough() -> None:
    ground = group()
    first = replace(ground.members[0], saved_minor={"share": 50_000, "voluntary": 70_000})
    ground = replace(ground, members=(first, *ground.members[1:]))
    plan = plan_share_out(ground)
    assert by_number(plan)["1"][2] == 70_000 + (1_900_000 - 70_000) // 6
    poor = plan_share_out(replace(ground, places_minor={"box": 137_000}))
    assert poor is not None
    assert poor.by == "savings", "where not even those can be given back all savings bear the loss"
    assert [one.net_minor for one in poor.parts] == [12_000, 10_000, 15_000]


def test_without_a_price_of_shares_all_savings_count() -> None:
    ground = group(rules=rules(lifecycle="share-out"))
    first = replace(ground.members[0], saved_minor={"compulsory": 50_000, "voluntary": 50_000})
    plan = plan_share_out(replace(ground, members=(first, *ground.members[1:])))
    assert plan is not None
    assert (plan.by, plan.parts[0].shares) == ("savings", None)
    assert [one.net_minor for one in plan.parts] == [542_900, 542_800, 814_300]


def with_loan(**more: object) -> Ground:
    """The first of the drawings' borrowers: a loan of 6 times 1 000 and 60 interest, the first instalment due today."""
    whole = yrys(members=2, rules=rules(lifecycle="share-out"), social_minor=0, places_minor={"box": 500_000})
    second = replace(whole.members[1], **more)  # type: ignore[arg-type]
    return replace(whole, members=(whole.members[0], second))


def test_a_loan_set_off_whole_is_paid_and_interest_to_come_is_not_asked() -> None:
    ground = with_loan(saved_minor={"compulsory": 2_500_000}, fines_owed_minor=4_000, in_hand_minor=1_000)
    plan = plan_share_out(ground)
    assert plan is not None
    part = plan.parts[1]
    assert (part.hand_minor, part.fines_minor) == (1_000, 4_000)
    (loan,) = part.loans
    assert (loan.interest_minor, loan.principal_minor, loan.let_off_minor) == (6_000, 600_000, 30_000)
    assert part.owes_minor == 0
    assert plan.handed_minor == 500_000
    assert sum(one.part_minor for one in plan.parts) == 500_000 + 611_000, "the pool is cash and what is set off"


def test_a_debt_above_the_part_is_set_off_in_the_order_of_the_rules() -> None:
    ground = with_loan(saved_minor={"compulsory": 20_000}, fines_owed_minor=4_000)
    plan = plan_share_out(ground)
    assert plan is not None
    part = plan.parts[1]
    # the first member has 2 500 saved and gets all 5 000: twice her savings, so 400 of the second's are set off
    assert (plan.parts[0].net_minor, part.net_minor, part.set_off_minor) == (500_000, 0, 40_000)
    (loan,) = part.loans
    assert (part.fines_minor, loan.interest_minor, loan.principal_minor, loan.let_off_minor) == (
        4_000,
        6_000,
        30_000,
        0,
    )
    assert part.owes_minor == 610_000 - 40_000
    principal_first = replace(ground, rules=replace(ground.rules, order=("principal", "interest", "left")))
    again = plan_share_out(principal_first)
    assert again is not None
    assert again.parts[1].fines_minor == 0
    assert again.parts[1].loans[0].principal_minor == 40_000


def test_bags_are_put_into_the_box_but_never_the_social_funds() -> None:
    plan = plan_share_out(group(places_minor={"box": 100_000, "box.loan": 1_800_000, "box.social": 100_000}))
    assert plan is not None
    places = {"box": 100_000, "box.loan": 1_800_000, "box.social": 100_000}
    assert moves_into_box(plan, places) == [("box.loan", 1_800_000)]
    assert moves_into_box(plan, {**places, "box": 1_900_000}) == []
    assert moves_into_box(plan, {"box": 100_000, "bank": 1_900_000}) is None


groups = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 900), st.integers(0, 50), st.integers(0, 30), st.booleans()),
    min_size=1,
    max_size=6,
)


@given(groups, st.integers(1, 30_000), st.sampled_from([1, 100]))
def test_the_record_adds_up(stands: list[tuple[int, int, int, int, bool]], cash_som: int, unit: int) -> None:
    """Raw postings of the record, added up by hand: savings at nothing, cash as planned, no debt below nothing."""
    members = [
        member(
            n,
            f"m{n}",
            saved_minor={"share": 5_000 * shares, "voluntary": saved},
            fines_owed_minor=fines,
            in_hand_minor=hand,
            loans=yrys(members=2).members[1].loans if n == 2 else (),
        )
        for n, (shares, saved, fines, hand, _) in enumerate(stands, start=1)
    ]
    ground = group(places_minor={"box": cash_som * 100}, social_minor=0, currency=Currency("KGS", 2, unit))
    ground = replace(ground, members=tuple(members))
    away = [str(n) for n, one in enumerate(stands, start=1) if one[-1]]
    plan = plan_share_out(ground, absent=away)
    if plan is None:
        return
    written = write_share_out(ground, plan, Vote("voted", 3, 0), {})
    body = written.body
    sums: dict[tuple[str, str | None], int] = {}
    for entry in expand(body["entries"], len(body["members"]), len(body.get("loans", ()))):
        assert sum(posting.amount_minor for posting in entry.postings) == 0
        owners = body["members"] if entry.by == "member" else body.get("loans", ())
        for posting in entry.postings:
            key = posting.code, None if posting.owner is None else owners[posting.owner]
            sums[key] = sums.get(key, 0) + posting.amount_minor
    handed = -sums.get(("box", None), 0)
    later = -sum(amount for (code, _), amount in sums.items() if code == "payable")
    assert handed + later + plan.rest_minor == cash_som * 100
    for one in members:
        for product_, saved in one.saved_minor.items():
            assert sums.get((f"saving.{product_}", one.id), 0) == saved
        assert 0 <= -sums.get(("fines", one.id), 0) <= one.fines_owed_minor
        assert 0 <= -sums.get(("hand", one.id), 0) <= one.in_hand_minor
        assert sums.get(("payable", one.id), 0) == 0 or one.number in away
        for loan in one.loans:
            left = loan_on(loan.loan, ground.on).principal_outstanding_minor
            assert 0 <= -sums.get(("principal", loan.id), 0) <= left
    profit = sum(part.profit_minor for part in plan.parts)
    assert sum(amount for (code, _), amount in sums.items() if code == "surplus") == profit
