"""The tree is recovered from numbering and context, whatever the markup says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travaux.ingest.blocks import blocks
from travaux.ingest.citations import source_citation
from travaux.ingest.outline import outline
from travaux.ingest.records import Provision, quote
from travaux.ontology.reference import load
from travaux.ontology.wording import outline_wording


def outlined(text: str, *, markdown: bool = True) -> tuple[Provision, ...]:
    wording = outline_wording()
    return outline(
        "s", blocks(text, wording, markdown=markdown), load(), wording, lambda words: source_citation(words, load())
    )


def tree(text: str) -> list[tuple[str, str, str]]:
    return [(unit.path.removeprefix("s/"), str(unit.kind), unit.parent.removeprefix("s/")) for unit in outlined(text)]


# Each string is a block; "Parties shall cooperate" stands for any words of a provision.
TREES = [
    (
        "a page break in a sentence is healed",
        [
            "## Article: Extradition",
            "1. A Party shall, at the request of the",
            "State Party concerned, act.",
            "2. Parties shall cooperate.",
        ],
        [
            ("extradition", "article", "s"),
            ("extradition/1", "paragraph", "extradition"),
            ("extradition/2", "paragraph", "extradition"),
        ],
    ),
    (
        "a footnote in a sentence belongs to the unit that calls it",
        [
            "## Article: Costs",
            "1. Parties shall pay.<sup>1</sup>",
            "2. Parties shall bear the costs of",
            "<sup>1</sup> For example, fees.",
            "the request.",
        ],
        [
            ("costs", "article", "s"),
            ("costs/1", "paragraph", "costs"),
            ("costs/2", "paragraph", "costs"),
            ("costs/1/fn1", "footnote", "costs/1"),
        ],
    ),
    (
        "units glued on one line are cut apart",
        [
            "## Article: Aid",
            "1. Parties shall:",
            "(a) Give; (b) Take; and (c) Share with others.",
            "2. (a) Parties shall meet.",
        ],
        [
            ("aid", "article", "s"),
            ("aid/1", "paragraph", "aid"),
            ("aid/1/a", "subparagraph", "aid/1"),
            ("aid/1/b", "subparagraph", "aid/1"),
            ("aid/1/c", "subparagraph", "aid/1"),
            ("aid/2", "paragraph", "aid"),
            ("aid/2/a", "subparagraph", "aid/2"),
        ],
    ),
    (
        "words without a number open a list",
        ["# Article: Access", "A Party may, without asking:", "(a) Read; or", "(b) Write."],
        [
            ("access", "article", "s"),
            ("access/p1", "chapeau", "access"),
            ("access/a", "subparagraph", "access/p1"),
            ("access/b", "subparagraph", "access/p1"),
        ],
    ),
    (
        "articles numbered through, marked or plain",
        [
            "#### A. Measures",
            "1. Public sector",
            "1. Parties shall act.",
            "2. Parties shall report.",
            "## 2. Private sector",
            "Parties shall help.",
        ],
        [
            ("chapter-a", "chapter", "s"),
            ("public-sector", "article", "chapter-a"),
            ("public-sector/1", "paragraph", "public-sector"),
            ("public-sector/2", "paragraph", "public-sector"),
            ("private-sector", "article", "chapter-a"),
            ("private-sector/p1", "paragraph", "private-sector"),
        ],
    ),
    (
        "a preamble has an opening, recitals and a closing formula",
        [
            "# Preamble",
            "## The Parties to this Convention,",
            "*Recalling* the Charter, *Noting* the need,",
            "Have agreed as follows:",
            "Parties shall shall shall",
        ],
        [
            ("preamble", "chapter", "s"),
            ("preamble/chapeau", "chapeau", "preamble"),
            ("preamble/1", "recital", "preamble"),
            ("preamble/2", "recital", "preamble"),
            ("preamble/closing", "closing", "preamble"),
            ("preamble/3", "recital", "preamble"),
        ],
    ),
    (
        "numbers with points, brackets and additions",
        [
            "**[Article 2] Product design**",
            "2.1 Parties shall act.",
            "2.1.1 Parties shall report:",
            "(a bis) On products.",
            "[2. bis Parties shall meet.]",
        ],
        [
            ("product-design", "article", "s"),
            ("product-design/2.1", "paragraph", "product-design"),
            ("product-design/2.1/2.1.1", "subparagraph", "product-design/2.1"),
            ("product-design/2.1/abis", "subparagraph", "product-design/2.1"),
            ("product-design/2bis", "paragraph", "product-design"),
        ],
    ),
    (
        "options stand within their article",
        [
            "### Article 5 bis",
            "### Chemicals",
            "Option 1: Parties shall act:",
            "(a) At once.",
            "**Alternative B**",
            "1. Parties may act.",
            "ARTICLE 6. Parties shall report.",
        ],
        [
            ("chemicals", "article", "s"),
            ("chemicals/option-1", "heading", "chemicals"),
            ("chemicals/option-1/p1", "chapeau", "chemicals/option-1"),
            ("chemicals/option-1/a", "subparagraph", "chemicals/option-1/p1"),
            ("chemicals/alternative-b", "heading", "chemicals"),
            ("chemicals/alternative-b/1", "paragraph", "chemicals/alternative-b"),
            ("article-6", "article", "s"),
            ("article-6/p1", "paragraph", "article-6"),
        ],
    ),
    (
        "an article without a title has its words below it",
        ["ARTICLE 1", "The Parties shall end pollution.", "ARTICLE 2", "SCOPE", "Parties shall act."],
        [
            ("article-1", "article", "s"),
            ("article-1/p1", "paragraph", "article-1"),
            ("scope", "article", "s"),
            ("scope/p1", "paragraph", "scope"),
        ],
    ),
    (
        "comments that come with a draft are no provisions of it",
        [
            "General comments",
            "1. We propose our text and should explain our views.",
            "Article 1. Scope",
            "1. Parties shall act.",
            "Rationale",
            "We should act.",
            "Article 2. Funds",
            "1. Parties shall pay.",
        ],
        [
            ("general-comments", "heading", "s"),
            ("general-comments/1", "statement", "general-comments"),
            ("scope", "article", "s"),
            ("scope/1", "paragraph", "scope"),
            ("scope/rationale", "heading", "scope"),
            ("scope/rationale/p1", "statement", "scope/rationale"),
            ("funds", "article", "s"),
            ("funds/1", "paragraph", "funds"),
        ],
    ),
    (
        "a commentary is numbered through its headings",
        [
            "1. We propose this.",
            "- One;\n- Two.",
            "# International cooperation",
            "2. We support that.",
            "#### Extradition",
            "3. We could agree.",
        ],
        [
            ("1", "statement", "s"),
            ("1/b1", "bullet", "1"),
            ("1/b2", "bullet", "1"),
            ("section-international-cooperation", "section", "s"),
            ("2", "statement", "section-international-cooperation"),
            ("heading-extradition", "heading", "section-international-cooperation"),
            ("3", "statement", "heading-extradition"),
        ],
    ),
]


@pytest.mark.parametrize(("what", "text", "expected"), TREES)
def test_the_tree_stands_whatever_the_markup_says(
    what: str, text: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert tree("\n\n".join(text)) == expected, what


# Lines as printed, and the blocks that they make.
WRAPPED = [
    ("in accordance with paragraph\n3. of that article.", ["in accordance with paragraph 3. of that article."]),
    ("as provided in\nArticle 14. The Parties shall", ["as provided in Article 14. The Parties shall"]),
    ("no later than\n12 July 2022 of its focal point", ["no later than 12 July 2022 of its focal point"]),
    ("PART I\nARTICLE 1\n1. Parties shall", ["PART I", "ARTICLE 1", "1. Parties shall"]),
    ("1. Parties shall:\r\n\t(a)\u00a0Act;\r\n\t(b)\tReport.", ["1. Parties shall:", "(a) Act;", "(b) Report."]),
    ("inter\u00adna\u00ad\ntional co\u200boperation", ["international cooperation"]),
    ("It includes:\n• Tanks;\n• Arms.", ["It includes:", "Tanks;", "Arms."]),
    ("in the States –\n– Tanks;\n– Arms.", ["in the States – – Tanks;", "Arms."]),
    ("guided by\nA/AC.291/12/Add.1\n4/33 V.22-10828\nthe Charter", ["guided by", "the Charter"]),
]


@pytest.mark.parametrize(("text", "expected"), WRAPPED)
def test_plain_lines_are_put_together(text: str, expected: list[str]) -> None:
    assert [block.words for block in blocks(text, outline_wording(), markdown=False)] == expected


def test_a_sentence_cut_by_a_page_break_is_no_title() -> None:
    text = "ARTICLE 2\n\n2. For the purposes of this Treaty, trade hereafter referred to as\n\n4/33\n\n“transfer”."
    provision = outlined(text)[1]
    assert provision.text.endswith("referred to as “transfer”.")
    assert quote(text, provision.spans).endswith("referred to as\n“transfer”.")


def test_a_numbered_label_with_a_source_is_a_provision_by_reference() -> None:
    text = (
        "# Procedures\n\n1. Central authority (art. 27, para. 2, of the Budapest Convention)\n\n"
        "2. Parties shall act. (art. 27, para. 3, of the Budapest Convention)"
    )
    label, paragraph = outlined(text)[1:]
    assert (label.by_reference, label.heading, label.text) == (True, "Central authority", "")
    assert (paragraph.by_reference, paragraph.heading) == (False, "")


@pytest.mark.parametrize("text", ["\n\n".join(text) for _, text, _ in TREES])
def test_every_unit_quotes_the_document(text: str) -> None:
    for unit in outlined(text):
        quoted = quote(text, unit.spans)
        assert quoted.startswith(unit.label)
        for word in unit.text.split():
            assert word in quoted


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("1.2(a)ib)#*- \n\rArticle:Sharl<sup></>[]\x07"), max_size=300))
def test_no_text_breaks_the_outline(text: str) -> None:
    units = outlined(text)
    paths = [unit.path for unit in units]
    assert len(set(paths)) == len(paths)
    for unit in units:
        assert unit.parent == "s" or unit.parent in paths
        assert all(0 <= span.start <= span.end <= len(text) for span in unit.spans)
