package dev.muster.lab.power;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.ByteArrayWindow;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * An authentication protocol that digests the pass phrases of one user once, when it is made. A mebibyte is digested for
 * each (RFC 3414 §A.2), which may take hundreds of milliseconds; the library would do it again for each engine that it
 * meets anew, on the one thread that hears all switches. What is left for that thread is a digest of some bytes.
 */
final class KnownPasses implements AuthenticationProtocol {

    private static final long serialVersionUID = 1;
    private static final int DIGESTED_BYTES = 1 << 20;

    private final AuthenticationProtocol protocol;
    /** Pass phrases and what they come to before an engine is known. */
    private final transient Map<OctetString, byte[]> digests = new HashMap<>();

    KnownPasses(AuthenticationProtocol protocol, String... passes) {
        this.protocol = protocol;
        for (String pass : passes) {
            byte[] bytes = pass.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0) {
                digests.computeIfAbsent(new OctetString(bytes), _ -> protocol.hash(repeated(bytes)));
            }
        }
    }

    private static byte[] repeated(byte[] bytes) {
        byte[] all = new byte[DIGESTED_BYTES];
        for (int at = 0; at < all.length; at += bytes.length) {
            System.arraycopy(bytes, 0, all, at, Math.min(bytes.length, all.length - at));
        }
        return all;
    }

    @Override
    public byte[] passwordToKey(OctetString pass, byte[] engine) {
        byte[] digest = digests.get(pass);
        if (digest == null) {
            return protocol.passwordToKey(pass, engine);
        }
        byte[] local = new byte[digest.length + engine.length + digest.length];
        System.arraycopy(digest, 0, local, 0, digest.length);
        System.arraycopy(engine, 0, local, digest.length, engine.length);
        System.arraycopy(digest, 0, local, digest.length + engine.length, digest.length);
        return protocol.hash(local);
    }

    @Override
    public boolean authenticate(byte[] key, byte[] message, int offset, int length, ByteArrayWindow digest) {
        return protocol.authenticate(key, message, offset, length, digest);
    }

    @Override
    public boolean isAuthentic(byte[] key, byte[] message, int offset, int length, ByteArrayWindow digest) {
        return protocol.isAuthentic(key, message, offset, length, digest);
    }

    @Override
    public byte[] changeDelta(byte[] oldKey, byte[] newKey, byte[] random) {
        return protocol.changeDelta(oldKey, newKey, random);
    }

    @Override
    public byte[] hash(byte[] data) {
        return protocol.hash(data);
    }

    @Override
    public byte[] hash(byte[] data, int offset, int length) {
        return protocol.hash(data, offset, length);
    }

    @Override
    public OID getID() {
        return protocol.getID();
    }

    @Override
    public int getDigestLength() {
        return protocol.getDigestLength();
    }

    @Override
    public int getAuthenticationCodeLength() {
        return protocol.getAuthenticationCodeLength();
    }

    @Override
    public int getMaxKeyLength() {
        return protocol.getMaxKeyLength();
    }

    @Override
    public boolean isSupported() {
        return protocol.isSupported();
    }
}
