package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleFacts.Signature;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.bundles.TestSigner.Terms;
import dev.muster.updates.bundles.signatures.SignaturePolicy;
import dev.muster.updates.bundles.signatures.SignatureSettings;
import dev.muster.updates.bundles.signatures.TrustedSigners;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose signature a bundle has, and what becomes of it by policy. */
class BundleSignaturesTest {

    private static final String MANIFEST = RaucBundle.manifest("board", "1.0.0", "");
    private static final byte[] IMAGE_FILE = "the image".getBytes(StandardCharsets.US_ASCII);

    private static BundleSettings trusting(SignaturePolicy policy, TestSigner... signers) {
        var certificates = Arrays.stream(signers).map(each -> each.certificate).toList();
        return with(policy, new TrustedSigners(certificates, List.of()));
    }

    private static BundleSettings trustingKey(SignaturePolicy policy, TestSigner signer) {
        var key = new TrustedSigners.NamedKey("factory.pem", (RSAPublicKey) signer.keys.getPublic());
        return with(policy, new TrustedSigners(List.of(), List.of(key)));
    }

    private static BundleSettings with(SignaturePolicy policy, TrustedSigners trust) {
        Clock clock = Clock.fixed(TestSigner.NOON, ZoneOffset.UTC);
        return BundleSettings.defaults().with(CompatiblePattern.none(), new SignatureSettings(policy, trust, clock));
    }

    private static byte[] plain(TestSigner signer) throws Exception {
        return RaucBundle.plain(RaucBundle.image(MANIFEST), signer);
    }

    private static void isTrusted(byte[] bundle, BundleSettings settings, String signer) {
        BundleFacts facts = Reading.facts(bundle, settings);
        assertThat(facts.signatureProblem()).isNull();
        assertThat(facts.signature()).isEqualTo(Signature.VALID);
        assertThat(facts.signer()).isEqualTo(signer);
        assertThat(facts.warnings()).isEmpty();
    }

    private static void isNotTrusted(byte[] bundle, String why, TestSigner... trusted) {
        BundleFacts facts = Reading.facts(bundle, trusting(SignaturePolicy.WARN, trusted));
        assertThat(facts.signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(facts.signatureProblem()).contains(why);
        assertThat(facts.warnings()).anyMatch(each -> each.contains(why));
        assertThat(Reading.refusal(bundle, trusting(SignaturePolicy.REQUIRE, trusted), UpdatesRefusal.BUNDLE_UNTRUSTED))
                .contains(why);
    }

    @Test
    void aTrustedSignerOrWhoeverIsBelowOneIsGood() throws Exception {
        TestSigner root = TestSigner.alone("CN=root", Terms.authority());
        TestSigner signer = root.issue("CN=signer", Terms.signer());
        isTrusted(plain(signer), trusting(SignaturePolicy.REQUIRE, root), "CN=signer");
        isTrusted(plain(signer), trusting(SignaturePolicy.WARN, signer), "CN=signer");
        byte[] verity = RaucBundle.sealed(RaucBundle.image(MANIFEST), "verity", MANIFEST, signer);
        isTrusted(verity, trusting(SignaturePolicy.REQUIRE, root), "CN=signer");
    }

    @Test
    void othersAreNot() throws Exception {
        TestSigner trusted = TestSigner.alone("CN=signer", Terms.signer());
        TestSigner sameName = TestSigner.alone("CN=signer", Terms.signer());
        isNotTrusted(plain(sameName), "leads to no trusted one", trusted);
    }

    @Test
    void aChainHasFiveCertificatesAtMost() throws Exception {
        TestSigner root = TestSigner.alone("CN=0", Terms.authority());
        TestSigner last = root;
        for (int i = 1; i <= 3; i++) {
            last = last.issue("CN=" + i, Terms.authority());
        }
        isTrusted(plain(last.issue("CN=signer", Terms.signer())), trusting(SignaturePolicy.WARN, root), "CN=signer");
        TestSigner tooFar = last.issue("CN=4", Terms.authority());
        isNotTrusted(plain(tooFar.issue("CN=signer", Terms.signer())), "leads to no trusted one", root);
    }

    @Test
    void whoIsNoAuthorityCannotVouchForOthers() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        isNotTrusted(plain(signer.issue("CN=friend", Terms.signer())), "leads to no trusted one", signer);
    }

    @Test
    void certificatesHaveTheirTime() throws Exception {
        Terms over = Terms.signer().until(TestSigner.NOON.minusSeconds(1));
        TestSigner expired = TestSigner.alone("CN=old", over);
        isNotTrusted(plain(expired), "has expired at 2026-06-01T11:59:59Z", expired);
        TestSigner oldRoot = TestSigner.alone("CN=root", Terms.authority().until(TestSigner.NOON.minusSeconds(1)));
        isNotTrusted(plain(oldRoot.issue("CN=new", Terms.signer())), "leads to no trusted one", oldRoot);
    }

    @Test
    void certificatesAreForSigning() throws Exception {
        for (KeyPurposeId purpose : new KeyPurposeId[] {
            KeyPurposeId.id_kp_emailProtection, KeyPurposeId.id_kp_codeSigning, KeyPurposeId.anyExtendedKeyUsage
        }) {
            TestSigner good = TestSigner.alone("CN=good", Terms.signer().purpose(purpose));
            isTrusted(plain(good), trusting(SignaturePolicy.WARN, good), "CN=good");
        }
        TestSigner web = TestSigner.alone("CN=web", Terms.signer().purpose(KeyPurposeId.id_kp_serverAuth));
        isNotTrusted(plain(web), "not for signing", web);
        TestSigner other = TestSigner.alone("CN=key", Terms.signer().usage(KeyUsage.keyEncipherment));
        isNotTrusted(plain(other), "not for signing", other);
    }

    @Test
    void aSignatureWithAWeakDigestIsNotTrusted() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        byte[] image = RaucBundle.image(MANIFEST);
        isNotTrusted(RaucBundle.ended(image, signer.cms(image, false, "SHA1withRSA")), "not of SHA-2", signer);
    }

    @Test
    void aStrongDigestThatIsWeaklySignedIsNotTrusted() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        byte[] image = RaucBundle.image(MANIFEST);
        isNotTrusted(RaucBundle.ended(image, signer.weaklySigned(image)), "1.2.840.113549.1.1.5", signer);
    }

    @Test
    void asWithSaltAsWithout() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        byte[] image = RaucBundle.image(MANIFEST);
        byte[] salted = signer.cms(image, false, "SHA256withRSAandMGF1");
        isTrusted(RaucBundle.ended(image, salted), trusting(SignaturePolicy.REQUIRE, signer), "CN=signer");
    }

    @Test
    void smallKeysAreNotTrusted() throws Exception {
        TestSigner small = TestSigner.alone("CN=small", Terms.signer(), 1024);
        isNotTrusted(plain(small), "kind or size", small);
        TestSigner root = TestSigner.alone("CN=root", Terms.authority(), 1024);
        isNotTrusted(plain(root.issue("CN=signer", Terms.signer())), "leads to no trusted one", root);
    }

    @Test
    void aWeaklyIssuedCertificateIsNotTrusted() throws Exception {
        TestSigner root = TestSigner.alone("CN=root", Terms.authority());
        TestSigner signer = root.issue("CN=signer", Terms.signer(), "SHA1withRSA");
        isNotTrusted(plain(signer), "not signed with SHA-2", root);
        isTrusted(plain(signer), trusting(SignaturePolicy.REQUIRE, signer), "CN=signer");
    }

    @Test
    void aForgedSignatureOfATrustedCertificateIsNotTrusted() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        byte[] bundle = plain(signer);
        // The value of the signature is the last thing in the block.
        isNotTrusted(
                RaucBundle.changed(bundle, bundle.length - 40, ~bundle[bundle.length - 40]), "does not match", signer);
    }

    @Test
    void unsignedBundlesAreWarnedOfOrRefused() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        byte[] swu = Archive.describedBy("software = { version = \"1\"; hardware-compatibility = [\"1\"]; }")
                .bytes();
        assertThat(Reading.facts(swu).warnings()).isEmpty();
        assertThat(Reading.facts(swu, trusting(SignaturePolicy.WARN, signer)).warnings())
                .containsExactly("The bundle is not signed.");
        for (byte[] bundle : new byte[][] {swu, RaucBundle.image(MANIFEST)}) {
            assertThat(Reading.refusal(
                            bundle, trusting(SignaturePolicy.REQUIRE, signer), UpdatesRefusal.BUNDLE_UNSIGNED))
                    .contains("not signed");
        }
    }

    private static String description(String digest) {
        return "software = { version = \"1\"; hardware-compatibility = [\"1\"]; images: ({ filename = \"i\"; " + digest
                + " }); }";
    }

    private static String stated() throws Exception {
        return "sha256 = \""
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(IMAGE_FILE)) + "\";";
    }

    private static byte[] swu(String description, byte[] signature) {
        return Archive.describedBy(description)
                .file("sw-description.sig", signature)
                .file("i", IMAGE_FILE)
                .bytes();
    }

    @Test
    void descriptionsAreSignedWithCms() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        String text = description(stated());
        byte[] signature = signer.detached(text.getBytes(StandardCharsets.UTF_8));
        isTrusted(swu(text, signature), trusting(SignaturePolicy.REQUIRE, signer), "CN=signer");
        isNotTrusted(swu(text.replace("\"1\"", "\"2\""), signature), "does not match", signer);
        byte[] attached = signer.cms(text.getBytes(StandardCharsets.UTF_8), true, "SHA256withRSA");
        isNotTrusted(swu(text, attached), "not detached", signer);
        assertThat(Reading.facts(swu(text, signature)).signature()).isEqualTo(Signature.PRESENT);
    }

    @Test
    void aFileWithoutDigestIsNotCoveredByTheSignature() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        String text = description("");
        byte[] signature = signer.detached(text.getBytes(StandardCharsets.UTF_8));
        isNotTrusted(swu(text, signature), "states no sha256 for 'i'", signer);
    }

    @Test
    void aSignatureElsewhereOrTooLargeIsNotTrusted() throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        String text = description(stated());
        byte[] signature = signer.detached(text.getBytes(StandardCharsets.UTF_8));
        byte[] late = Archive.describedBy(text)
                .file("i", IMAGE_FILE)
                .file("sw-description.sig", signature)
                .bytes();
        isNotTrusted(late, "right after the description", signer);
        isNotTrusted(swu(text, new byte[65_537]), "the most is 65536", signer);
        isNotTrusted(swu(text, new byte[0]), "no trusted key made it", signer);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 32, 222})
    void descriptionsAreSignedWithBareRsa(int salt) throws Exception {
        TestSigner signer = TestSigner.alone("CN=signer", Terms.signer());
        String text = description(stated());
        var rsa = java.security.Signature.getInstance(salt < 0 ? "SHA256withRSA" : "RSASSA-PSS");
        if (salt >= 0) {
            rsa.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
        }
        rsa.initSign(signer.keys.getPrivate());
        rsa.update(text.getBytes(StandardCharsets.UTF_8));
        byte[] signature = rsa.sign();
        isTrusted(swu(text, signature), trustingKey(SignaturePolicy.REQUIRE, signer), "factory.pem");
        TestSigner other = TestSigner.alone("CN=other", Terms.signer());
        assertThat(Reading.refusal(
                        swu(text, signature),
                        trustingKey(SignaturePolicy.REQUIRE, other),
                        UpdatesRefusal.BUNDLE_UNTRUSTED))
                .contains("no trusted key made it");
    }

    @Test
    void whatNestsWithoutEndIsRefusedBeforeItIsParsed() {
        byte[] deep = new byte[60_000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        assertThat(Reading.refusal(RaucBundle.ended(RaucBundle.image(MANIFEST), deep)))
                .contains("nests more than");
    }

    @Test
    void aPolicyNeedsSomebodyToTrust() {
        assertThatThrownBy(() -> with(SignaturePolicy.WARN, TrustedSigners.nobody()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("muster.bundles.trust");
    }
}
