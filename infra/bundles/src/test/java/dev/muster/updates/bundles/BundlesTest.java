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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
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
        @ValueSource(strings = {"", "0", "070", "hello", "hsqs....", "\u007fELF", "07 07"})
        void everythingButACpioArchiveIsAPlainFile(String content) {
            assertThat(Reading.facts(content.getBytes(StandardCharsets.ISO_8859_1)))
                    .isNull();
        }

        @Test
        void aPlainFileMayBeEmptyAndNeverBeFed() {
            assertThat(new Bundles(BundleSettings.defaults()).newReader().finish())
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
            assertThat(catchThrowable(reader::finish)).isInstanceOf(Refused.class);
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

    @Nested
    class Descriptions {

        @Test
        void gb49TheVersionIsKeptAsWritten() {
            assertThat(Reading.description("software = { version = \"1.0\" }").version())
                    .isEqualTo("1.0");
        }

        @Test
        void theVersionMustBeThereAsAString() {
            assertThat(Reading.refusalOf("software = { description = \"x\" }")).contains("software.version");
            assertThat(Reading.refusalOf("software = { version = 1.0 }")).contains("software.version");
            assertThat(Reading.refusalOf("software = { version = \"\" }")).contains("software.version");
            assertThat(Reading.refusalOf("software = { version = \"a\\nb\" }")).contains("software.version");
            assertThat(Reading.refusalOf("version = \"1\"")).contains("software");
            assertThat(Reading.refusalOf("software = \"1\"")).contains("software");
        }

        @Test
        void syntaxErrorsNameTheirPlace() {
            assertThat(Reading.refusalOf("software = {\n  version = \"1\n")).contains("line 2, column 13");
        }

        @Test
        void filesOnEveryLevelAreCollectedOnce() {
            BundleFacts facts = Reading.facts(Archive.describedBy("""
                            software = {
                              version = "1"; name = "gateway";
                              images: ( { filename = "top.img"; type = "raw"; encrypted = true; } );
                              board = {
                                files: ( { filename = "board.tgz"; type = "archive" }, { filename = "plain" } );
                                stable = {
                                  scripts: ( { filename = "run.sh"; type = "shellscript"; }, { type = "lua" } );
                                  copy1 = { images: ( { filename = "deep.img" }, { filename = "deep.img" } );
                                            too = { images: ( { filename = "deeper" } ) } };
                                };
                              };
                              bootenv: ( { name = "a"; value = "b" }, { filename = "env.txt" } );
                            };
                            """)
                    .file("top.img", "12345")
                    .file("extra", "not named")
                    .bytes());
            assertThat(facts.name()).isEqualTo("gateway");
            assertThat(facts.images())
                    .containsExactly(
                            new BundleFacts.Image("top.img", 5, null, "raw"),
                            new BundleFacts.Image("board.tgz", -1, null, "archive"),
                            new BundleFacts.Image("plain", -1, null, "rawfile"),
                            new BundleFacts.Image("run.sh", -1, null, "script:shellscript"),
                            new BundleFacts.Image("deep.img", -1, null, null),
                            new BundleFacts.Image("env.txt", -1, null, "bootenv"));
            assertThat(facts.encrypted()).isTrue();
            assertThat(facts.warnings()).anyMatch(w -> w.contains("'run.sh'") && w.contains("does not contain"));
        }

        @Test
        void aCipherByNameMeansEncrypted() {
            assertThat(Reading.description(
                                    "software = { version = \"1\"; images = ({ filename = \"a\"; encrypted = \"aes-cbc\" }) }")
                            .encrypted())
                    .isTrue();
            assertThat(Reading.description(
                                    "software = { version = \"1\"; images = ({ filename = \"a\"; encrypted = false }) }")
                            .encrypted())
                    .isFalse();
        }

        @Test
        void aJsonDescriptionSaysTheSame() {
            String libconfig = "software = { version = \"1\"; b = { hardware-compatibility = [\"x\"];"
                    + " images = ({ filename = \"f\"; size = 3; load = 0.5; fast = true }) } }";
            String json = """
                    {"software": {"version": "1", "b": {"hardware-compatibility": ["x"],
                     "images": [{"filename": "f", "size": 3, "load": 0.5, "fast": true, "nothing": null}]}}}
                    """;
            assertThat(Reading.description(json)).isEqualTo(Reading.description(libconfig));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "{\"software\": {\"version\": \"1\", \"version\": \"2\"}}",
                    "{\"software\": {\"version\": \"1\"}} x",
                    "{\"software\": {\"version\": \"1\\u0000\"}}",
                    "{\"software\": {\"version\": \"1\", \"n\": 1e999999}}",
                    "{\"software\": {\"version\": \"1\", \"n\": 18446744073709551616}}",
                    "{\"software\": {\"version\": \"1\", \"n\": NaN}}",
                    "{\"software\": 1}",
                })
        void hostileJsonIsRefused(String json) {
            assertThat(Reading.refusalOf(json)).isNotBlank();
        }

        @Test
        void deepJsonIsRefused() {
            assertThat(Reading.refusalOf("{\"a\":" + "[".repeat(100_000))).contains("JSON");
        }
    }

    @Nested
    class Digests {

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
            assertThat(Reading.refusal(bundle(sha256(new byte[0]))))
                    .contains("'i'")
                    .contains("sha256");
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

    @Nested
    class LinkFollowing {

        @Test
        void linksAreFollowedAsInTheManual() {
            BundleFacts facts = Reading.description("""
                    software =
                    {
                      version = { ref = "#./commonversion"; }
                      hardware-compatibility = ["rev10"];
                      commonversion = "0.7-linked";
                      pc: {
                        stable: {
                          common: { images = { ref = "#./../trythis"; } };
                          trythis: ( { filename = "rootfs1.ext4"; type = "raw"; }, { filename = "rootfs5.ext4"; } );
                          rev30: { ref = "#/software/pc/stable/common" };
                        };
                      };
                      mac: { ref = "#./pc" };
                      tv: { hardware-compatibility = { ref = "#./../hardware-compatibility" } };
                    };
                    """);
            assertThat(facts.version()).isEqualTo("0.7-linked");
            assertThat(facts.images())
                    .extracting(BundleFacts.Image::file)
                    .containsExactly("rootfs1.ext4", "rootfs5.ext4");
            assertThat(facts.compatibility())
                    .containsExactly(new Hardware(Hardware.ANY, "rev10"), new Hardware("tv", "rev10"));
        }

        @Test
        void linksInsideAListLeadToOtherLists() {
            assertThat(Reading.description("""
                    software = { version = "1";
                      images: ( { ref = "#./more" }, { filename = "b" } );
                      more: ( { filename = "a" } );
                    }
                    """).images())
                    .extracting(BundleFacts.Image::file)
                    .containsExactly("a", "b");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "version = { ref = \"#./version\" }",
                    "version = { ref = \"#./a\" }; a = { ref = \"#./b\" }; b = { ref = \"#./a\" }",
                    "version = \"1\"; images = { ref = \"#./files\" }; files = { ref = \"#./images\" }",
                    "version = \"1\"; board = { ref = \"#/software/board\" }",
                })
        void circlesAreRefused(String members) {
            assertThat(Reading.refusalOf("software = { " + members + " }")).contains("circle");
        }

        @Test
        void linksIntoAParentEnd() {
            assertThat(Reading.description("software = { version = \"1\"; board = { ref = \"#./\" }; images ="
                                    + " ({ filename = \"i\" }, { ref = \"#./images\" }) }")
                            .images())
                    .hasSize(1);
        }

        @Test
        void linksThatLeadNowhereAreWarnedOf() {
            for (String link : new String[] {"#./none", "#", "none", "#./../../../..", "#/software/version/x"}) {
                BundleFacts facts =
                        Reading.description("software = { version = \"1\"; board = { ref = \"%s\" } }".formatted(link));
                assertThat(facts.warnings()).as(link).anyMatch(w -> w.contains("The link"));
            }
        }

        @Test
        void linksThatMultiplyAreCutOff() {
            StringBuilder text = new StringBuilder("software = { version = \"1\"; all = {");
            for (int i = 0; i < 500; i++) {
                text.append("g%d = { ref = \"#/software/all\" };".formatted(i));
            }
            assertThat(Reading.refusalOf(text.append("} }").toString())).contains("places");
        }
    }
}
