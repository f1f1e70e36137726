"""What is kept: tables, encrypted blobs, audit chain, and the acts of persons on a request. Knows no web."""
