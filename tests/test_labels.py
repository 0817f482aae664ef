"""What the start of a unit says about its number."""

import pytest
from travaux.ingest.labels import Label, Sign, labels, letter_index, roman_value, successor
from travaux.ontology.wording import outline_wording

LABELS = [
    ("1. States Parties shall cooperate", [("digit", "1")]),
    ("3. (a) A point of contact", [("digit", "3"), ("letter", "a")]),
    ("2. (c) Each Party shall", [("digit", "2"), ("letter", "c")]),
    ("2. (a) (iv) Views on", [("digit", "2"), ("letter", "a"), ("letter", "iv")]),
    ("6bis. In cases where", [("digit", "6bis")]),
    ("(k) The recovery of assets", [("letter", "k")]),
    ("b) the preservation of data", [("letter", "b")]),
    ("A. Preventive measures", [("capital", "A")]),
    ("IV. Final clauses", [("capital", "IV")]),
    ("Chapter 4 – International cooperation", [("division", "4")]),
    ("PART III MEASURES", [("division", "III")]),
    ("Article: Extradition", [("article", "")]),
    ("Article 18 Consultation on proposals", [("article", "18")]),
    ("ARTICLE 5", [("article", "5")]),
    ("Article 27, paragraph 9 (a)–(e), of the Budapest Convention", []),
    ("Article 31 of the Convention may be applied", []),
    ("2022 was a year", []),
    ("1.5 million", []),
    ("(cf) the annex", []),
    ("24/7 network", []),
    ("[Article 6] Product design", [("article", "6")]),
    ("Article 5 bis – Chemicals", [("article", "5 bis")]),
    ("Article 5 [ter]. Chemicals", [("article", "5 ter")]),
    ("[article 6] of this Convention", []),
    ("[1.] Each Party shall", [("digit", "1")]),
    ("[2. Parties shall", [("digit", "2")]),
    ("1.bis The Parties", [("digit", "1bis")]),
    ("(12) Each Party shall", [("digit", "12")]),
    ("2.1. the objective", [("digit", "2.1")]),
    ("2.3.1 Each Party", [("digit", "2.3.1")]),
    ("1.5 degrees Celsius", []),
    ("12 July 2022 was a day", []),
    ("No. 5. The fifth", []),
    ("e.g. the annex", []),
    ("PP1 bis Recalling", [("digit", "1bis")]),
    ("(a bis) A substance", [("letter", "abis")]),
    ("(A) Medical products", [("letter", "A")]),
    ("[(b)] A substance", [("letter", "b")]),
    ("ii. a mixture", [("letter", "ii")]),
    ("1. a. The Parties", [("digit", "1"), ("letter", "a")]),
    ("States Parties", []),
]


@pytest.mark.parametrize(("words", "expected"), LABELS)
def test_a_unit_is_labelled_by_what_is_printed_before_its_words(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(label.sign.value, label.number) for label in labels(words, outline_wording())] == expected


@pytest.mark.parametrize(
    ("number", "value"), [("i", 1), ("iv", 4), ("ix", 9), ("xiv", 14), ("xl", 40), ("a", 0), ("", 0), ("iiii", 0)]
)
def test_small_romans_have_their_value(number: str, value: int) -> None:
    assert roman_value(number) == value


@pytest.mark.parametrize(("number", "value"), [("a", 1), ("z", 26), ("aa", 27), ("ab", 0)])
def test_letters_run_on_with_doubled_letters(number: str, value: int) -> None:
    assert letter_index(number) == value


@pytest.mark.parametrize(
    ("sign", "before", "number", "follows"),
    [
        (Sign.LETTER, "b", "c", True),
        (Sign.LETTER, "b", "d", False),
        (Sign.LETTER, "iii", "iv", True),
        (Sign.LETTER, "h", "i", True),
        (Sign.DIGIT, "5", "6", True),
        (Sign.DIGIT, "5", "7", False),
    ],
)
def test_a_label_carries_on_its_own_series(sign: Sign, before: str, number: str, follows: bool) -> None:
    assert successor(Label(sign, number, 0, 1), Label(sign, before, 0, 1)) is follows
