"""The English of every problem's sentence, one entry a code; the catalogues hold the other languages.

Each says what happened, what is safe and what to do. Several variants of a code go from the most telling to the
plainest; the last one needs no fact that could be missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence
from shg_desk.i18n.sentences_book import BOOK
from shg_desk.i18n.sentences_corrections import CORRECTIONS
from shg_desk.i18n.sentences_death import DEATH
from shg_desk.i18n.sentences_exchange import EXCHANGE
from shg_desk.i18n.sentences_meeting import MEETING
from shg_desk.i18n.sentences_share_out import SHARE_OUT
from shg_desk.i18n.sentences_typed import TYPED

ANY = N_("Something stands in the way. Nothing was changed. Tell the office this word: {problem_code}.")
"""For a code without a sentence of its own; a test sees to it that there is none."""

SENTENCES: Mapping[Code, tuple[Sentence, ...]] = {
    **BOOK,
    **CORRECTIONS,
    **DEATH,
    **EXCHANGE,
    **MEETING,
    **SHARE_OUT,
    **TYPED,
}
