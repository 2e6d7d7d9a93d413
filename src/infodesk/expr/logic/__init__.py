"""What follows from rules alone, whatever the numbers are: only what is proved, never a guess."""
