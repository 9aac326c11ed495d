package dev.muster.updates.bundles;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes cpio archives, good ones and broken ones. */
final class Archive {

    static final long REGULAR = 0100644;
    private final boolean summed;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Archive(boolean summed) {
        this.summed = summed;
    }

    static Archive plain() {
        return new Archive(false);
    }

    static Archive summed() {
        return new Archive(true);
    }

    /** An archive whose first file is this description. */
    static Archive describedBy(String description) {
        return summed().file("sw-description", description);
    }

    Archive file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Archive file(String name, byte[] content) {
        return entry(summed ? "070702" : "070701", REGULAR, name, content, summed ? sumOf(content) : 0);
    }

    Archive entry(String magic, long mode, String name, byte[] content, long sum) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        raw(header(magic, mode, content.length, nameBytes.length, sum))
                .raw(nameBytes)
                .pad();
        return raw(content).pad();
    }

    Archive raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Archive raw(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Archive pad() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    Archive trailer() {
        return file("TRAILER!!!", new byte[0]);
    }

    /** As it stands, without a trailer of its own. */
    byte[] asIs() {
        return out.toByteArray();
    }

    /** With trailer, filled up to a block as cpio does. */
    byte[] bytes() {
        byte[] all = trailer().asIs();
        return Arrays.copyOf(all, (all.length + 511) / 512 * 512);
    }

    static String header(String magic, long mode, long size, long nameSize, long sum) {
        long[] fields = {1, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, nameSize, sum};
        StringBuilder header = new StringBuilder(magic);
        for (long field : fields) {
            header.append("%08X".formatted(field));
        }
        return header.toString();
    }

    static long sumOf(byte[] content) {
        long sum = 0;
        for (byte b : content) {
            sum += b & 0xff;
        }
        return sum & 0xffff_ffffL;
    }
}
