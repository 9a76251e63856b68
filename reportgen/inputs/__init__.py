"""Input files: what is read from disk, YAML with positions, texts and pictures."""
