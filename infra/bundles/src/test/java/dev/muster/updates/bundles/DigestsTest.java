package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.kernel.Refused;
import dev.muster.updates.BundleFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Digests and signatures of what is in a bundle. */
class DigestsTest {

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private final byte[] image = "the image".getBytes(StandardCharsets.US_ASCII);

    private byte[] bundle(String sha256) {
        return Archive.describedBy("software = { version = \"1\"; hardware-compatibility = [\"1\"];"
                        + " images = ({ filename = \"i\"; sha256 = \"" + sha256 + "\" }) }")
                .file("i", image)
                .bytes();
    }

    @Test
    void theStatedDigestIsCheckedInEitherCase() throws Exception {
        BundleFacts facts = Reading.facts(bundle(sha256(image).toUpperCase(Locale.ROOT)));
        assertThat(facts.images()).containsExactly(new BundleFacts.Image("i", image.length, sha256(image), null));
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void aWrongDigestIsRefused() throws Exception {
        assertThat(Reading.refusal(bundle(sha256(new byte[0])))).contains("'i'").contains("sha256");
    }

    @Test
    void twoDigestsForOneFileAreRefused() {
        assertThat(Reading.refusalOf("software = { version = \"1\"; images = ({ filename = \"i\"; sha256 = \""
                        + "0".repeat(64) + "\" }, { filename = \"i\"; sha256 = \"" + "1".repeat(64) + "\" }) }"))
                .contains("two different");
    }

    @Test
    void aDigestThatIsNoneIsWarnedOf() {
        assertThat(Reading.facts(bundle("@i")).warnings())
                .singleElement()
                .asString()
                .contains("64 hexadecimal");
    }

    @Test
    void aSignatureIsNoticed() {
        Archive archive = Archive.describedBy(
                "software = { version = \"1\"; hardware-compatibility = [\"1\"]; images = ({ filename = \"i\" }) }");
        BundleFacts facts = Reading.facts(
                archive.file("sw-description.sig", "…").file("i", image).bytes());
        assertThat(facts.signature()).isEqualTo(BundleFacts.Signature.PRESENT);
        assertThat(facts.warnings()).singleElement().asString().contains("states no sha256");
    }

    @Test
    void aSignatureInTheWrongPlaceIsWarnedOf() {
        BundleFacts facts = Reading.facts(Archive.describedBy("software = { version = \"1\" }")
                .file("i", image)
                .file("sw-description.sig", "…")
                .file("i", image)
                .bytes());
        assertThat(facts.signature()).isEqualTo(BundleFacts.Signature.PRESENT);
        assertThat(facts.warnings())
                .anyMatch(w -> w.contains("right after"))
                .anyMatch(w -> w.contains("more than once"));
    }

    @Test
    void aFileThatDoesNotMatchIsRefusedWhereverItsBytesAreCut() throws Exception {
        byte[] broken = bundle(sha256(Arrays.copyOf(image, image.length + 1)));
        for (int pieceMax : new int[] {1, 13, 4096}) {
            assertThat(catchThrowable(() -> Reading.inPieces(broken, new Random(pieceMax), pieceMax)))
                    .isInstanceOf(Refused.class);
        }
    }
}
