"""The one palette: which hue, strength and shape means what, in light and in dark."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ..errors import ReferenceDataError

__all__ = ["Hue", "Palette", "Role", "Theme", "hue_of", "palette", "style_rules"]

FILE = Path(__file__).parent / "palette.toml"

Role = Literal["budapest", "untoc", "uncac", "other", "submission", "original", "alarm"]
"""What a hue stands for: the source of the words, or (`alarm`) a finding of severity A."""

Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9A-F]{6}$")]
Strength = Literal["solid", "light", "hatched", "dotted", "bare"]
Shape = Literal[
    "disc",
    "disc-arrow",
    "square",
    "square-outline",
    "half-disc",
    "ring",
    "diamond",
    "triangle",
    "cross",
    "question",
]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Hue(_Strict, frozen=True):
    """One hue of one theme: for marks, for words, and for a ground that words stand on."""

    mark: Colour
    text: Colour
    wash: Colour


class Theme(_Strict, frozen=True):
    """A ground, its inks and its hues."""

    page: Colour
    surface: Colour
    raised: Colour
    rule: Colour
    ink: Colour
    muted: Colour
    faint: Colour
    sources: dict[Role, Hue]


class Palette(_Strict, frozen=True):
    """``palette.toml``: see the comments there."""

    instruments: dict[str, Role]
    roles: dict[Role, str]
    verdicts: dict[str, Strength]
    stances: dict[str, Shape]
    light: Theme
    dark: Theme


@cache
def palette(path: Path = FILE) -> Palette:
    """Read the palette.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema, or a theme lacks the hue of a role.

    Examples
    --------
    >>> palette().instruments["untoc"], palette().verdicts["adapted"], palette().stances["supports"]
    ('untoc', 'hatched', 'square')
    """
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Palette)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None
    for name, theme in (("light", found.light), ("dark", found.dark)):
        if lacking := sorted(set(found.roles) - set(theme.sources)):
            raise ReferenceDataError(
                f"the {name} theme has no hue for {', '.join(lacking)}",
                where=str(path),
                remedy=f"add the role to [{name}.sources]",
            )
    return found


def hue_of(path: str) -> Role:
    """The role whose hue the thing at `path` (below the base) has: that of its instrument, if it has one.

    >>> hue_of("instrument/untoc/18/3/a"), hue_of("instrument/icj-statute"), hue_of("resolution/ga/74/247")
    ('untoc', 'other', 'other')
    >>> hue_of("document/v-22-10828/jamaica/extradition")
    'original'
    """
    family, _, rest = path.partition("/")
    if family == "instrument":
        return palette().instruments.get(rest.split("/")[0], "other")
    return "other" if family == "resolution" else "original"


def style_rules() -> str:
    """The palette as CSS custom properties: the reader's own setting decides, and a choice in the page overrides it.

    >>> "--uncac-mark:" in style_rules()
    True
    """
    light, dark = (_properties(theme) for theme in (palette().light, palette().dark))
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
    )


def _properties(theme: Theme) -> str:
    grounds = ("page", "surface", "raised", "rule", "ink", "muted", "faint")
    rules = [f"--{name}:{getattr(theme, name)}" for name in grounds]
    for role, hue in theme.sources.items():
        rules += [f"--{role}-mark:{hue.mark}", f"--{role}-text:{hue.text}", f"--{role}-wash:{hue.wash}"]
    return ";".join(rules)
