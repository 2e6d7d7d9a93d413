"""Blank workbooks: a cover, and a sheet per form that checks itself while people type."""
