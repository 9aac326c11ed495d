package dev.muster.updates.bundles;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes small squashfs images byte by byte, nothing packed: a root directory with plain files. Says where its parts lie, so
 * that tests can break each of them.
 */
final class SquashfsBuilder {

    static final int GZIP = 1;
    static final int BLOCK_SIZE = 4096;
    private static final int STORED_BLOCK = 1 << 24;
    private static final int ROOT_INODE_SIZE = 32;

    private record NamedFile(String name, byte[] content) {}

    private final List<NamedFile> files = new ArrayList<>();
    private final int compressor;
    int inodeTable;
    int directoryTable;
    int idTable;

    SquashfsBuilder() {
        this(GZIP);
    }

    SquashfsBuilder(int compressor) {
        this.compressor = compressor;
    }

    SquashfsBuilder file(String name, byte[] content) {
        files.add(new NamedFile(name, content));
        return this;
    }

    SquashfsBuilder file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Where in the image the inode of a file starts; the first has number 0. */
    int inodeOf(int file) {
        int at = inodeTable + 2 + ROOT_INODE_SIZE;
        for (int i = 0; i < file; i++) {
            at += 32 + 4 * blocks(files.get(i).content().length);
        }
        return at;
    }

    /** The image, filled up to whole blocks of 4096 bytes. */
    byte[] bytes() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer inodes = little(7000);
        ByteBuffer listing = little(7000);
        inodes.position(ROOT_INODE_SIZE);
        listing.putInt(Math.max(0, files.size() - 1)).putInt(0).putInt(1);
        for (NamedFile file : files) {
            byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
            listing.putShort((short) inodes.position()).putShort((short) 0).putShort((short) 2);
            listing.putShort((short) (name.length - 1)).put(name);
            inodes.putShort((short) 2)
                    .putShort((short) 0644)
                    .putInt(0)
                    .putInt(0)
                    .putInt(2);
            inodes.putInt(96 + data.size()).putInt(-1).putInt(0).putInt(file.content().length);
            for (int at = 0; at < file.content().length; at += BLOCK_SIZE) {
                inodes.putInt(STORED_BLOCK | Math.min(BLOCK_SIZE, file.content().length - at));
            }
            data.writeBytes(file.content());
        }
        int listed = files.isEmpty() ? 0 : listing.position();
        int end = inodes.position();
        inodes.position(0);
        inodes.putShort((short) 1).putShort((short) 0755).putInt(0).putInt(0).putInt(1);
        inodes.putInt(0)
                .putInt(2)
                .putShort((short) (listed + 3))
                .putShort((short) 0)
                .putInt(0);
        inodeTable = 96 + data.size();
        directoryTable = inodeTable + 2 + end;
        idTable = directoryTable + 2 + listing.position() + 2 + 4;
        int used = idTable + 8;
        ByteBuffer image = little((used + 4095) / 4096 * 4096);
        image.put("hsqs".getBytes(StandardCharsets.US_ASCII))
                .putInt(1 + files.size())
                .putInt(0)
                .putInt(BLOCK_SIZE);
        image.putInt(0)
                .putShort((short) compressor)
                .putShort((short) 12)
                .putShort((short) 0)
                .putShort((short) 1);
        image.putShort((short) 4)
                .putShort((short) 0)
                .putLong(0)
                .putLong(used)
                .putLong(idTable)
                .putLong(-1);
        image.putLong(inodeTable).putLong(directoryTable).putLong(-1).putLong(-1);
        image.put(data.toByteArray());
        table(image, inodes.array(), end);
        table(image, listing.array(), listing.position());
        int ids = image.position();
        table(image, new byte[4], 4);
        image.putLong(ids);
        return image.array();
    }

    private static void table(ByteBuffer image, byte[] bytes, int length) {
        image.putShort((short) (0x8000 | length)).put(Arrays.copyOf(bytes, length));
    }

    private static int blocks(int size) {
        return (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
