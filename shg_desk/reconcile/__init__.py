"""Fast pure comparison of two books. Imports the standard library and domain only."""
