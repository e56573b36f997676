"""What a self-help group is: pure values and rules. Imports the standard library only; no clock, chance, disk, Qt or SQL."""
