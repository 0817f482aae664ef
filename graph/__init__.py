"""Records to triples, and the store: rules, exports, network projections."""
