package dev.muster.updates.bundles.squashfs;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** How the blocks of an image are packed; one kind for the whole image. */
public enum Compression {
    GZIP(1),
    LZMA(2),
    LZO(3),
    XZ(4),
    LZ4(5),
    ZSTD(6);

    /** A dictionary is no larger than a block, of which the largest has 1 MiB; the rest is the decoder's own. */
    private static final int MEMORY_MAX_KIB = 8 * 1024;

    private final int number;

    Compression(int number) {
        this.number = number;
    }

    static Compression of(int number) {
        for (Compression each : values()) {
            if (each.number == number) {
                return each;
            }
        }
        throw new SquashfsException("is packed by an unknown compressor, number %d".formatted(number));
    }

    /** Whether blocks of this kind can be unpacked here. */
    public boolean isReadable() {
        return this != LZO && this != LZ4;
    }

    /** As mksquashfs writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Unpacks one block.
     *
     * @param max bytes it may come to; more are refused without being unpacked
     */
    byte[] unpacked(byte[] packed, int max) {
        try {
            return switch (this) {
                case GZIP -> inflated(packed, max);
                case LZMA -> read(new LZMAInputStream(new ByteArrayInputStream(packed), MEMORY_MAX_KIB), max);
                case XZ -> read(new XZInputStream(new ByteArrayInputStream(packed), MEMORY_MAX_KIB), max);
                case ZSTD -> zstandard(packed, max);
                case LZO, LZ4 ->
                    throw new SquashfsException(
                            "is packed with %s, which is not read here; pack it with gzip, xz or zstd"
                                    .formatted(label()));
            };
        } catch (DataFormatException | IOException | ZstdException e) {
            throw damaged();
        }
    }

    private byte[] inflated(byte[] packed, int max) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] unpacked = new byte[max];
            int filled = 0;
            while (!inflater.finished()) {
                int more = inflater.inflate(unpacked, filled, max - filled);
                filled += more;
                if (more == 0 && !inflater.finished()) {
                    // Out of bytes, out of room, or in want of a dictionary.
                    throw damaged();
                }
            }
            return Arrays.copyOf(unpacked, filled);
        } finally {
            inflater.end();
        }
    }

    private byte[] read(InputStream stream, int max) throws IOException {
        try (stream) {
            byte[] unpacked = stream.readNBytes(max + 1);
            if (unpacked.length > max) {
                throw damaged();
            }
            return unpacked;
        }
    }

    private byte[] zstandard(byte[] packed, int max) {
        byte[] unpacked = new byte[max];
        long filled;
        try {
            filled = Zstd.decompressByteArray(unpacked, 0, max, packed, 0, packed.length);
        } catch (LinkageError e) {
            throw new SquashfsException("is packed with zstd, which this machine cannot unpack");
        }
        if (Zstd.isError(filled)) {
            throw damaged();
        }
        return Arrays.copyOf(unpacked, (int) filled);
    }

    private SquashfsException damaged() {
        return new SquashfsException("has a block that is not as %s packs it, or too large".formatted(label()));
    }
}
