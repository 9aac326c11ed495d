package dev.muster.apps.reagent;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/**
 * The key that the registry of images believes (RFC 7518 §3.4: ES256). The registry is given the public half: as a
 * certificate, which is what Docker's own one reads, or as a JSON Web Key Set. Each token brings the certificate along,
 * for registries name a key differently, from one of their versions to the next, and all of them know the certificate.
 */
public final class RegistryKey {

    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey secret;
    private final String certificate;
    private final String x;
    private final String y;
    private final String id;
    private final String header;

    /** @param certificate of the key's public half, which is on P-256 */
    RegistryKey(PrivateKey secret, X509Certificate certificate) throws GeneralSecurityException {
        ECPublicKey open = (ECPublicKey) certificate.getPublicKey();
        byte[] whole = certificate.getEncoded();
        this.secret = secret;
        this.certificate = RegistryKeyFile.block(RegistryKeyFile.CERTIFICATE, whole);
        this.x = coordinate(open.getW().getAffineX());
        this.y = coordinate(open.getW().getAffineY());
        this.id = URL.encodeToString(
                sha256("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}"));
        this.header = part("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + id + "\",\"x5c\":[\""
                + Base64.getEncoder().encodeToString(whole) + "\"]}");
    }

    /** Reads the file, or makes it. Blocks. */
    public static RegistryKey in(Path file) {
        return RegistryKeyFile.in(file);
    }

    /** What names the key (RFC 7638). */
    String id() {
        return id;
    }

    /** The public half, for registries and others that read a set of keys. */
    String keySet() {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"" + id
                + "\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}]}";
    }

    /** The public half in PEM, signed by itself. Always the same, to the byte: registries compare it. */
    String certificate() {
        return certificate;
    }

    /** A signed token (RFC 7519) with these claims, which are a JSON object. */
    String token(String claims) {
        String said = header + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(secret);
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

    private static byte[] sha256(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
