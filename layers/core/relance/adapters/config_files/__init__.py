"""Configuration that people write: YAML validated against the domain's own dataclasses."""
