"""Measure how quick pages and packs are, as ratios within one run. Start it with script/bench."""
