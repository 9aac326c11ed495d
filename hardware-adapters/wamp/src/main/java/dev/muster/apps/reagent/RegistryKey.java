package dev.muster.apps.reagent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * The key that the registry of images believes (RFC 7518 §3.4: ES256). Made at the first start and kept in a file that
 * only this server reads; the registry is given the public half, as a JSON Web Key Set.
 */
public final class RegistryKey {

    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;
    private final String x;
    private final String y;
    private final String id;

    private RegistryKey(KeyPair keys) {
        ECPublicKey open = (ECPublicKey) keys.getPublic();
        this.keys = keys;
        this.x = coordinate(open.getW().getAffineX());
        this.y = coordinate(open.getW().getAffineY());
        this.id = URL.encodeToString(
                sha256("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}"));
    }

    /** Reads the file, or makes it. Blocks. */
    public static RegistryKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            List<String> halves = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (halves.size() != 2) {
                throw new IllegalStateException(file + " is no key of a registry; move it away for a new one");
            }
            KeyFactory keys = KeyFactory.getInstance("EC");
            Base64.Decoder decoder = Base64.getDecoder();
            return new RegistryKey(new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(decoder.decode(halves.get(1)))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(halves.get(0))))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " is no key of a registry; move it away for a new one", e);
        }
    }

    /** Written whole beside it and moved there, so that no half of it is ever read. */
    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair made = generator.generateKeyPair();
        Base64.Encoder encoder = Base64.getEncoder();
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path beside = Files.createTempFile(
                absolute.getParent(),
                ".key",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                beside,
                encoder.encodeToString(made.getPrivate().getEncoded()) + "\n"
                        + encoder.encodeToString(made.getPublic().getEncoded()) + "\n",
                StandardCharsets.US_ASCII);
        try {
            Files.move(beside, absolute);
        } catch (FileAlreadyExistsException e) {
            // Another start was quicker; its key is the one.
            Files.delete(beside);
        }
    }

    /** What names the key (RFC 7638). */
    String id() {
        return id;
    }

    /** The public half, for the registry. */
    String keySet() {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"" + id
                + "\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}]}";
    }

    /** A signed token (RFC 7519) with these claims, which are a JSON object. */
    String token(String claims) {
        String said = part("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + id + "\"}") + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(said.getBytes(StandardCharsets.US_ASCII));
            return said + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with this", e);
        }
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String coordinate(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] whole = new byte[COORDINATE_BYTES];
        int kept = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - kept, whole, COORDINATE_BYTES - kept, kept);
        return URL.encodeToString(whole);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
