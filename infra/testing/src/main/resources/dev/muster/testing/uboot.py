"""Plays a board's boot loader on stdin and stdout: a banner, a prompt, an echo and a few commands."""
import os

def say(text):
    data = text.encode()
    while data:
        data = data[os.write(1, data):]

say("\r\nU-Boot 2026.01 (muster)\r\nDRAM:  2 GiB\r\nHit any key to stop autoboot\r\n=> ")
line = b""
while True:
    byte = os.read(0, 1)
    if not byte:
        break
    if byte != b"\r":
        line += byte
        os.write(1, byte)
        continue
    command, line = line.decode(errors="replace"), b""
    say("\r\n")
    if command == "version":
        say("U-Boot 2026.01 (muster)\r\n")
    elif command == "reset":
        say("resetting ...\r\n\r\nU-Boot 2026.01 (muster)\r\n")
    elif command.startswith("flood "):
        for n in range(int(command.split()[1])):
            say("line %08d of a long boot log\r\n" % n)
        say("flooded\r\n")
    elif command:
        say("Unknown command '%s'\r\n" % command)
    say("=> ")
