"""What the reference data knows of States, groups, treaties, organs and subjects, and how it refuses a broken file."""

from __future__ import annotations

import csv
import doctest
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import ReferenceDataError
from travaux.ontology.proponents import Proponent, State
from travaux.ontology.reference import FOLDER, Reference, load
from travaux.ontology.terms import slug

SHARED = Path(__file__).resolve().parents[2] / "shared"
REFERENCE = load()


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} of the shared material is not here")
    return path


# Who speaks


def test_the_united_nations_have_193_members_and_two_observer_states() -> None:
    assert sum(state.status == "member" for state in REFERENCE.states) == 193
    assert [state.path for state in REFERENCE.states if state.observer] == ["state/PSE", "state/VAT"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Viet Nam", "state/VNM"),
        ("Vietnam", "state/VNM"),
        ("Republic of Türkiye", "state/TUR"),
        ("Turkey", "state/TUR"),
        ("TURKIYE", "state/TUR"),
        ("Bolivarian Republic of Venezuela", "state/VEN"),
        ("Venezuela (Bolivarian Republic of)", "state/VEN"),
        ("Venezuela, Bolivarian Republic of", "state/VEN"),
        ("the Holy See", "state/VAT"),
        ("State of Palestine", "state/PSE"),
        ("United States of America", "state/USA"),
        ("Republic of Korea", "state/KOR"),
        ("Democratic People's Republic of Korea", "state/PRK"),
        ("Côte d’Ivoire", "state/CIV"),
        ("Cote d'Ivoire", "state/CIV"),
        ("Cabo Verde", "state/CPV"),
        ("  The Republic of  Colombia. ", "state/COL"),
        ("Congo", "state/COG"),
        ("Democratic Republic of the Congo", "state/COD"),
        ("Trinidad & Tobago", "state/TTO"),
        ("The former Yugoslav Republic of Macedonia", "state/MKD"),
        ("Caribbean Community", "group/caricom"),
        ("CARICOM", "group/caricom"),
        ("European Union and its member States", "group/eu"),
        ("European Union", "organization/eu"),
        ("African Group", "group/african-group"),
        ("Group of 77 and China", "group/g77"),
        ("Core Latin American Group", "group/clam"),
        ("Pacific Small Island Developing States", "group/psids"),
        ("International Criminal Police Organization (INTERPOL)", "organization/interpol"),
        ("UNODC", "organization/unodc"),
        ("International Union for Conservation of Nature", "organization/iucn"),
    ],
)
def test_a_printed_name_finds_its_proponent(name: str, path: str) -> None:
    assert REFERENCE.proponent(name) == path


@pytest.mark.parametrize("name", ["", "Atlantis", "Extradition", "New Zealand and", "States Parties", "Union"])
def test_other_words_name_nobody(name: str) -> None:
    assert REFERENCE.proponent(name) is None
    assert REFERENCE.proponents(name) == ()


@pytest.mark.parametrize(
    ("printed", "paths"),
    [
        ("Jamaica", ("state/JAM",)),
        (
            "Australia, New Zealand, Norway, and the Pacific Small Island Developing States",
            ("state/AUS", "state/NZL", "state/NOR", "group/psids"),
        ),
        ("European Union and its member States", ("group/eu",)),
        ("Canada; Trinidad and Tobago; and Antigua and Barbuda", ("state/CAN", "state/TTO", "state/ATG")),
        ("Trinidad and Tobago and Bosnia and Herzegovina", ("state/TTO", "state/BIH")),
        ("Iran (Islamic Republic of), Iraq as well as Oman", ("state/IRN", "state/IRQ", "state/OMN")),
        ("Korea, Republic of, and Japan", ("state/KOR", "state/JPN")),
        ("Norway, Norway and Iceland", ("state/NOR", "state/ISL")),
        ("Norway and Atlantis", ()),
    ],
)
def test_a_joint_list_names_each_of_its_proponents(printed: str, paths: tuple[str, ...]) -> None:
    assert REFERENCE.proponents(printed) == paths


@given(st.lists(st.sampled_from(REFERENCE.states), min_size=1, max_size=5, unique=True))
def test_any_list_of_states_reads_back(states: list[State]) -> None:
    names = [state.name for state in states]
    printed = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    assert list(REFERENCE.proponents(printed)) == [state.path for state in states]


def test_every_name_of_every_proponent_leads_back_to_it() -> None:
    everybody: tuple[Proponent, ...] = (*REFERENCE.states, *REFERENCE.groups, *REFERENCE.organizations)
    for proponent in everybody:
        for name in (proponent.name, *proponent.aliases):
            assert REFERENCE.proponent(name) == proponent.path
            assert REFERENCE.proponent(name.upper()) == proponent.path


def test_each_delegation_of_the_high_seas_compilation_is_known() -> None:
    with shared("bbnj/inf1-2020-contents.csv").open(encoding="utf-8", newline="") as file:
        printed = {row["delegation"] for row in csv.DictReader(file)}
    for delegation in sorted(printed):
        alone, _, behalf = delegation.partition(" (also on behalf of ")
        assert REFERENCE.proponents(alone), delegation
        if behalf:
            assert REFERENCE.proponents(behalf.rstrip(")")), delegation


def test_membership_has_its_day() -> None:
    assert "state/HTI" not in REFERENCE.members("group/caricom", date(2002, 7, 1))
    assert "state/HTI" in REFERENCE.members("group/caricom", date(2002, 7, 2))
    assert "state/GBR" in REFERENCE.members("group/eu", date(2020, 1, 31))
    assert "state/GBR" not in REFERENCE.members("group/eu", date(2020, 2, 1))


def test_the_caribbean_community_has_fourteen_states_and_a_territory() -> None:
    members = set(REFERENCE.members("group/caricom", date(2022, 7, 12)))
    status = {state.path: state.status for state in REFERENCE.states}
    assert len(members) == 15
    assert {path for path in members if status[path] != "member"} == {"state/MSR"}


# Treaties


@pytest.mark.parametrize(("instrument", "articles"), [("untoc", 41), ("uncac", 71), ("budapest", 48)])
def test_the_skeleton_has_every_article_with_its_title(instrument: str, articles: int) -> None:
    titles = REFERENCE.instruments[instrument].article_titles
    assert list(titles) == [str(number) for number in range(1, articles + 1)]


@pytest.mark.parametrize(
    ("provision", "exists"),
    [
        ("untoc/18/3/a", True),
        ("untoc/18/30", True),
        ("untoc/18/31", False),
        ("uncac/46/4", True),
        ("budapest/31/3/b", True),
        ("budapest/32/3", False),
        ("budapest/49", False),
    ],
)
def test_the_skeleton_tells_what_exists(provision: str, exists: bool) -> None:
    assert (provision in REFERENCE.instruments[provision.partition("/")[0]].provisions) is exists


def test_every_unit_of_a_skeleton_lies_in_one_that_exists() -> None:
    for instrument in REFERENCE.instruments.values():
        paths = {provision.path for provision in instrument.provisions.values()}
        for provision in instrument.provisions.values():
            assert provision.parent in paths | {instrument.path}, provision.id


def test_an_unambiguous_alias_names_one_instrument() -> None:
    named: dict[str, str] = {}
    for instrument in REFERENCE.instruments.values():
        for alias in instrument.aliases:
            if not alias.ambiguous:
                assert named.setdefault(alias.alias.casefold(), instrument.id) == instrument.id, alias.alias


@pytest.mark.parametrize(
    ("alias", "instrument"),
    [
        ("Organized Crime Convention", "untoc"),
        ("United Nations Convention against Corruption", "uncac"),
        ("Council of Europe Convention on Cybercrime", "budapest"),
        ("Budapest Convention", "budapest"),
        ("UN Charter", "un-charter"),
        ("Statute of the Court", "icj-statute"),
        ("UNCLOS", "unclos"),
    ],
)
def test_an_instrument_has_its_short_names(alias: str, instrument: str) -> None:
    assert alias in {entry.alias for entry in REFERENCE.instruments[instrument].aliases}


def test_an_alias_that_leans_on_context_is_flagged() -> None:
    flagged = {entry.alias for item in REFERENCE.instruments.values() for entry in item.aliases if entry.ambiguous}
    assert {"Statute of the Court", "Convention against Corruption", "Convention on Cybercrime"} <= flagged


@pytest.mark.parametrize(
    ("proponent", "instrument", "on", "party"),
    [
        ("state/COL", "untoc", None, True),
        ("state/COL", "untoc", date(2001, 1, 1), None),
        ("state/COL", "budapest", None, True),
        ("state/COL", "budapest", date(2022, 7, 13), None),
        ("state/JAM", "budapest", None, None),
        ("state/BLZ", "uncac", date(2022, 7, 12), True),
        ("organization/eu", "uncac", None, True),
        ("state/USA", "un-charter", None, None),
    ],
)
def test_a_party_is_certain_or_unknown_and_never_a_no(
    proponent: str, instrument: str, on: date | None, party: bool | None
) -> None:
    assert REFERENCE.party(proponent, instrument, on) is party


def test_treaty_actions_keep_their_sources() -> None:
    assert len(REFERENCE.treaty_actions) > 800
    assert all(action.source for action in REFERENCE.treaty_actions)
    assert REFERENCE.gaps


# Resolutions


@pytest.mark.parametrize(
    ("organ", "printed", "valid", "path"),
    [
        ("ga", "74/247", True, "resolution/ga/74/247"),
        ("ga", "A/RES/74/247", True, "resolution/ga/74/247"),
        ("ga", "S-30/1", True, "resolution/ga/s-30/1"),
        ("ga", "S–30/1", True, "resolution/ga/s-30/1"),
        ("ga", "ES-10/22", True, "resolution/ga/es-10/22"),
        ("ga", "217 A (III)", True, "resolution/ga/217-a-iii"),
        ("ga", "2625 (XXV)", True, "resolution/ga/2625-xxv"),
        ("ga", "193 (2014)", False, "resolution/ga/193-2014"),
        ("sc", "2322 (2016)", True, "resolution/sc/2322-2016"),
        ("sc", "S/RES/2322 (2016)", True, "resolution/sc/2322-2016"),
        ("sc", "74/247", False, "resolution/sc/74/247"),
        ("ecosoc", "2019/19", True, "resolution/ecosoc/2019/19"),
        ("ecosoc", "74/247", False, "resolution/ecosoc/74/247"),
        ("ccpcj", "26/4", True, "resolution/ccpcj/26/4"),
        ("ccpcj", "26/4 (2017)", True, "resolution/ccpcj/26/4"),
        ("cop-untoc", "8/1", True, "resolution/cop-untoc/8/1"),
    ],
)
def test_each_organ_numbers_its_own_way(organ: str, printed: str, valid: bool, path: str) -> None:
    assert REFERENCE.organs[organ].valid(printed) is valid
    assert REFERENCE.organs[organ].path(printed) == path


def test_each_known_resolution_has_a_number_that_its_organ_gives() -> None:
    for resolution in REFERENCE.resolutions:
        assert REFERENCE.organs[resolution.organ].path(resolution.number) == resolution.path
        assert REFERENCE.organs[resolution.organ].valid(resolution.number), resolution.number


def test_no_two_organs_share_a_name() -> None:
    names = [name.casefold() for organ in REFERENCE.organs.values() for name in (organ.name, *organ.aliases)]
    assert len(names) == len(set(names))


# Subjects


def test_there_are_enough_concepts_and_each_is_named_after_its_label() -> None:
    assert len(REFERENCE.concepts) >= 80
    assert all(concept.id == slug(concept.label) for concept in REFERENCE.concepts)


def test_every_label_of_the_gold_standard_is_a_concept() -> None:
    labels = {concept.label for concept in REFERENCE.concepts}
    wanted = {line.strip() for line in shared("gold/concepts.txt").read_text(encoding="utf-8").splitlines()}
    assert wanted - {""} <= labels


def test_every_concept_hangs_below_a_chapter_of_a_treaty() -> None:
    broader = {concept.id: concept.broader for concept in REFERENCE.concepts}
    for concept in REFERENCE.concepts:
        above = {concept.id}
        waiting = [concept.id]
        while waiting:
            for key in broader[waiting.pop()]:
                if key not in above:
                    above.add(key)
                    waiting.append(key)
        tops = [key for key in above if not broader[key]]
        assert all(REFERENCE.concept(key).chapter for key in tops), concept.id  # type: ignore[union-attr]


def test_a_phrase_shows_one_concept() -> None:
    shown: dict[str, str] = {}
    for concept in REFERENCE.concepts:
        for phrase in concept.phrases:
            assert shown.setdefault(phrase.casefold(), concept.id) == concept.id, phrase


def test_every_article_of_a_skeleton_is_about_something() -> None:
    mapped = {row.provision for row in REFERENCE.article_concepts}
    articles = {
        provision.id
        for instrument in REFERENCE.instruments.values()
        for provision in instrument.provisions.values()
        if provision.title
    }
    assert articles <= mapped


@pytest.mark.parametrize(
    ("path", "concept"),
    [
        ("instrument/uncac/46/4", "spontaneous-information"),
        ("instrument/untoc/18/21/b", "mutual-legal-assistance-grounds-for-refusal"),
        ("instrument/budapest/27/2/c", "central-authorities"),
        ("instrument/budapest/35/1/a", "24-7-network"),
        ("instrument/budapest/32/3/a", "trans-border-access"),
        ("instrument/untoc/16", "extradition"),
        ("instrument/untoc/20/3", "special-investigative-techniques"),
    ],
)
def test_a_provision_is_about_what_its_nearest_mapped_unit_is_about(path: str, concept: str) -> None:
    assert concept in REFERENCE.concepts_of(path)


@pytest.mark.parametrize("path", ["instrument/untoc", "instrument/un-charter/2", "resolution/ga/74/247", "state/COL"])
def test_what_is_not_mapped_is_about_nothing(path: str) -> None:
    assert REFERENCE.concepts_of(path) == ()


def test_no_concept_has_two_relations_to_the_same_concept_of_another_scheme() -> None:
    for concept in REFERENCE.concepts:
        targets = [match.iri for match in concept.matches]
        assert len(targets) == len(set(targets)), concept.id
    assert sum(bool(concept.matches) for concept in REFERENCE.concepts) > 30


# Names of things


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("state/TUR", "Türkiye"),
        ("group/caricom", "Caribbean Community"),
        ("instrument/budapest", "Budapest Convention"),
        ("concept/24-7-network", "24/7 network"),
        ("document/v-22-10828", "document/v-22-10828"),
    ],
)
def test_what_is_known_has_a_name(path: str, name: str) -> None:
    assert REFERENCE.name(path) == name


# Broken files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "ontology"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return copy


def _append(path: Path, line: str) -> int:
    """Add a line at the end of a file, and tell its number."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    return text.count("\n") + 1


Part = Callable[[Reference], object]


@pytest.mark.parametrize(
    ("file", "line", "part", "said"),
    [
        (
            "proponents/states.csv",
            "xyz,Ruritania,,member,",
            lambda r: r.states,
            "'xyz' is not a code of three capital",
        ),
        (
            "proponents/states.csv",
            "XYZ,Ruritania,,kingdom,",
            lambda r: r.states,
            "'kingdom' is not one of member",
        ),
        ("proponents/states.csv", "XYZ,,,member,", lambda r: r.states, "column name: '' is not at least"),
        ("proponents/states.csv", "XYZ,Ruritania,member", lambda r: r.states, "3 cells where the header has 5"),
        (
            "proponents/memberships.csv",
            "eu,FRA,1 January 1958,,seen",
            lambda r: r.members("group/eu"),
            "is not a date",
        ),
        (
            "instruments/skeleton.csv",
            "untoc/99,Nothing,many",
            lambda r: r.instruments,
            "'many' is not a count of words",
        ),
        (
            "instruments/aliases.csv",
            "untoc,TOC,en,perhaps,seen",
            lambda r: r.instruments,
            "not true or false",
        ),
        ("instruments/treaty_actions.csv", "COL,untoc,joining,2001-01-01,x", lambda r: r.treaty_actions, "column kind"),
        ("resolutions/resolutions.csv", "ga,74/1,,yesterday,,seen", lambda r: r.resolutions, "column date"),
    ],
)
def test_a_cell_that_breaks_the_schema_is_named_by_file_line_and_column(
    folder: Path, file: str, line: str, part: Part, said: str
) -> None:
    number = _append(folder / file, line)
    with pytest.raises(ReferenceDataError) as caught:
        part(Reference(folder))
    message = str(caught.value)
    assert f"{Path(file).name}, line {number}" in message
    assert said in message
    assert "\n" not in message


def test_a_line_after_a_cell_of_two_lines_is_still_counted_right(folder: Path) -> None:
    number = _append(
        folder / "unverified.csv", 'memberships.csv,"a subject\non two lines",unseen\nmemberships.csv,,unseen'
    )
    with pytest.raises(ReferenceDataError, match=f"line {number + 2}, column subject"):
        _ = Reference(folder).gaps


@pytest.mark.parametrize(
    ("file", "line", "part", "said"),
    [
        ("proponents/states.csv", "XYZ,Utopia,,member,Jamaica", lambda r: r.states, "'Jamaica' names both"),
        ("proponents/memberships.csv", "eu,XYZ,,,seen", lambda r: r.memberships, "unknown member 'XYZ'"),
        ("proponents/memberships.csv", "xx,FRA,,,seen", lambda r: r.memberships, "unknown group 'xx'"),
        ("instruments/aliases.csv", "xx,XX,en,false,seen", lambda r: r.instruments, "unknown instrument 'xx'"),
        ("instruments/skeleton.csv", "untoc/1,Again,3", lambda r: r.instruments, "untoc/1 is listed twice"),
        ("instruments/treaty_actions.csv", "XYZ,untoc,accession,2001-01-01,x", lambda r: r.treaty_actions, "'XYZ'"),
        ("instruments/article_concepts.csv", "untoc/99,extradition", lambda r: r.article_concepts, "'untoc/99'"),
        (
            "instruments/article_concepts.csv",
            "untoc/1,sorcery",
            lambda r: r.concepts_of("instrument/untoc/1"),
            "sorcery",
        ),
        ("concept_matches.csv", "sorcery,unbis,http://x.org/1,X,exact,seen", lambda r: r.concepts, "sorcery"),
        (
            "concepts.toml",
            "[[concept]]\nid = 'sorcery'\nlabel = 'sorcery'\ndefinition = 'x'\nbroader = ['magic']",
            lambda r: r.concepts,
            "unknown broader concept 'magic'",
        ),
        (
            "concepts.toml",
            "[[concept]]\nid = 'sorcery'\nlabel = 'Extradition'\ndefinition = 'x'",
            lambda r: r.concepts,
            "names both extradition and sorcery",
        ),
    ],
)
def test_a_row_that_refers_to_nothing_or_says_a_thing_twice_is_refused(
    folder: Path, file: str, line: str, part: Part, said: str
) -> None:
    _append(folder / file, line)
    with pytest.raises(ReferenceDataError) as caught:
        part(Reference(folder))
    assert said in str(caught.value)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "line", "said"),
    [
        ("[[concept]]\nid = 'sorcery'\nlabel = 'sorcery'\ndefinition = ''", 3, "'' is not at least one character"),
        (
            "[[concept]]\nid = 'Sorcery!'\nlabel = 'sorcery'\ndefinition = 'x'",
            1,
            "is not lower case letters",
        ),
        ("[[concept]]\nid = 'sorcery'\nlabel = 'sorcery'", 0, "definition"),
    ],
)
def test_a_concept_that_breaks_the_schema_is_named_by_file_and_line(
    folder: Path, entry: str, line: int, said: str
) -> None:
    number = _append(folder / "concepts.toml", entry)
    with pytest.raises(ReferenceDataError) as caught:
        _ = Reference(folder).concepts
    assert f"concepts.toml, line {number + line}" in str(caught.value)
    assert said in str(caught.value)


def test_a_ring_of_broader_concepts_is_refused(folder: Path) -> None:
    _append(
        folder / "concepts.toml",
        "[[concept]]\nid = 'hen'\nlabel = 'hen'\ndefinition = 'x'\nbroader = ['egg']\n"
        "[[concept]]\nid = 'egg'\nlabel = 'egg'\ndefinition = 'x'\nbroader = ['hen']",
    )
    with pytest.raises(ReferenceDataError, match="ring: hen < egg < hen"):
        _ = Reference(folder).concepts


@pytest.mark.parametrize(
    ("organ", "said"),
    [
        ("example = '74/247'\nsymbols = ['[0-9']", "cannot be used"),
        ("example = '74/247'\nsymbols = ['[0-9]+']", "fits none of its symbols"),
        ("example = 'X/1'\nsymbols = ['[0-9]+']\ndocuments = ['X/([0-9]+)']", "a group named number"),
    ],
)
def test_an_organ_whose_patterns_do_not_fit_is_refused(folder: Path, organ: str, said: str) -> None:
    _append(folder / "resolutions" / "organs.toml", f"[[organ]]\nid = 'xx'\nname = 'X'\naliases = []\n{organ}")
    with pytest.raises(ReferenceDataError, match=said):
        _ = Reference(folder).organs


def test_a_file_with_other_columns_is_refused(folder: Path) -> None:
    path = folder / "proponents" / "groups.csv"
    path.write_text("id,name\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="they must be id, name, aliases, note"):
        _ = Reference(folder).groups


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "not UTF-8"),
        (b"x = [", "concepts.toml"),
        (b"x = 1", "unknown table 'x'"),
    ],
)
def test_a_file_that_is_missing_or_not_toml_is_refused(folder: Path, content: bytes | None, said: str) -> None:
    path = folder / "concepts.toml"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ReferenceDataError, match=said):
        _ = Reference(folder).concepts


# The guide


def test_the_examples_of_the_guide_give_what_it_says() -> None:
    guide = Path(__file__).resolve().parents[1] / "docs" / "reference-data.md"
    failed, tried = doctest.testfile(str(guide), module_relative=False, optionflags=doctest.REPORT_NDIFF)
    assert tried > 5
    assert not failed


def test_the_guide_names_every_file_of_the_reference_data() -> None:
    guide = (Path(__file__).resolve().parents[1] / "docs" / "reference-data.md").read_text(encoding="utf-8")
    for folder in ("proponents", "instruments", "resolutions"):
        for file in sorted((FOLDER / folder).iterdir()):
            assert f"`{folder}/{file.name}`" in guide


def test_the_entry_that_the_guide_shows_is_the_entry_of_the_file() -> None:
    guide = (Path(__file__).resolve().parents[1] / "docs" / "reference-data.md").read_text(encoding="utf-8")
    shown = tomllib.loads(guide.partition("```toml\n")[2].partition("```")[0])["concept"][0]
    concept = REFERENCE.concept(shown["id"])
    assert concept is not None
    assert (concept.label, concept.definition) == (shown["label"], shown["definition"])
    assert set(shown["alt_labels"]) <= set(concept.alt_labels)
    assert set(shown["phrases"]) <= set(concept.phrases)
