"""Measurements: each script prints ratios of one run."""
