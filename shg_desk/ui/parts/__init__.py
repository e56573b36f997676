"""The parts every page is built of: labels, buttons, cards, fields, tables; they show finished words and values."""
