"""The keys that work on every page, with their words: the one list that help shows and the window's test presses."""

from __future__ import annotations

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked

EVERYWHERE: tuple[tuple[tuple[str, ...], Marked], ...] = (
    (("F1",), N_("help for this page")),
    (("Ctrl", "F"), N_("find")),
    (("/",), N_("find")),
    (("Alt", "←"), N_("back to where I was")),
    (("F9",), N_("hide the screen")),
    (("F11",), N_("the whole screen")),
    (("Ctrl", "+"), N_("larger letters")),
    (("Ctrl", "−"), N_("smaller letters")),
    (("Ctrl", "Shift", "L"), N_("next language")),
)
