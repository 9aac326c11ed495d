package dev.muster.updates.bundles;

import static dev.muster.updates.bundles.RaucBundle.changed;
import static dev.muster.updates.bundles.RaucBundle.cut;
import static dev.muster.updates.bundles.RaucBundle.ended;
import static dev.muster.updates.bundles.RaucBundle.image;
import static dev.muster.updates.bundles.RaucBundle.manifest;
import static dev.muster.updates.bundles.RaucBundle.plain;
import static dev.muster.updates.bundles.RaucBundle.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.updates.BundleFacts;
import dev.muster.updates.Hardware;
import dev.muster.updates.bundles.signatures.SignatureSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector GB-50 of the gooseBit contract, and RAUC bundles that are not as they should be. */
class RaucBundlesTest {

    private static final String SPLIT = "(?P<hw_boardname>.+?)(-(?P<hw_revision>[^-]*[0-9.][^-]*))?$";
    private static final String MANIFEST = manifest("rauc-test-goosebit-rev4.2b", "1.2.3", "description=What it is\n");

    private static TestSigner signer;

    @BeforeAll
    static void makeSigner() throws Exception {
        signer = TestSigner.alone("CN=signer", TestSigner.Terms.signer());
    }

    private static BundleSettings split() {
        return BundleSettings.defaults().with(CompatiblePattern.of(SPLIT), SignatureSettings.none());
    }

    @Test
    void gb50PlainBundlesAreRead() throws Exception {
        byte[] bundle = plain(image(MANIFEST), signer);
        BundleFacts facts = Reading.facts(bundle);
        assertThat(facts.format()).isEqualTo(BundleFacts.Format.RAUC);
        assertThat(facts.name()).isEqualTo("rauc-test-goosebit-rev4.2b");
        assertThat(facts.version()).isEqualTo("1.2.3");
        assertThat(facts.description()).isEqualTo("What it is");
        assertThat(facts.compatibility()).containsExactly(new Hardware("rauc-test-goosebit-rev4.2b", Hardware.ANY));
        assertThat(facts.signature()).isEqualTo(BundleFacts.Signature.PRESENT);
        assertThat(facts.signer()).isNull();
        assertThat(facts.encrypted()).isFalse();
        assertThat(facts.warnings()).isEmpty();
        assertThat(Reading.facts(bundle, split()).compatibility())
                .containsExactly(new Hardware("rauc-test-goosebit", "rev4.2b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 128, 129, 130, 16_385})
    void gb50VerityBundlesAreReadWhateverTheSizeOfTheirTree(int blocks) throws Exception {
        byte[] image = image(MANIFEST);
        byte[] data = blocks * 4096 < image.length ? image : cut(image, blocks * 4096);
        BundleFacts facts = Reading.facts(sealed(data, "verity", MANIFEST, signer), split());
        assertThat(facts.version()).isEqualTo("1.2.3");
        assertThat(facts.compatibility()).containsExactly(new Hardware("rauc-test-goosebit", "rev4.2b"));
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void theSignedManifestCountsAndAnotherOneInsideIsWarnedOf() throws Exception {
        byte[] bundle = sealed(image(manifest("other", "9.9.9", "")), "verity", MANIFEST, signer);
        BundleFacts facts = Reading.facts(bundle);
        assertThat(facts.version()).isEqualTo("1.2.3");
        assertThat(facts.warnings()).singleElement().asString().contains("'9.9.9' for 'other'");
    }

    @Test
    void gb50EncryptedBundlesAreReadWhenTheirManifestIsNotEncrypted() throws Exception {
        byte[] ciphertext = new byte[8192];
        new Random(50).nextBytes(ciphertext);
        BundleFacts facts = Reading.facts(sealed(ciphertext, "crypt", MANIFEST, signer));
        assertThat(facts.encrypted()).isTrue();
        assertThat(facts.version()).isEqualTo("1.2.3");
        byte[] hidden = ended(ciphertext, signer.encryptedFor(MANIFEST.getBytes(StandardCharsets.UTF_8)));
        assertThat(Reading.refusal(hidden)).contains("encrypted for its devices");
    }

    @Test
    void imagesAreListedWithTheSizesTheyHave() throws Exception {
        String text = MANIFEST
                + "[image.rootfs]\nfilename=root.ext4\nsize=5\nsha256=" + "AB".repeat(32)
                + "\nhooks=pre-install\n[image.appfs.small]\nfilename=gone.img\n";
        byte[] image = new SquashfsBuilder()
                .file("root.ext4", "12345")
                .file("manifest.raucm", text)
                .bytes();
        BundleFacts facts = Reading.facts(plain(image, signer));
        assertThat(facts.images())
                .containsExactly(
                        new BundleFacts.Image("root.ext4", 5, "ab".repeat(32), "rootfs (hooks: pre-install)"),
                        new BundleFacts.Image("gone.img", -1, null, "appfs.small"));
        assertThat(facts.warnings()).singleElement().asString().contains("'gone.img'");
    }

    @Test
    void aSizeOtherThanTheManifestSaysIsWarnedOf() throws Exception {
        byte[] image = new SquashfsBuilder()
                .file("a", "12345")
                .file("manifest.raucm", MANIFEST + "[image.x]\nfilename=a\nsize=6\n")
                .bytes();
        assertThat(Reading.facts(plain(image, signer)).warnings())
                .singleElement()
                .asString()
                .contains("'a' has 5 bytes, but the manifest says 6");
    }

    @Test
    void anImageWithoutManifestAndSignatureIsAPlainFile() {
        assertThat(Reading.facts(new SquashfsBuilder().file("etc", "x").bytes()))
                .isNull();
        assertThat(Reading.facts(new SquashfsBuilder(5).file("etc", "x").bytes()))
                .isNull();
    }

    @Test
    void anImageThatIsFilledUpForFlashMemoryIsAPlainFile() {
        byte[] image = new SquashfsBuilder().file("etc", "x").bytes();
        byte[] ones = new byte[64 * 1024];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(Reading.facts(RaucBundle.joined(image, new byte[64 * 1024]))).isNull();
        assertThat(Reading.facts(RaucBundle.joined(image, ones))).isNull();
        assertThat(Reading.refusal(RaucBundle.joined(image(MANIFEST), ones)))
                .contains("does not end with its signature");
    }

    @Test
    void anUnsignedBundleIsReadAndWarnedOf() {
        BundleFacts facts = Reading.facts(image(MANIFEST));
        assertThat(facts.signature()).isEqualTo(BundleFacts.Signature.ABSENT);
        assertThat(facts.warnings()).singleElement().asString().contains("not signed");
    }

    @Test
    void aManifestThatIsMissingTwiceOrTooLargeIsRefused() throws Exception {
        assertThat(Reading.refusal(plain(new SquashfsBuilder().file("x", "x").bytes(), signer)))
                .contains("no 'manifest.raucm'");
        byte[] twice = new SquashfsBuilder()
                .file("manifest.raucm", MANIFEST)
                .file("manifest.raucm", MANIFEST)
                .bytes();
        assertThat(Reading.refusal(plain(twice, signer))).contains("twice");
        byte[] large = new SquashfsBuilder()
                .file("manifest.raucm", MANIFEST + "#".repeat(64 * 1024))
                .bytes();
        assertThat(Reading.refusal(plain(large, signer))).contains("the most is 65536");
    }

    @Test
    void aChangedBodyIsRefusedWhoeverSignedIt() throws Exception {
        byte[] bundle = plain(image(MANIFEST), signer);
        assertThat(Reading.refusal(changed(bundle, 3000, 1))).contains("not what its signature is about");
        byte[] large = sealed(cut(image(MANIFEST), 200 * 4096), "verity", MANIFEST, signer);
        assertThat(Reading.refusal(changed(large, 150 * 4096, 1))).contains("not what its hash tree says");
        assertThat(Reading.refusal(changed(large, 202 * 4096, large[202 * 4096] ^ 1)))
                .contains("hash tree");
        int manifestAt = new String(large, StandardCharsets.ISO_8859_1).lastIndexOf("version=1.2.3") + 8;
        assertThat(Reading.refusal(changed(large, manifestAt, '2'))).contains("not the one that was signed");
    }

    @ParameterizedTest
    @CsvSource({"1", "8", "9", "500", "2000", "4095"})
    void aTruncatedBundleIsRefused(int missing) throws Exception {
        byte[] plain = plain(image(MANIFEST), signer);
        int behind = Math.min(missing, plain.length - image(MANIFEST).length - 1);
        assertThat(Reading.refusal(cut(plain, plain.length - behind))).contains("signature");
        byte[] verity = sealed(cut(image(MANIFEST), 40 * 4096), "verity", MANIFEST, signer);
        assertThat(Reading.refusal(cut(verity, verity.length - missing))).isNotEmpty();
    }

    @Test
    void aTruncatedImageIsRefused() {
        String filled = MANIFEST + "#".repeat(10_000) + "\n";
        assertThat(Reading.refusal(cut(image(filled), 5000))).contains("but there are 5000");
        assertThat(Reading.refusal(cut(image(filled), 95))).contains("ends after 95 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 65_537, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40})
    void aLengthOfTheSignatureThatCannotBeIsRefused(long length) throws Exception {
        byte[] bundle = plain(image(MANIFEST), signer);
        ByteBuffer.wrap(bundle).putLong(bundle.length - 8, length);
        assertThat(Reading.refusal(bundle)).contains("does not end with its signature");
    }

    @Test
    void aLengthThatReachesIntoTheImageIsRefused() throws Exception {
        byte[] bundle = plain(image(MANIFEST), signer);
        ByteBuffer.wrap(bundle).putLong(bundle.length - 8, bundle.length - 100);
        assertThat(Reading.refusal(bundle)).contains("does not end with its signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verity-hash=00",
                "verity-salt=xyz",
                "verity-size=4097",
                "verity-size=-1",
                "verity-size=9999999999999999999"
            })
    void aManifestThatDescribesNoTreeIsRefused(String line) throws Exception {
        String key = line.substring(0, line.indexOf('='));
        byte[] image = image(MANIFEST);
        String good = MANIFEST + "\n[bundle]\nformat=verity\nverity-hash=" + "0".repeat(64) + "\nverity-salt="
                + "0".repeat(64) + "\nverity-size=0\n";
        String text = good.replaceFirst(key + "=[0-9]+", line);
        byte[] cms = signer.cms(text.getBytes(StandardCharsets.UTF_8), true, "SHA256withRSA");
        assertThat(Reading.refusal(ended(image, cms))).isNotEmpty();
    }

    @Test
    void aFormatThatDoesNotFitItsSignatureIsRefused() throws Exception {
        assertThat(Reading.refusal(plain(image(MANIFEST + "[bundle]\nformat=verity\n"), signer)))
                .contains("not in the signature");
        byte[] cms = signer.cms(MANIFEST.getBytes(StandardCharsets.UTF_8), true, "SHA256withRSA");
        assertThat(Reading.refusal(ended(image(MANIFEST), cms))).contains("not of the format verity");
        assertThat(Reading.refusal(plain(image(MANIFEST + "[bundle]\nformat=new\n"), signer)))
                .contains("unknown format 'new'");
    }

    @Test
    void itDoesNotMatterWhereTheBytesAreCut() throws Exception {
        byte[] bundle = plain(RaucBundle.joined(image(MANIFEST), new byte[400_000]), signer);
        BundleFacts whole = Reading.facts(bundle);
        for (int pieceMax : new int[] {100, 4097, 65_536, 300_000}) {
            assertThat(Reading.inPieces(bundle, new Random(pieceMax), pieceMax)).isEqualTo(whole);
        }
    }

    @Test
    void otherDigestsThanTheStreamedOneAreComputedAgain() throws Exception {
        byte[] image = image(MANIFEST);
        byte[] bundle = ended(image, signer.cms(image, false, "SHA512withRSA"));
        assertThat(Reading.facts(bundle).version()).isEqualTo("1.2.3");
        assertThat(Reading.refusal(changed(bundle, 3000, 1))).contains("not what its signature is about");
    }
}
