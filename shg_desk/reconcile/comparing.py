"""Two sides compared: first by their own names, then by amount, date and whose it is; the rest is missing somewhere.

A join needs no person only where it can be no other: the same id, or an equal amount (within the tolerance) on a day
within the window, with no account, group, member or currency against it.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from shg_desk.reconcile.rows import Row
from shg_desk.reconcile.rows import takes_back

COUNTS = ("matched", "missing_left", "missing_right", "duplicate", "amount", "date", "combined", "suggested")


@dataclass(frozen=True, slots=True)
class Pair:
    """Lines of both sides that are one thing: their ids, why they were joined, and how sure that is (1 is sure).

    `reason` is `id`, `same` (amount and day), `date` or `amount` (within what was allowed, or the same id on another
    day).
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison found.

    `drift_minor` is, by account, the sum of the left less the sum of the right, where that is not nothing; `amount`
    holds the ids that both sides have with another amount.
    """

    counts: Mapping[str, int]
    drift_minor: Mapping[str, int]
    pairs: tuple[Pair, ...]
    missing_left: tuple[str, ...]
    missing_right: tuple[str, ...]
    amount: tuple[str, ...]
    suggestions: tuple[Pair, ...] = ()


@dataclass(slots=True)
class _Found:
    pairs: list[Pair] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    amount: list[str] = field(default_factory=list)


def compare(left: Iterable[Row], right: Iterable[Row], *, window_days: int = 0, tolerance_minor: int = 0) -> Compared:
    """Compares two sides; order plays no part. Lines of one side may share an id where accounts or members differ.

    Raises ValueError for a negative window or tolerance.
    """
    if window_days < 0 or tolerance_minor < 0:
        raise ValueError("window and tolerance are not negative")
    lefts, rights = list(left), list(right)
    drift = _drift(lefts, rights)
    found = _Found()
    lefts, twice_left = _without_repeats(lefts)
    rights, twice_right = _without_repeats(rights)
    found.counts["duplicate"] = twice_left + twice_right
    lefts, rights = _join_by_id(lefts, rights, found, window_days, tolerance_minor)
    free_left, free_right = _without_reversed(lefts), _without_reversed(rights)
    joined_left, joined_right = _join_by_likeness(free_left, free_right, found, window_days, tolerance_minor)
    missing_right = _ids(row for row in lefts if id(row) not in joined_left)
    missing_left = _ids(row for row in rights if id(row) not in joined_right)
    found.counts["missing_left"], found.counts["missing_right"] = len(missing_left), len(missing_right)
    return Compared(
        counts={name: found.counts[name] for name in COUNTS},
        drift_minor=drift,
        pairs=tuple(sorted(found.pairs, key=lambda pair: (pair.left, pair.right))),
        missing_left=missing_left,
        missing_right=missing_right,
        amount=tuple(sorted(found.amount)),
    )


def _drift(left: Sequence[Row], right: Sequence[Row]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for row in left:
        sums[row.account] += row.amount_minor
    for row in right:
        sums[row.account] -= row.amount_minor
    return {account: amount for account, amount in sorted(sums.items()) if amount}


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """Each id once, in order of date; a line of an entry with several accounts is one thing."""
    ordered = sorted(rows, key=lambda row: (row.date, row.id))
    return tuple(dict.fromkeys(row.id for row in ordered))


def _without_repeats(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """A side without lines that say one thing twice: the same id, account and owner again."""
    seen: set[tuple[str, str, str, str]] = set()
    kept = []
    for row in rows:
        name = (row.id, row.account, row.group, row.member)
        if name not in seen:
            seen.add(name)
            kept.append(row)
    return kept, len(rows) - len(kept)


# by id --------------------------------------------------------------------------------------------------------------


def _join_by_id(
    left: Sequence[Row], right: Sequence[Row], found: _Found, window_days: int, tolerance_minor: int
) -> tuple[list[Row], list[Row]]:
    """Joins what has one id on both sides, and gives what is left over of each."""
    lefts, rights = _by_id(left), _by_id(right)
    for name in sorted(lefts.keys() & rights.keys()):
        ours, theirs = lefts[name], rights[name]
        if not _amounts_agree(ours, theirs, tolerance_minor):
            found.counts["amount"] += 1
            found.amount.append(name)
            continue
        days = max(abs((a.date - b.date).days) for a in ours for b in theirs)
        if days > window_days:
            found.counts["date"] += 1
        else:
            found.counts["matched"] += 1
        found.pairs.append(Pair((name,), (name,), "date" if days else "id", 1.0))
    return (
        [row for row in left if row.id not in rights],
        [row for row in right if row.id not in lefts],
    )


def _by_id(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.id:
            found.setdefault(row.id, []).append(row)
    return found


def _amounts_agree(ours: Sequence[Row], theirs: Sequence[Row], tolerance_minor: int) -> bool:
    """Whether one id says the same on both sides: account by account where both name accounts, else in sum."""
    keys: tuple[Callable[[Row], str], ...] = (lambda row: row.account, lambda row: row.member)
    told = [key for key in keys if all(map(key, ours)) and all(map(key, theirs))]
    sums: Counter[tuple[str, ...]] = Counter()
    for sign, rows in ((1, ours), (-1, theirs)):
        for row in rows:
            sums[tuple(key(row) for key in told)] += sign * row.amount_minor
    currencies = {row.currency for row in (*ours, *theirs)} - {""}
    return len(currencies) < 2 and all(abs(amount) <= tolerance_minor for amount in sums.values())


# by amount and date -------------------------------------------------------------------------------------------------


def _without_reversed(rows: Sequence[Row]) -> list[Row]:
    """A side without payments that it took back itself: neither they nor what took them back are anybody else's."""
    out: set[int] = set()
    by_size: dict[tuple[str, int], list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.date, row.id)):
        by_size.setdefault((row.currency, abs(row.amount_minor)), []).append(row)
    for same in by_size.values():
        for place, later in enumerate(same):
            if id(later) in out:
                continue
            others = [*reversed(same[:place]), *same[place + 1 :]]
            earlier = next((one for one in others if id(one) not in out and takes_back(later, one)), None)
            if earlier is not None:
                out |= {id(later), id(earlier)}
    return [row for row in rows if id(row) not in out]


def _join_by_likeness(
    left: Sequence[Row], right: Sequence[Row], found: _Found, window_days: int, tolerance_minor: int
) -> tuple[set[int], set[int]]:
    """Joins lines without a common id: same day and amount first, then the nearest within what is allowed."""
    joined_left: set[int] = set()
    joined_right: set[int] = set()
    steps = [(0, 0)]
    steps += [(window_days, 0)] if window_days else []
    steps += [(0, tolerance_minor), (window_days, tolerance_minor)] if tolerance_minor else []
    for days, minor in dict.fromkeys(steps):
        ours = [row for row in left if id(row) not in joined_left]
        theirs = [row for row in right if id(row) not in joined_right]
        for one, other in _nearest(ours, theirs, days, minor):
            joined_left.add(id(one))
            joined_right.add(id(other))
            found.counts["matched"] += 1
            found.pairs.append(_like(one, other, window_days, tolerance_minor))
    return joined_left, joined_right


def _like(one: Row, other: Row, window_days: int, tolerance_minor: int) -> Pair:
    days, minor = abs((one.date - other.date).days), abs(one.amount_minor - other.amount_minor)
    reason = "amount" if minor else "date" if days else "same"
    score = 0.95 - 0.2 * days / (window_days + 1) - 0.2 * minor / (tolerance_minor + 1)
    return Pair((one.id,), (other.id,), reason, round(score, 3))


def _nearest(left: Sequence[Row], right: Sequence[Row], days: int, minor: int) -> list[tuple[Row, Row]]:
    """Pairs within a window and a tolerance, the nearest first; a line is joined once."""
    candidates = []
    theirs = _ByAmount(right)
    for one in left:
        for other in theirs.near(one, days, minor):
            if _may_be_one(one, other):
                said = one.reference != "" and one.reference in (other.reference, other.id)
                off = abs(one.amount_minor - other.amount_minor)
                apart = abs((one.date - other.date).days)
                rank = (not said, off, apart, one.date, other.date, one.id, other.id)
                candidates.append((rank, one, other))
    candidates.sort(key=lambda candidate: candidate[0])
    taken: set[int] = set()
    pairs = []
    for _, one, other in candidates:
        if not {id(one), id(other)} & taken:
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


class _ByAmount:
    """A side's lines, found by amount and day without looking at the others."""

    def __init__(self, rows: Sequence[Row]) -> None:
        by_amount: dict[int, list[Row]] = {}
        for row in sorted(rows, key=lambda row: (row.date, row.id)):
            by_amount.setdefault(row.amount_minor, []).append(row)
        self._rows = by_amount
        self._days = {amount: [row.date.toordinal() for row in found] for amount, found in by_amount.items()}
        self._amounts = sorted(by_amount)

    def near(self, one: Row, days: int, minor: int) -> Iterator[Row]:
        """The lines so near in amount and date."""
        low = bisect_left(self._amounts, one.amount_minor - minor)
        high = bisect_right(self._amounts, one.amount_minor + minor)
        day = one.date.toordinal()
        for amount in self._amounts[low:high]:
            known = self._days[amount]
            yield from self._rows[amount][bisect_left(known, day - days) : bisect_right(known, day + days)]


def _may_be_one(one: Row, other: Row) -> bool:
    """False where both sides say something of account, group, member or currency and it is not the same."""
    told = (
        (one.currency, other.currency),
        (one.account, other.account),
        (one.group, other.group),
        (one.member, other.member),
    )
    return all(not ours or not theirs or ours == theirs for ours, theirs in told)
