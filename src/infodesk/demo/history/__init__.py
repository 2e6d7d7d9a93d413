"""The demo hospital's past: months grown from September 2026 backwards, by seeded chance, with every balance kept."""
