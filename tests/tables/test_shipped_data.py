"""The shipped tables are whole, agree with each other and with the rules of writing."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from shg_desk.domain.agenda import due
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.spelling import key
from shg_desk.domain.spelling import latin
from shg_desk.tables import shipped_data
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

TODAY = date(2026, 11, 21)


def som(currency: str, on_date: date, kind: str) -> list[str]:
    return [f"{n.value_minor / 100:g}" for n in shipped_data.banknotes(currency, on_date) if n.kind == kind]


def test_notes_and_coins_of_today() -> None:
    assert som("KGS", TODAY, "note") == ["5000", "2000", "1000", "500", "200", "100", "50", "20"]
    assert som("KGS", TODAY, "coin") == ["10", "5", "3", "1", "0.5", "0.1"]
    assert som("TJS", TODAY, "note") == ["500", "200", "100", "50", "20", "10", "5", "3", "1"]
    assert som("RUB", TODAY, "note")[:4] == ["5000", "2000", "1000", "500"]
    assert som("USD", TODAY, "note") == ["100", "50", "20", "10", "5", "2", "1"]
    assert som("UZS", TODAY, "note")[:2] == ["200000", "100000"]
    assert shipped_data.banknotes("XXX", TODAY) == ()


def test_notes_and_coins_of_then() -> None:
    assert som("KGS", date(2005, 6, 1), "note") == ["1000", "500", "200", "100", "50", "20", "10", "5", "1"]
    assert som("KGS", date(2005, 6, 1), "coin") == []
    assert "2000" not in som("RUB", date(2016, 12, 31), "note")
    assert "2000" in som("RUB", date(2017, 12, 31), "note")
    assert "200" not in som("TJS", date(2009, 1, 1), "note")


def test_every_currency_of_notes_is_one_we_count_in() -> None:
    for currency in ("KGS", "TJS", "RUB", "USD", "UZS"):
        found = shipped_data.banknotes(currency, TODAY)
        assert currency in MINOR_DIGITS
        assert len({(one.value_minor, one.kind) for one in found}) == len(found) > 0


def test_villages_lie_in_rayons_we_know() -> None:
    codes = {area.soate: area for area in shipped_data.areas()}
    villages = shipped_data.villages()
    assert len(villages) == 88
    for village in villages:
        assert codes[village.rayon_soate].name_ky == village.rayon
        assert codes[codes[village.rayon_soate].parent].name_ky == village.oblast
        assert village.name_latin == latin(village.name_ky)
    places = Counter((one.rayon, one.rural_community, one.name_ky) for one in villages)
    assert max(places.values()) == 1
    communities = {(one.rayon, one.rural_community) for one in villages}
    centres = Counter((one.rayon, one.rural_community) for one in villages if one.is_centre)
    assert set(centres.values()) == {1}
    assert communities - set(centres) == {("Лейлек", "Раззаков шаары")}


def test_areas_hang_together() -> None:
    areas = shipped_data.areas()
    oblasts = {area.soate for area in areas if area.level == "oblast"}
    assert len(oblasts) == 7
    assert len({area.soate for area in areas}) == len(areas) == 47
    assert all(area.parent in oblasts for area in areas if area.level == "rayon")


def test_names_for_both_sexes() -> None:
    women, men = shipped_data.given_names("f"), shipped_data.given_names("m")
    assert len(women) >= 30
    assert len(men) >= 25
    assert len(shipped_data.given_names()) == len(women) + len(men)
    assert len(shipped_data.surnames("f")) == len(shipped_data.surnames("m")) >= 30
    for name in shipped_data.given_names() + shipped_data.surnames():
        assert name.name_latin == latin(name.name_ky)
        # The Russian spelling of a name is the same name: a search finds both.
        assert key(name.name_ru) == key(name.name_ky), name


def test_word_lists_in_five_languages() -> None:
    for words in (shipped_data.meeting_reasons(), shipped_data.decision_templates()):
        assert len({entry.code for entry in words}) == len(words) >= 10
        for entry in words:
            assert set(entry.words) == {"en", "ru", "ky", "tg", "uz"}
            assert all(text and text == text.strip() for text in entry.words.values())
    assert {"no_quorum", "snow", "harvest", "mourning"} <= {entry.code for entry in shipped_data.meeting_reasons()}


def test_villages_are_those_of_the_sample(shared: Path) -> None:
    with (shared / "samples" / "names_places" / "villages_sample.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["district"].startswith(("Leilek", "Batken"))]
    seen = {key(spelling) for row in rows for spelling in (row["place"], row["other_spelling_seen"]) if spelling}
    unknown = [one.name_ky for one in shipped_data.villages() if key(one.name_ky) not in seen]
    # Named in the sample with a Russian ending or "named after" before it.
    assert unknown == ["Интернационал", "Ленин"]


def test_the_agenda_has_words_everywhere_and_only_conditions_that_can_hold() -> None:
    points = shipped_data.agenda()
    assert len({point.code for point in points}) == len(points)
    for point in points:
        assert all(point.words[language] for language in shipped_data.LANGUAGES)
    borrower = member(1, "Айгүл", [loan("1", 106, "L-1")])
    everything = replace(
        yrys(), members=(borrower,), open_difference_minor=100, terms_ending=(("Айгүл", TODAY),),
        rules=replace(rules(), cycle_until=TODAY, share_price_minor=5_000),
    )  # fmt: skip
    assert {point.when for point in points} <= due(everything)


def test_ten_decisions_can_be_chosen_by_a_digit() -> None:
    codes = [entry.code for entry in shipped_data.decision_templates()]
    assert len(codes) <= 10
    assert {"loan-approved", "fine-waived", "member-admitted", "member-released"} <= set(codes)
    assert {"rule-changed", "expense-approved", "difference-accepted"} <= set(codes)
