"""The book of record: one SQLite file. The only room that knows SQLite."""
