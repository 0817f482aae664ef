"""Answers to pictures: network, matrix, flow and comparison, each a page of its own."""
