package dev.muster.updates.bundles;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Puts RAUC bundles together in memory. */
final class RaucBundle {

    static final int BLOCK = 4096;
    private static final byte[] SALT = new byte[32];

    private RaucBundle() {}

    static String manifest(String compatible, String version, String more) {
        return "[update]\ncompatible=%s\nversion=%s\n%s".formatted(compatible, version, more);
    }

    static byte[] image(String manifest) {
        return new SquashfsBuilder().file("manifest.raucm", manifest).bytes();
    }

    static byte[] plain(byte[] image, TestSigner signer) throws Exception {
        return ended(image, signer.detached(image));
    }

    /** The end of a bundle behind what it is about. */
    static byte[] ended(byte[] front, byte[] cms) {
        return joined(front, cms, ByteBuffer.allocate(8).putLong(cms.length).array());
    }

    /** @param format {@code verity} or {@code crypt} */
    static byte[] sealed(byte[] data, String format, String manifest, TestSigner signer) throws Exception {
        byte[] tree = tree(data);
        byte[] root = root(data, tree);
        String inner = manifest
                + "\n[bundle]\nformat=%s\nverity-hash=%s\nverity-salt=%s\nverity-size=%d\n"
                        .formatted(
                                format,
                                HexFormat.of().formatHex(root),
                                HexFormat.of().formatHex(SALT),
                                tree.length);
        byte[] cms = signer.cms(inner.getBytes(StandardCharsets.UTF_8), true, "SHA256withRSA");
        return ended(joined(data, tree), cms);
    }

    /** All levels above the data, the topmost first. */
    static byte[] tree(byte[] data) throws Exception {
        List<byte[]> levels = new ArrayList<>();
        byte[] below = data;
        while (below.length > BLOCK) {
            byte[] level = new byte[(below.length / BLOCK + 127) / 128 * BLOCK];
            for (int i = 0; i < below.length / BLOCK; i++) {
                System.arraycopy(digest(below, i * BLOCK), 0, level, i * 32, 32);
            }
            levels.add(0, level);
            below = level;
        }
        return joined(levels.toArray(new byte[0][]));
    }

    private static byte[] root(byte[] data, byte[] tree) throws Exception {
        return digest(tree.length == 0 ? data : tree, 0);
    }

    private static byte[] digest(byte[] bytes, int at) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(SALT);
        sha256.update(bytes, at, BLOCK);
        return sha256.digest();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] changed(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }
}
