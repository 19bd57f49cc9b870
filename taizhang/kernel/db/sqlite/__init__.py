"""SQLite with writers in a row."""
