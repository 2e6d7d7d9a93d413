"""The demo hospital, and one month of its life."""
