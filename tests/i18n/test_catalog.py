"""Words in every language: what falls back to what, counted forms, switching, compiled and uncompiled catalogues."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Nn_
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.catalog import closest
from shg_desk.i18n.catalog import compiled
from shg_desk.i18n.catalog import stretched

RU_RULE = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
TWO = "nplurals=2; plural=(n != 1);"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {rule}\\n"\n\n'

BODIES = {
    "ru": """
msgid "Save"
msgstr "Сохранить"

msgid "Share"
msgstr "Пай"

msgid "{n} record"
msgid_plural "{n} records"
msgstr[0] "{n} запись"
msgstr[1] "{n} записи"
msgstr[2] "{n} записей"

msgctxt "month"
msgid "May"
msgstr "Май"
""",
    "ky": """
msgid "Save"
msgstr "Сактоо"
""",
    "tg": """
#, fuzzy
msgid "Save"
msgstr "Не то"

msgid "Share"
msgstr ""

msgid "{n} record"
msgid_plural "{n} records"
msgstr[0] ""
msgstr[1] ""
""",
    "uz": """
msgid "Save"
msgstr "Saqlash, {name}"
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for lang, body in BODIES.items():
        po = tmp_path / lang / "LC_MESSAGES" / "shg_desk.po"
        po.parent.mkdir(parents=True)
        po.write_text(HEAD.format(rule=RU_RULE if lang == "ru" else TWO) + body, encoding="utf-8")
    return tmp_path


def test_each_language_answers(folder: Path):
    assert {lang: Words(lang, folder)._("Save") for lang in LANGUAGES} == {
        "ky": "Сактоо",
        "ru": "Сохранить",
        "tg": "Сохранить",  # fuzzy is not good enough: Russian
        "uz-Cyrl": "Сақлаш, {name}",
        "uz": "Saqlash, {name}",
        "en": "Save",
    }


def test_a_gap_is_filled_in_russian_then_in_english(folder: Path):
    tajik, uzbek = Words("tg", folder), Words("uz-Cyrl", folder)
    assert tajik._("Share") == uzbek._("Share") == "Пай"
    assert tajik._("Nobody translated this") == uzbek._("Nobody translated this") == "Nobody translated this"
    assert [tajik.n_("{n} record", "{n} records", n) for n in (1, 2, 5)] == ["{n} запись", "{n} записи", "{n} записей"]


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "записей"), (1, "запись"), (2, "записи"), (11, "записей"), (21, "запись"), (112, "записей"), (1003, "записи")],
)
def test_russian_counts(folder: Path, n: int, form: str):
    assert Words("ru", folder).n_("{n} record", "{n} records", n) == f"{{n}} {form}"


def test_english_counts(folder: Path):
    words = Words("en", folder)
    assert [words.n_("{n} record", "{n} records", n) for n in (0, 1, 2)] == ["{n} records", "{n} record", "{n} records"]


def test_context_and_marked_texts(folder: Path):
    words = Words("ru", folder)
    assert words.p_("month", "May") == "Май"
    assert words.p_("permission", "May") == "May"
    assert words.say(N_("Save")) == "Сохранить"
    assert words.say_counted(Nn_("{n} record", "{n} records"), 3) == "{n} записи"


def test_switched_while_running(folder: Path):
    words = Words("ru", folder)
    heard = [words._("Save")]
    for lang in ("ky", "uz", "uz-Cyrl", "en", "ru"):
        words.switch(lang)
        assert words.lang == lang
        heard.append(words._("Save"))
    assert heard == ["Сохранить", "Сактоо", "Saqlash, {name}", "Сақлаш, {name}", "Save", "Сохранить"]
    with pytest.raises(ValueError):
        words.switch("kk")
    assert words._("Save") == "Сохранить"


def test_no_folder_at_all_is_english(tmp_path: Path):
    words = Words("ky", tmp_path)
    assert (words._("Save"), words.n_("{n} day", "{n} days", 2)) == ("Save", "{n} days")


def _loads_babel(folder: Path) -> bool:
    code = (
        "import sys; from pathlib import Path; from shg_desk.i18n.catalog import Words; "
        "w = Words('ru', Path(sys.argv[1]));"
        "assert w._('Save') == 'Сохранить'; print('babel' in sys.modules)"
    )
    top = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(top)},
    )
    return done.stdout.strip() == "True"


def test_a_compiled_catalogue_spares_babel_until_the_text_changes(folder: Path):
    po = folder / "ru" / "LC_MESSAGES" / "shg_desk.po"
    assert _loads_babel(folder)
    po.with_suffix(".mo").write_bytes(compiled(po.read_bytes()))
    assert not _loads_babel(folder)
    po.write_text(po.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # and the .mo is of another text
    assert _loads_babel(folder)


def test_compiled_says_the_same(folder: Path):
    before = Words("tg", folder)
    for po in folder.rglob("*.po"):
        po.with_suffix(".mo").write_bytes(compiled(po.read_bytes()))
    after = Words("tg", folder)
    for text in ("Save", "Share", "Nothing"):
        assert before._(text) == after._(text)


@pytest.mark.parametrize(
    ("system", "lang"),
    [
        ("ky_KG.UTF-8", "ky"), ("ru-TJ", "ru"), ("tg_TJ", "tg"), ("uz_UZ", "uz"), ("uz-Latn-UZ", "uz"),
        ("uz_KG", "uz-Cyrl"),
        ("uz", "uz-Cyrl"), ("uz_UZ@cyrillic", "uz-Cyrl"), ("uz-Cyrl-UZ", "uz-Cyrl"),
        ("C", "en"), ("", "en"), ("de_DE", "en"),
    ],
)  # fmt: skip
def test_the_system_language_is_understood(system: str, lang: str):
    assert closest(system) == lang


@pytest.mark.parametrize("text", ["Save", "Left to pay {amount}, next {date}", "Two lines\nand {n} more", "{n}"])
def test_stretched_is_longer_and_keeps_its_placeholders(text: str):
    long = Words(STRETCHED)._(text)
    assert long == stretched(text)
    for line, grown in zip(text.split("\n"), long.split("\n"), strict=True):
        bare = line.replace("{amount}", "").replace("{date}", "").replace("{n}", "")
        assert len(grown) - (len(line) - len(bare)) >= 1.4 * len(bare)
    filled = long.format(amount="1", date="2", n="3")
    assert "{" not in filled
