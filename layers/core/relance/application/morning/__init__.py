"""The mail of the morning: what leaves today, and what became of yesterday (docs/digest.md)."""
