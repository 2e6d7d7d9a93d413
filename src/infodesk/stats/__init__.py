"""The month: blanks out, workbooks in, checked, added up, closed."""
