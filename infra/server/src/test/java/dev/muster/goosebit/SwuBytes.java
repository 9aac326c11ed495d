package dev.muster.goosebit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A small bundle in memory: a cpio archive ("new ASCII") with a description and one file. */
final class SwuBytes {

    private SwuBytes() {}

    /** @param compatibility libconfig for the group {@code software}, such as a hardware-compatibility; may be empty */
    static byte[] of(String version, String compatibility) {
        byte[] payload = new byte[2000];
        new Random(version.hashCode()).nextBytes(payload);
        String description = """
                software =
                {
                    version = "%s";
                    %s
                    images: ( { filename = "payload.bin"; device = "/dev/null"; sha256 = "%s"; } );
                }
                """.formatted(version, compatibility, hex("SHA-256", payload));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        entry(archive, 1, "sw-description", description.getBytes(StandardCharsets.UTF_8));
        entry(archive, 2, "payload.bin", payload);
        entry(archive, 0, "TRAILER!!!", new byte[0]);
        return archive.toByteArray();
    }

    static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void entry(ByteArrayOutputStream archive, int inode, String name, byte[] content) {
        int mode = inode == 0 ? 0 : 0100644;
        int[] fields = {inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length() + 1, 0};
        StringBuilder header = new StringBuilder("070701");
        for (int field : fields) {
            header.append("%08X".formatted(field));
        }
        header.append(name).append('\0');
        padded(archive, header.toString().getBytes(StandardCharsets.US_ASCII));
        padded(archive, content);
    }

    private static void padded(ByteArrayOutputStream archive, byte[] bytes) {
        archive.writeBytes(bytes);
        while (archive.size() % 4 != 0) {
            archive.write(0);
        }
    }
}
