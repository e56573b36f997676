"""The sentences of the page of today: a meeting ahead, a thing that waits, what a search found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from shg_desk.actions.views_today import MeetingAhead
from shg_desk.actions.views_today import Waiting
from shg_desk.domain.problems import Fact
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

if TYPE_CHECKING:
    from shg_desk.actions.views_people import Hit

KINDS: Mapping[str, Marked] = {"person": N_("Person"), "household": N_("Household"), "group": N_("Group")}


def hit_kind(words: Words, kind: str) -> str:
    """What a hit is."""
    return words.say(KINDS[kind])


def hit_below(words: Words, hit: Hit) -> str:
    """What tells a hit apart from its namesakes."""
    del words
    return " · ".join(part for part in hit.below if part)


def meeting_lines(words: Words, one: MeetingAhead) -> tuple[str, str]:
    """Title and sentence of a meeting: group and village; number, members, how far the sheet is or what is expected."""
    title = " · ".join(part for part in (one.name, one.village) if part)
    parts = [words._("Meeting {number}").format(number=one.number)] if one.number else []
    if one.done is not None:
        done, of = one.done
        parts.append(words._("sheet begun: {done} of {n} rows done").format(done=done, n=of))
    else:
        parts.append(words.n_("{n} member", "{n} members", one.members).format(n=one.members))
    if one.keeper_elsewhere:
        parts.append(words._("another laptop keeps the group, too"))
    elif one.expected_minor:
        parts.append(words._("{sum} expected").format(sum=formats.money(words, one.expected_minor, one.currency)))
    return title, " · ".join(parts)


def meeting_when(words: Words, one: MeetingAhead, today: date) -> tuple[str, str]:
    """The short word before a meeting (hour today, weekday and day else), and how far it is."""
    if one.on is None:
        return "", ""
    if one.on == today:
        return one.time or words._("today"), words._("today") if one.time else ""
    short = formats.weekday_short(words, one.on)
    day = f"{short[:1].upper()}{short[1:]} {one.on.day}"
    beside = formats.when(words, one.on, today)
    if one.on < today:
        return day, words._("was planned for {date}").format(date=formats.date(one.on))
    return day, f"{beside}, {one.time}" if one.time else beside


def waiting_lines(words: Words, one: Waiting) -> tuple[str, str, str]:
    """Title, sentence and the word of the link of a thing that waits."""
    makers = {
        "difference": _difference,
        "overdue": _overdue,
        "twice": _twice,
        "silent": _silent,
        "sheets": _sheets,
        "term": _term,
        "vacant": _vacant,
        "recovery": _recovery,
        "broken": _broken,
        "papers": _papers,
        "late": _late,
        "after-death": _after_death,
    }
    return makers[one.kind](words, one)


def _count(facts: Mapping[str, Fact], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _difference(words: Words, one: Waiting) -> tuple[str, str, str]:
    amount = _count(one.facts, "amount_minor")
    assert one.currency is not None
    money = formats.money(words, abs(amount), one.currency)
    title = words._("Cash box: {sum} short") if amount > 0 else words._("Cash box: {sum} too much")
    parts = []
    if since := one.facts.get("since"):
        parts.append(words._("since {date}").format(date=formats.date(str(since))))
    if key := one.facts.get("key"):
        parts.append(words._("key with {name}").format(name=key))
    parts.append(_left_open(words, one))
    return f"{title.format(sum=money)} · {one.name}", " · ".join(parts), words._("Open")


def _left_open(words: Words, one: Waiting) -> str:
    """How much of an open difference was named, how much of that is settled, and what is left."""
    assert one.currency is not None
    named, settled = _count(one.facts, "named_minor"), _count(one.facts, "settled_minor")
    if not settled:
        return words._("nothing of it is settled yet")
    sums = [formats.money(words, amount, one.currency) for amount in (named, settled, named - settled)]
    text = words._("{named} was named, {settled} of it is settled, {left} is left")
    return text.format(named=sums[0], settled=sums[1], left=sums[2])


def _broken(words: Words, one: Waiting) -> tuple[str, str, str]:
    count = _count(one.facts, "n")
    assert one.currency is not None
    title = words.n_(
        "{n} count no longer agrees with the book", "{n} counts no longer agree with the book", count
    ).format(n=count)
    was, now = (formats.money(words, _count(one.facts, name), one.currency) for name in ("then_minor", "now_minor"))
    below = words._("{date}: the book said {was} then, and says {now} of that day today").format(
        date=formats.date(str(one.facts["on"])), was=was, now=now
    )
    return f"{title} · {one.name}", below, words._("Open")


def _papers(words: Words, one: Waiting) -> tuple[str, str, str]:
    count = _count(one.facts, "n")
    title = words.n_("{n} paper waits for a printer", "{n} papers wait for a printer", count).format(n=count)
    return title, words._("they are made when a printer is there"), words._("Print")


def _overdue(words: Words, one: Waiting) -> tuple[str, str, str]:
    count = _count(one.facts, "n")
    assert one.currency is not None
    title = words.n_("{n} loan overdue", "{n} loans overdue", count).format(n=count)
    money = formats.money(words, _count(one.facts, "amount_minor"), one.currency)
    days = formats.days(words, _count(one.facts, "days"))
    below = words._("longest: {name}, {group}, {days}").format(
        name=one.facts.get("who"), group=one.facts.get("of"), days=days
    )
    return f"{title} · {money}", below, words._("Show")


def _twice(words: Words, one: Waiting) -> tuple[str, str, str]:
    count = _count(one.facts, "n")
    title = words.n_("{n} open difference", "{n} open differences", count).format(n=count)
    return title, words._("what two laptops wrote is kept until somebody says how it was"), words._("Open")


def _late(words: Words, one: Waiting) -> tuple[str, str, str]:
    count = _count(one.facts, "n")
    title = words.n_("{n} record came after the share-out", "{n} records came after the share-out", count).format(
        n=count
    )
    below = words._("share-out of {date}: they were not shared out and count in the new cycle").format(
        date=formats.date(str(one.facts["of"]))
    )
    return f"{title} · {one.name}", below, words._("Open")


def _after_death(words: Words, one: Waiting) -> tuple[str, str, str]:
    title = words._("{name}: recorded after her death").format(name=one.facts["of"])
    below = words._("from {date} on she is in records as there, or with money of a living member").format(
        date=formats.date(str(one.facts["on"]))
    )
    return f"{title} · {one.name}", below, words._("Open")


def _silent(words: Words, one: Waiting) -> tuple[str, str, str]:
    days = formats.days(words, _count(one.facts, "days"))
    title = words._("No meeting for {days}").format(days=days)
    last = words._("last meeting {date}").format(date=formats.date(str(one.facts["last"])))
    return f"{title} · {one.name}", last, words._("Show")


def _sheets(words: Words, one: Waiting) -> tuple[str, str, str]:
    count = _count(one.facts, "n")
    below = words.n_("{n} meeting, with the sums expected", "{n} meetings, with the sums expected", count)
    return words._("Sheets of this week, in case there is no light"), below.format(n=count), words._("Print")


def _term(words: Words, one: Waiting) -> tuple[str, str, str]:
    days = _count(one.facts, "days")
    title = words.n_("{post}: the term ends in {n} day", "{post}: the term ends in {n} days", days)
    until = words._("until {date}").format(date=formats.date(str(one.facts["until"])))
    line = title.format(post=formats.post(words, one.facts.get("post")), n=days)
    return f"{line} · {one.name}", f"{one.facts.get('who')}, {until}", words._("Open")


def _vacant(words: Words, one: Waiting) -> tuple[str, str, str]:
    title = words._("{post}: nobody holds the post").format(post=formats.post(words, one.facts.get("post")))
    since = words._("since {date}").format(date=formats.date(str(one.facts["since"])))
    below = words._("{since}; the group elects somebody").format(since=since)
    return f"{title} · {one.name}", below, words._("Open")


def _recovery(words: Words, _one: Waiting) -> tuple[str, str, str]:
    return (
        words._("The recovery sheet is not on paper yet"),
        words._("without it a forgotten passphrase closes this book for ever"),
        words._("Print"),
    )
