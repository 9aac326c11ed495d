package dev.muster.updates.bundles.signatures;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures against those who are trusted. A key is tried on a signature only when it is known to be trusted, so
 * strangers cannot choose what is computed with.
 */
public final class SignatureCheck {

    private static final String NO_MATCH = "The signature does not match what it should be about.";

    /** Made when it is needed first: making it takes a moment, and most servers check nothing. */
    private static final class Provider {
        static final BouncyCastleProvider OF_ALGORITHMS = new BouncyCastleProvider();
    }

    private final SignatureSettings settings;
    private final SignerTrust trust;

    public SignatureCheck(SignatureSettings settings) {
        this.settings = settings;
        this.trust = new SignerTrust(settings.trust().certificates());
    }

    /**
     * Looks at a signature that lies in a file of its own.
     *
     * @param signature a detached CMS block, or the bytes of RSA
     */
    public Verdict detached(byte[] signature, byte[] text) throws IOException {
        CmsBlock cms;
        try {
            cms = CmsBlock.parse(signature);
        } catch (BrokenSignatureException e) {
            return raw(signature, text, e);
        }
        if (cms.content() != null || cms.isEncrypted()) {
            return Verdict.untrusted(null, "The signature is not detached from what it signs.");
        }
        return of(cms, ContentDigests.over(text));
    }

    /** Looks at a CMS block; whoever signed it, all of them must be trusted. */
    public Verdict of(CmsBlock cms, ContentDigests content) throws IOException {
        List<X509Certificate> known = new ArrayList<>(cms.certificates());
        known.addAll(settings.trust().certificates());
        Verdict verdict = Verdict.untrusted(null, "The bundle is signed by nobody.");
        try {
            for (SignerInformation signer : cms.signersOver(content)) {
                verdict = of(signer, known);
                if (verdict.problem() != null) {
                    return verdict;
                }
            }
        } catch (BrokenSignatureException e) {
            return Verdict.untrusted(null, "The signature %s.".formatted(e.getMessage()));
        }
        return verdict;
    }

    private Verdict of(SignerInformation signer, List<X509Certificate> known) {
        X509Certificate certificate = certificate(signer, known);
        if (certificate == null) {
            return Verdict.untrusted(null, "The signer's certificate is neither in the bundle nor trusted.");
        }
        String name = Certificates.subject(certificate);
        if (!ContentDigests.ALGORITHMS.containsKey(signer.getDigestAlgOID())) {
            return Verdict.untrusted(
                    name, "The signature is over the digest %s, not of SHA-2.".formatted(signer.getDigestAlgOID()));
        }
        if (!SignatureMethods.isGoodForContent(signer.getEncryptionAlgOID(), signer.getEncryptionAlgParams())) {
            return Verdict.untrusted(
                    name, "The signature is of the kind %s, not of SHA-2.".formatted(signer.getEncryptionAlgOID()));
        }
        String problem = trust.problem(certificate, known, settings.clock().instant());
        if (problem != null) {
            return Verdict.untrusted(name, problem);
        }
        return verifies(signer, certificate) ? Verdict.valid(name) : Verdict.untrusted(name, NO_MATCH);
    }

    private static @Nullable X509Certificate certificate(SignerInformation signer, List<X509Certificate> known) {
        for (X509Certificate each : known) {
            try {
                if (signer.getSID().match(new JcaX509CertificateHolder(each))) {
                    return each;
                }
            } catch (CertificateEncodingException | RuntimeException e) {
                // One that cannot be compared is nobody's.
                continue;
            }
        }
        return null;
    }

    private static boolean verifies(SignerInformation signer, X509Certificate certificate) {
        try {
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(Provider.OF_ALGORITHMS)
                    .build(certificate.getPublicKey()));
        } catch (CMSException | OperatorCreationException | RuntimeException e) {
            return false;
        }
    }

    private Verdict raw(byte[] signature, byte[] text, BrokenSignatureException asCms) {
        for (TrustedSigners.NamedKey key : settings.trust().keys()) {
            if (RawRsa.isBy(key.key(), signature, text)) {
                return Verdict.valid(key.name());
            }
        }
        return Verdict.untrusted(null, "The signature %s, and no trusted key made it.".formatted(asCms.getMessage()));
    }
}
