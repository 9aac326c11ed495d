package dev.muster.updates.bundles.signatures;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.jspecify.annotations.Nullable;

/** A signature in the form of the Cryptographic Message Syntax (RFC 5652), as whoever sent it claims it to be. */
public final class CmsBlock {

    public static final int SIZE_MAX = 64 * 1024;

    private static final int SIGNERS_MAX = 5;
    private static final int CERTIFICATES_MAX = 20;

    private final ContentInfo info;
    private final @Nullable CMSSignedData signed;

    private CmsBlock(ContentInfo info, @Nullable CMSSignedData signed) {
        this.info = info;
        this.signed = signed;
    }

    /** Throws {@link BrokenSignatureException} when the bytes are anything else, or have anything behind their end. */
    public static CmsBlock parse(byte[] bytes) {
        if (bytes.length > SIZE_MAX) {
            throw new BrokenSignatureException("has %d bytes, the most is %d".formatted(bytes.length, SIZE_MAX));
        }
        DerDepth.check(bytes);
        try {
            ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(bytes));
            if (info == null) {
                throw new BrokenSignatureException("is empty");
            }
            ASN1ObjectIdentifier type = info.getContentType();
            if (type.equals(CMSObjectIdentifiers.envelopedData)
                    || type.equals(CMSObjectIdentifiers.authEnvelopedData)) {
                return new CmsBlock(info, null);
            }
            if (!type.equals(CMSObjectIdentifiers.signedData)) {
                throw new BrokenSignatureException("is no signed data");
            }
            CMSSignedData signed = new CMSSignedData(info);
            int signers = signed.getSignerInfos().size();
            if (signers < 1 || signers > SIGNERS_MAX) {
                throw new BrokenSignatureException("has %d signers".formatted(signers));
            }
            return new CmsBlock(info, signed);
        } catch (BrokenSignatureException e) {
            throw e;
        } catch (CMSException | IOException | RuntimeException e) {
            // The parser has no word of its own for what is not as it expects.
            throw new BrokenSignatureException("is not in CMS form");
        }
    }

    /** Whether only holders of a key can see what it is about. */
    public boolean isEncrypted() {
        return signed == null;
    }

    /** What is signed, when the signature contains it; null when that lies elsewhere. */
    public byte @Nullable [] content() {
        if (signed == null || signed.getSignedContent() == null) {
            return null;
        }
        return signed.getSignedContent().getContent() instanceof byte[] bytes ? bytes : new byte[0];
    }

    /**
     * Whether the signature is about this content, as far as can be said without knowing who signed: a signature that
     * states no digest of what it signs says yes to anything here.
     */
    public boolean isAbout(ContentDigests content) throws IOException {
        for (SignerInformation signer : signers(Map.of())) {
            byte[] stated = digestStated(signer);
            String algorithm = ContentDigests.ALGORITHMS.get(signer.getDigestAlgOID());
            if (stated != null && algorithm != null && !Arrays.equals(stated, content.of(algorithm))) {
                return false;
            }
        }
        return true;
    }

    /** Those who signed, ready to be verified over content that lies elsewhere. */
    List<SignerInformation> signersOver(ContentDigests content) throws IOException {
        Map<String, byte[]> digests = new HashMap<>();
        for (SignerInformation signer : signers(Map.of())) {
            String algorithm = ContentDigests.ALGORITHMS.get(signer.getDigestAlgOID());
            if (algorithm != null) {
                digests.put(signer.getDigestAlgOID(), content.of(algorithm));
            }
        }
        return signers(digests);
    }

    /** The certificates it brings along; those that cannot be used are left out. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        if (signed == null) {
            return certificates;
        }
        try {
            for (X509CertificateHolder holder : signed.getCertificates().getMatches(null)) {
                if (certificates.size() == CERTIFICATES_MAX) {
                    break;
                }
                X509Certificate certificate = Certificates.of(holder);
                if (Certificates.hasUsableKey(certificate)) {
                    certificates.add(certificate);
                }
            }
        } catch (IOException | CertificateException | RuntimeException e) {
            // A certificate that cannot be read ends the list: what comes before it may do.
            return certificates;
        }
        return certificates;
    }

    private List<SignerInformation> signers(Map<String, byte[]> digests) {
        if (signed == null) {
            return List.of();
        }
        try {
            CMSSignedData one = digests.isEmpty() ? signed : new CMSSignedData(digests, info);
            return List.copyOf(one.getSignerInfos().getSigners());
        } catch (CMSException | RuntimeException e) {
            throw new BrokenSignatureException("is not in CMS form");
        }
    }

    private static byte @Nullable [] digestStated(SignerInformation signer) {
        AttributeTable attributes = signer.getSignedAttributes();
        Attribute digest = attributes == null ? null : attributes.get(CMSAttributes.messageDigest);
        if (digest == null || digest.getAttrValues().size() != 1) {
            return null;
        }
        ASN1Encodable value = digest.getAttrValues().getObjectAt(0);
        return value instanceof ASN1OctetString octets ? octets.getOctets() : null;
    }
}
