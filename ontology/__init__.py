"""The vocabulary and the reference data, as files with a schema, and what reads them."""
