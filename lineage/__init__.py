"""Records to derivations: which provision each proposal descends from."""
