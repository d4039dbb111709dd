"""Measure how quick pages, packs and imports are, as ratios within one run. Start it with script/bench."""
