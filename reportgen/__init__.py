"""Committee reports from data: YAML and house templates in, Word and accessible PDF out."""

__version__ = "0.1.0"
