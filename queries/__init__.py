"""The graph to answers: the questions of the catalogue, one file each, and what asks them on any store."""
