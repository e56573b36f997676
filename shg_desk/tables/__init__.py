"""Other people's tables brought to one shape: rosters and savings from CSV and XLSX. Computes no figure."""
