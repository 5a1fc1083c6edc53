"""Drives every operation of the sandbox with the vendor's Python library, and makes the access tokens of the client again.

Usage: drive.py URL, with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment. It prints a line for each check
that passes, and exits with 1 at the first one that fails.
"""

import base64
import json
import os
import queue
import re
import sys
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode
from urllib.request import urlopen

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VideoGrant
from twilio.request_validator import RequestValidator
from twilio.rest import Client

SPEC = Path(__file__).parents[2] / "spec" / "rooms.yaml"
NAME = "python-standup"
PAST, FUTURE = datetime(2020, 1, 1), datetime(2100, 1, 1)
INCLUDE_ALL = {"type": "include", "all": True}
INCLUDE_AUDIO = {"type": "include", "kind": "audio"}
EXCLUDE_ALL = {"type": "exclude", "all": True}
DUTCH = {"languageCode": "nl-BE", "partialResults": True}

checks = []


def check(operation, description, actual, expected):
    """Records a check of an operation of the spec, or exits if it fails."""
    if actual != expected:
        sys.exit(f"after {len(checks)} checks: {operation}: {description}: {actual!r}, not {expected!r}")
    checks.append(operation)
    print(f"{len(checks):2} {operation}: {description}")


def check_error(operation, description, call, status, code):
    """Checks that a call fails with this status and error code."""
    try:
        actual = call()
    except TwilioRestException as error:
        actual = (error.status, error.code)
    check(operation, description, actual, (status, code))


def script(url, action, **form):
    """Runs an action of a scripted participant, and returns the SID of what it creates."""
    with urlopen(f"{url}/sandbox/{action}", urlencode(form).encode()) as response:
        body = response.read()
    return json.loads(body)["sid"] if body else None


def connect(url, token):
    client = Client(os.environ["TWILIO_ACCOUNT_SID"], token)
    client.video.base_url = url
    return client.video.v1


def names(items):
    return [item.name for item in items]


def drive_rooms(video, url):
    """Creates a room that is recorded and transcribed, and returns its SID."""
    pages = [[room.sid for room in video.rooms.list(status="completed", page_size=size)] for size in (7, 1000)]
    check("list_rooms", "small pages and one large page list the same rooms", pages[0], pages[1])
    check("list_rooms", "lists each room once", len(set(pages[0])) == len(pages[0]) > 14, True)

    room = video.rooms.create(
        unique_name=NAME,
        max_participants=10,
        video_codecs=["VP8", "H264"],
        empty_room_timeout=5,
        record_participants_on_connect=True,
        transcribe_participants_on_connect=True,
        transcriptions_configuration=DUTCH,
    )
    actual = (room.status, room.unique_name, room.max_participants, room.video_codecs, room.empty_room_timeout)
    check("create_room", "has the requested settings", actual, ("in-progress", NAME, 10, ["VP8", "H264"], 5))
    check("create_room", "has a creation time and links", (type(room.date_created), len(room.links)), (datetime, 4))
    check_error("create_room", "refuses a name that is taken", lambda: video.rooms.create(unique_name=NAME), 400, 53113)
    ruled = video.rooms.create(unique_name=f"{NAME}-ruled", recording_rules=[INCLUDE_AUDIO])
    check(
        "create_room", "sets the recording rules", video.rooms(ruled.sid).recording_rules.fetch().rules, [INCLUDE_AUDIO]
    )
    check("update_room", "by name", video.rooms(f"{NAME}-ruled").update(status="completed").sid, ruled.sid)

    check("fetch_room", "by SID", video.rooms(room.sid).fetch().unique_name, NAME)
    check("fetch_room", "by name", video.rooms(NAME).fetch().sid, room.sid)
    check_error("fetch_room", "refuses a wrong auth token", connect(url, "wrong").rooms(room.sid).fetch, 401, 20003)
    check_error("fetch_room", "unknown room", video.rooms("RM" + "0" * 32).fetch, 404, 20404)
    for after, before, expected in [(PAST, FUTURE, [room.sid]), (FUTURE, None, []), (None, PAST, [])]:
        actual = video.rooms.list(unique_name=NAME, date_created_after=after, date_created_before=before)
        check("list_rooms", f"{len(expected)} with the name in the time range", [room.sid for room in actual], expected)
    return room.sid


def drive_participants(room, alice):
    actual = [(person.identity, person.status) for person in room.participants.list(page_size=1)]
    check("list_participants", "on several pages", actual, [("bob", "connected"), ("alice", "connected")])
    for identity, after, expected in [("alice", PAST, [alice]), ("alice", FUTURE, []), ("carol", PAST, [])]:
        actual = room.participants.list(status="connected", identity=identity, date_created_after=after)
        check("list_participants", f"{identity} since {after.year}", [person.sid for person in actual], expected)
    person = room.participants("alice").fetch()
    actual = (person.sid, person.status, type(person.start_time), person.end_time, len(person.links))
    check("fetch_participant", "by identity", actual, (alice, "connected", datetime, None, 4))
    anonymize = room.participants("alice").anonymize().update
    check_error("anonymize_participant", "refuses a connected participant", anonymize, 400, 20001)


def drive_tracks(room, alice, tracks):
    published = room.participants("alice").published_tracks
    actual = [(track.name, track.kind, track.participant_sid) for track in published.list(page_size=2)]
    check(
        "list_published_tracks",
        "on several pages",
        actual,
        [(kind, kind, alice) for kind in ("data", "video", "audio")],
    )
    check("fetch_published_track", "by name", published("audio").fetch().sid, tracks["audio"])

    bob = room.participants("bob")
    actual = [(track.name, track.publisher_sid) for track in bob.subscribed_tracks.list(page_size=2)]
    check("list_subscribed_tracks", "on several pages", actual, [(kind, alice) for kind in ("data", "video", "audio")])
    check("fetch_subscribed_track", "by SID", bob.subscribed_tracks(tracks["video"]).fetch().kind, "video")
    check("fetch_subscribe_rules", "includes all by default", bob.subscribe_rules.fetch().rules, [INCLUDE_ALL])
    check(
        "update_subscribe_rules",
        "includes audio only",
        bob.subscribe_rules.update(rules=[INCLUDE_AUDIO]).rules,
        [INCLUDE_AUDIO],
    )
    check("list_subscribed_tracks", "follows the subscribe rules", names(bob.subscribed_tracks.list()), ["audio"])
    check_error(
        "update_subscribe_rules", "refuses an empty list", lambda: bob.subscribe_rules.update(rules=[]), 400, 53215
    )
    check_error(
        "fetch_subscribed_track",
        "excluded by the subscribe rules",
        bob.subscribed_tracks(tracks["video"]).fetch,
        404,
        20404,
    )


def drive_recordings(client, room, alice, tracks):
    actual = [(it.track_name, it.status, it.codec) for it in room.recordings.list(page_size=2)]
    expected = [("data", "processing", None), ("video", "processing", "VP8"), ("audio", "processing", "opus")]
    check("list_recordings", "on several pages", actual, expected)
    sound = room.recordings.list(source_sid=tracks["audio"], date_created_after=PAST, date_created_before=FUTURE)
    check("list_recordings", "filtered by track and time", [it.track_name for it in sound], ["audio"])
    recording = room.recordings(sound[0].sid)
    it = recording.fetch()
    actual = (it.grouping_sids["participant_sid"], it.container_format, it.size, list(it.links))
    check("fetch_recording", "while it is being recorded", actual, (alice, "mka", 0, ["media"]))

    check("fetch_recording_rules", "includes all by default", room.recording_rules.fetch().rules, [INCLUDE_ALL])
    data = [{"type": "include", "kind": "data"}]
    check_error(
        "update_recording_rules",
        "refuses rules for data tracks",
        lambda: room.recording_rules.update(rules=data),
        400,
        53120,
    )
    check(
        "update_recording_rules", "excludes all", room.recording_rules.update(rules=[EXCLUDE_ALL]).rules, [EXCLUDE_ALL]
    )
    actual = [(it.track_name, it.duration > 0, it.size > 0) for it in room.recordings.list(status="completed")]
    check(
        "list_recordings",
        "ended by the recording rules",
        actual,
        [(kind, True, True) for kind in ("data", "video", "audio")],
    )
    # The library has no method for media, but sends the request.
    response = client.request("GET", recording.fetch().links["media"])
    location = response.headers["Location"]
    actual = (response.status_code, json.loads(response.text)["redirect_to"] == location, location.split(":")[0])
    check("fetch_recording_media", "redirects to the storage", actual, (302, True, "http"))
    check("delete_recording", "deletes the media", recording.delete(), True)
    check_error("delete_recording", "refuses a second time", recording.delete, 404, 20404)
    check("fetch_recording", "after the deletion", recording.fetch().status, "deleted")


def drive_transcriptions(room):
    actual = [(it.status, it.configuration) for it in room.transcriptions.list()]
    check("list_transcriptions", "started by the settings of the room", actual, [("started", DUTCH)])
    made = room.transcriptions.create(configuration={"languageCode": "en-US"})
    actual = (made.status, made.configuration, type(made.date_created))
    check("create_transcription", "with a configuration", actual, ("started", {"languageCode": "en-US"}, datetime))
    transcription = room.transcriptions(made.ttid)
    check("fetch_transcription", "by identifier", transcription.fetch().ttid, made.ttid)
    it = transcription.update(status="stopped")
    check("update_transcription", "stopped", (it.status, type(it.end_time)), ("stopped", datetime))
    it = transcription.update(status="started", configuration=DUTCH)
    check(
        "update_transcription",
        "started again with another configuration",
        (it.status, it.configuration, it.end_time),
        ("started", DUTCH, None),
    )
    actual = [it.ttid for it in room.transcriptions.list(page_size=1)]
    check("list_transcriptions", "on several pages", (len(actual), actual[0]), (2, made.ttid))


def drive_ends(video, room_sid, alice):
    room = video.rooms(room_sid)
    gone = room.participants("alice").update(status="disconnected")
    actual = (gone.sid, gone.status, type(gone.end_time), gone.duration >= 0)
    check("update_participant", "disconnected", actual, (alice, "disconnected", datetime, True))
    check_error("fetch_participant", "no longer by identity", room.participants("alice").fetch, 404, 20404)
    check("anonymize_participant", "after it has left", room.participants(alice).anonymize().update().identity, alice)
    done = room.update(status="completed")
    check("update_room", "completed", (done.status, type(done.end_time)), ("completed", datetime))
    check_error("update_room", "refuses a second time", lambda: room.update(status="completed"), 400, 53112)
    ended = [{it.status for it in them.list()} for them in (room.participants, room.recordings, room.transcriptions)]
    check("list_participants", "disconnected with the room", ended[0], {"disconnected"})
    check("list_recordings", "ended with the room", ended[1], {"completed", "deleted"})
    check("list_transcriptions", "stopped with the room", ended[2], {"stopped"})
    check_error(
        "update_recording_rules",
        "refuses a completed room",
        lambda: room.recording_rules.update([EXCLUDE_ALL]),
        400,
        53118,
    )


def drive_callbacks(video, url):
    """Receives the callbacks of a room, and validates them with the library's own validator."""
    received, validator = queue.Queue(), RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body, keep_blank_values=True))
            called = f"http://{self.headers['Host']}{self.path}"
            valid = validator.validate(called, form, self.headers["X-Twilio-Signature"])
            forged = validator.validate(called, {**form, "RoomName": "x"}, self.headers["X-Twilio-Signature"])
            self.send_response(204)
            self.end_headers()
            received.put((form["StatusCallbackEvent"], int(form["SequenceNumber"]), valid, forged))

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    callback = f"http://127.0.0.1:{server.server_port}/hooks?a=b"
    room = video.rooms.create(unique_name="python-hooks", status_callback=callback)
    script(url, "join", room="python-hooks", identity="Zo\u00eb & Bob")
    video.rooms(room.sid).update(status="completed")
    events = ["room-created", "participant-connected", "participant-disconnected", "room-ended"]
    actual = [received.get(timeout=10) for _ in events]
    expected = [(event, number, True, False) for number, event in enumerate(events)]
    check("receive_callback", "has a valid signature", actual, expected)


def drive_tokens():
    """Makes the access tokens of the client again, and compares their headers and claims."""

    def decoded(token):
        parts = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")[:2]]
        return [{name: json.dumps(value, sort_keys=True) for name, value in json.loads(part).items()} for part in parts]

    for line in os.environ["TOKENS"].split("\n"):
        case = json.loads(line)
        with patch("time.time", return_value=case["issued"] + 0.9):
            token = AccessToken(
                case["account_sid"],
                case["api_key"],
                case["secret"],
                grants=[VideoGrant(room=case["room"])],
                identity=case["identity"],
                nbf=case["nbf"],
                ttl=case["ttl"] or 3600,
                region=case["region"],
            ).to_jwt()
        (header, claims), (our_header, our_claims) = decoded(token), decoded(case["token"])
        # This library leaves it out; that for Node does not.
        issued = our_claims.pop("iat")
        actual = (our_header, our_claims, issued)
        check("tokens", f"of {case['identity']!r} are the same", actual, (header, claims, str(case["issued"])))

def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    url = sys.argv[1]
    video = connect(url, os.environ["TWILIO_AUTH_TOKEN"])
    room_sid = drive_rooms(video, url)
    room = video.rooms(room_sid)
    alice, _ = (script(url, "join", room=NAME, identity=identity) for identity in ("alice", "bob"))
    publish = {"room": NAME, "participant": "alice"}
    tracks = {kind: script(url, "publish", kind=kind, name=kind, **publish) for kind in ("audio", "video", "data")}
    drive_participants(room, alice)
    drive_tracks(room, alice, tracks)
    drive_recordings(video.domain.twilio, room, alice, tracks)
    drive_transcriptions(room)
    drive_ends(video, room_sid, alice)
    drive_callbacks(video, url)
    drive_tokens()

    operations = set(re.findall(r"^ +operationId: (\w+)$", SPEC.read_text(encoding="utf-8"), re.MULTILINE))
    if operations != set(checks) - {"tokens"}:
        sys.exit(f"the operations of the spec and those driven differ: {sorted(operations ^ (set(checks) - {'tokens'}))}")
    print(f"{len(checks)} checks of all {len(operations)} operations")


try:
    main()
except TwilioRestException as error:
    sys.exit(f"after {len(checks)} checks: {error.method} {error.uri}: {error.status} {error.code}: {error.msg}")
except TwilioException as error:  # Raised by a listing.
    sys.exit(f"after {len(checks)} checks: {error}")
