"""Codes become sentences here, in French and in English."""
