"""What a self-help group is: pure values and rules on the standard library; no clock, chance, disk, Qt or SQL."""
