"""How much of a file is read. Above these a file is refused with a sentence: nothing is cut off in silence."""

from __future__ import annotations

MOST_BYTES = 50 * 1024 * 1024
"""Of a file. The largest tracker in public use has a tenth of it; pictures in a Word file can take the rest."""

MOST_UNPACKED_RATIO = 1_000
"""How many times larger a zip-based file may become. Parts are read as a stream, and 5,000 lines of much the same words are
packed to a hundredth.
"""

MOST_TREE_BYTES = 16 * 1024 * 1024
"""Of what is held as a whole while it is read, which takes ten times as much memory: a part with styles or comments, one row
of a table, one paragraph. Tables themselves are read row by row.
"""

MOST_TEXT_BYTES = 20 * 1024 * 1024
"""Of a text file or a web page, which is held as a whole and takes ten times as much memory. 5,000 lines are 3 MB as CSV
and 8 MB as a page.
"""

MOST_ROWS = 50_000
"""Rows with words in a file: ten times what the largest tracker needs."""

MOST_LINES = 2_000_000
"""Of a text file, the blank ones at its end not counted: forty for each row that it may have."""

MOST_ROWS_OF_DOCUMENT = 100_000
"""Of a Word document, blank ones too. Word itself takes 32,767 in a table."""

MOST_ROWS_OF_PAGE = 200_000
"""Of a web page, blank ones too: four for each row with words that it may have."""

MOST_TAGS = 2_000_000
"""Of a web page, opening and closing ones: a page of 5,000 lines has a third of a million."""

MOST_COLUMNS = 400
"""Of a table. Trackers have 4 to 30; a sheet with a column for each day of a year is still read."""

MOST_CELLS = 1_000_000
"""Cells of a file, counted where they stand: a cell over many rows and columns is counted in each of them."""

MOST_CELL_LETTERS = 131_072
"""Of one cell: four times what Excel takes, and what Python's own reader of CSV takes."""

MOST_LETTERS = 30_000_000
"""Of a file: 5,000 lines with three pages each."""

MOST_TABLES = 5_000
"""Of a file: one small table for each recommendation, for thousands of them."""

BLANK_ROWS_KEPT = 100
"""Of a run of blank rows: enough to see where they are."""

MOST_BLANK_ROWS = 50_000
"""Of a sheet, between those with words: from then on one of a run is kept."""

PLACES_TOLD = 50
"""Of one kind of notice: more are only counted."""

MOST_NESTED = 20
"""Tables in one another's cells. Pages that are laid out with tables have six or seven."""
