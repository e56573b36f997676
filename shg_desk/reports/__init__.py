"""Finished values to paper: PDF pages and tables. Lays out, computes nothing."""
