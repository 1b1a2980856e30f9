"""Spreadsheets in and out: templates, imports with dry run and undo, exports of what the reader may see."""
