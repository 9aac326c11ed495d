package dev.muster.updates.bundles;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A key with a certificate, and what is signed with it. */
final class TestSigner {

    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final BouncyCastleProvider ALGORITHMS = new BouncyCastleProvider();
    private static int serials;

    final KeyPair keys;
    final X509Certificate certificate;
    private final List<X509Certificate> above;

    private TestSigner(KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
        this.keys = keys;
        this.certificate = certificate;
        this.above = above;
    }

    /** What the certificate says beside the name. */
    record Terms(Instant from, Instant until, KeyPurposeId purpose, int usage, boolean issuer) {
        static Terms signer() {
            return new Terms(
                    NOON.minusSeconds(86_400), NOON.plusSeconds(86_400), null, KeyUsage.digitalSignature, false);
        }

        static Terms authority() {
            return new Terms(NOON.minusSeconds(86_400), NOON.plusSeconds(86_400), null, KeyUsage.keyCertSign, true);
        }

        Terms purpose(KeyPurposeId wanted) {
            return new Terms(from, until, wanted, usage, issuer);
        }

        Terms usage(int wanted) {
            return new Terms(from, until, purpose, wanted, issuer);
        }

        Terms until(Instant end) {
            return new Terms(from, end, purpose, usage, issuer);
        }
    }

    /** One that vouches for itself. */
    static TestSigner alone(String name, Terms terms) throws Exception {
        return alone(name, terms, 2048);
    }

    /** @param bits of the key */
    static TestSigner alone(String name, Terms terms, int bits) throws Exception {
        KeyPair keys = newKeys(bits);
        return new TestSigner(keys, certificate(name, keys, name, keys, terms, "SHA256withRSA"), List.of());
    }

    /** One for which this one vouches. */
    TestSigner issue(String name, Terms terms) throws Exception {
        return issue(name, terms, "SHA256withRSA");
    }

    /** @param algorithm by which this one vouches */
    TestSigner issue(String name, Terms terms, String algorithm) throws Exception {
        KeyPair theirs = newKeys(2048);
        List<X509Certificate> chain = new ArrayList<>(above);
        chain.add(certificate);
        String issuer = certificate.getSubjectX500Principal().getName();
        return new TestSigner(theirs, certificate(name, theirs, issuer, keys, terms, algorithm), chain);
    }

    private static KeyPair newKeys(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String name, KeyPair theirs, String issuer, KeyPair keys, Terms terms, String algorithm) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(++serials),
                        Date.from(terms.from()),
                        Date.from(terms.until()),
                        new X500Name(name),
                        theirs.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(terms.issuer()))
                .addExtension(Extension.keyUsage, true, new KeyUsage(terms.usage()));
        if (terms.purpose() != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(terms.purpose()));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())));
    }

    /**
     * A CMS block with the signer's certificate and those between it and the root.
     *
     * @param inside whether the content lies in it
     */
    byte[] cms(byte[] content, boolean inside, String algorithm) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(
                                new JcaContentSignerBuilder(algorithm)
                                        .setProvider(ALGORITHMS)
                                        .build(keys.getPrivate()),
                                certificate));
        List<X509Certificate> along = new ArrayList<>(above);
        along.add(certificate);
        generator.addCertificates(new JcaCertStore(along));
        return generator.generate(new CMSProcessableByteArray(content), inside).getEncoded();
    }

    /** Names SHA-256 as the digest of the content, and signs that with SHA-1. */
    byte[] weaklySigned(byte[] content) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build(), method -> method)
                        .setContentDigest(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
                        .build(new JcaContentSignerBuilder("SHA1withRSA").build(keys.getPrivate()), certificate));
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
    }

    byte[] detached(byte[] content) throws Exception {
        return cms(content, false, "SHA256withRSA");
    }

    /** What only this one can read. */
    byte[] encryptedFor(byte[] content) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate));
        return generator
                .generate(
                        new CMSProcessableByteArray(content),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())
                .getEncoded();
    }
}
