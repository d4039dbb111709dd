"""Small trackers in shapes that councils, health bodies, auditors and parliaments use, each with what a clerk reads off it."""
