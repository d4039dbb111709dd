"""Random trackers in the shapes that councils publish, each with what a careful clerk reads off it, and a count of what is
read otherwise. Every row is invented.
"""
