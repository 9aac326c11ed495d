package dev.muster.updates.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes a cpio archive of format newc in memory: a header of hex digits, name and content, each filled up to four
 * bytes, and an entry named TRAILER!!! at the end (cpio(5)).
 */
final class CpioWriter {

    private static final int REGULAR_FILE = 0100644;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int inode = 1;

    CpioWriter file(String name, byte[] content) {
        entry(name, content, REGULAR_FILE, inode++);
        return this;
    }

    byte[] finish() {
        entry("TRAILER!!!", new byte[0], 0, 0);
        // Whole blocks of 512 bytes, as cpio itself writes them.
        pad(512);
        return out.toByteArray();
    }

    private void entry(String name, byte[] content, int mode, int number) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
        int[] fields = {number, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, nameBytes.length, 0};
        StringBuilder header = new StringBuilder("070701");
        for (int field : fields) {
            header.append(String.format(Locale.ROOT, "%08X", field));
        }
        out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(nameBytes);
        pad(4);
        out.writeBytes(content);
        pad(4);
    }

    private void pad(int size) {
        while (out.size() % size != 0) {
            out.write(0);
        }
    }
}
