"""Measurements, as ratios and counts of one run; never a timed test."""
