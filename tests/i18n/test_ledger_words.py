"""What a line of the ledger says in people's words."""

from __future__ import annotations

from shg_desk.domain.money import Currency
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words


def test_a_difference_without_a_reason_says_so_in_the_readers_language() -> None:
    for lang in ("ky", "ru"):
        said = ledger_words.line(Words(lang), "difference", {"text": "unknown"}, Currency("KGS"))
        assert "unknown" not in said, lang
        assert said.endswith(Words(lang)._("not known"))
    own = ledger_words.line(Words("ru"), "expense", {"text": "unknown"}, Currency("KGS"))
    assert own.endswith("unknown"), "what people wrote themselves stays"
