package dev.muster.updates.bundles.signatures;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.jspecify.annotations.Nullable;

/** Reads the files that {@code muster.bundles.trust} names: certificates and RSA public keys in PEM. */
public final class TrustFiles {

    private static final int FILE_SIZE_MAX = 1024 * 1024;

    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<TrustedSigners.NamedKey> keys = new ArrayList<>();

    private TrustFiles() {}

    /** Blocks. Throws {@link IllegalArgumentException} that says which file holds what it should not. */
    public static TrustedSigners read(List<Path> files) {
        TrustFiles all = new TrustFiles();
        for (Path file : files) {
            try {
                all.add(file);
            } catch (NoSuchFileException e) {
                throw wrong(file, "does not exist");
            } catch (IOException e) {
                throw wrong(file, "cannot be read: " + e);
            }
        }
        return new TrustedSigners(all.certificates, all.keys);
    }

    private void add(Path file) throws IOException {
        if (Files.size(file) > FILE_SIZE_MAX) {
            throw wrong(file, "has more than %d bytes".formatted(FILE_SIZE_MAX));
        }
        int before = certificates.size() + keys.size();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        try (PEMParser blocks = new PEMParser(new StringReader(text))) {
            for (Object block = next(blocks, file); block != null; block = next(blocks, file)) {
                add(block, file);
            }
        } catch (GeneralSecurityException e) {
            throw wrong(file, "holds a certificate or key that cannot be read");
        }
        if (certificates.size() + keys.size() == before) {
            throw wrong(file, "holds neither a certificate nor a public key in PEM");
        }
    }

    private void add(Object block, Path file) throws IOException, GeneralSecurityException {
        switch (block) {
            case X509CertificateHolder certificate -> certificates.add(Certificates.of(certificate));
            case SubjectPublicKeyInfo key ->
                keys.add(new TrustedSigners.NamedKey(String.valueOf(file.getFileName()), rsa(key, file)));
            default -> throw wrong(file, "holds something else than certificates and public keys");
        }
    }

    private static RSAPublicKey rsa(SubjectPublicKeyInfo info, Path file) throws IOException, GeneralSecurityException {
        try {
            var key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info.getEncoded()));
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= Certificates.RSA_BITS_MIN) {
                return rsa;
            }
        } catch (InvalidKeySpecException e) {
            throw wrong(file, "holds a public key that is not of RSA; a certificate of it would do");
        }
        throw wrong(file, "holds a public key of less than %d bits".formatted(Certificates.RSA_BITS_MIN));
    }

    private static @Nullable Object next(PEMParser blocks, Path file) {
        try {
            return blocks.readObject();
        } catch (IOException | RuntimeException e) {
            throw wrong(file, "is no PEM");
        }
    }

    /** Without causes: whoever starts the server is told this one line. */
    private static IllegalArgumentException wrong(Path file, String problem) {
        return new IllegalArgumentException("the file %s of muster.bundles.trust %s".formatted(file, problem));
    }
}
