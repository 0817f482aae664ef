"""The folder of a store on disk: how one is recognised, how it comes to be, and what is wrong with it.

A store is a folder with two things in it: ``travaux-store.json``, which says the format of the store and the base of
its IRIs, and ``quads``, the files of Oxigraph. Each comes to be under another name and is then renamed, the description
first, so that a folder made halfway counts as no store, or as one without quads; the next write finishes either.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError

__all__ = ["FORMAT", "Folder", "StoreDescription", "refusal"]

FORMAT = 1
"""The version of the layout of a store and of the shape of its graphs; another one cannot be read."""

_DESCRIPTION = "travaux-store.json"
_QUADS = "quads"
_UNFINISHED = (".unfinished-description-", ".unfinished-quads-")
_REBUILD = "name another folder with --store, or remove this one and run 'travaux build'"


@dataclass(frozen=True, slots=True)
class StoreDescription:
    """What a store says of itself."""

    format: int
    base: str


class Folder:
    """The folder of a store at `path`, whether or not it exists yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def quads(self) -> Path:
        """Where the files of Oxigraph lie."""
        return self.path / _QUADS

    def described(self) -> StoreDescription | None:
        """What the store says of itself; nothing where there is no store yet, or only the beginnings of one.

        Raises
        ------
        StoreError
            Where the path is no folder, or a folder of something else, or a store of another format.
        """
        try:
            if not self.path.exists():
                return None
            if not self.path.is_dir():
                raise StoreError("this is a file, not the folder of a store", where=str(self.path), remedy=_REBUILD)
            file = self.path / _DESCRIPTION
            if file.exists():
                return self._read(file)
            strangers = [entry.name for entry in self.path.iterdir() if not entry.name.startswith(_UNFINISHED)]
        except OSError as error:
            raise refusal(error, self.path) from error
        if strangers:
            raise StoreError("this folder is not a store", where=str(self.path), remedy="name another one with --store")
        return None

    def create(self, base: str, fill: Callable[[Path], None]) -> None:
        """Make the store: `fill` writes all quads into a folder it is given; then the folder takes its place.

        Raises
        ------
        StoreError
            Where a part of it cannot be written, or another program has made the store in the meantime.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._clear()
            if not (self.path / _DESCRIPTION).exists():
                self._describe(base)
            unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED[1], dir=self.path))
            try:
                fill(unfinished)
                unfinished.rename(self.quads)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            _sync(self.path)
        except OSError as error:
            raise refusal(error, self.path) from error

    def _read(self, file: Path) -> StoreDescription:
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            described = StoreDescription(int(said["format"]), str(said["base"]))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError("the description of the store is damaged", where=str(file), remedy=_REBUILD) from error
        if described.format != FORMAT:
            what = f"a store of format {described.format}, and this version of Travaux reads format {FORMAT}"
            raise StoreError(what, where=str(self.path), remedy=_REBUILD)
        return described

    def _describe(self, base: str) -> None:
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED[0], dir=self.path)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, "base": base}, file)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self.path / _DESCRIPTION)

    def _clear(self) -> None:
        """Remove what a run that was killed left unfinished."""
        for entry in self.path.iterdir():
            if entry.name.startswith(_UNFINISHED[0]):
                entry.unlink(missing_ok=True)
            elif entry.name.startswith(_UNFINISHED[1]):
                shutil.rmtree(entry, ignore_errors=True)


def refusal(error: OSError | RuntimeError, path: Path) -> StoreError:
    """The one line that says why the store at `path` could not be read or written."""
    said = " ".join(str(error).split())
    small = said.lower()
    if "lock" in small and ("resource temporarily" in small or "no locks" in small or "lock hold" in small):
        what = "another program is writing to this store"
        return StoreError(what, where=str(path), remedy="wait until it has finished, and try again")
    if "no space left" in small or "file too large" in small or "quota" in small:
        what = "there is no room to write; the store is as it was before"
        return StoreError(what, where=str(path), remedy="make room, and try again")
    if "corruption" in small or "no such file" in small or "checksum" in small:
        return StoreError(f"the store is damaged ({said})", where=str(path), remedy=_REBUILD)
    if "permission denied" in small or "read-only" in small:
        return StoreError(
            "no permission to use this folder", where=str(path), remedy="name another folder with --store"
        )
    if "directory not empty" in small or "file exists" in small:
        return StoreError("another program has just made a store here", where=str(path), remedy="try again")
    return StoreError(f"the store cannot be used ({said})", where=str(path), remedy=_REBUILD)


def _sync(folder: Path) -> None:
    """Make the new names in `folder` last through a loss of power, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
