"""Travaux: where every proposed treaty provision comes from, and who stands behind it."""
