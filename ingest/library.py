"""The texts of treaties that the user has: a folder of their files, each with a record of what it is.

It stands outside of every store, so that no build can lose it. A text is its file, byte for byte, under a name with its
digest; the record ``untoc.json`` names that file and is written last, so that a treaty is replaced at one stroke.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import msgspec
from platformdirs import user_data_path

from ..errors import DocumentError
from ..ontology.reference import Reference
from .collation import InstrumentCheck, check_instrument
from .instruments import InstrumentText, read_instrument
from .readers import digest_of

__all__ = ["Added", "Holding", "Library", "library_folder"]

_FileName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the library: which treaty, its file there, the name it came under, where from, and how it agrees.

    `units` of the skeleton's `of_units` were found, and `words` for its `of_words`.
    """

    instrument: str
    file: _FileName
    digest: str
    name: str
    origin: str
    units: int
    of_units: int
    words: int
    of_words: int


@dataclass(frozen=True, slots=True)
class Added:
    """What :meth:`Library.add` did: the new holding, how its text agrees, and what it took the place of."""

    holding: Holding
    check: InstrumentCheck
    replaced: Holding | None


def library_folder() -> Path:
    """Where the library is by default: ``TRAVAUX_LIBRARY``, else a folder of the user's data."""
    named = os.environ.get("TRAVAUX_LIBRARY", "")
    return Path(named) if named else user_data_path("travaux") / "instruments"


class Library:
    """The library in `folder`, or in the default one. A folder that is not there is an empty library."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or library_folder()

    def holdings(self) -> dict[str, Holding]:
        """The texts by the id of their treaty, sorted.

        Raises
        ------
        DocumentError
            If a record cannot be understood.
        """
        found: dict[str, Holding] = {}
        for path in sorted(self.folder.glob("*.json")):
            try:
                holding = msgspec.json.decode(path.read_bytes(), type=Holding)
            except msgspec.DecodeError as error:
                raise self._damaged(path, f"the record is damaged ({error})") from None
            if holding.instrument != path.stem:
                raise self._damaged(path, f"the record is of {holding.instrument}")
            found[holding.instrument] = holding
        return found

    def texts(self, reference: Reference) -> dict[str, InstrumentText]:
        """Every text that is held, read, by the id of its treaty.

        Raises
        ------
        DocumentError
            If a file is missing, is not the one that was added, or does not agree with its skeleton any more.
        """
        texts: dict[str, InstrumentText] = {}
        for key, holding in self.holdings().items():
            path = self.folder / holding.file
            try:
                digest = digest_of(path.read_bytes())
            except FileNotFoundError:
                raise self._damaged(path, f"the text of {key} is missing from the library") from None
            if digest != holding.digest:
                raise self._damaged(path, f"the text of {key} in the library is not the one that was added")
            texts[key] = replace(read_instrument(path, reference, key), source=holding.name)
        return texts

    def add(self, path: Path, reference: Reference, instrument: str = "", origin: str = "") -> Added:
        """Take the file at `path` into the library, in place of an older text of the same treaty.

        Parameters
        ----------
        path, reference, instrument
            As for :func:`~travaux.ingest.instruments.read_instrument`.
        origin
            Where the file came from: an address, or any words.

        Raises
        ------
        DocumentError
            If the file is not taken; the library is as it was.
        """
        text = read_instrument(path, reference, instrument)
        content = path.read_bytes()
        if digest_of(content) != text.digest:
            raise DocumentError("the file was changed while it was read", where=str(path), remedy="add it again")
        check = check_instrument(text, reference.instruments[text.instrument])
        short = text.digest.removeprefix("sha256:")[:16]
        holding = Holding(
            text.instrument,
            f"{text.instrument}-{short}{path.suffix.lower()}",
            text.digest,
            path.name,
            origin,
            check.found,
            check.units,
            check.words,
            check.expected,
        )
        before = self._before(text.instrument)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(holding.file, content)
        self._write(f"{holding.instrument}.json", msgspec.json.format(msgspec.json.encode(holding), indent=2) + b"\n")
        if before is not None and before.file != holding.file:
            (self.folder / before.file).unlink(missing_ok=True)
        return Added(holding, check, before if before is not None and before.digest != holding.digest else None)

    def _before(self, instrument: str) -> Holding | None:
        """What is held of the treaty; nothing where its record is damaged, which the new one mends."""
        try:
            return msgspec.json.decode((self.folder / f"{instrument}.json").read_bytes(), type=Holding)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def _write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all."""
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _damaged(self, path: Path, what: str) -> DocumentError:
        return DocumentError(what, where=str(path), remedy="add the treaty again with: travaux instruments add FILE")
