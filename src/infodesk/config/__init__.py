"""YAML to the nouns of `model`: strict, and with every mistake at its file, line and column."""
