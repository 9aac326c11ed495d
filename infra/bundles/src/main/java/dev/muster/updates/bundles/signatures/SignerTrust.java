package dev.muster.updates.bundles.signatures;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a certificate may sign bundles: it is in its time, it is for signing, and it is trusted itself or leads
 * to a trusted one in few steps.
 */
final class SignerTrust {

    /** Beside the signer's and the trusted certificate at the end: five in all. */
    private static final int BETWEEN_MAX = 3;

    private static final String NO_CHAIN = "The signer's certificate leads to no trusted one.";

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int CERTIFICATE_SIGN = 5;
    private static final int VERSION_WITH_EXTENSIONS = 3;

    /** Any, code signing and e-mail: SWUpdate and RAUC ask for one of the latter two, or for nothing. */
    private static final Set<String> PURPOSES = Set.of("2.5.29.37.0", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4");

    private final List<X509Certificate> trusted;

    SignerTrust(List<X509Certificate> trusted) {
        this.trusted = trusted;
    }

    /**
     * Why the signer is not trusted, as a sentence; null when it is.
     *
     * @param others that may lie between it and a trusted one
     */
    @Nullable
    String problem(X509Certificate signer, List<X509Certificate> others, Instant now) {
        Date date = Date.from(now);
        if (date.before(signer.getNotBefore())) {
            return "The signer's certificate is not valid before %s."
                    .formatted(signer.getNotBefore().toInstant());
        }
        if (date.after(signer.getNotAfter())) {
            return "The signer's certificate has expired at %s."
                    .formatted(signer.getNotAfter().toInstant());
        }
        if (!isForSigning(signer)) {
            return "The signer's certificate is not for signing mail or code.";
        }
        if (!Certificates.hasUsableKey(signer)) {
            return "The signer's key is of a kind or size that is not checked here.";
        }
        if (trusted.contains(signer)) {
            return null;
        }
        return chainProblem(signer, others, date);
    }

    private static boolean isForSigning(X509Certificate signer) {
        boolean[] usage = signer.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
            return false;
        }
        try {
            List<String> purposes = signer.getExtendedKeyUsage();
            return purposes == null || purposes.stream().anyMatch(PURPOSES::contains);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** Certificates of version 1 say nothing of what they are for; whoever trusts one means it so. */
    private static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getVersion() < VERSION_WITH_EXTENSIONS
                || (certificate.getBasicConstraints() >= 0 && (usage == null || usage[CERTIFICATE_SIGN]));
    }

    /** How many certificates the authority lets come between it and a signer's. */
    private static int betweenMax(X509Certificate authority) {
        return authority.getVersion() < VERSION_WITH_EXTENSIONS ? BETWEEN_MAX : authority.getBasicConstraints();
    }

    private @Nullable String chainProblem(X509Certificate signer, List<X509Certificate> others, Date date) {
        // The builder asks neither whether the end of a chain is an authority nor whether it is in its time.
        Set<TrustAnchor> ends = trusted.stream()
                .filter(SignerTrust::isAuthority)
                .filter(Certificates::hasUsableKey)
                .filter(each -> !date.before(each.getNotBefore()) && !date.after(each.getNotAfter()))
                .map(each -> new TrustAnchor(each, null))
                .collect(Collectors.toSet());
        if (ends.isEmpty()) {
            return NO_CHAIN;
        }
        List<X509Certificate> all = new ArrayList<>(others);
        all.add(signer);
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(signer);
        try {
            PKIXBuilderParameters question = new PKIXBuilderParameters(ends, wanted);
            question.setRevocationEnabled(false);
            question.setDate(date);
            question.setMaxPathLength(BETWEEN_MAX);
            question.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
            PKIXCertPathBuilderResult found = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(question);
            List<? extends Certificate> chain = found.getCertPath().getCertificates();
            int between = chain.size() - 1;
            if (between
                    > Math.min(BETWEEN_MAX, betweenMax(found.getTrustAnchor().getTrustedCert()))) {
                return NO_CHAIN;
            }
            for (Certificate each : chain) {
                if (!(each instanceof X509Certificate one) || !Certificates.isWellIssued(one)) {
                    return "A certificate between the signer and the trusted one is not signed with SHA-2.";
                }
            }
            return null;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Nothing that a stranger's certificates can do to the builder makes them trusted.
            return NO_CHAIN;
        }
    }
}
