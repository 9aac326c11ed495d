package dev.muster.updates.artifacts;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import reactor.core.publisher.Flux;

/** Bytes to store and to compare. */
record Content(byte[] bytes) {

    static Content random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return new Content(bytes);
    }

    /** In pieces of a size that fits nothing. */
    Flux<ByteBuffer> flux() {
        return flux(7_777);
    }

    /** Every piece is in the same array, so whoever keeps one has it overwritten. */
    Flux<ByteBuffer> flux(int pieceSize) {
        return Flux.generate(() -> new Cursor(new byte[pieceSize], 0), (cursor, sink) -> {
            int length = Math.min(pieceSize, bytes.length - cursor.at());
            if (length == 0) {
                sink.complete();
                return cursor;
            }
            System.arraycopy(bytes, cursor.at(), cursor.shared(), 0, length);
            sink.next(ByteBuffer.wrap(cursor.shared(), 0, length));
            return new Cursor(cursor.shared(), cursor.at() + length);
        });
    }

    private record Cursor(byte[] shared, int at) {}

    String sha256() {
        return digest("SHA-256");
    }

    String digest(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] joined(Flux<ByteBuffer> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece : pieces.toIterable(1)) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            all.writeBytes(copy);
        }
        return all.toByteArray();
    }
}
