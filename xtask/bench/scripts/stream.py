"""Lists all completed rooms with the vendor's own library for Python, and reports the time that it took.

Usage: stream.py URL [PAGE_SIZE]; the default page size is that of the library.
"""

import json
import os
import resource
import sys
import time
from datetime import timezone

from twilio.rest import Client

MODULUS = 1_000_000_007


def number(room):
    """The number of a room in the checksum, as in `room_counter.rs`."""
    created = int(room.date_created.replace(tzinfo=timezone.utc).timestamp())
    lengths = len(room.unique_name or "") + len(room.video_codecs or [])
    return int(room.sid[-6:], 16) + created + (room.duration or 0) + lengths


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
    client.video.base_url = sys.argv[1]
    page_size = int(sys.argv[2]) if len(sys.argv) > 2 else None
    wall, spent = time.monotonic(), cpu()
    rooms = checksum = 0
    for room in client.video.v1.rooms.stream(status="completed", page_size=page_size):
        rooms += 1
        checksum = (checksum * 31 + number(room)) % MODULUS
    seconds, cpu_seconds = time.monotonic() - wall, cpu() - spent
    report = {"rooms": rooms, "checksum": checksum, "seconds": seconds, "cpu_seconds": cpu_seconds}
    print(json.dumps(report))


main()
