"""Uzbek in Cyrillic from Uzbek in Latin, held against CLDR's own two spellings of the same names."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from shg_desk.i18n.uzbek import to_cyrillic

FOREIGN = re.findall(
    r"\S+",
    "Angilya Belgiya Bermuda Bosniya Botsvana Kongo Seuta Men Myanma Marshall Maldiv Malta Norfolk Papua Pitkern "
    "Sen-Pyer Shpitsbergen Syerra-Leone Vyetnam Mayotta Kot-d’Ivuar Fransuz Gonkong Makao AQSH Gretsiya Shvetsiya",
)
"""Names whose Cyrillic spelling came from Russian, not from the Latin letters; one word each is enough."""

OTHER_NAMES = {"ZA", "021", "035", "PS", "QO", "MP", "FI", "PL", "CH", "SE"}
"""Territories that CLDR calls differently in the two scripts (another ending, another word)."""

PAIRS = {
    "yoʻq": "йўқ", "yoʻl": "йўл", "oʻzi": "ўзи", "Oʻzbekcha": "Ўзбекча", "togʻ": "тоғ", "maʼno": "маъно",
    "Isʼhoq": "Исҳоқ", "eshik": "эшик", "kel": "кел", "poeziya": "поэзия", "yetti": "етти", "deyilgan": "дейилган",
    "yaxshi": "яхши", "yil": "йил", "ayol": "аёл", "chiqim": "чиқим", "majlis": "мажлис", "jamgʻarma": "жамғарма",
    "singil": "сингил", "ketsa": "кетса", "aytsin": "айтсин", "operatsiya": "операция", "sentabr": "сентябрь",
    "sentabrda": "сентябрда", "2 rublni": "2 рублни", "rubl": "рубль", "boshqa": "бошқа", "sexda": "цехда",
    "OʻZBEK": "ЎЗБЕК", "Ertaga": "Эртага", "qarz qoldigʻi": "қарз қолдиғи", "foyda": "фойда", "taʼlim": "таълим",
}  # fmt: skip


def test_cldr_spells_the_countries_alike():
    latin, cyrillic = Locale.parse("uz").territories, Locale.parse("uz_Cyrl").territories
    same, differ = 0, []
    for code in sorted(set(latin) & set(cyrillic)):
        if to_cyrillic(latin[code]) == cyrillic[code]:
            same += 1
        elif code not in OTHER_NAMES and not any(word in latin[code] for word in FOREIGN):
            differ.append((latin[code], to_cyrillic(latin[code]), cyrillic[code]))
    assert same >= 250
    assert len(differ) <= 6, differ  # another word order, a part left out


def test_cldr_spells_days_and_months_alike():
    latin, cyrillic = Locale.parse("uz"), Locale.parse("uz_Cyrl")
    for day, name in latin.days["stand-alone"]["wide"].items():
        assert to_cyrillic(name) == cyrillic.days["stand-alone"]["wide"][day]
    for number, name in latin.months["format"]["wide"].items():
        # CLDR leaves the soft sign out; the orthography of 1940 writes it at the end of these words
        assert to_cyrillic(name).replace("ь", "") == cyrillic.months["format"]["wide"][number]


@pytest.mark.parametrize("latin", PAIRS)
def test_words(latin: str):
    assert to_cyrillic(latin) == PAIRS[latin]


@pytest.mark.parametrize("sign", "ʻʼ'’‘`")
def test_every_apostrophe_is_read(sign: str):
    assert to_cyrillic(f"so{sign}m, ma{sign}no, g{sign}oya") == "сўм, маъно, ғоя"


def test_what_is_no_uzbek_stays():
    kept = "{name} SHG Desk F10 PDF Ctrl+Z Enter A4 .shgb Excel Windows"
    assert to_cyrillic(kept) == kept
    assert to_cyrillic("{count_left} ta qator") == "{count_left} та қатор"


def test_no_latin_letter_is_left_in_an_uzbek_word():
    alphabet = [*"abdefghijklmnopqrstuvxyz", "sh", "ch", "oʻ", "gʻ", "yo", "yu", "ya", "ye", "yoʻ", "ng", "ts"]
    for first in alphabet:
        for second in alphabet:
            assert not re.search("[a-z]", to_cyrillic("b" + first + second + "a")), first + second
