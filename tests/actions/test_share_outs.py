"""A share-out over a real book: what it writes, what it leaves, what stands in its way, taken back, its paper."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import between_view
from shg_desk.actions.between import plan_back
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import plan_taking_back
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import end_membership
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.share_out_done import read_share_out
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import preview_share_out
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.share_outs import share_out_view
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import control_totals
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.entries import expand
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.ledger_words import statement_line
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store.meetings import cash_counts

RULES: dict[str, Any] = {
    "lifecycle": "share-out",
    "share": {"price": "50", "min": 1, "max": 5},
    "social": "20",
    "fines": {"late": "10", "absent": "20"},
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
    "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
}
FIRST = date(2026, 3, 7)
DAY = date(2026, 4, 25)
EN = Words("en")


@pytest.fixture
def book_day() -> date:
    return DAY


@pytest.fixture
def group(desk: Desk) -> str:
    """Four members buy 2, 3, 4 and 5 shares at each of three meetings. The second borrows 300 at the first and pays
    one instalment, the fourth borrows 2 000 at the last; the third owes a fine. The box is counted on the day.
    """
    made = make_group(desk, rules=RULES)
    for at in range(3):
        on = FIRST + timedelta(weeks=2 * at)
        rows = []
        for n in range(1, 5):
            ins = [In("shares", 5_000 * (n + 1), shares=n + 1), In("social", 2_000)]
            ins += [In("fine-owed", 2_000, why="absent")] if (n, at) == (3, 1) else []
            ins += [In("repayment", 10_600)] if (n, at) == (2, 2) else []
            outs = {(2, 0): (Out("loan", 30_000),), (4, 2): (Out("loan", 150_000),)}.get((n, at), ())
            rows.append(SheetRow(str(n), Attendance.PRESENT, ins=tuple(ins), outs=outs))
        record_meeting(desk, Sheet(made, on, rows=tuple(rows)))
    counted(desk, made)
    return made


def counted(desk: Desk, group: str, on: date = DAY) -> None:
    record_count(desk, group, on, [Count(total_minor=sums(desk, group)["box"])])


def asked(group: str, **more: Any) -> ShareOutAsked:
    return ShareOutAsked(group, DAY, **{"votes": (4, 0), **more})


def written(desk: Desk, group: str, **more: Any) -> str:
    name = record_share_out(desk, asked(group, **more), EN).value.name
    assert name is not None
    return name


def refused(desk: Desk, what: ShareOutAsked) -> list[Code]:
    with pytest.raises(KnownError) as told:
        record_share_out(desk, what, EN)
    return [one.code for one in told.value.problems]


def raw(desk: Desk, op: str) -> Counter[tuple[str, str | None]]:
    """The lines of the log added up by nothing but arithmetic: (account, whose id) to minor units."""
    device, epoch, seq = op.split(".")
    (line,) = log.between(desk.book.db, device, epoch, int(seq), int(seq))
    body = json.loads(line.line)["body"]
    found: Counter[tuple[str, str | None]] = Counter()
    for block in body["entries"]:
        for entry in block["lines"]:
            amounts = [part for part in entry[1:] if isinstance(part, int)]
            amounts.append(-sum(amounts))
            whose = body["members" if block.get("by") == "member" else "loans"][entry[0]] if "by" in block else None
            for code, amount in zip(block["accounts"], amounts, strict=True):
                own = code.split(".")[0] in ("saving", "fines", "hand", "payable", "principal", "interest", "ahead")
                found[code, whose if own else None] += amount
    return found


def test_it_leaves_the_box_as_said_and_nobody_with_savings(desk: Desk, group: str) -> None:
    before = sums(desk, group)
    # 14 shares three times at 50: 2 100. In the box: 2 100 + 240 social + 106 - 300 - 1 500
    assert before["box"] == 64_600
    ahead = preview_share_out(desk, asked(group, absent=("1",), kept_minor=600))
    plan = ahead.plan
    assert plan.cash_minor == 64_600 - 24_000 - 600
    op = written(desk, group, absent=("1",), kept_minor=600)
    after = sums(desk, group)
    members = {one.number: one.id for one in group_store.memberships(desk.book, group)}
    moved = raw(desk, op)
    handed, later = -moved["box", None], -moved["payable", members["1"]]
    assert handed == plan.handed_minor
    assert handed + later + plan.rest_minor == 40_000
    assert after["box"] == 64_600 - handed
    assert "saving.share" not in after
    assert after["payable"] == -later
    assert after["social"] == before["social"]
    assert sum(after.values()) == 0
    # the fourth owes more than her part: she gets nothing, and owes on
    fourth = next(one for one in plan.parts if one.member.number == "4")
    assert (fourth.net_minor, fourth.set_off_minor) == (0, fourth.part_minor)
    assert fourth.owes_minor == 150_000 - fourth.part_minor, "no interest is due yet"
    # the second's loan is paid by it; what her interest was to be is not asked
    second = next(one for one in plan.parts if one.member.number == "2")
    assert (second.loans[0].principal_minor, second.loans[0].let_off_minor) == (20_000, 1_200)
    assert second.owes_minor == 0


def test_loans_set_off_are_paid_and_a_debt_above_the_part_stays_a_loan(desk: Desk, group: str) -> None:
    written(desk, group)
    lines = {line.number: line for line in loan_list(desk, group, only="all").lines}
    assert not lines["2"].is_open
    assert (lines["2"].outstanding_minor, lines["2"].late_days) == (0, 0)
    assert lines["4"].is_open
    assert lines["4"].outstanding_minor == sums(desk, group)["principal"]
    later = ground_of(desk, group, DAY + timedelta(days=60))
    assert later.member("2").loans == ()  # type: ignore[union-attr]
    assert later.member("3").fines_owed_minor == 0  # type: ignore[union-attr]
    (loan,) = later.member("4").loans  # type: ignore[union-attr]
    assert loan.loan_left_minor(later.on) > 0


def test_booklets_say_it_and_add_up_to_the_ledger(desk: Desk, group: str) -> None:
    op = written(desk, group, absent=("1",))
    facts = group_facts(desk, group)
    ledger, sum_of_booklets = control_totals(facts)
    assert ledger == sum_of_booklets
    found = {one.holder.number: one for one in booklets(facts)}
    said = {n: [statement_line(EN, row, facts.currency) for row in one.rows] for n, one in found.items()}
    done = {one.number: one for one in read_share_out(desk, op).rows}
    first = f"{done['1'].net_minor // 100}\u00a0som"
    assert said["1"][-1].startswith(f"Share-out, {first}, savings 300\u00a0som, ")
    assert (found["1"].rows[-1].left_of, found["1"].rows[-1].left_minor) == ("payable", done["1"].net_minor)
    assert said["2"][-2:] == [
        "Set off at the share-out L-1, 200\u00a0som",
        "Interest to come, not asked L-1, 12\u00a0som",
    ]
    set_off = next(row for row in found["2"].rows if row.what == "set-off")
    assert (set_off.left_of, set_off.left_minor) == ("debt", 0)
    assert said["3"][-1] == "Set off at the share-out, 20\u00a0som"
    assert said["4"][-1].startswith("Share-out, 0\u00a0som, savings 750\u00a0som, "), "all of it is set off"
    assert found["4"].closing.saved_minor == 0


def test_what_is_read_back_is_what_was_planned(desk: Desk, group: str) -> None:
    shown = share_out_view(desk, asked(group, absent=("3",)))
    assert (shown.problems, shown.done) == ((), None)
    written(desk, group, absent=("3",))
    done = share_out_view(desk, asked(group)).done
    assert done is not None
    for was, now in zip(shown.rows, done.rows, strict=True):
        figures = (was.saved_minor, was.part_minor, was.set_off_minor, was.net_minor, was.is_later, was.owes_minor)
        if was.number == "4":  # a part all set off
            assert figures[:4] == (was.saved_minor, now.part_minor, now.set_off_minor, 0)
        assert figures == (
            *(now.saved_minor, now.part_minor, now.set_off_minor, now.net_minor, now.is_later, now.owes_minor),
        )
    assert done.votes == (4, 0)


def test_taken_back_it_is_as_before_while_nothing_was_counted_since(desk: Desk, group: str, tmp_path: Path) -> None:
    before = sums(desk, group)
    op = written(desk, group, absent=("1",))
    (recent, *_) = between_view(desk, group, DAY).recent
    assert recent.op == op
    assert recent.shared_among == 4
    assert recent.amount_minor == before["box"] - sums(desk, group)["box"]
    assert print_receipt(desk, op, tmp_path / "list.pdf", Words("ky")).read_bytes().startswith(b"%PDF")
    assert [one.kind for one in plan_back(desk, op).plan.fresh] == []
    take_back(desk, op, "the wrong day")
    assert sums(desk, group) == before
    assert [one.broken for one in cash_counts(desk.book, group)] == [False]
    assert share_out_view(desk, asked(group)).problems == ()
    again = written(desk, group)
    counted(desk, group)
    assert [one.kind for one in plan_back(desk, again).plan.fresh] == ["difference"], "counted since: the gap is named"


def test_an_envelope_paid_out_can_no_longer_be_taken_back_under_it(desk: Desk, group: str) -> None:
    op = written(desk, group, absent=("1",))
    first = group_store.memberships(desk.book, group)[0].id
    owed = -sums(desk, group)["payable"]
    write_between(desk, Between(group, DAY, "payable", owed, member=first, text="to her"))
    with pytest.raises(KnownError) as told:
        plan_back(desk, op)
    assert {one.code for one in told.value.problems} == {Code.BELOW_ZERO_THEN}


def test_what_stands_in_the_way(desk: Desk, group: str) -> None:
    assert refused(desk, asked(group, votes=(None, None))) == [Code.SHARE_OUT_NOT_VOTED]
    assert refused(desk, asked(group, votes=(2, 2))) == [Code.SHARE_OUT_NOT_VOTED]
    assert refused(desk, asked(group, kept_minor=40_600)) == [Code.SHARE_OUT_NOTHING]
    assert refused(desk, asked(group, absent=("9",))) == [Code.MEMBER_UNKNOWN]
    early = ShareOutAsked(group, date(2026, 4, 3), votes=(4, 0))
    assert refused(desk, early) == [Code.SHARE_OUT_LATER, Code.SHARE_OUT_NOT_VOTED][:1]
    other = ShareOutAsked(group, DAY + timedelta(days=1), votes=(4, 0))
    assert refused(desk, other) == [Code.SHARE_OUT_NOT_COUNTED, Code.DATE_AHEAD]
    assert sums(desk, group)["saving.share"] == -210_000, "nothing was written"


def test_money_elsewhere_is_brought_first(desk: Desk, group: str) -> None:
    write_between(desk, Between(group, DAY, "transfer", 60_000, place="box", target="bank"))
    counted(desk, group)
    assert refused(desk, asked(group)) == [Code.SHARE_OUT_NOT_IN_BOX]
    write_between(desk, Between(group, DAY, "transfer", 60_000, place="bank", target="box.loan"))
    counted(desk, group)
    assert refused(desk, asked(group)) == [Code.SHARE_OUT_NOT_COUNTED]
    record_count(desk, group, DAY, [Count("box.loan", total_minor=60_000)])
    written(desk, group)
    assert "box.loan" in sums(desk, group), "what is not needed stays in the bag"
    assert sums(desk, group).get("box", 0) == 0


def test_an_open_difference_and_two_versions_of_the_rules_are_settled_first(desk: Desk, group: str) -> None:
    box = sums(desk, group)["box"]
    record_count(desk, group, DAY, [Count(total_minor=box - 500)], [NamedDifference(-500, "?", "open")])
    assert refused(desk, asked(group)) == [Code.SHARE_OUT_DIFFERENCE]
    body = {"group": group, "from": DAY.isoformat(), "content": RULES, "saw": []}
    with desk.book.writing() as writer:
        writer.append(desk.line("rules", body))
    assert refused(desk, asked(group)) == [Code.SHARE_OUT_RULES_OPEN, Code.SHARE_OUT_DIFFERENCE]


def test_a_permanent_fund_and_a_group_without_such_rules_have_none(desk: Desk, group: str) -> None:
    set_rules(desk, group, {**RULES, "lifecycle": "permanent"}, DAY)
    assert Code.SHARE_OUT_PERMANENT in refused(desk, asked(group))
    set_rules(desk, group, {word: said for word, said in RULES.items() if word != "lifecycle"}, DAY)
    assert Code.SHARE_OUT_NOT_RULED in refused(desk, asked(group))


def test_one_who_left_takes_no_part_and_her_savings_stay_in_the_box(desk: Desk, group: str) -> None:
    first = group_store.memberships(desk.book, group)[0].id
    end_membership(desk, first, DAY - timedelta(days=1))
    plan = preview_share_out(desk, asked(group)).plan
    assert [one.member.number for one in plan.parts] == ["2", "3", "4"]
    assert plan.owed_minor == 30_000
    written(desk, group)
    assert sums(desk, group)["saving.share"] == -30_000


def test_what_was_shown_is_what_is_written(desk: Desk, group: str) -> None:
    seen = preview_share_out(desk, asked(group)).plan
    write_between(desk, Between(group, DAY, "expense", 1_000))
    counted(desk, group)
    with pytest.raises(KnownError) as told:
        record_share_out(desk, asked(group), EN, seen=seen)
    assert [one.code for one in told.value.problems] == [Code.SHARE_OUT_CHANGED]
    assert record_share_out(desk, asked(group), EN, dry_run=True).value.name is None
    assert sums(desk, group)["saving.share"] == -210_000


def test_a_new_cycle_begins_with_nothing(desk: Desk, group: str) -> None:
    written(desk, group)
    on = DAY + timedelta(days=7)
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("shares", 10_000, shares=2),)) for n in range(1, 5))
    record_meeting(desk, Sheet(group, on, rows=rows))
    assert sums(desk, group)["saving.share"] == -40_000
    assert Code.SHARE_OUT_LATER in refused(desk, asked(group))


def test_the_whole_meeting_before_it_is_refused_where_it_would_leave_less_than_nothing(desk: Desk, group: str) -> None:
    meeting = next(op for op in log_ops(desk) if op[1] == "meeting")[0]
    written(desk, group)
    with pytest.raises(KnownError):
        write_correction(desk, group, plan_taking_back(desk, meeting), "never held")


def log_ops(desk: Desk) -> list[tuple[str, str]]:
    book = desk.book
    tip = log.tip(book.db, book.device, book.epoch).seq
    found = log.between(book.db, book.device, book.epoch, 1, tip)
    return [(f"{book.device}.{book.epoch}.{n}", json.loads(op.line)["kind"]) for n, op in enumerate(found, start=1)]


def test_entries_of_the_record_add_up(desk: Desk, group: str) -> None:
    op = written(desk, group, absent=("1",))
    device, epoch, seq = op.split(".")
    (line,) = log.between(desk.book.db, device, epoch, int(seq), int(seq))
    said = json.loads(line.line)
    assert said["kind"] == "between"
    body = said["body"]
    entries = list(expand(body["entries"], len(body["members"]), len(body["loans"])))
    assert {entry.kind for entry in entries} == {"share-out"}
    assert body["decisions"] == [{"text": 0, "template": "share-out", "for": 4, "against": 0}]


def test_what_lies_before_a_share_out_is_put_right_today(desk: Desk, group: str) -> None:
    """Nobody can share out the cash of April again: the printed list stays true, the correction has today's date."""
    op = written(desk, group)
    rows = entry_store.entries(desk.book, group, kinds=("social",))
    social = next(row for row in rows if row.effective == FIRST)
    assert isinstance(desk.clock, DemoClock)
    desk.clock.move(DAY + timedelta(days=9))
    plan = plan_entry(desk, social.name, "reverse")
    assert plan.on == DAY + timedelta(days=9)
    back = plan_taking_back(desk, op)
    assert back.on == DAY, "the share-out itself is taken back on its own day"
