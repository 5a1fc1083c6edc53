"""Drives every operation below /v1/Rooms against a sandbox, by the vendor's own library for Python.

Usage: drive.py URL, with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment. It prints what holds, a line
each, and ends with 1 at the first thing that does not.
"""

import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

SPEC = Path(__file__).parents[2] / "spec" / "rooms.yaml"
NAME = "python-standup"
LONG_AGO, FAR_OFF = datetime(2020, 1, 1), datetime(2100, 1, 1)
ALL = {"type": "include", "all": True}
SOUND = {"type": "include", "kind": "audio"}
NOTHING = {"type": "exclude", "all": True}
DUTCH = {"languageCode": "nl-BE", "partialResults": True}

driven = []


def expect(operation, what, found, expected):
    """Notes what an operation of the spec has done, if it is what it should do."""
    if found != expected:
        sys.exit(f"after {len(driven)} checks: {operation}: {what}: {found!r}, not {expected!r}")
    driven.append(operation)
    print(f"{len(driven):2} {operation}: {what}")


def refused(operation, what, call, status, code):
    """Expects an error of this status, with the vendor's own code."""
    try:
        found = call()
    except TwilioRestException as error:
        found = (error.status, error.code)
    expect(operation, what, found, (status, code))


def tell(url, what, **form):
    """Tells people what to do, and gives the SID of what comes of it."""
    with urlopen(f"{url}/sandbox/{what}", urlencode(form).encode()) as answer:
        body = answer.read()
    return json.loads(body)["sid"] if body else None


def connect(url, token):
    client = Client(os.environ["TWILIO_ACCOUNT_SID"], token)
    client.video.base_url = url
    return client.video.v1


def names(items):
    return [item.name for item in items]


def drive_rooms(video, url):
    """Creates a room that is recorded and transcribed, and gives its SID."""
    pages = [[room.sid for room in video.rooms.list(status="completed", page_size=size)] for size in (7, 1000)]
    expect("list_rooms", "page by page as at once", pages[0], pages[1])
    expect("list_rooms", "each room once, on many pages", len(set(pages[0])) == len(pages[0]) > 14, True)

    room = video.rooms.create(
        unique_name=NAME,
        max_participants=10,
        video_codecs=["VP8", "H264"],
        empty_room_timeout=5,
        record_participants_on_connect=True,
        transcribe_participants_on_connect=True,
        transcriptions_configuration=DUTCH,
    )
    found = (room.status, room.unique_name, room.max_participants, room.video_codecs, room.empty_room_timeout)
    expect("create_room", "as it is asked for", found, ("in-progress", NAME, 10, ["VP8", "H264"], 5))
    expect("create_room", "with a time and links", (type(room.date_created), len(room.links)), (datetime, 4))
    refused("create_room", "no other of the name", lambda: video.rooms.create(unique_name=NAME), 400, 53113)
    ruled = video.rooms.create(unique_name=f"{NAME}-ruled", recording_rules=[SOUND])
    expect("create_room", "with rules", video.rooms(ruled.sid).recording_rules.fetch().rules, [SOUND])
    expect("update_room", "by its name", video.rooms(f"{NAME}-ruled").update(status="completed").sid, ruled.sid)

    expect("fetch_room", "by its SID", video.rooms(room.sid).fetch().unique_name, NAME)
    expect("fetch_room", "by its name", video.rooms(NAME).fetch().sid, room.sid)
    refused("fetch_room", "not with a wrong token", connect(url, "wrong").rooms(room.sid).fetch, 401, 20003)
    refused("fetch_room", "none that there is not", video.rooms("RM" + "0" * 32).fetch, 404, 20404)
    for after, before, expected in [(LONG_AGO, FAR_OFF, [room.sid]), (FAR_OFF, None, []), (None, LONG_AGO, [])]:
        found = video.rooms.list(unique_name=NAME, date_created_after=after, date_created_before=before)
        expect("list_rooms", f"{len(expected)} of the name and time", [room.sid for room in found], expected)
    return room.sid


def drive_participants(room, alice):
    found = [(person.identity, person.status) for person in room.participants.list(page_size=1)]
    expect("list_participants", "page by page", found, [("bob", "connected"), ("alice", "connected")])
    for identity, after, expected in [("alice", LONG_AGO, [alice]), ("alice", FAR_OFF, []), ("carol", LONG_AGO, [])]:
        found = room.participants.list(status="connected", identity=identity, date_created_after=after)
        expect("list_participants", f"{identity} since {after.year}", [person.sid for person in found], expected)
    person = room.participants("alice").fetch()
    found = (person.sid, person.status, type(person.start_time), person.end_time, len(person.links))
    expect("fetch_participant", "by its identity", found, (alice, "connected", datetime, None, 4))
    anonymize = room.participants("alice").anonymize().update
    refused("anonymize_participant", "not while it is connected", anonymize, 400, 20001)


def drive_tracks(room, alice, tracks):
    published = room.participants("alice").published_tracks
    found = [(track.name, track.kind, track.participant_sid) for track in published.list(page_size=2)]
    expect("list_published_tracks", "page by page", found, [(kind, kind, alice) for kind in ("data", "video", "audio")])
    expect("fetch_published_track", "by its name", published("audio").fetch().sid, tracks["audio"])

    bob = room.participants("bob")
    found = [(track.name, track.publisher_sid) for track in bob.subscribed_tracks.list(page_size=2)]
    expect("list_subscribed_tracks", "page by page", found, [(kind, alice) for kind in ("data", "video", "audio")])
    expect("fetch_subscribed_track", "by its SID", bob.subscribed_tracks(tracks["video"]).fetch().kind, "video")
    expect("fetch_subscribe_rules", "all at first", bob.subscribe_rules.fetch().rules, [ALL])
    expect("update_subscribe_rules", "only sound", bob.subscribe_rules.update(rules=[SOUND]).rules, [SOUND])
    expect("list_subscribed_tracks", "those of the rules", names(bob.subscribed_tracks.list()), ["audio"])
    refused("update_subscribe_rules", "some, not none", lambda: bob.subscribe_rules.update(rules=[]), 400, 53215)
    refused("fetch_subscribed_track", "none by the rules", bob.subscribed_tracks(tracks["video"]).fetch, 404, 20404)


def drive_recordings(room, alice, tracks):
    found = [(it.track_name, it.status, it.codec) for it in room.recordings.list(page_size=2)]
    expected = [("data", "processing", None), ("video", "processing", "VP8"), ("audio", "processing", "opus")]
    expect("list_recordings", "page by page", found, expected)
    sound = room.recordings.list(source_sid=tracks["audio"], date_created_after=LONG_AGO, date_created_before=FAR_OFF)
    expect("list_recordings", "of a track and time", [it.track_name for it in sound], ["audio"])
    recording = room.recordings(sound[0].sid)
    it = recording.fetch()
    found = (it.grouping_sids["participant_sid"], it.container_format, it.size, list(it.links))
    expect("fetch_recording", "while it is made", found, (alice, "mka", 0, ["media"]))

    expect("fetch_recording_rules", "all at first", room.recording_rules.fetch().rules, [ALL])
    data = [{"type": "include", "kind": "data"}]
    refused("update_recording_rules", "not of data", lambda: room.recording_rules.update(rules=data), 400, 53120)
    expect("update_recording_rules", "none", room.recording_rules.update(rules=[NOTHING]).rules, [NOTHING])
    found = [(it.track_name, it.duration > 0, it.size > 0) for it in room.recordings.list(status="completed")]
    expect("list_recordings", "ended by the rules", found, [(kind, True, True) for kind in ("data", "video", "audio")])
    expect("delete_recording", "its media", recording.delete(), True)
    refused("delete_recording", "not twice", recording.delete, 404, 20404)
    expect("fetch_recording", "once it is deleted", recording.fetch().status, "deleted")


def drive_transcriptions(room):
    found = [(it.status, it.configuration) for it in room.transcriptions.list()]
    expect("list_transcriptions", "as the room is set up", found, [("started", DUTCH)])
    made = room.transcriptions.create(configuration={"languageCode": "en-US"})
    found = (made.status, made.configuration, type(made.date_created))
    expect("create_transcription", "in English", found, ("started", {"languageCode": "en-US"}, datetime))
    transcription = room.transcriptions(made.ttid)
    expect("fetch_transcription", "by its id", transcription.fetch().ttid, made.ttid)
    it = transcription.update(status="stopped")
    expect("update_transcription", "stopped", (it.status, type(it.end_time)), ("stopped", datetime))
    it = transcription.update(status="started", configuration=DUTCH)
    expect("update_transcription", "in Dutch", (it.status, it.configuration, it.end_time), ("started", DUTCH, None))
    found = [it.ttid for it in room.transcriptions.list(page_size=1)]
    expect("list_transcriptions", "page by page", (len(found), found[0]), (2, made.ttid))


def drive_ends(video, room_sid, alice):
    room = video.rooms(room_sid)
    gone = room.participants("alice").update(status="disconnected")
    found = (gone.sid, gone.status, type(gone.end_time), gone.duration >= 0)
    expect("update_participant", "disconnected", found, (alice, "disconnected", datetime, True))
    refused("fetch_participant", "not by its identity any more", room.participants("alice").fetch, 404, 20404)
    expect("anonymize_participant", "once it has left", room.participants(alice).anonymize().update().identity, alice)
    done = room.update(status="completed")
    expect("update_room", "completed", (done.status, type(done.end_time)), ("completed", datetime))
    refused("update_room", "not twice", lambda: room.update(status="completed"), 400, 53112)
    ended = [{it.status for it in them.list()} for them in (room.participants, room.recordings, room.transcriptions)]
    expect("list_participants", "those who were there", ended[0], {"disconnected"})
    expect("list_recordings", "ended with the room", ended[1], {"completed", "deleted"})
    expect("list_transcriptions", "stopped with the room", ended[2], {"stopped"})
    refused("update_recording_rules", "not once it is over", lambda: room.recording_rules.update([NOTHING]), 400, 53118)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    url = sys.argv[1]
    video = connect(url, os.environ["TWILIO_AUTH_TOKEN"])
    room_sid = drive_rooms(video, url)
    room = video.rooms(room_sid)
    alice, _ = (tell(url, "join", room=NAME, identity=identity) for identity in ("alice", "bob"))
    publish = {"room": NAME, "participant": "alice"}
    tracks = {kind: tell(url, "publish", kind=kind, name=kind, **publish) for kind in ("audio", "video", "data")}
    drive_participants(room, alice)
    drive_tracks(room, alice, tracks)
    drive_recordings(room, alice, tracks)
    drive_transcriptions(room)
    drive_ends(video, room_sid, alice)

    operations = set(re.findall(r"^ +operationId: (\w+)$", SPEC.read_text(encoding="utf-8"), re.MULTILINE))
    if operations != set(driven):
        sys.exit(f"other operations than those of the spec are driven: {sorted(operations ^ set(driven))}")
    print(f"{len(driven)} checks of all {len(operations)} operations")


try:
    main()
except TwilioRestException as error:
    sys.exit(f"after {len(driven)} checks: {error.method} {error.uri}: {error.status} {error.code}: {error.msg}")
except TwilioException as error:  # That of a listing.
    sys.exit(f"after {len(driven)} checks: {error}")
