"""Results on the screen, as JSON and as text for a chat."""
