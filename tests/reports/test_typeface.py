"""Every letter our people write is drawn as itself, and figures stand under each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reading import ink
from pdf_reading import letters
from pdf_reading import opened
from pdf_reading import page_texts

from shg_desk.reports.page import Pages
from shg_desk.reports.page import Paper
from shg_desk.reports.typeface import fitting
from shg_desk.reports.typeface import missing
from shg_desk.reports.typeface import text_width
from shg_desk.reports.typeface import wrapped

WEIGHTS = (400, 500, 600)
ALPHABET = (
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    "ҢӨҮңөүҒӢҚӮҲҶғӣқӯҳҷЎў"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzʻ‘’«»„“–—−×÷·№%§/+=→←0123456789.,:;!?()[]"
)
LOOK_ALIKES = {
    "ң": "н", "ө": "о", "ү": "у", "ғ": "г", "ӣ": "и", "қ": "к", "ӯ": "у", "ҳ": "х", "ҷ": "ч", "ў": "у", "ʻ": "o",
    "Ң": "Н", "Ө": "О", "Ү": "У", "Ғ": "Г", "Ӣ": "И", "Қ": "К", "Ӯ": "У", "Ҳ": "Х", "Ҷ": "Ч", "Ў": "У",
}  # fmt: skip


def drawn(text: str, weight: int = 400, size: float = 40) -> Paper:
    pages = Pages((60, 60), "t", "ky")
    pages.new_page()
    pages.text(8, 45, text, size, weight)
    return pages.finish(lambda page: None)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_typeface_holds_the_alphabet(weight: int) -> None:
    assert missing(ALPHABET) == set()
    assert drawn(ALPHABET, weight, 1).missing_letters == set()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_special_letters_have_ink_of_their_own(weight: int) -> None:
    nothing = ink(drawn("\u2713", weight))  # not in the typeface: the empty box that stands for what is missing
    seen = {ink(drawn(letter, weight)): letter for letter in LOOK_ALIKES}
    assert len(seen) == len(LOOK_ALIKES)
    for letter, plain in LOOK_ALIKES.items():
        own = ink(drawn(letter, weight))
        assert own not in (nothing, ink(drawn(plain, weight)), ink(drawn(" ", weight))), letter


def test_weights_differ_on_paper() -> None:
    assert len({ink(drawn("ө", weight)) for weight in WEIGHTS}) == 3


def test_a_missing_letter_is_told() -> None:
    assert drawn("Айгүл \u2713").missing_letters == {"\u2713"}


@pytest.mark.parametrize("weight", WEIGHTS)
def test_figures_are_equally_wide_in_ink_too(weight: int) -> None:
    assert {text_width(digit, 1000, weight) for digit in "0123456789"} == {560}
    starts = []
    for digits in ("1111", "0000", "7777"):
        pages = Pages((200, 60), "t", "ky")
        pages.new_page()
        pages.text(8, 45, digits + "|", 40, weight)
        found = letters(opened(pages.finish(lambda page: None))[0])
        starts.append(found[-1].left)
    assert max(starts) - min(starts) < 0.01
    # and the figures the font gives them are not the narrow ones: a 1 of equal width differs from the usual one
    assert page_texts(drawn("1060", weight)) == ["1060"]


def test_width_is_what_is_drawn() -> None:
    pages = Pages((400, 60), "t", "ky")
    pages.new_page()
    pages.text(10, 40, "Өмүрбековна|", 20)
    last = letters(opened(pages.finish(lambda page: None))[0])[-1]
    end = 10 + text_width("Өмүрбековна|", 20)
    assert end - 6 < last.right <= end


@given(st.text(alphabet="абвгң- 1Ө", max_size=80), st.floats(30, 200))
def test_wrapping_loses_nothing_and_fits(text: str, width: float) -> None:
    lines = wrapped(text, 11, 400, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 11, 400) <= width for line in lines)


def test_words_are_not_cut_where_a_line_break_does() -> None:
    assert wrapped("Карыз төлөмү", 10, 400, text_width("төлөмү", 10) + 0.1) == ("Карыз", "төлөмү")
    assert wrapped("Бек-Назаров", 10, 400, text_width("Бек-Наза", 10)) == ("Бек-", "Назаров")


def test_a_figure_is_not_broken() -> None:
    figure = "1\u00a0060\u00a0сом"
    assert wrapped(f"калды {figure}", 10, 400, text_width(figure, 10) + 0.1) == ("калды", figure)


def test_fitting_takes_the_longest_word_down() -> None:
    size = fitting("Имзо Подпись", 9, 500, 20)
    assert text_width("Подпись", size, 500) == pytest.approx(20)
    assert fitting("Имзо", 9, 500, 200) == 9
