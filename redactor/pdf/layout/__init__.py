"""From glyphs on pages to blocks in reading order: pieces, lines, columns, tables, running lines, one text."""
