"""The source of each unit, told apart from its twins by words and by what stands around it; all treaties made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from travaux.ingest.passage import join, printed
from travaux.ingest.records import (
    Citation,
    CitationKind,
    Document,
    Genre,
    Kind,
    Provision,
    Resolution,
    Span,
    Submission,
    Target,
)
from travaux.lineage.records import Derivation, Lineage
from travaux.lineage.reused import reused

RIVERS = {
    "4": "Navigation of the shared river",
    "4/1": "Each riparian State shall keep the navigable channel of the shared river free of wrecks and nets.",
    "4/2": "The harbour authority may, for reasons of flood or drought, close the channel to heavy barges.",
    "4/3": "Closure shall be announced by signal and by notice to the pilots of every riparian State.",
    "4/4": "Tolls shall be levied only to cover the cost of dredging and of the lighthouses.",
    "9": "Fisheries",
    "9/1": "Each riparian State shall license the fishing vessels that fly its flag.",
    "9/2": "Licences shall be refused to vessels that have twice taken sturgeon out of season.",
}
CANALS = {
    "11": "Navigation of the canal",
    "11/1": "Each contracting State shall keep the towpath of the canal free of carts and cattle.",
    "11/2": "The harbour authority may, for reasons of flood or drought, close the channel to heavy barges.",
    "11/3": "Closure shall be announced by signal and by notice to the pilots of every riparian State.",
    "11/4": "Locks shall be worked by day and by night.",
}


def treaty(name: str, provisions: dict[str, str]) -> tuple[Provision, ...]:
    """The provisions of a made-up treaty; articles have headings, paragraphs words."""
    return tuple(
        provision(f"instrument/{name}", number, words, order)
        for order, (number, words) in enumerate(provisions.items())
    )


def provision(holder: str, number: str, words: str, order: int, start: int = 0) -> Provision:
    """An article (``4``) with a heading, or a paragraph (``4/1``) with words."""
    article, _, paragraph = number.partition("/")
    return Provision(
        path=f"{holder}/{number}",
        parent=f"{holder}/{article}" if paragraph else holder,
        kind=Kind.PARAGRAPH if paragraph else Kind.ARTICLE,
        number=paragraph or article,
        label=number,
        heading="" if paragraph else words,
        text=words if paragraph else "",
        spans=(Span(start, start + len(words)),),
        order=order,
        passage=join([printed(words, start)]),
    )


def draft(articles: dict[str, str], citations: dict[str, str] | None = None) -> Document:
    """A document of one submission with these articles and paragraphs; `citations` name sources of paragraphs."""
    holder, text, provisions = "document/d/utopia", "", []
    for order, (number, words) in enumerate(articles.items()):
        own = provision(holder, number, words, order, len(text))
        if citations and number in citations:
            cited = Citation(
                CitationKind.INSTRUMENT,
                (Span(len(text), len(text)),),
                "",
                (Target(citations[number], Resolution.RESOLVED),),
                Resolution.RESOLVED,
                as_source=True,
            )
            own = replace(own, citations=(cited,))
        provisions.append(own)
        text += f"{words}\n"
    submission = Submission(
        holder, ("state/UTO",), (), "Utopia", "", "en", Genre.DRAFT, (Span(0, len(text)),), tuple(provisions)
    )
    return Document("document/d", "n", "b", "s", "d", "t", "", "", "en", "single", "", "", text, (submission,))


def lineage(articles: dict[str, str], citations: dict[str, str] | None = None) -> Lineage:
    """Where the words of a draft come from, the two treaties of this file given."""
    return reused(draft(articles, citations), {"rivers": treaty("rivers", RIVERS), "canals": treaty("canals", CANALS)})


def sources(found: Lineage) -> dict[str, str]:
    """The source of each unit, without the common parts of the paths."""
    return {
        one.derived.removeprefix("document/d/utopia/"): one.source.removeprefix("instrument/")
        for one in found.derivations
    }


def of(found: Lineage, number: str) -> Derivation:
    """The one derivation of a unit."""
    (one,) = [one for one in found.derivations if one.derived.endswith(f"utopia/{number}")]
    return one


def around(first: str, last: str) -> dict[str, str]:
    """An article whose middle paragraphs stand word for word in both treaties."""
    return {"1": "Movement", "1/1": first, "1/2": RIVERS["4/2"], "1/3": RIVERS["4/3"], "1/4": last}


def test_a_copied_paragraph_comes_from_its_paragraph() -> None:
    assert sources(lineage({"1": "Fish", "1/1": RIVERS["9/2"]})) == {"1/1": "rivers/9/2"}


def test_twins_are_told_apart_by_what_stands_around_them() -> None:
    assert sources(lineage(around(RIVERS["4/1"], RIVERS["4/4"]))) == {
        "1/1": "rivers/4/1",
        "1/2": "rivers/4/2",
        "1/3": "rivers/4/3",
        "1/4": "rivers/4/4",
    }
    assert sources(lineage(around(CANALS["11/1"], CANALS["11/4"]))) == {
        "1/1": "canals/11/1",
        "1/2": "canals/11/2",
        "1/3": "canals/11/3",
        "1/4": "canals/11/4",
    }


def test_twins_are_told_apart_by_the_heading() -> None:
    for heading, source in ((RIVERS["4"], "rivers/4/2"), (CANALS["11"], "canals/11/2")):
        assert sources(lineage({"1": heading, "1/1": RIVERS["4/2"]})) == {"1/1": source}


def test_twins_are_told_apart_by_a_citation() -> None:
    for source in ("rivers/4/3", "canals/11/3"):
        found = lineage({"1": "Signals", "1/1": RIVERS["4/3"]}, {"1/1": f"instrument/{source}"})
        assert sources(found) == {"1/1": source}


def test_what_cannot_be_told_apart_is_said() -> None:
    found = of(lineage({"1": "Signals", "1/1": RIVERS["4/3"]}), "1/1")
    assert {found.source, *found.alternatives} == {"instrument/rivers/4/3", "instrument/canals/11/3"}


def test_new_words_have_no_source() -> None:
    new = "A museum of knots and rigging is to be founded on the western quay by private donors."
    assert sources(lineage({"1": "Museum", "1/1": new})) == {}


def test_a_new_paragraph_inside_a_borrowed_article_has_no_source() -> None:
    new = "Radio amateurs receive free weather bulletins during regattas."
    articles = {"1": "Movement", "1/1": RIVERS["4/1"], "1/2": new, "1/3": RIVERS["4/2"], "1/4": RIVERS["4/3"]}
    assert "1/2" not in sources(lineage(articles))


def test_a_paragraph_of_another_treaty_inside_an_article_keeps_its_own_source() -> None:
    articles = {"1": "Movement", "1/1": RIVERS["4/1"], "1/2": CANALS["11/4"], "1/3": RIVERS["4/4"]}
    assert sources(lineage(articles))["1/2"] == "canals/11/4"


def test_a_paragraph_made_two_has_one_source_twice() -> None:
    whole = RIVERS["9/1"] + " " + RIVERS["9/2"]
    treaties = {"rivers": treaty("rivers", {"9": "Fisheries", "9/1": whole})}
    found = reused(draft({"1": "Fish", "1/1": RIVERS["9/1"], "1/2": RIVERS["9/2"]}), treaties)
    assert sources(found) == {"1/1": "rivers/9/1", "1/2": "rivers/9/1"}


def test_a_paragraph_put_together_from_two_has_both_sources() -> None:
    tolls = f"{RIVERS['4/4']} Pilots who smuggle amber or furs past any customs house forfeit barge, cargo and badge."
    nets = f"{RIVERS['9/2']} Eels under one span and salmon below spawning weight go back into deep water alive."
    treaties = {"rivers": treaty("rivers", RIVERS | {"4/4": tolls, "9/2": nets})}
    found = reused(draft({"1": "Tolls and fish", "1/1": f"{tolls} {nets}"}), treaties)
    assert {one.source for one in found.derivations} == {"instrument/rivers/4/4", "instrument/rivers/9/2"}


def test_the_name_of_a_party_is_no_evidence() -> None:
    treaties = {
        "a": treaty(
            "a", {"1": "Nets", "1/1": "A State Party that mends nets shall tell each State Party of the knots."}
        ),
        "b": treaty("b", {"1": "Nets", "1/1": "A Party that mends nets shall tell each Party of the knots used."}),
    }
    found = reused(
        draft({"1": "Nets", "1/1": "A State Party that mends nets shall tell each Party of the knots used."}), treaties
    )
    assert sources(found) == {"1/1": "b/1/1"}


def test_figures_say_how_much_was_copied() -> None:
    found = of(lineage({"1": "Fish", "1/1": RIVERS["9/1"] + " New words follow here at once."}), "1/1")
    assert (found.coverage, found.source_coverage) == (round(12 / 18, 4), 1.0)


def test_what_a_borrowed_article_leaves_out_is_told() -> None:
    found = lineage({"1": "Movement", "1/1": RIVERS["4/1"], "1/2": RIVERS["4/2"], "1/3": RIVERS["4/3"]})
    assert [(one.article, one.source) for one in found.omissions] == [("document/d/utopia/1", "instrument/rivers/4/4")]
    assert found.omissions[0].quote == RIVERS["4/3"]


def test_one_borrowed_paragraph_makes_no_borrowed_article() -> None:
    assert lineage({"1": "Tolls", "1/1": RIVERS["4/4"]}).omissions == ()


def test_what_stands_elsewhere_in_the_submission_is_not_left_out() -> None:
    articles = {
        "1": "Movement",
        "1/1": RIVERS["4/1"],
        "1/2": RIVERS["4/2"],
        "1/3": RIVERS["4/3"],
        "2": "Tolls",
        "2/1": RIVERS["4/4"],
    }
    assert lineage(articles).omissions == ()


def test_the_text_of_an_earlier_submission_is_followed_where_no_treaty_explains_the_words() -> None:
    own = (
        "Barges that carry ice, honey or live bees pass every lock free of toll between midsummer and the first frost."
    )
    first, second = draft({"1": "Bees", "1/1": own}), draft({"2": "Ice", "2/1": own})
    early = replace(first.submissions[0], issued="2020-02-01")
    for issued, followed in (("2020-03-01", 1), ("2020-02-01", 0), ("", 0)):
        shifted = [
            replace(one, path=one.path.replace("utopia", "arcadia"), parent=one.parent.replace("utopia", "arcadia"))
            for one in second.submissions[0].provisions
        ]
        late = replace(second.submissions[0], path="document/d/arcadia", issued=issued, provisions=tuple(shifted))
        both = replace(first, submissions=(early, late))
        found = reused(both, {"rivers": treaty("rivers", RIVERS)}).derivations
        assert [(one.derived, one.source) for one in found] == [
            ("document/d/arcadia/2/1", "document/d/utopia/1/1")
        ] * followed


def test_without_treaties_nothing_is_claimed() -> None:
    assert reused(draft({"1": "Fish", "1/1": RIVERS["9/1"]}), {}) == Lineage()


def test_the_order_of_the_treaties_makes_no_difference() -> None:
    articles = around(RIVERS["4/1"], RIVERS["4/4"])
    both: Sequence[tuple[str, dict[str, str]]] = [("rivers", RIVERS), ("canals", CANALS)]
    one, other = (
        reused(draft(articles), {name: treaty(name, words) for name, words in order}) for order in (both, both[::-1])
    )
    assert one == other
