"""Travaux: where every proposed treaty provision comes from, and who stands behind it.

>>> import travaux
>>> graph = travaux.build()
>>> [document.symbol for document in graph.documents]
['V.22-10828']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__
from .errors import (
    DocumentError,
    ExportError,
    GoldError,
    LineageError,
    ManifestError,
    QueryError,
    ReferenceDataError,
    ServiceError,
    StoreError,
    TravauxError,
)

if TYPE_CHECKING:
    from .api import SHIPPED_CORPUS, Graph, Provision, Rows, build, open  # noqa: A004

__all__ = [
    "SHIPPED_CORPUS",
    "DocumentError",
    "ExportError",
    "GoldError",
    "Graph",
    "LineageError",
    "ManifestError",
    "Provision",
    "QueryError",
    "ReferenceDataError",
    "Rows",
    "ServiceError",
    "StoreError",
    "TravauxError",
    "__version__",
    "build",
    "open",
]


def __getattr__(name: str) -> object:
    # What stands in `api` loads the graph engine, which `travaux --help` does without.
    if name in __all__:
        return getattr(import_module(".api", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
