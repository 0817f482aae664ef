"""Everything that can go wrong, in one tree.

    TravauxError                a fault of the input: one clear line, exit status 1
    |-- DocumentError           a document that cannot be read, or that has no structure
    |-- ManifestError           a manifest that breaks its schema
    |-- ReferenceDataError      a data file of the ontology that breaks its schema
    |-- StoreError              a store that cannot be opened, written or understood
    |-- QueryError              a question, a parameter or a query text that cannot be run
    |-- ExportError             a format or a path that cannot be written
    |-- LineageError            figures of a lineage that cannot be read, or are of another text
    |-- ServiceError            a service that cannot be started
    +-- GoldError               a gold standard that cannot be read

Every error says what is wrong, where, and what to do, in one line.
"""

from __future__ import annotations

__all__ = [
    "DocumentError",
    "ExportError",
    "GoldError",
    "LineageError",
    "ManifestError",
    "QueryError",
    "ReferenceDataError",
    "ServiceError",
    "StoreError",
    "TravauxError",
]


class TravauxError(Exception):
    """A fault of the input.

    Parameters
    ----------
    what
        What is wrong, in a few words.
    where
        The place: a file, a file and line, a parameter. Empty where there is none.
    remedy
        What the user can do about it. Empty where nothing helps.

    Examples
    --------
    >>> print(DocumentError("the file is empty", where="a.md", remedy="add the text of the document"))
    a.md: the file is empty; add the text of the document
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        line = f"{where}: {what}" if where else what
        if remedy:
            line = f"{line}; {remedy}"
        super().__init__(" ".join(line.split()))


class DocumentError(TravauxError):
    """A document that cannot be read, or that has no structure."""


class ManifestError(TravauxError):
    """A manifest that breaks its schema."""


class ReferenceDataError(TravauxError):
    """A data file of the ontology that breaks its schema."""


class StoreError(TravauxError):
    """A store that cannot be opened, written or understood."""


class QueryError(TravauxError):
    """A question, a parameter or a query text that cannot be run."""


class ExportError(TravauxError):
    """A format or a path that cannot be written."""


class LineageError(TravauxError):
    """Figures of a lineage that cannot be read, or that are of another text."""


class ServiceError(TravauxError):
    """A service that cannot be started."""


class GoldError(TravauxError):
    """A gold standard that cannot be read."""
