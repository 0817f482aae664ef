"""``python -m travaux`` is the command ``travaux``."""

from .cli import main

main()
