"""Pure text work: folding, numbers as people type them, sentences in two languages."""
