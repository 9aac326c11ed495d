// A made-up board behind a serial line: it boots, has a small shell, and tells all who look the same.
const BOOT = ['', 'U-Boot 2026.04 (Sep 02 2026 - 10:12:44 +0000)', '', 'DRAM:  2 GiB', 'MMC:   mmc@4300000: 0, mmc@4310000: 1', 'Hit any key to stop autoboot:  0', 'Booting from network …', '\u001b[32m[    0.000000]\u001b[0m Booting Linux on physical CPU 0x0', '\u001b[32m[    0.412007]\u001b[0m virtio-mmio: probed, \u001b[38;2;120;150;90mtrue colours\u001b[0m work', '\u001b[32m[    1.020332]\u001b[0m eth0: link up, 1000 Mbit/s', '\u001b[33m[    1.337001]\u001b[0m random: crng init done', '', 'Welcome to the lab.', ''];
const ANSWERS = { 'uname -a': 'Linux board 6.12.0 #1 SMP aarch64 GNU/Linux', help: 'help, uname -a, dmesg, reboot', dmesg: BOOT.slice(7, 11).join('\r\n') };
const KEPT = 1_048_576;

/** One line per board; `power(board, action)` switches it. */
export function consoleLines(power) {
  const lines = new Map();
  function line(board) {
    if (!lines.has(board.name)) {
      const made = { kept: Buffer.alloc(0), typed: '', readers: new Set(), writer: undefined };
      lines.set(board.name, made);
      boot(board);
    }
    return lines.get(board.name);
  }
  function say(it, text) {
    const bytes = Buffer.from(text);
    it.kept = Buffer.concat([it.kept, bytes]).subarray(-KEPT);
    for (const reader of it.readers) reader.channel.send(bytes);
  }
  function boot(board) {
    const it = lines.get(board.name);
    if (board.power !== false) say(it, `${BOOT.join('\r\n')}\r\n${board.name}:~# `);
  }
  function told(it) {
    for (const reader of it.readers) reader.channel.send(JSON.stringify({ writer: it.writer?.user, mine: reader === it.writer }));
  }
  function hear(board, it, bytes) {
    if (board.power === false) return;
    for (const char of bytes.toString()) {
      if (char === '\r') {
        const asked = it.typed.trim();
        it.typed = '';
        say(it, '\r\n');
        if (asked === 'reboot') { boot(board); continue; }
        say(it, `${asked === '' ? '' : `${ANSWERS[asked] ?? `sh: ${asked}: not found`}\r\n`}${board.name}:~# `);
      } else if (char === '\u007f') { if (it.typed) { it.typed = it.typed.slice(0, -1); say(it, '\b \b'); } }
      else if (char >= ' ') { it.typed += char; say(it, char); }
    }
  }
  return {
    attach(board, channel, { user, mode, replay }) {
      const it = line(board);
      const reader = { channel, user };
      it.readers.add(reader);
      channel.send(it.kept.subarray(-Math.min(replay, KEPT)));
      if (mode === 'rw' && !it.writer) it.writer = reader;
      told(it);
      channel.onMessage = (data, isText) => {
        if (!isText) { if (it.writer === reader) hear(board, it, data); return; }
        const order = JSON.parse(data);
        if (order.cmd === 'take' && mode === 'rw') { it.writer = reader; told(it); }
        else if (order.cmd === 'break') say(it, '\r\n[break]\r\n');
        else if (order.cmd === 'power') power(board, order.value);
        else if (order.cmd !== 'baud') channel.send(JSON.stringify({ error: `There is no order '${order.cmd}'.` }));
      };
      channel.onClose = () => {
        it.readers.delete(reader);
        if (it.writer === reader) { it.writer = undefined; told(it); }
      };
    },
    /** The power of a board was read back. */
    powered(board) {
      const it = lines.get(board.name);
      if (!it) return;
      for (const reader of it.readers) reader.channel.send(JSON.stringify({ event: 'power', value: board.power }));
      it.typed = '';
      if (board.power) boot(board);
      else say(it, '\r\n');
    },
    /** Nobody may look on any longer. */
    close(board, code) {
      for (const reader of lines.get(board.name)?.readers ?? []) reader.channel.close(code);
      lines.delete(board.name);
    },
  };
}
