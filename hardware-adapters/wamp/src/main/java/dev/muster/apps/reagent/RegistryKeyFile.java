package dev.muster.apps.reagent;

import java.io.ByteArrayInputStream;
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
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Where the key of the registry's tokens is kept: in PEM, as a private key (PKCS #8) and the certificate of its public
 * half, in a file that only this server reads. Made at the first start.
 */
final class RegistryKeyFile {

    static final String CERTIFICATE = "CERTIFICATE";

    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final int LINE = 64;
    private static final int SERIAL_BITS = 127;
    private static final int P256_BITS = 256;

    // The certificate names a key and is about no time: tokens say themselves how long they are good for.
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("9999-12-31T23:59:59Z");

    private RegistryKeyFile() {}

    /** Reads the file, or makes it. Blocks. */
    static RegistryKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " is no key of a registry; move it away for a new one", e);
        }
    }

    private static RegistryKey read(String text) throws GeneralSecurityException {
        PrivateKey secret =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes(PRIVATE_KEY, text)));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes(CERTIFICATE, text)));
        boolean isOnCurve = certificate.getPublicKey() instanceof ECPublicKey open
                && open.getParams().getCurve().getField().getFieldSize() == P256_BITS;
        if (!isOnCurve) {
            throw new IllegalArgumentException("its certificate is not of a key on P-256");
        }
        return new RegistryKey(secret, certificate);
    }

    private static byte[] bytes(String kind, String text) {
        Matcher found = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]++)-----END " + kind + "-----")
                .matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("there is no " + kind);
        }
        return Base64.getMimeDecoder().decode(found.group(1));
    }

    /** A block in PEM. */
    static String block(String kind, byte[] bytes) {
        byte[] newLine = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(LINE, newLine).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    /** Written whole beside it and moved there, so that no half of it is ever read. */
    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair made = generator.generateKeyPair();
        String text = block(PRIVATE_KEY, made.getPrivate().getEncoded()) + block(CERTIFICATE, certificate(made));
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path beside = Files.createTempFile(
                absolute.getParent(),
                ".key",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, text, StandardCharsets.US_ASCII);
        try {
            Files.move(beside, absolute);
        } catch (FileAlreadyExistsException e) {
            // Another start was quicker; its key is the one.
            Files.delete(beside);
        }
    }

    private static byte[] certificate(KeyPair keys) throws IOException, GeneralSecurityException {
        X500Name name = new X500Name("CN=Muster registry tokens");
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1);
        try {
            return new JcaX509v3CertificateBuilder(
                            name, serial, Date.from(FROM), Date.from(UNTIL), name, keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
