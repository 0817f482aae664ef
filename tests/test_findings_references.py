"""What a careful editor flags in citations, references, numbers and structure, and what he lets pass."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from travaux.ingest.document import read_document
from travaux.ingest.manifest import describe
from travaux.ingest.records import Document
from travaux.lineage.findings.examination import examine
from travaux.lineage.records import Examination, Finding, Severity

HEAD = "# Norway\n\n[Original: English] [1 July 2022]\n\n"


def document(folder: Path, text: str) -> Document:
    """A compilation in which Norway alone submits `text`."""
    file = folder / "compilation.md"
    file.write_text(HEAD + text, encoding="utf-8")
    return read_document(describe(file))


def examined(folder: Path, text: str) -> Examination:
    return examine(document(folder, text))


def flagged(folder: Path, text: str, check: str) -> list[Finding]:
    """What one check flags in `text`, which it must at least have looked at."""
    found = examined(folder, text)
    assert any(result.examined for result in found.results if result.check == check), "nothing was looked at"
    return [finding for finding in found.findings if finding.check == check]


def article(*lines: str, title: str = "Extradition") -> str:
    return "\n\n".join((f"## Article: {title}", *lines)) + "\n\n"


# ---- citations of treaties

CITED = [
    (
        "what is not there",
        article("1. Parties shall extradite (art. 16, para. 18, of the Organized Crime Convention)."),
        [("art. 16, para. 18, of the Organized Crime Convention", "")],
    ),
    (
        "what another article has, which the units beside it cite",
        article(
            "1. Parties shall assist (art. 31, para. 1, of the Budapest Convention).",
            "2. Parties shall answer (art. 32, para. 3, of the Budapest Convention).",
            title="Stored data",
        ),
        [("art. 32, para. 3, of the Budapest Convention", "art. 31, para. 3, of the Budapest Convention")],
    ),
    (
        "an article beyond the last",
        article("1. Parties shall assist in accordance with article 99 of the Convention against Corruption."),
        [("article 99 of the Convention against Corruption", "")],
    ),
    ("what is there", article("1. Parties shall extradite (art. 16, para. 17, of UNTOC)."), []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CITED], ids=[case[0] for case in CITED])
def test_a_cited_provision_exists(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    found = flagged(tmp_path, text, "treaty-citation-exists")
    assert [(finding.quote, finding.suggestion) for finding in found] == expected
    assert all(finding.severity is Severity.A and finding.kind == "citation-error" for finding in found)


def test_it_is_said_what_the_treaty_lacks(tmp_path: Path) -> None:
    text = article("1. Parties shall answer (art. 26, para. 7, of the Budapest Convention).")
    (finding,) = flagged(tmp_path, text, "treaty-citation-exists")
    assert "article 26 of the Budapest Convention (Spontaneous information) has no paragraph 7" in finding.problem


COMMENT = (
    "1. We could support provisions on mutual legal assistance. In our view the convention should contain them.\n\n"
    "2. We propose that it should include requests for mutual assistance relating to:\n\n"
)
SUBJECTS = [
    (
        "- The real-time collection of traffic data (art. 31 of the Budapest Convention);",
        "art. 33 of the Budapest Convention",
    ),
    (
        "- The interception or recording of content data (art. 29 of the Budapest Convention);",
        "art. 34 of the Budapest Convention",
    ),
    ("- The search of, and access to, stored data (art. 31 of the Budapest Convention);", None),
    ("- The preservation of computer data (art. 29 of the Budapest Convention);", None),
    ("- Data of any sort (art. 31 of the Budapest Convention);", None),
    ("- The protection of those who give evidence (art. 24 of the Organized Crime Convention);", None),
]


@pytest.mark.parametrize(("line", "suggestion"), SUBJECTS, ids=[line for line, _ in SUBJECTS])
def test_what_is_cited_is_about_what_the_words_speak_of(tmp_path: Path, line: str, suggestion: str | None) -> None:
    found = flagged(tmp_path, f"{COMMENT}{line}\n\n- Other matters.\n", "treaty-citation-subject")
    assert [finding.suggestion for finding in found] == ([suggestion] if suggestion else [])


def test_paragraphs_cited_cover_what_the_words_name(tmp_path: Path) -> None:
    text = (
        "1. We should be able to refuse assistance for lack of dual criminality "
        "(art. 18, paras. 21 and 22, of the Organized Crime Convention).\n\n"
        "2. We should be able to refuse what our law forbids (art. 18, para. 21, of the Organized Crime Convention).\n"
    )
    (finding,) = flagged(tmp_path, text, "treaty-citation-complete")
    assert (finding.quote, finding.suggestion) == (
        "art. 18, paras. 21 and 22, of the Organized Crime Convention",
        "add paragraph 9",
    )


def test_a_heading_fits_the_article_that_it_cites(tmp_path: Path) -> None:
    text = article("1. Parties shall cooperate.", title="Final matters (article 35 of the Budapest Convention)")
    text += article(
        "1. Parties shall extradite.", title="Extradition of persons (article 24 of the Budapest Convention)"
    )
    (finding,) = flagged(tmp_path, text, "heading-source")
    assert finding.quote.startswith("Final matters")
    assert finding.suggestion == "24/7 Network"


def test_a_commentary_cites_something_of_what_its_heading_says(tmp_path: Path) -> None:
    text = (
        "## Joint investigations\n\n"
        "1. We support passing on information unasked (art. 18, para. 4, of the Organized Crime Convention).\n\n"
        "## Extradition\n\n"
        "2. We could support such rules (art. 16 of the Organized Crime Convention).\n"
    )
    (finding,) = flagged(tmp_path, text, "heading-citations")
    assert finding.quote.startswith("art. 18, para. 4")
    assert "article 19" in finding.suggestion


# ---- resolutions

RESOLUTIONS = [
    ("General Assembly resolution 193 (2014)", "resolution-number", "193 (2014)", "68/193 or 69/193"),
    (
        "General Assembly resolution 74/247 of 27 January 2019",
        "resolution-date",
        "74/247 of 27 January 2019",
        "27 December 2019",
    ),
    ("General Assembly resolution 61/177 of 20 December 2009", "resolution-date", "61/177 of 20 December 2009", ""),
    (
        "Security Council resolution 2322 (2016) of 12 December 2018",
        "resolution-date",
        "2322 (2016) of 12 December 2018",
        "",
    ),
]


@pytest.mark.parametrize(("words", "check", "quoted", "suggestion"), RESOLUTIONS, ids=[case[0] for case in RESOLUTIONS])
def test_a_resolution_can_have_its_number_and_its_date(
    tmp_path: Path, words: str, check: str, quoted: str, suggestion: str
) -> None:
    text = f"## Preamble\n\n*Recalling* {words},\n\n" + article("1. Parties shall cooperate.")
    (finding,) = flagged(tmp_path, text, check)
    assert (finding.quote, finding.suggestion) == (quoted, suggestion)


@pytest.mark.parametrize(
    "words",
    [
        "General Assembly resolution 74/247 of 27 December 2019",
        "General Assembly resolution 61/177 of 20 December 2006",
        "General Assembly resolution 69/292 of 19 June 2015",
        "Security Council resolution 2322 (2016) of 12 December 2016",
    ],
)
def test_a_right_date_passes(tmp_path: Path, words: str) -> None:
    text = f"## Preamble\n\n*Recalling* {words},\n\n" + article("1. Parties shall cooperate.")
    assert flagged(tmp_path, text, "resolution-date") == []


# ---- references within the submission

REFERENCES = [
    (
        "reference-there",
        ["1. Parties shall act.", "2. Paragraph 7 of this article shall apply."],
        "Paragraph 7 of this article",
        "",
    ),
    ("reference-there", ["1. Parties shall act, as set forth in article 12.", "2. They may act."], "article 12", ""),
    (
        "reference-treaty-named",
        ["1. Parties shall act, as set out in article 18.", "2. They shall rest (article 16 of UNTOC)."],
        "article 18",
        "article 18 of the Organized Crime Convention (UNTOC)",
    ),
    (
        "reference-treaty-named",
        ["1. Parties shall act under article 16 of UNTOC.", "2. They shall act under article 18 of the Convention."],
        "article 18 of the Convention",
        "article 18 of the Organized Crime Convention (UNTOC)",
    ),
    (
        "reference-meant",
        [
            "1. Disclosure of data:",
            "2. Parties shall disclose what they hold (art. 30, para. 1, of the Budapest Convention).",
            "3. Parties may refuse to act under paragraph 1 (art. 30, para. 2, of the Budapest Convention).",
        ],
        "paragraph 1",
        "paragraph 2",
    ),
]


@pytest.mark.parametrize(("check", "lines", "quoted", "suggestion"), REFERENCES)
def test_a_reference_leads_to_what_is_meant(
    tmp_path: Path, check: str, lines: list[str], quoted: str, suggestion: str
) -> None:
    found = [finding for finding in flagged(tmp_path, article(*lines), check) if finding.severity is Severity.A]
    assert [(finding.quote, finding.suggestion) for finding in found] == [(quoted, suggestion)]


@pytest.mark.parametrize(
    ("check", "lines"),
    [
        ("reference-there", ["1. Parties shall act.", "2. Paragraph 1 of this article shall apply."]),
        ("reference-treaty-named", ["1. Parties shall act under article 16 of UNTOC."]),
        (
            "reference-treaty-named",
            ["1. Parties shall act under article 16 of the Budapest Convention and article 18 of the Convention."],
        ),
        ("reference-meant", ["1. Parties shall act.", "2. Acts under paragraph 1 shall be notified."]),
    ],
)
def test_a_reference_that_leads_there_passes(tmp_path: Path, check: str, lines: list[str]) -> None:
    assert flagged(tmp_path, article(*lines), check) == []


def test_who_proposes_a_few_paragraphs_may_refer_to_the_others(tmp_path: Path) -> None:
    text = article("3. Paragraph 2 of this article shall apply.", "5. Parties shall act.", "9. Parties may act.")
    (finding,) = flagged(tmp_path, text, "reference-there")
    assert (finding.kind, finding.severity) == ("unresolved-reference", Severity.B)
    assert flagged(tmp_path, text, "number-follows") == []


GUEST = (
    "a person who comes to give evidence shall not be detained, punished or otherwise restricted in liberty for acts "
    "before the journey, and shall be free to leave when the evidence is given"
)


@pytest.mark.parametrize(("number", "suggestion"), [("1", "paragraph 2 of this article"), ("2", None)])
def test_an_exception_is_from_a_paragraph_on_its_matter(tmp_path: Path, number: str, suggestion: str | None) -> None:
    text = article(
        "1. The costs of a request shall be borne by the Party that receives it.",
        f"2. Unless the sending Party agrees, {GUEST}.",
        f"3. Without prejudice to paragraph {number} of this article, {GUEST}, as may an expert.",
        title="Witnesses",
    )
    found = flagged(tmp_path, text, "reference-matter")
    assert [finding.suggestion for finding in found] == ([suggestion] if suggestion else [])


def requests(last: int) -> str:
    lines = [
        "1. Parties shall assist one another.",
        f"2. Paragraphs 3 to {last} of this article shall apply to requests where no treaty binds the Parties.",
        "3. A request for assistance shall be made in writing by the requesting Party to the requested Party.",
        "4. A request for assistance shall name the purpose for which the requesting Party needs it.",
        "5. The requested Party shall execute the request for assistance as the requesting Party asks.",
        "6. The requested Party may refuse the request for assistance, and shall tell the requesting Party why.",
        "7. The requested Party may postpone the request for assistance, and shall tell the requesting Party.",
        "8. The costs of the request for assistance shall be borne by the requested Party.",
        "9. Nothing here shall hinder closer links among neighbours.",
    ]
    return article(*lines, title="Assistance")


@pytest.mark.parametrize(("last", "suggestions"), [(6, ["Paragraphs 3 to 8 of this article"]), (8, [])])
def test_a_range_holds_all_of_its_sort(tmp_path: Path, last: int, suggestions: list[str]) -> None:
    found = flagged(tmp_path, requests(last), "reference-range")
    assert [finding.suggestion for finding in found] == suggestions


# ---- placeholders

PLACEHOLDERS = [
    ("in accordance with [article] of this Convention", "unresolved-placeholder", Severity.A, "[article]"),
    ("under [articles ...] of this Convention", "unresolved-placeholder", Severity.A, "[articles ...]"),
    ("in accordance with [article on money]", "unresolved-placeholder", Severity.B, "[article on money]"),
    (
        "in accordance with (chapter on asset recovery) of this Convention",
        "unresolved-placeholder",
        Severity.B,
        "(chapter on asset recovery)",
    ),
    (
        "under articles defining serious crimes such as theft",
        "unresolved-placeholder",
        Severity.B,
        "articles defining serious crimes such as theft",
    ),
    (
        "pursuant to the expedited preservation of stored computer data",
        "unresolved-reference",
        Severity.B,
        "expedited preservation of stored computer data",
    ),
    (
        "in accordance with [article on general principles of transfer of sentenced persons]",
        "label-mismatch",
        Severity.B,
        "[article on general principles of transfer of sentenced persons]",
    ),
]


@pytest.mark.parametrize(("words", "kind", "severity", "quoted"), PLACEHOLDERS, ids=[case[0] for case in PLACEHOLDERS])
def test_a_placeholder_stands_for_a_provision(
    tmp_path: Path, words: str, kind: str, severity: Severity, quoted: str
) -> None:
    text = article(f"1. Parties shall act {words}.") + article(
        "Parties may act.", title="Transfer of sentenced persons"
    )
    found = [finding for finding in examined(tmp_path, text).findings if finding.check.startswith("placeholder")]
    assert [(finding.kind, finding.severity, finding.quote) for finding in found] == [(kind, severity, quoted)]


def test_a_placeholder_with_the_title_of_an_article_passes(tmp_path: Path) -> None:
    text = article("1. Parties shall act under [article on transfer of sentenced persons].")
    text += article("Parties may act.", title="Transfer of sentenced persons")
    found = examined(tmp_path, text)
    assert [finding for finding in found.findings if finding.check.startswith("placeholder")] == []
    assert [result.examined for result in found.results if result.check == "placeholder-filled"] == [1]


def test_an_article_that_has_the_words_under_another_title_is_suggested(tmp_path: Path) -> None:
    text = article("1. Parties shall act under [article on assistance in the expedited disclosure of traffic data].")
    text += article("1. Parties shall rest.", title="Assistance in the disclosure of data")
    text += article(
        "1. Parties shall by expedited assistance carry out the disclosure of traffic data.",
        title="Other data",
    )
    (finding,) = flagged(tmp_path, text, "placeholder-title")
    assert finding.suggestion == "[article on other data]"


def test_a_measure_is_not_carried_out_pursuant_to_itself(tmp_path: Path) -> None:
    text = article(
        "1. Expedited disclosure of preserved traffic data:",
        "2. Where a request made pursuant to expedited disclosure of preserved traffic data to preserve traffic data "
        "shall be executed, the Party shall tell the other (art. 30, para. 1, of the Budapest Convention).",
        title="Provisional measures",
    )
    (finding,) = flagged(tmp_path, text, "reference-circular")
    assert finding.suggestion == "[article on expedited preservation of stored computer data]"


# ---- twice

LONG = (
    "Parties shall, without being asked and as far as their law allows, pass on to one another whatever they have "
    "learnt of plans, of persons and of property that may serve to prevent an offence or to bring those who have "
    "committed it before a court"
)


def test_words_that_stand_twice_are_flagged_once(tmp_path: Path) -> None:
    twice = article("1. Parties shall assist.", f"2. {LONG}.", title="Assistance") + article(
        f"1. {LONG}.", title="Spontaneous information"
    )
    (finding,) = flagged(tmp_path, twice, "words-twice")
    assert "as the article “Spontaneous information”" in finding.problem
    once = article("1. Parties shall assist.", f"2. {LONG}.", title="Assistance")
    assert flagged(tmp_path, once, "words-twice") == []
    (finding,) = flagged(tmp_path, article(f"1. {LONG}.", "2. They shall act.", f"3. {LONG}."), "words-twice")
    assert finding.quote.startswith("3. Parties")


def test_an_article_in_other_words_is_flagged(tmp_path: Path) -> None:
    text = "# Chapter 2 – Cooperation\n\n"
    text += article(
        "A Party may, without the authorization of another:",
        "(a) Access publicly available (open source) stored data, regardless of where they are located geographically;",
        "(b) Receive, by voluntary consent of the person with lawful authority, stored data located abroad.",
        title="Access to stored data abroad",
    )
    text += article(
        "A Party may, without an authorization from another:",
        "(a) Access stored data available to the public (open source), regardless of their geographical location;",
        "(b) Receive stored data found abroad, by voluntary agreement of the person who has lawful authority.",
        title="Information across borders",
    )
    text += article("Parties shall extradite.", "They shall consult.", title="Extradition of fugitives")
    (finding,) = flagged(tmp_path, text, "substance-twice")
    assert "Access to stored data abroad" in finding.problem


def test_titles_can_be_told_apart(tmp_path: Path) -> None:
    text = "# Chapter 3 – Technical assistance\n\n" + article("Parties shall assist.", title="Technical assistance")
    text += article("Parties shall collect.", title="Collection, exchange and analysis of information on crime")
    text += article(
        "Parties may collect.", title="Collection, exchange and analysis of information on the nature of crime"
    )
    found = flagged(tmp_path, text, "title-twice")
    assert [finding.severity for finding in found] == [Severity.C, Severity.B]
    text = article("Parties shall assist.", title="Costs") + article("Parties may assist.", title="Costs")
    assert [finding.problem for finding in flagged(tmp_path, text, "title-twice")] == [
        "Another article has the same title."
    ]


# ---- numbers and structure

NUMBERS = [
    ("number-follows", ["1. Parties shall act.", "2. They may act.", "4. They may rest."], "4. They may rest."),
    ("number-follows", ["1. Parties shall act.", "2. They may act.", "2. They may rest."], "2. They may rest."),
    ("letter-alone", ["1. Parties shall:", "(a) Act.", "2. They may:", "(a) Sit;", "(b) Rest."], "(a) Act."),
    (
        "number-worded",
        ["1. (a) Parties shall act;", "(b) They may rest.", "2. They may sit."],
        "1. (a) Parties shall act;",
    ),
    (
        "own-line",
        ["1. Parties shall:", "(a) Act;", "(b) Sit; (c) Provide assistance to others;", "(d) Rest;", "(e) Stand."],
        "(b) Sit; (c) Provide",
    ),
]


@pytest.mark.parametrize(("check", "lines", "words"), NUMBERS)
def test_numbers_go_on_and_stand_before_words(tmp_path: Path, check: str, lines: list[str], words: str) -> None:
    (finding,) = flagged(tmp_path, article(*lines), check)
    assert finding.quote.startswith(words[:12])
    whole = ["1. Parties shall:", "(a) Act;", "(b) Rest.", "2. They may sit.", "3. They may stand."]
    assert flagged(tmp_path, article(*whole), check) == []


def test_a_paragraph_from_another_article_of_the_source_is_appended(tmp_path: Path) -> None:
    lines = [
        f"{n}. Parties shall act in way {n} (art. 27, para. {n}, of the Budapest Convention)." for n in range(1, 5)
    ]
    other = "5. Parties shall keep secrets (art. 28, para. 1, of the Budapest Convention)."
    (finding,) = flagged(tmp_path, article(*lines, other), "source-order")
    assert finding.quote == other
    assert flagged(tmp_path, article(*lines), "source-order") == []


@pytest.mark.parametrize(
    ("number", "suggestion"), [("28", "art. 24, para. 3, of the Budapest Convention"), ("24", None)]
)
def test_a_source_fits_between_those_around_it(tmp_path: Path, number: str, suggestion: str | None) -> None:
    def line(place: int, source: str) -> str:
        return f"{place}. Parties shall extradite so (art. {source}, para. {place}, of the Budapest Convention)."

    lines = [line(place, number if place == 3 else "24") for place in range(1, 6)]
    found = flagged(tmp_path, article(*lines), "source-between")
    assert [finding.suggestion for finding in found] == ([suggestion] if suggestion else [])


def test_a_title_is_that_of_all_below_it(tmp_path: Path) -> None:
    lines = [
        "1. Mutual assistance regarding accessing of stored computer data:",
        "(a) Parties shall search (art. 31, para. 1, of the Budapest Convention);",
        "(b) Parties shall listen (art. 34 of the Budapest Convention).",
        "2. Parties shall rest.",
    ]
    (finding,) = flagged(tmp_path, article(*lines), "source-title")
    assert "34 (Mutual assistance regarding the interception of content data)" in finding.problem


def test_a_paragraph_that_the_source_does_not_have_is_new_matter(tmp_path: Path) -> None:
    def lines(new: bool) -> str:
        numbers = itertools.count(1)
        return article(
            f"{next(numbers)}. Each Party shall designate a point of contact {'day and night ' * 18}for:",
            f"(a) {'Advice ' * 5};",
            f"(b) {'Preservation ' * 8};",
            f"(c) {'Evidence ' * 12}.",
            *(
                [f"{next(numbers)}. The points of contact shall meet twice a year to review how this goes."]
                if new
                else []
            ),
            f"{next(numbers)}. Points of contact:",
            f"(a) Shall be able to speak {'at once ' * 10};",
            f"(b) Shall be able to turn to others {'at once ' * 20}.",
            f"{next(numbers)}. Each Party shall ensure that trained people are there to make the network run.",
            title="24/7 Network (article 35 of the Budapest Convention)",
        )

    (finding,) = flagged(tmp_path, lines(new=True), "source-shape")
    assert finding.kind == "new-matter"
    assert "shall meet twice a year" in finding.quote
    assert flagged(tmp_path, lines(new=False), "source-shape") == []


def test_who_speaks_stands_apart_from_the_first_recital(tmp_path: Path) -> None:
    text = "## Preamble\n\nThe States of the world, recognizing that they are many,\n\n*Recalling* their past,\n\n"
    (finding,) = flagged(tmp_path, text + article("Parties shall act."), "preamble-speaker")
    assert finding.quote == "The States of the world, recognizing"
    text = "## Preamble\n\nThe States of the world,\n\n*Recognizing* that they are many,\n\n*Recalling* their past,\n\n"
    assert flagged(tmp_path, text + article("Parties shall act."), "preamble-speaker") == []


def test_entries_of_a_list_go_on_with_the_sentence_before_it(tmp_path: Path) -> None:
    lines = ["- Preservation of data;", "- The search of data that a Party could hold;", "- Their transfer;"]
    stray = "- Subject to safeguards, Norway could support an appeal."
    (finding,) = flagged(tmp_path, COMMENT + "\n".join([*lines, stray]) + "\n", "list-sentence")
    assert finding.quote == stray.removeprefix("- ")
    assert flagged(tmp_path, COMMENT + "\n".join(lines) + "\n", "list-sentence") == []
