"""Languages: catalogues, glossary, formats of money and dates, a sentence for each problem code."""
