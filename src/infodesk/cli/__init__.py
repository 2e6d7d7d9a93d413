"""The command line: parse, call one function of the rooms beneath, show its result."""
