"""The namespaces, and how the IRI of each thing is minted.

Inside the program a thing is named by its *path* below the base (``state/COL``, ``instrument/untoc/18/3/a``,
``document/v-22-10828/jamaica/extradition/3``). Only the graph turns a path into an IRI, so the base can be changed.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["DEFAULT_BASE", "NAMESPACES", "TRV", "iri", "slug"]

TRV = "https://w3id.org/travaux/ns#"
DEFAULT_BASE = "https://w3id.org/travaux/"

NAMESPACES: dict[str, str] = {
    "trv": TRV,
    "dcterms": "http://purl.org/dc/terms/",
    "earl": "http://www.w3.org/ns/earl#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(path: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the thing at `path` below `base`.

    >>> iri("state/COL")
    'https://w3id.org/travaux/state/COL'
    """
    return base + path


def slug(words: str) -> str:
    """`words` in lower case ASCII, joined by hyphens; ``unnamed`` where nothing is left.

    >>> slug("24/7 network"), slug("Trans-border access – Côte d'Ivoire"), slug("V.22-10828")
    ('24-7-network', 'trans-border-access-cote-d-ivoire', 'v-22-10828')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "unnamed"
