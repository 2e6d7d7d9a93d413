"""infodesk: what a hospital's information department collects, checks, reports and logs."""

__version__ = "0.1.0"
