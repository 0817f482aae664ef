"""What a careful editor would flag in a document: one module a family of checks, and the examination that runs them."""
