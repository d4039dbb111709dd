from recommendations.trackers.cells import TrackerFile
from recommendations.trackers.readers.source import Source


def read(source: Source) -> TrackerFile:
    raise NotImplementedError


def is_web_page(text: str) -> bool:
    return False
