"""Marking a department's own workbook: the XML of the package is patched, everything else stays byte for byte."""
