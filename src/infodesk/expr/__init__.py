"""The rule language: text to a checked tree, and the tree to SQL, Excel, values and sentences."""
