package dev.muster.config.poc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a body: two bodies with one fingerprint are one body, and nobody can make another that has it. */
record Fingerprint(long first, long second, long third, long fourth) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static Fingerprint of(Received body) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        digest.update(body.bytes(), 0, body.size());
        byte[] bytes = digest.digest();
        return new Fingerprint(
                (long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, 8), (long) LONGS.get(bytes, 16), (long)
                        LONGS.get(bytes, 24));
    }

    /** The digest is as good as random: a part of it will do. */
    @Override
    public int hashCode() {
        return (int) first;
    }
}
