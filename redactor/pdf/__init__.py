"""The PDF side: reads pages, burns redactions, writes a whitelist copy, proves the written file."""
