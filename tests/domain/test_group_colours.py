"""The colour of a group: steady whatever is added after it, and another one than its neighbours in the village."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.group_colours import COLOURS
from shg_desk.domain.group_colours import colours_of

IDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16)
GROUPS = st.lists(st.tuples(IDS, st.sampled_from(["", "v1", "v2"])), unique_by=lambda one: one[0], max_size=40)


@given(GROUPS)
def test_groups_of_one_village_share_a_colour_only_when_all_are_used(groups: list[tuple[str, str]]) -> None:
    found = colours_of(groups)
    assert set(found) == {gid for gid, _ in groups}
    assert all(0 <= colour < COLOURS for colour in found.values())
    for village in ("", "v1", "v2"):
        counts = Counter(found[gid] for gid, where in groups if where == village)
        most = max(counts.values(), default=0)
        assert most == -(-sum(counts.values()) // COLOURS)


@given(GROUPS, st.integers(0, 40))
def test_a_group_registered_later_changes_nobodys_colour(groups: list[tuple[str, str]], at: int) -> None:
    before = colours_of(groups[:at])
    after = colours_of(groups)
    assert before == {gid: after[gid] for gid in before}


@given(GROUPS)
def test_another_village_changes_nobodys_colour(groups: list[tuple[str, str]]) -> None:
    alone = colours_of([one for one in groups if one[1] == "v1"])
    among = colours_of(groups)
    assert alone == {gid: among[gid] for gid in alone}


def test_not_every_village_begins_with_the_same_colour() -> None:
    firsts = colours_of((f"group{at:011}", f"v{at}") for at in range(60))
    assert len(set(firsts.values())) == COLOURS
