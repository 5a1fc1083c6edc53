// Lists all completed rooms with the vendor's own library for Node, and reports the time that it took.
//
// Usage: stream.cjs URL [PAGE_SIZE]; the default page size is that of the library.

const twilio = require("twilio");

const MODULUS = 1_000_000_007;

/** The number of a room in the checksum, as in `room_counter.rs`. */
function number(room) {
  const lengths = (room.uniqueName ?? "").length + (room.videoCodecs ?? []).length;
  return parseInt(room.sid.slice(-6), 16) + room.dateCreated.getTime() / 1000 + (room.duration ?? 0) + lengths;
}

function main() {
  const [url, pageSize] = process.argv.slice(2);
  const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
  client.video.baseUrl = url;
  const started = process.hrtime.bigint();
  const spent = process.cpuUsage();
  let rooms = 0;
  let checksum = 0;
  client.video.v1.rooms.each({
    status: "completed",
    pageSize: pageSize ? Number(pageSize) : undefined,
    callback: (room) => {
      rooms += 1;
      checksum = (checksum * 31 + number(room)) % MODULUS;
    },
    done: (error) => {
      if (error) {
        throw error;
      }
      const { user, system } = process.cpuUsage(spent);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      console.log(JSON.stringify({ rooms, checksum, seconds, cpu_seconds: (user + system) / 1e6 }));
    },
  });
}

main();
