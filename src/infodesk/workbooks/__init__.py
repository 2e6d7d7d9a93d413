"""Spreadsheets in and out: blanks drawn, filled workbooks read, identified and taken apart."""
