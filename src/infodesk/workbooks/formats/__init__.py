"""One module a format: the bytes of a file to values, and to what stands behind the values."""
