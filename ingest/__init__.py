"""Documents to records: readers, layout, outline, citations, concepts."""
