"""Pictures: the palette, and pages that open anywhere, show what they say they show, and never change by themselves."""

from __future__ import annotations

from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from travaux.errors import ReferenceDataError
from travaux.viz.palette import FILE, Theme, hue_of, palette

THEMES = pytest.mark.parametrize("theme", [palette().light, palette().dark], ids=["light", "dark"])

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

# What a reader sees who lacks one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.0, on linear sRGB.
VISIONS: dict[str, Matrix] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> Vector:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))
    return r, g, b


def dot(row: Vector, vector: Vector) -> float:
    return sum(a * b for a, b in zip(row, vector, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    low, high = sorted(dot((0.2126, 0.7152, 0.0722), linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: Matrix) -> Vector:
    """CIE L*a*b* under D65 of `colour` as seen with `vision`."""
    red, green, blue = (min(max(dot(row, linear(colour)), 0.0), 1.0) for row in vision)
    white = ((0.4124, 0.3576, 0.1805, 0.95047), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.08883))
    x, y, z = (dot(row[:3], (red, green, blue)) / row[3] for row in white)
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@THEMES
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    grounds = (theme.page, theme.surface, theme.raised)
    inks = {"ink": theme.ink, "muted": theme.muted} | {role: hue.text for role, hue in theme.sources.items()}
    for name, ink in inks.items():
        for ground in grounds:
            assert contrast(ink, ground) >= 4.5, (name, ground)
    for role, hue in theme.sources.items():
        for name, ink in (("ink", theme.ink), ("muted", theme.muted), ("text", hue.text)):
            assert contrast(ink, hue.wash) >= 4.5, (role, name)


@THEMES
def test_marks_can_be_seen_on_every_ground(theme: Theme) -> None:
    for role, hue in theme.sources.items():
        for ground in (theme.page, theme.surface, theme.raised):
            assert contrast(hue.mark, ground) >= 3, (role, ground)


@THEMES
@pytest.mark.parametrize("vision", VISIONS)
def test_sources_stay_apart_for_every_kind_of_vision(theme: Theme, vision: str) -> None:
    seen = {role: lab(hue.mark, VISIONS[vision]) for role, hue in theme.sources.items()}
    for one, other in combinations(seen, 2):
        assert dist(seen[one], seen[other]) >= 12, (one, other)


def test_an_instrument_that_the_palette_does_not_name_has_the_hue_of_the_others() -> None:
    assert hue_of("instrument/budapest/35") == "budapest"
    assert hue_of("instrument/a-treaty-of-tomorrow/1") == "other"


def test_a_palette_with_a_hue_missing_is_refused_in_one_line(tmp_path: Path) -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    broken = tmp_path / "palette.toml"
    broken.write_text("".join(line for line in lines if not line.startswith("untoc = {")), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"the light theme has no hue for untoc; add the role") as caught:
        palette(broken)
    assert "\n" not in str(caught.value)
