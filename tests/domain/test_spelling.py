"""Spellings of one name meet under one key and different names do not; Latin as the published table of 1979 has it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.spelling import is_found
from shg_desk.domain.spelling import key
from shg_desk.domain.spelling import latin
from shg_desk.domain.spelling import may_be_one_name
from shg_desk.domain.spelling import prefixes

ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"

ONE_NAME = [
    *("Жапаров Japarov Zhaparov Dzhaparov Джапаров ЖАПАРОВ", "уулу uulu uuly ulu", "кызы kyzy kizi qizi"),
    *("Айгүл Айгуль Aigul Aygul Aigül Aygül", "Жамиля Джамиля Jamilya Zhamilya Dzhamilia", "Эркин Erkin Yerkin"),
    *("Төлөгөн Толегён Толеген Tologon Tölögön", "Өмүркан Умуркан Omurkan Umurkan", "Мавлюда Mavlyuda Mavluda"),
    *("Зулайхо Zulaikho Zulayho", "Раҳимзода Рахимзода Rahimzoda Rakhimzoda", "Алиев Aliev Aliyev", "Үсөн Усен Үсен"),
    *("Чоң Chong Чон", "Жаңыл Джаныл Jangyl Zhanyl", "Қодир Кодир Qodir Kodir", "Ҷамшед Джамшед Jamshed Dzhamshed"),
    *("Ғайрат Гайрат G‘ayrat G'ayrat Gʻayrat Ghayrat Gayrat", "Бўри Бури Bo‘ri Bo'ri Boʻri Bori", "Тӯхта Тухта Tuhta"),
    *("Йўлдош Yo‘ldosh Yuldosh Юлдош", "Шаҳло Шахло Shahlo Shakhlo", "Чўпон Cho‘pon Chopon", "Xurshid Хуршид Khurshid"),
    *("Юлия Yuliya Iuliia", "Алёна Алена Alyona Alena", "Зиёд Ziyod", "Нилуфарӣ Нилуфари", "Şükür Шүкүр Shukur"),
]

DIFFERENT = """Азамат Азиза Айгүл Айнура Бакыт Бактыгүл Нурлан Нурбек Марат Мурат Темир Тимур Чынара Жанара Сапар Саткын
    Асан Үсөн Эсен"""


@pytest.mark.parametrize("spellings", ONE_NAME)
def test_spellings_of_one_name_have_one_key(spellings: str) -> None:
    assert len({key(one) for one in spellings.split()}) == 1, {one: key(one) for one in spellings.split()}


def test_different_names_have_different_keys() -> None:
    names = DIFFERENT.split()
    assert len({key(one) for one in names}) == len(names)


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Айгүл Токтоева", "Toktoeva Aigul", True),
        ("Айгүл Токтоева", "Айгүл", True),
        ("Айгүл Токтоева", "Токтоева А.", True),
        ("Айгүл Токтоева", "Айгүл Токтаева", True),
        ("Айгүл Токтоева", "Айгүл Токтоевва кызы", True),
        ("Асанова Айгүл", "Айгүл Асан кызы", True),
        ("Айгүл", "", True),
        ("Айгүл Токтоева", "Зейнеп Маматова", False),
        ("Айгүл Токтоева", "Зейнеп Токтоева", False),
        ("Айгүл Токтоева", "Айгүл Маматова", False),
        ("Айгүл Асан кызы", "Бурул Бакыт кызы", False),
        ("Марат", "Мурат", False),
    ],
)
def test_two_names_that_may_be_one_womans(one: str, other: str, may_be: bool) -> None:
    assert may_be_one_name(one, other) is may_be_one_name(other, one) is may_be


def test_words_and_hyphens() -> None:
    assert key("Бакыт уулу  Азамат") == key("Bakyt uuly Azamat") == "bakit ulu azamat"
    assert key("Ак-Суу") == key("ak suu")
    assert key("") == key(" - ") == key("ь") == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *(
            ("Жапаров", "Japarov"),
            ("Жаңгак", "Janggak"),
            ("Ингиз", "In·giz"),
            ("Өмүралиев", "Ömüraliev"),
            ("Щукин", "Shchukin"),
        ),
        *(("ЩУКИН", "SHCHUKIN"), ("Борщчу", "Borshchchu"), ("Башчы", "Bash·chy"), ("БАШЧЫ", "BASH·CHY"), ("Ж.", "J.")),
        *(
            ("Хасан", "Khasan"),
            ("Объект", "Obʺekt"),
            ("Гульнара", "Gulʹnara"),
            ("Ян", "Yan"),
            ("Я", "YA"),
            ("Чүй", "Chüy"),
        ),
        *(
            ("Бакыт уулу Азамат", "Bakyt uulu Azamat"),
            ("Aigul 7", "Aigul 7"),
            ("Раҳимзода", "Rahimzoda"),
            ("НГ", "N·G"),
        ),
    ],
)
def test_latin_of_1979(name: str, written: str) -> None:
    assert latin(name) == written


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet=ALPHABET + ALPHABET.upper() + " -", max_size=12))
def test_the_latin_form_keeps_the_key(name: str) -> None:
    assert key(latin(name)) == key(name)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20))
def test_any_text_has_a_plain_key(name: str) -> None:
    found = key(name)
    assert found == key(name.upper().lower()) or not name.isascii()
    assert found == " ".join(found.split())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(
            ("Aigul", "Айгүл"),
            ("aig", "Айгүл"),
            ("айгуль", "Айгүл"),
            ("Z", "Жапаров"),
            ("Zh", "Жапаров"),
            ("Dz", "Жапаров"),
        ),
        *(("K", "Хамид"), ("Kham", "Хамид"), ("Y", "Эркин"), ("Yer", "Эркин"), ("Aly", "Алёна"), ("C", "Чынара")),
        *(
            ("аз бак", "Бакыт уулу Азамат"),
            ("uuly", "Бакыт уулу Азамат"),
            ("", "Азамат"),
            ("Yo", "Йўлдош"),
            ("Ali", "Алиев"),
        ),
    ],
)
def test_the_beginning_of_a_name_finds_it(typed: str, name: str) -> None:
    assert is_found(typed, key(name))


def test_what_does_not_begin_a_word_does_not_find_it() -> None:
    assert not is_found("гүл", key("Айгүл"))
    assert not is_found("Айгүл Азамат", key("Айгүл Жапарова"))
    assert prefixes("  ") == ()


def test_every_beginning_of_every_spelling_finds_the_name() -> None:
    for spellings in ONE_NAME[:7]:
        first, *others = spellings.split()
        for one in others:
            for length in range(1, len(one) + 1):
                if one not in {"kyzy", "ulu", "uuly"} or length == len(one):
                    assert is_found(one[:length], key(first)), (one[:length], first)


def test_the_names_of_the_valley(shared: Path) -> None:
    folder = shared / "samples" / "names_places"
    with (folder / "given_names_own.csv").open(encoding="utf-8") as lines:
        given_names = [
            [r["kyrgyz_spelling"], r["russian_spelling"], *r["latin_spellings"].split()] for r in csv.DictReader(lines)
        ]
    with (folder / "surnames_own.csv").open(encoding="utf-8") as lines:
        surnames = [[row["surname"], *row["latin_spellings"].split()] for row in csv.DictReader(lines)]
    keys = []
    for spellings in given_names + surnames:
        assert len({key(one) for one in spellings}) == 1, {one: key(one) for one in spellings}
        keys.append(key(spellings[0]))
    assert len(set(keys)) == len(keys) == 38
    with (folder / "kyrgyz_latin_bgn1979.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert latin(row["cyrillic"].lower()) == row["latin"].lower()
            assert latin(row["cyrillic"] + "а") == row["latin"] + "a"
