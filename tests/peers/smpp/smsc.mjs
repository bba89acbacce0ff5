// A message centre by the npm package `smpp`: another implementation of SMPP 3.4 than the hub's.
// Arguments: the port, and for TLS the files of a certificate and of its key. It reads commands from stdin and tells events on stdout, each a JSON object on a line.
// What it shall deliver it keeps until that is acknowledged, and delivers again after a temporary refusal or a lost
// connection, one at a time as message centres do. Every message that is submitted gets the receipt it asks for.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import smpp from "smpp";

const AGAIN_MS = 200;
const tell = (event) => process.stdout.write(JSON.stringify(event) + "\n");
const ucs2 = (text) => Buffer.from(text, "utf16le").swap16();

const waiting = []; // {pdu, tag}
const receivers = new Set();
const statuses = []; // for the next submits
let flying = null;
let ids = 0x1a0;
let isMute = false;

function next() {
  const [session] = receivers;
  if (flying || !session || !waiting.length) return;
  const delivery = (flying = waiting[0]);
  const again = setTimeout(() => done(delivery, false), 20 * AGAIN_MS);
  session.deliver_sm({ ...delivery.pdu }, (response) => {
    clearTimeout(again);
    tell({ acknowledged: delivery.tag, status: response.command_status });
    done(delivery, response.command_status !== smpp.ESME_RX_T_APPN);
  });
}

function done(delivery, isSettled) {
  if (flying !== delivery) return;
  flying = null;
  if (isSettled) waiting.splice(waiting.indexOf(delivery), 1);
  setTimeout(next, isSettled ? 0 : AGAIN_MS);
}

function lost(session) {
  receivers.delete(session);
  if (flying && !receivers.size) flying = null;
}

function bound(session, pdu, receives) {
  if (pdu.password !== "pw-8c2f4") return session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
  session.send(pdu.response({ system_id: "smsc" }));
  tell({ bound: pdu.command, system_id: pdu.system_id });
  if (receives) receivers.add(session);
  setTimeout(next, 0);
}

function submitted(session, pdu) {
  const status = statuses.shift() ?? 0;
  const id = (ids += 1).toString(16);
  const { message, udh } = pdu.short_message;
  tell({
    submitted: message || pdu.message_payload?.message || "", status, id,
    from: [pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr],
    to: [pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr],
    coding: pdu.data_coding, udh: (udh ?? []).map((one) => [...one]),
    segment: [pdu.sar_msg_ref_num, pdu.sar_segment_seqnum, pdu.sar_total_segments],
  });
  session.send(pdu.response(status ? { command_status: status } : { message_id: id }));
  if (!status && pdu.registered_delivery) receipt(pdu, id);
}

function receipt(pdu, id) {
  // The number as carriers write it in the words of a receipt: in decimal, where the response had it hexadecimal.
  const words = `id:${parseInt(id, 16)} sub:001 dlvrd:001 submit date:2611221730 done date:2611221731 stat:DELIVRD err:000 text:`;
  const back = { source_addr: pdu.destination_addr, destination_addr: pdu.source_addr };
  waiting.push({ tag: `receipt ${id}`, pdu: { ...back, esm_class: 4, short_message: words } });
  next();
}

// A text as the parts that phones make of it: with headers of 8 or 16 bits, or told by parameters.
function parts({ text, way, reference }) {
  const bytes = ucs2(text);
  const size = way === "udh16" ? 132 : 134;
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces.map((message, place) => {
    const number = place + 1, count = pieces.length;
    if (way === "sar")
      return { short_message: { message }, sar_msg_ref_num: reference, sar_segment_seqnum: number, sar_total_segments: count };
    const udh = way === "udh16" ? [6, 8, 4, reference >> 8, reference & 255, count, number] : [5, 0, 3, reference & 255, count, number];
    return { esm_class: 0x40, short_message: { udh: Buffer.from(udh), message } };
  });
}

const commands = {
  deliver({ tag, from, to, text, way, reference, order }) {
    const addresses = { source_addr_ton: 1, source_addr_npi: 1, source_addr: from, destination_addr: to, data_coding: 8 };
    const all = way ? parts({ text, way, reference }) : [{ short_message: { message: ucs2(text) } }];
    for (const place of order ?? all.keys()) waiting.push({ tag: `${tag} ${place}`, pdu: { ...addresses, ...all[place] } });
    next();
  },
  mute: (value) => (isMute = value), // no answer to signs of life
  answer: (those) => statuses.push(...those),
  tellUntilHere: () => {}, // what was told before is read before the note
  drop: () => server.sessions.slice().forEach((session) => session.destroy()),
};

const [port, cert, key] = process.argv.slice(2);
const tls = cert ? { cert: readFileSync(cert), key: readFileSync(key) } : {};
const server = smpp.createServer(tls, (session) => {
  session.on("bind_receiver", (pdu) => bound(session, pdu, true));
  session.on("bind_transceiver", (pdu) => bound(session, pdu, true));
  session.on("bind_transmitter", (pdu) => bound(session, pdu, false));
  session.on("submit_sm", (pdu) => submitted(session, pdu));
  session.on("enquire_link", (pdu) => { if (!isMute) session.send(pdu.response()) && tell({ enquired: true }); });
  session.on("unbind", (pdu) => { session.send(pdu.response()); session.close(); tell({ unbound: true }); });
  session.on("close", () => lost(session));
  session.on("error", () => lost(session));
});
server.listen(Number(port), "127.0.0.1", () => tell({ listening: server.address().port }));
createInterface({ input: process.stdin }).on("line", (line) => {
  const [[name, value]] = Object.entries(JSON.parse(line));
  commands[name](value);
  tell({ noted: name });
}).on("close", () => process.exit(0));
