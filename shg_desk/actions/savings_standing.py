"""How the members of a group stand with their compulsory saving on a day: behind, square or ahead, from the book."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import read_rules
from shg_desk.domain.savings_due import due_days
from shg_desk.domain.savings_due import left_to_bring_minor
from shg_desk.store.entries import EntryRow
from shg_desk.store.group_state import GroupState
from shg_desk.store.groups import Membership
from shg_desk.store.groups import rules_versions
from shg_desk.store.saving_moves import TAKES_OUT
from shg_desk.store.saving_moves import SavingMove
from shg_desk.store.saving_moves import saving_moves


@dataclass(frozen=True, slots=True)
class SavingsStanding:
    """The due days of a group, the amounts by product and version, and what members moved since they are counted.

    Counting begins with the group's first meeting held under rules, in a cycle with the cycle's first. What a table
    brought in up to that day is a past of which only sums are known: nobody is ahead or behind by it, nor by what was
    brought before the rules asked for it. A table's later rows are money brought like any other.
    """

    days: tuple[date, ...] = ()
    versions: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    moves: Mapping[tuple[str, str], Sequence[SavingMove]] = field(default_factory=dict)

    def due_minor(self, member: Membership, saved_minor: Mapping[str, int]) -> dict[str, int]:
        """By product, minor units: what her savings would be were she neither behind nor ahead.

        Of a member who takes nothing out it is what fell due since counting began, with what was hers before.
        """
        days = [
            day
            for day in self.days
            if (member.joined_on is None or day >= member.joined_on)
            and (member.last_day is None or day <= member.last_day)
        ]
        found = {}
        for code, versions in self.versions.items():
            brought: dict[date, int] = {}
            taken: dict[date, int] = {}
            for move in self.moves.get((member.id, code), ()):
                by_day, amount = (taken, -move.amount_minor) if move.is_taken else (brought, move.amount_minor)
                by_day[move.on] = by_day.get(move.on, 0) + amount
            found[code] = saved_minor.get(code, 0) + left_to_bring_minor(days, versions, brought, taken)
        return found


def savings_standing(
    desk: Desk, state: GroupState, rules: Rules, on: date, without: Iterable[EntryRow] = ()
) -> SavingsStanding:
    """How a group stands with the products every member owes; `without` are entries taken as not made."""
    codes = [product.code for product in rules.savings if product.compulsory]
    if not codes:
        return SavingsStanding()
    group = state.group
    amounts: dict[str, list[tuple[date, int]]] = {code: [] for code in codes}
    rhythms, cycle = [], None
    for version in rules_versions(desk.book, group.id):
        if version.starts > on:
            continue
        known, _ = read_rules(version.content, group.currency.minor_digits, version.name)
        rhythms.append((version.starts, known.rhythm))
        if known.cycle_from is None or known.cycle_from <= on:
            cycle = known.cycle_from
        for code in codes:
            asked = [one.amount_minor for one in known.savings if one.code == code and one.compulsory]
            amounts[code].append((version.starts, asked[0] if asked else 0))
    days = due_days(state.held_days, on, rhythms, cycle)
    moves: dict[tuple[str, str], list[SavingMove]] = {}
    for move in (*saving_moves(desk.book.db, group.id, codes, on), *_taken_off(without, on)):
        if (cycle is None or move.on >= cycle) and not (move.from_table and move.on <= days[0]):
            moves.setdefault((move.member, move.product), []).append(move)
    return SavingsStanding(days, {code: tuple(found) for code, found in amounts.items()}, moves)


def _taken_off(rows: Iterable[EntryRow], on: date) -> list[SavingMove]:
    """The moves that undo those of entries taken as not made."""
    return [
        SavingMove(
            posting.owner, posting.code.partition(".")[2], row.effective, posting.amount_minor, row.kind in TAKES_OUT
        )
        for row in rows
        if row.effective <= on
        for posting in row.postings
        if posting.owner is not None and posting.code.startswith("saving.")
    ]
