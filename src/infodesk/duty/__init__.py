"""Logbooks: entries written, amended and moved on; limits and duties."""
