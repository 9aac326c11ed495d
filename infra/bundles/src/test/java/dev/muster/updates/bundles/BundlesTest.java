package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.kernel.Refused;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.Hardware;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors GB-47 to GB-49 of the gooseBit contract, and what goes beyond them. */
class BundlesTest {

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Nested
    class Formats {

        @ParameterizedTest
        @ValueSource(strings = {"", "0", "070", "hello", "hsq", "\u007fELF", "07 07"})
        void everythingButACpioArchiveIsAPlainFile(String content) {
            assertThat(Reading.facts(content.getBytes(StandardCharsets.ISO_8859_1)))
                    .isNull();
        }

        @Test
        void aPlainFileMayBeEmptyAndNeverBeFed() throws Exception {
            assertThat(new Bundles(BundleSettings.defaults()).newReader().finish(new Bytes(new byte[0])))
                    .isNull();
        }

        @Test
        void bothKindsOfArchiveAreRead() {
            String text = "software = { version = \"1\"; };";
            assertThat(Reading.facts(
                                    Archive.plain().file("sw-description", text).bytes())
                            .version())
                    .isEqualTo("1");
            assertThat(Reading.facts(Archive.summed()
                                    .file("sw-description", text)
                                    .bytes())
                            .format())
                    .isEqualTo(BundleFacts.Format.SWU);
        }

        @Test
        void aRefusedBundleStaysRefused() {
            BundleReader reader = new Bundles(BundleSettings.defaults()).newReader();
            byte[] broken = "070703 and so on, long enough for a whole header "
                    .repeat(4)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 3; i++) {
                assertThat(catchThrowable(() -> reader.accept(ByteBuffer.wrap(broken))))
                        .isInstanceOf(Refused.class);
            }
            assertThat(catchThrowable(() -> reader.finish(new Bytes(broken)))).isInstanceOf(Refused.class);
        }

        @Test
        void itDoesNotMatterWhereTheBytesAreCut() throws Exception {
            Random random = new Random(47);
            byte[] image = new byte[100_003];
            random.nextBytes(image);
            byte[] bundle = Archive.describedBy(("software = { version = \"2\"; hardware-compatibility = [\"a\"];"
                                    + " images: ({ filename = \"i\"; sha256 = \"%s\"; }, { filename = \"gone\" }) };")
                            .formatted(sha256(image)))
                    .file("sw-description.sig", "signature")
                    .file("i", image)
                    .file("empty", "")
                    .bytes();
            BundleFacts whole = Reading.facts(bundle);
            assertThat(whole.images()).extracting(BundleFacts.Image::size).containsExactly(100_003L, -1L);
            for (int pieceMax : new int[] {1, 2, 3, 5, 7, 110, 1000, 65_536}) {
                assertThat(Reading.inPieces(bundle, random, pieceMax)).isEqualTo(whole);
            }
        }
    }

    @Nested
    class Compatibility {

        @Test
        void gb47EveryRevisionOfABoardIsListed() {
            BundleFacts facts = Reading.description("""
                    software =
                    {
                      version = "8.8.1-11-g8c926e5+188370";
                      description = "Firmware for Smart Gateway";
                      smart-gateway-mt7688 = {
                        hardware-compatibility = [ "0.5", "1.0", "1.1.0", "1.2.0", "1.2.1" ];
                      };
                    }
                    """);
            assertThat(facts.version()).isEqualTo("8.8.1-11-g8c926e5+188370");
            assertThat(facts.description()).isEqualTo("Firmware for Smart Gateway");
            assertThat(facts.compatibility())
                    .extracting(Hardware::model, Hardware::revision)
                    .containsExactly(
                            tuple("smart-gateway-mt7688", "0.5"),
                            tuple("smart-gateway-mt7688", "1.0"),
                            tuple("smart-gateway-mt7688", "1.1.0"),
                            tuple("smart-gateway-mt7688", "1.2.0"),
                            tuple("smart-gateway-mt7688", "1.2.1"));
        }

        @Test
        void gb48ABundleMayNameNone() {
            BundleFacts facts = Reading.description("software = { version = \"1\"; other = { a = 1 } }");
            assertThat(facts.compatibility()).isEmpty();
            assertThat(facts.warnings()).singleElement().asString().contains("hardware-compatibility");
        }

        @Test
        void gb48RevisionsWithoutBoardFitAnyBoard() {
            assertThat(Reading.description("software: { version: \"1\", hardware-compatibility: [\"1.0\", \"1.2\"] }")
                            .compatibility())
                    .containsExactly(new Hardware(Hardware.ANY, "1.0"), new Hardware(Hardware.ANY, "1.2"));
        }

        @Test
        void gb48SoftwareSetsCountForTheirBoardAndGroupsWithoutAreIgnored() {
            assertThat(Reading.description("""
                    software = {
                      version = "1";
                      board = {
                        stable = { hardware-compatibility = ("r1"); copy1 = { hardware-compatibility = ["too deep"] } };
                        hardware-compatibility = ["r2", "r1"];
                        other = { hardware-compatibility = ["r2", "r3"] };
                      };
                      lonely = { images = () };
                      hardware-compatibility = ["r0"];
                    };
                    ignored = { hardware-compatibility = ["no"] };
                    """).compatibility())
                    .containsExactly(
                            new Hardware(Hardware.ANY, "r0"),
                            new Hardware("board", "r2"),
                            new Hardware("board", "r1"),
                            new Hardware("board", "r3"));
        }

        @Test
        void patternsAreTakenLiterallyAndWarnedOf() {
            BundleFacts facts = Reading.description(
                    "software = { version = \"1\"; hardware-compatibility = [\"#RE:^1\\.[0-9]$\"] }");
            assertThat(facts.compatibility()).containsExactly(new Hardware(Hardware.ANY, "#RE:^1\\.[0-9]$"));
            assertThat(facts.warnings()).singleElement().asString().contains("pattern");
        }

        @Test
        void revisionsThatAreNoStringsAreRefused() {
            assertThat(Reading.refusalOf("software = { version = \"1\"; hardware-compatibility = [1.0, 1.2] }"))
                    .contains("list of strings");
            assertThat(Reading.refusalOf("software = { version = \"1\"; hardware-compatibility = \"1.0\" }"))
                    .contains("list of strings");
        }
    }
}
