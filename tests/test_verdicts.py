"""Verdicts and kinds of edits: tables of what a source says and what was made of it, in made-up treaty language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.ingest.passage import join, printed
from travaux.ingest.records import Kind, Provision
from travaux.lineage.alignment import align
from travaux.lineage.conforming import REFERENCE, terms
from travaux.lineage.records import Edit, Operation, Verdict
from travaux.lineage.texts import Text
from travaux.lineage.verdicts import Judgement, judge
from travaux.lineage.vocabulary import Vocabulary
from travaux.lineage.words import words


def text(printed_words: str) -> Text:
    """A paragraph of a made-up treaty."""
    passage = join([printed(printed_words, 0)])
    path = "instrument/rivers/1"
    provision = Provision(
        path, "instrument/rivers", Kind.PARAGRAPH, "1", "1.", "", printed_words, (), 1, passage=passage
    )
    return Text(provision, words(passage.words), path, "instrument/rivers", 1)


def judged(source: str, derived: str, elsewhere: str = "", explained: str = "") -> Judgement:
    """The judgement on `derived`, where other units have the words `elsewhere` and another source has `explained`."""
    unit, of = text(derived), text(source)
    vocabulary = Vocabulary([unit.words.forms, of.words.forms])
    runs = align(vocabulary.ids(unit.words.forms).tolist(), vocabulary.ids(of.words.forms).tolist(), vocabulary.common)
    return judge(unit, of, runs, _places(of, elsewhere), _places(unit, explained))


def _places(one: Text, some: str) -> frozenset[int]:
    """Which words of a text `some` of its words are."""
    start = one.provision.passage.words.find(some) if some else 0
    return frozenset(place for place, at in enumerate(one.words.starts) if some and start <= at < start + len(some))


VERBATIM = [
    ("The lighthouse keeper shall answer every signal.", "the lighthouse keeper shall answer every signal;"),
    (
        "Ferries shall be recognised and their cooperation honoured.",
        "Ferries shall be recognized and their co-operation honored.",
    ),
    ("Pilots may board the vessel where the data is stored.", "Pilots may board the vessel where the data are stored."),
    ("The har bour shall remain open.", "The harbour shall remain open."),
]


@pytest.mark.parametrize(("source", "derived"), VERBATIM)
def test_typography_leaves_a_copy_verbatim(source: str, derived: str) -> None:
    assert judged(source, derived) == Judgement(Verdict.VERBATIM, (), judged(source, derived).segments)


CONFORMED = [
    ("Each Party shall license the ferries of its ports.", "Each State Party shall license the ferries of its ports."),
    ("Parties shall license the ferries of their ports.", "A State Party shall license the ferries of its ports."),
    ("The vessel of a Party shall carry lamps.", "A State Party's vessel shall carry lamps."),
    ("Pilots shall report any offence on the river.", "Pilots shall report any criminal offence on the river."),
    (
        "The offences covered by this Convention shall be tried in port.",
        "The criminal offences established in accordance with this Convention shall be tried in port.",
    ),
    (
        "Crews shall be trained in combating piracy on the canal.",
        "Crews shall be trained in countering piracy on the canal.",
    ),
    (
        "Subject to the provisions of its harbour law, a port may close.",
        "Subject to its harbour law, a port may close.",
    ),
    (
        "Tolls shall be levied in accordance with article 12 of this Convention.",
        "Tolls shall be levied in accordance with article 31 of this Convention.",
    ),
    (
        "Tolls shall be levied pursuant to articles 12 to 14, for dredging.",
        "Tolls shall be levied pursuant to [articles on tolls], for dredging.",
    ),
    (
        "The pilots referred to in paragraph 3 (a) and (b) shall be paid.",
        "The pilots referred to in paragraph 5 (a) and (b) of this article shall be paid.",
    ),
    (
        "Instruments shall be deposited with the Secretary-General of the United Nations.",
        "Instruments shall be deposited with the depositary.",
    ),
    (
        "The river shall be open from 3 to 9 May 1931 in the town of Riverton.",
        "The river shall be open from [date] to [date] in [place].",
    ),
    (
        "They shall exchange views on the dangers of organized crime for ferries.",
        "They shall exchange views on the dangers of corruption for ferries.",
    ),
    (
        "With respect to locks, the keeper shall take measures set forth in the lock rules.",
        "In respect of locks, the keeper shall take measures set out in the lock rules.",
    ),
    (
        "The Parties shall meet in port, and they shall bear the costs of the meeting.",
        "The Parties shall meet in port, and the States Parties shall bear the costs of the meeting.",
    ),
    (
        "The keeper shall tell that Party of the flood without delay.",
        "The keeper shall tell the requested Party of the flood without delay.",
    ),
    (
        "Pilots shall protect the banks by monitoring the currents.",
        "By the monitoring of the currents, pilots shall protect the banks.",
    ),
]


@pytest.mark.parametrize(("source", "derived"), CONFORMED)
def test_what_stands_for_the_same_is_conformed(source: str, derived: str) -> None:
    told = judged(source, derived)
    assert (told.verdict, told.edits) == (Verdict.CONFORMED, ())


ADAPTED = [
    (
        "A ferry pilot shall not be detained in a foreign port.",
        "A ferry pilot shall be detained in a foreign port.",
        {Edit.NEGATION, Edit.SAFEGUARD_REMOVED},
    ),
    ("A ferry shall leave the quay at night.", "A ferry shall not leave the quay at night.", {Edit.NEGATION}),
    ("The keeper shall light the lamps of the quay.", "The keeper may light the lamps of the quay.", {Edit.DEONTIC}),
    (
        "The keeper shall endeavour to light the lamps of the quay.",
        "The keeper shall light the lamps of the quay.",
        {Edit.DEONTIC},
    ),
    ("A lock shall be deemed to be part of the canal.", "A lock is deemed to be part of the canal.", {Edit.DEONTIC}),
    (
        "The ministry shall hear the harbour authority on each dam.",
        "The ministry shall hear the fishing community on each dam.",
        {Edit.ACTOR},
    ),
    (
        "The requesting Party shall bear the costs of the tow.",
        "The requested Party shall bear the costs of the tow.",
        {Edit.ACTOR},
    ),
    (
        "A port may close in accordance with the fundamental principles of its domestic law.",
        "A port may close in accordance with its domestic law.",
        {Edit.SCOPE},
    ),
    (
        "Barges shall be searched for stolen grain.",
        "Barges shall be searched for stolen grain, with full respect for human rights.",
        {Edit.SAFEGUARD_ADDED, Edit.ADDITION},
    ),
    (
        "Barges shall be searched for grain with respect for human rights and privacy.",
        "Barges shall be searched for grain.",
        {Edit.SAFEGUARD_REMOVED, Edit.OMISSION},
    ),
    (
        "A vessel may deposit its sails in the harbour.",
        "A vessel that has paid its toll may deposit its sails in the harbour.",
        {Edit.CONDITION_ADDED},
    ),
    ("Unless it floods, the sluices shall remain shut.", "The sluices shall remain shut.", {Edit.CONDITION_REMOVED}),
    (
        "The keeper shall close the lock after consultation with the pilots and the owners of the barges in the basin.",
        "The keeper shall close the lock.",
        {Edit.OMISSION, Edit.PROCEDURE},
    ),
    (
        "The toll shall be paid within thirty days of the passage.",
        "The toll shall be paid within sixty days of the passage.",
        {Edit.NUMBER},
    ),
    ("Nobody shall moor a raft below the bridge.", "Nobody shall moor a barge below the bridge.", {Edit.TERM}),
    ("Locks shall be painted white.", "Locks shall be painted white and hung with coloured flags.", {Edit.ADDITION}),
    ("Locks shall be painted white and hung with coloured flags.", "Locks shall be painted white.", {Edit.OMISSION}),
]


@pytest.mark.parametrize(("source", "derived", "edits"), ADAPTED)
def test_a_change_of_substance_has_a_name(source: str, derived: str, edits: set[Edit]) -> None:
    told = judged(source, derived)
    assert (told.verdict, set(told.edits)) == (Verdict.ADAPTED, edits)


SLIPS = [
    (
        "The tolls and dues of the bridges shall be paid in coin.",
        "The tolls and dues of the bridge shall be paid in coin.",
    ),
    ("The keeper has been told of the flood.", "The keeper have been told of the flood."),
    (
        "Vessels subject to inspection shall wait at the quay.",
        "Vessels subjected to inspection shall wait at the quay.",
    ),
    ("Absence of dual registration shall be no bar.", "Absence of a dual registration shall be no bar."),
]


@pytest.mark.parametrize(("source", "derived"), SLIPS)
def test_a_slip_changes_no_verdict(source: str, derived: str) -> None:
    told = judged(source, derived)
    assert (told.verdict, told.edits) == (Verdict.CONFORMED, (Edit.TYPO,))


def test_a_sentence_cut_in_the_middle_is_a_slip_as_well() -> None:
    told = judged(
        "The keeper shall tell the pilot of the flood. Where no pilot is near, the mate shall tell the crew.",
        "The keeper shall tell the pilot of the mate shall tell the crew.",
    )
    assert told.verdict is Verdict.ADAPTED
    assert {Edit.OMISSION, Edit.TYPO} <= set(told.edits)


def test_little_in_common_is_an_echo() -> None:
    told = judged(
        "The riparian States shall keep the channel free of wrecks, nets and fallen trees.",
        "Delegations spoke at length of tourism, hotels and regattas, and of wrecks.",
    )
    assert (told.verdict, told.edits) == (Verdict.ECHO, ())


def test_what_another_unit_has_is_not_lost() -> None:
    first, second = "Ferries shall carry lamps at night.", "Barges shall carry flags by day."
    assert judged(f"{first} {second}", first).verdict is Verdict.ADAPTED
    assert judged(f"{first} {second}", first, elsewhere=second).verdict is Verdict.VERBATIM


def test_what_another_source_has_is_not_new() -> None:
    first, second = "Ferries shall carry lamps at night.", "Barges hoist flags by day."
    assert judged(first, f"{first} {second}").verdict is Verdict.ADAPTED
    assert judged(first, f"{first} {second}", explained=second).verdict is Verdict.CONFORMED


def test_a_lost_not_stands_out_of_a_long_change() -> None:
    told = judged(
        "The ferry pilot of a Party who answers a signal under article 4 shall not be prosecuted for it.",
        "The ferry pilot of a State Party who answers a signal under article 9 shall be prosecuted for it.",
    )
    [lost] = [one for one in told.segments if one.edit is Edit.NEGATION]
    assert lost.operation is Operation.DROPPED
    assert lost.source_end - lost.source_start == 1


def test_an_exchange_of_negations_is_no_move() -> None:
    told = judged(
        "Pilots shall not smoke on deck during the crossing but shall carry lamps below.",
        "Pilots shall smoke on deck during the crossing but shall not carry lamps below.",
    )
    assert Edit.NEGATION in told.edits


REFERENCES = [
    ("under paragraph 3 (a) of this article", 1),
    ("articles 4, 5 and 6 of this Convention", 1),
    ("this article", 1),
    ("the article of the treaty", 0),
    ("a part of the river", 0),
]


@pytest.mark.parametrize(("printed_words", "count"), REFERENCES)
def test_a_number_of_a_provision_is_a_reference(printed_words: str, count: int) -> None:
    found = terms(words(printed_words).forms).terms
    assert sum(term.key == REFERENCE for term in found) == count


WORDS = st.lists(
    st.sampled_from(
        "the State Party shall not may offences criminal covered by article 3 of this Convention grain".split()
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(WORDS)
def test_the_same_words_are_verbatim(one: str) -> None:
    told = judged(one, one)
    assert (told.verdict, told.edits) == (Verdict.VERBATIM, ())


@given(WORDS, WORDS)
def test_segments_hold_all_words_of_both_texts_once(source: str, derived: str) -> None:
    told = judged(source, derived).segments
    assert " ".join(derived[span.start : span.end] for one in told for span in one.spans) == derived
    places = [place for one in told for place in range(one.source_start, one.source_end)]
    assert sorted(places) == list(range(len(words(source))))
    copied = [one for one in told if one.operation is Operation.COPIED]
    of = words(source).forms
    for one in copied:
        own = " ".join(derived[span.start : span.end] for span in one.spans)
        assert words(own).forms == of[one.source_start : one.source_end]
    assert all((one.operation is Operation.DROPPED) == (not one.spans) for one in told)


@given(WORDS)
def test_terms_hold_all_words_once(one: str) -> None:
    forms = words(one).forms
    found = terms(forms)
    assert [place for term in found.terms for place in range(term.start, term.end)] == list(range(len(forms)))
    assert all(found.at(place).start <= place < found.at(place).end for place in range(len(forms)))
