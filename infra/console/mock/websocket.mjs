// Just enough of RFC 6455 for the stand-in: whole messages of any size, pings are answered, no extensions.
import { createHash } from 'node:crypto';

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Takes over an upgrade; answers something with `onMessage(data, isText)`, `onClose()`, `send(text or bytes)`, `close(code, reason)`. */
export function accept(request, socket, head) {
  const key = createHash('sha1').update(request.headers['sec-websocket-key'] + MAGIC).digest('base64');
  const [protocol] = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}\r\n`);
  let buffer = head;
  let parts = [];
  let kind = 0;
  let closed = false;
  const channel = {
    onMessage: () => {}, onClose: () => {},
    send: (data) => frame(typeof data === 'string' ? 1 : 2, Buffer.from(data)),
    close: (code = 1000, reason = '') => { if (!closed) { frame(8, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)])); socket.end(); gone(); } },
  };
  function gone() {
    if (!closed) { closed = true; channel.onClose(); }
  }
  function frame(opcode, payload) {
    if (closed) return;
    const size = payload.length < 126 ? Buffer.from([payload.length]) : payload.length < 65536 ? Buffer.from([126, payload.length >> 8, payload.length & 255]) : Buffer.concat([Buffer.from([127, 0, 0, 0, 0]), Buffer.from(Uint32Array.of(payload.length).buffer).reverse()]);
    socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), size, payload]));
  }
  function take() {
    if (buffer.length < 2) return false;
    let at = 2;
    let length = buffer[1] & 127;
    if (length === 126) { if (buffer.length < 4) return false; length = buffer.readUInt16BE(2); at = 4; }
    else if (length === 127) { if (buffer.length < 10) return false; length = Number(buffer.readBigUInt64BE(2)); at = 10; }
    if (buffer.length < at + 4 + length) return false;
    const mask = buffer.subarray(at, at + 4);
    const payload = Buffer.from(buffer.subarray(at + 4, at + 4 + length));
    for (let i = 0; i < length; i++) payload[i] ^= mask[i & 3];
    const opcode = buffer[0] & 15;
    const last = (buffer[0] & 0x80) !== 0;
    buffer = buffer.subarray(at + 4 + length);
    if (opcode === 8) { frame(8, payload.subarray(0, 2)); socket.end(); gone(); }
    else if (opcode === 9) frame(10, payload);
    else if (opcode < 3) {
      if (opcode) kind = opcode;
      parts.push(payload);
      if (last) {
        const whole = Buffer.concat(parts);
        parts = [];
        channel.onMessage(kind === 1 ? whole.toString() : whole, kind === 1);
      }
    }
    return true;
  }
  socket.on('data', (data) => { buffer = Buffer.concat([buffer, data]); while (take()); });
  socket.on('close', gone).on('error', gone);
  setImmediate(() => { while (take()); });
  return channel;
}

/** Refuses an upgrade in plain HTTP, before the protocol is switched. */
export function refuse(socket, status, title, body) {
  const text = JSON.stringify(body);
  socket.end(`HTTP/1.1 ${status} ${title}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`);
}
