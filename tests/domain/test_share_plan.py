"""The share-out of a group: what is divided, what each part is, what of it is set off, and that its record adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from meeting_grounds import member
from meeting_grounds import rules
from meeting_grounds import yrys

from shg_desk.domain.brought import Brought
from shg_desk.domain.brought import brought_beyond
from shg_desk.domain.entries import expand
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.money import Currency
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.share_plan import plan_share_out
from shg_desk.domain.share_record import Vote
from shg_desk.domain.share_record import moves_into_box
from shg_desk.domain.share_record import write_share_out
from shg_desk.domain.sheet import Ground

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
    left = member(4, "Г", saved_minor={"voluntary": 60_000}, left=date(2026, 1, 31))
    ground = group(lenders_minor={"X-1": 300_000})
    plan = plan_share_out(replace(ground, members=(*ground.members, left)), kept_minor=400_000)
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


def test_what_was_paid_too_much_is_hers_and_what_was_got_too_much_hers_to_bear() -> None:
    """Three saved 1 000. The first paid 300 too much on a loan and owes fines of 40, the second got 1 400 too much.

    With an expense of 40 the box holds 3 000 + 300 - 40 - 1 400 = 1 860. The part of the second is all set off and she
    owes the rest, so the others have 1 860 + 40 - 300 = 1 600 for savings of 2 000: 800 each, and the first is handed
    800 + 300 - 40 = 1 060. Where it was 1 000 too much, 2 260 lie in the box and her part just covers it: 1 000 each.
    """
    first, second, third = (
        member(n, name, saved_minor={"compulsory": 100_000}) for n, name in enumerate(("А", "Б", "В"), start=1)
    )
    over = (Brought("L-1", 30_000, "loan1"),)
    first = replace(first, brought=over, fines_owed_minor=4_000)
    ground = group(rules=rules(lifecycle="share-out"), social_minor=0, places_minor={"box": 186_000})
    ground = replace(ground, members=(first, replace(second, overdrawn_minor=140_000), third))
    assert by_number(plan_share_out(ground)) == {
        "1": (80_000, -26_000, 106_000, 0),
        "2": (80_000, 80_000, 0, 60_000),
        "3": (80_000, 0, 80_000, 0),
    }
    ground = replace(ground, members=(first, replace(second, overdrawn_minor=100_000), third))
    ground = replace(ground, places_minor={"box": 226_000})
    assert by_number(plan_share_out(ground)) == {
        "1": (100_000, -26_000, 126_000, 0),
        "2": (100_000, 100_000, 0, 0),
        "3": (100_000, 0, 100_000, 0),
    }


def test_an_earlier_part_that_still_waits_is_not_divided() -> None:
    """Of 20 000 som 1 000 are the social fund's and 1 200 wait for the second: 17 800 for 60 shares."""
    ground = group()
    first, second, third = ground.members
    waits = replace(ground, members=(first, replace(second, payable_minor=120_000), third))
    plan = plan_share_out(waits, absent=["2"])
    assert plan is not None
    assert (plan.owed_minor, plan.cash_minor) == (120_000, 1_780_000)
    assert sum(one.net_minor for one in plan.parts) == 1_780_000


def test_what_is_owed_to_one_who_left_is_all_that_is_hers() -> None:
    """She left with 600 saved, paid 300 too much and got an envelope of 100 too much: 800 stay for her."""
    gone = member(4, "Г", saved_minor={"compulsory": 60_000}, left=date(2026, 1, 31), overdrawn_minor=10_000)
    gone = replace(gone, brought=(Brought("L-9", 30_000, "loan9"),))
    ground = group()
    plan = plan_share_out(replace(ground, members=(*ground.members, gone)))
    assert plan is not None
    assert (plan.owed_minor, [one.member.number for one in plan.parts]) == (80_000, ["1", "2", "3"])


def test_bags_are_put_into_the_box_but_never_the_social_funds() -> None:
    plan = plan_share_out(group(places_minor={"box": 100_000, "box.loan": 1_800_000, "box.social": 100_000}))
    assert plan is not None
    places = {"box": 100_000, "box.loan": 1_800_000, "box.social": 100_000}
    assert moves_into_box(plan, places) == [("box.loan", 1_800_000)]
    assert moves_into_box(plan, {**places, "box": 1_900_000}) == []
    assert moves_into_box(plan, {"box": 100_000, "bank": 1_900_000}) is None


groups = st.lists(
    st.tuples(
        st.integers(-10, 60),
        st.integers(-900, 900),
        st.integers(-50, 50),
        st.integers(-30, 30),
        st.integers(0, 700),
        st.integers(-300, 300),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
"""Of each: shares, other savings, fines, money in her hands, a loan overpaid, what is payable, and who is away."""


@given(groups, st.integers(1, 30_000), st.sampled_from([1, 100]))
@example([(10, 0, 0, 0, 0, 0, False), (0, -100, 0, 0, 0, 300, False)], 100, 1)
@example([(10, 0, 0, 0, 0, 0, False), (0, -300, 0, 0, 0, 100, True)], 100, 1)
def test_the_record_adds_up(stands: list[tuple[int, int, int, int, int, int, bool]], cash_som: int, unit: int) -> None:
    """Raw postings of the record, added up by hand: cash as planned; of each member what she had, and what she paid too
    much, at nothing; savings below nothing covered from what waits for her; what she got too much and owed covered as
    far as what she still owes; and all her own to her.
    """
    members = [
        member(
            n,
            f"m{n}",
            saved_minor={"share": 5_000 * shares, "voluntary": saved},
            fines_owed_minor=fines,
            in_hand_minor=hand,
            payable_minor=max(payable + min(5_000 * shares + saved, 0), 0),
            overdrawn_minor=max(-payable - min(5_000 * shares + saved, 0), 0),
            brought=brought_beyond({"fines": fines, "hand": hand}, ())
            + ((Brought(f"L-{n}", over, f"loan{n}"),) if over else ()),
            loans=yrys(members=2).members[1].loans if n == 2 else (),
        )
        for n, (shares, saved, fines, hand, over, payable, _) in enumerate(stands, start=1)
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
    later = plan.sums.later_minor
    assert handed + later + plan.rest_minor == cash_som * 100 - sum(one.payable_minor for one in members)
    for one, part, stood in zip(members, plan.parts, stands, strict=True):
        shares, saved, fines, hand, over, payable, _ = stood
        moved = {code: -amount for (code, owner), amount in sums.items() if owner in (one.id, f"loan{one.number}")}
        after = {
            "saved": 5_000 * shares + saved + moved.get("saving.share", 0) + moved.get("saving.voluntary", 0),
            "fines": fines - moved.get("fines", 0),
            "hand": hand - moved.get("hand", 0),
            "payable": payable + moved.get("payable", 0) - (part.net_minor if part.is_absent else 0),
        }
        assert moved.get("principal", 0) == -over
        assert (after["fines"] >= 0, after["hand"] >= 0, after["saved"] <= 0) == (True, True, True)
        taken = min(5_000 * shares + saved, 0) + payable
        if taken >= 0:
            assert after["payable"] == taken
            assert after["saved"] == 0
        owed = after["fines"] + after["hand"] - min(after["saved"] + after["payable"], 0)
        for loan in one.loans:
            left = loan_on(loan.loan, ground.on).principal_outstanding_minor
            gone = -sums.get(("principal", loan.id), 0)
            assert 0 <= gone <= left
            owed += left - gone + 6_000 + sums.get(("interest", loan.id), 0)
            owed += sum(one.let_off_minor for one in part.loans if one.loan == loan.id)
        assert owed == part.owes_minor
        assert not (part.net_minor and owed), "who owes on is handed nothing"
    profit = sum(part.profit_minor for part in plan.parts)
    assert sum(amount for (code, _), amount in sums.items() if code == "surplus") == profit
