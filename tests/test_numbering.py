"""The meaning of a number follows from the series it belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.ingest.labels import Label, Sign
from travaux.ingest.numbering import Level, Step, StepKind, readings

# A step a word: "#" an article heading, "##" a division, "~" words without a number, "3" a label, "2!" with a title.
A, H, P, S, R = Level.ARTICLE, Level.SUBHEADING, Level.PARAGRAPH, Level.SUBPARAGRAPH, Level.ITEM
SERIES = [
    ("a letter after (h) is a letter", "# 3 a b c d e f g h i j k", [None, P, *[S] * 11]),
    ("an (i) after (b) opens romans", "# 1 a b i ii iii c", [None, P, S, S, R, R, R, S]),
    ("an (i) after (h) opens romans where (ii) follows", "# 1 a b c d e f g h i ii", [None, P, *[S] * 8, R, R]),
    ("articles numbered through", "## 1! 1 2 2! 1 2 3! ~ 4! 1", [None, A, P, P, A, P, P, A, None, A, P]),
    ("titles as paragraphs of one article", "# 1! 2! 3! 4!", [None, P, P, P, P]),
    ("paragraphs numbered through a commentary", "1 2 ## 3 ## 4 5", [P, P, None, P, None, P, P]),
    ("a lettered heading holds paragraphs", "# a! 1 2 b! 1", [None, H, P, P, H, P]),
    ("letters under words without a number", "# ~ a b", [None, None, S, S]),
    ("a number with points stands by itself", "# 1.1 a b 1.2 a", [None, P, S, S, P, S]),
    ("an addition does not break a series", "# 1 a abis b", [None, P, S, S, S]),
    ("capitals stand below small letters", "# 1 a A B b", [None, P, S, R, R, S]),
    ("capitals alone are letters", "# 1 A B 2", [None, P, S, S, P]),
    ("letters run on past the alphabet", "# ~ y z aa bb", [None, None, S, S, S, S]),
    ("a gap in a series", "# 1 2 4 5", [None, P, P, P, P]),
]


def steps(words: str) -> list[Step]:
    made = []
    for word in words.split():
        if word == "#":
            made.append(Step(StepKind.ARTICLE))
        elif word == "##":
            made.append(Step(StepKind.DIVISION))
        elif word == "~":
            made.append(Step(StepKind.TEXT))
        else:
            number = word.rstrip("!")
            sign = Sign.DIGIT if number[0].isdigit() else Sign.LETTER
            made.append(Step(StepKind.LABEL, Label(sign, number, 0, 2), title=word.endswith("!")))
    return made


@pytest.mark.parametrize(("what", "words", "expected"), SERIES)
def test_a_number_is_read_by_its_series(what: str, words: str, expected: list[Level | None]) -> None:
    assert readings(steps(words)) == expected, what


WORDS = "# ## ~ 1 2 3 7 1! 2! a b c i ii v x a! aa 1.1 2bis abis A B".split()


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_every_label_gets_a_reading_and_nothing_else_does(words: list[str]) -> None:
    made = steps(" ".join(words))
    for step, level in zip(made, readings(made), strict=True):
        assert (level is None) == (step.label is None)
