"""The parts of the command line: what each command does, and how it prints what it found."""
