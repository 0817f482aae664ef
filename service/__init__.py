"""The service: the graph over HTTP, for anybody, read-only."""
