"""How quick the pages and packs are, as ratios within one run. For those who work on the tracker; see script/bench."""
