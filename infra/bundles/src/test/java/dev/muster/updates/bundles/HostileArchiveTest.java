package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refused;
import dev.muster.updates.BundleReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One case for everything that a hostile or a broken archive may try. */
class HostileArchiveTest {

    private static final String GOOD = "software = { version = \"1\"; hardware-compatibility = [\"1\"] }";

    private static Archive good() {
        return Archive.describedBy(GOOD);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Nested
    class CutShort {

        @Test
        void everyPlaceBeforeTheTrailersEndIsNoticed() {
            byte[] archive = good().file("image", "0123456789").trailer().asIs();
            assertThat(Reading.facts(archive).version()).isEqualTo("1");
            for (int length = 4; length < archive.length; length++) {
                assertThat(Reading.refusal(Arrays.copyOf(archive, length))).contains("archive");
            }
        }

        @Test
        void theMessageSaysWhere() {
            byte[] archive = good().file("image", "0123456789").trailer().asIs();
            int image = good().asIs().length;
            assertThat(Reading.refusal(Arrays.copyOf(archive, 50)))
                    .contains("byte 50")
                    .contains("inside a header");
            assertThat(Reading.refusal(Arrays.copyOf(archive, 115)))
                    .contains("byte 115")
                    .contains("inside a name");
            assertThat(Reading.refusal(Arrays.copyOf(archive, image + 110 + 6 + 4)))
                    .contains("inside the file 'image', 6 bytes early");
            assertThat(Reading.refusal(Arrays.copyOf(archive, image))).contains("without its trailer");
        }

        @Test
        void anArchiveOfNothingButATrailerIsRefused() {
            assertThat(Reading.refusal(Archive.summed().bytes())).contains("must be its first");
        }
    }

    @Nested
    class Headers {

        @ParameterizedTest
        @CsvSource({"070700", "070703", "07070A", "070799"})
        void anotherMagicIsRefused(String magic) {
            assertThat(Reading.refusal(good().entry(magic, Archive.REGULAR, "x", bytes("x"), 0)
                            .bytes()))
                    .contains("does not start with 070701 or 070702");
        }

        @Test
        void theOldFormatIsNamed() {
            assertThat(Reading.refusal(bytes("070707" + "0".repeat(200)))).contains("old cpio format");
        }

        @Test
        void sumsMustBeThereForAllFilesOrForNone() {
            assertThat(Reading.refusal(good().entry("070701", Archive.REGULAR, "x", bytes("x"), 0)
                            .bytes()))
                    .contains("mixes");
            assertThat(Reading.refusal(Archive.plain()
                            .file("sw-description", GOOD)
                            .entry("070702", Archive.REGULAR, "x", bytes("x"), 'x')
                            .bytes()))
                    .contains("mixes");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-0000001", "+0000001", " 0000001", "0x000001", "0000000G", "0000000\0", "000000ä0"})
        void digitsMustBeHexadecimal(String field) {
            for (int number = 0; number < 13; number++) {
                byte[] archive = good().file("x", "x").bytes();
                int at = good().asIs().length + 6 + 8 * number;
                System.arraycopy(bytes(field), 0, archive, at, 8);
                assertThat(Reading.refusal(archive)).contains("hexadecimal digit at byte");
            }
        }

        @Test
        void aSizeBeyondTheUploadEndsInsideTheFile() {
            byte[] archive = good().raw(Archive.header("070702", Archive.REGULAR, 0xFFFF_FFFFL, 2, 0))
                    .raw("x\0")
                    .raw(new byte[1000])
                    .asIs();
            assertThat(Reading.refusal(archive)).contains("inside the file 'x'");
        }

        @Test
        void aSizeBeyondTheAnnouncedUploadIsRefusedAtTheHeader() {
            byte[] archive = good().raw(Archive.header("070702", Archive.REGULAR, 0xFFFF_FFFFL, 2, 0))
                    .raw("x\0")
                    .asIs();
            BundleReader reader = new Bundles(BundleSettings.defaults()).newReader(1_000_000);
            Refused refused = catchThrowableOfType(Refused.class, () -> reader.accept(ByteBuffer.wrap(archive)));
            assertThat(refused.refusal().message()).contains("'x' claims 4294967295 bytes");
        }

        @Test
        void anArchiveOfExactlyTheAnnouncedSizeIsTaken() throws Exception {
            byte[] archive = good().file("x", "xyz").trailer().asIs();
            BundleReader reader = new Bundles(BundleSettings.defaults()).newReader(archive.length);
            reader.accept(ByteBuffer.wrap(archive));
            assertThat(reader.finish(new Bytes(archive))).isNotNull();
        }

        @ParameterizedTest
        @CsvSource({
            "0120777, symbolic link",
            "0060644, block device",
            "0020644, character device",
            "0010644, fifo",
            "0140644, socket",
            "0040755, directory"
        })
        void onlyPlainFilesAreTaken(String mode, String what) {
            assertThat(Reading.refusal(good().entry("070702", Long.parseLong(mode, 8), "x", bytes("/etc/shadow"), 0)
                            .bytes()))
                    .as(what)
                    .contains("no plain file");
        }

        @Test
        void aWrongSumIsRefused() {
            byte[] archive = good().file("x", "abc").bytes();
            archive[good().asIs().length + 112] ^= 1;
            assertThat(Reading.refusal(archive)).contains("'x' does not add up");
        }

        @Test
        void sumsOfManyLargeBytesWrapAsTheyShould() {
            byte[] content = new byte[20_000_003];
            Arrays.fill(content, (byte) 0xff);
            assertThat(Archive.sumOf(content)).isEqualTo(20_000_003L * 255 & 0xffff_ffffL);
            assertThat(Reading.facts(good().file("x", content).bytes())).isNotNull();
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @ValueSource(strings = {"..", "../x", "a/../x", "a/..", "..\\x", "a\\..\\x"})
        void namesThatLeadOutAreRefused(String name) {
            assertThat(Reading.refusal(good().file(name, "x").bytes())).contains("leads out");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/x", "/", "//x", "\\x"})
        void absoluteNamesAreRefused(String name) {
            assertThat(Reading.refusal(good().file(name, "x").bytes())).contains("absolute");
        }

        @Test
        void dotsThatLeadNowhereAreFine() {
            assertThat(Reading.facts(
                            good().file("..x/...", "x").file("./a", "x").bytes()))
                    .isNotNull();
        }

        @Test
        void aNulInsideIsRefused() {
            assertThat(Reading.refusal(good().file("a\0b", "x").bytes())).contains("NUL inside");
        }

        @Test
        void aNameWithoutNulIsRefused() {
            byte[] archive = good().raw(Archive.header("070702", Archive.REGULAR, 0, 2, 0))
                    .raw("xy")
                    .asIs();
            assertThat(Reading.refusal(archive)).contains("does not end with NUL");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1})
        void aFileWithoutNameIsRefused(long nameSize) {
            byte[] archive = good().raw(Archive.header("070702", Archive.REGULAR, 0, nameSize, 0))
                    .raw("\0\0")
                    .asIs();
            assertThat(Reading.refusal(archive)).contains("without name");
        }

        @Test
        void aNameMayHaveAKibibyteAndNoMore() {
            assertThat(Reading.facts(good().file("n".repeat(1024), "x").bytes()))
                    .isNotNull();
            assertThat(Reading.refusal(good().file("n".repeat(1025), "x").bytes()))
                    .contains("a name of 1025 bytes");
            assertThat(Reading.refusal(good().file("n".repeat(65_536), "x").bytes()))
                    .contains("a name of 65536 bytes");
        }

        @Test
        void controlCharactersAndInvalidUtf8AreRefused() {
            assertThat(Reading.refusal(good().file("a\u001b[2J", "x").bytes())).contains("control characters");
            byte[] archive = good().raw(Archive.header("070702", Archive.REGULAR, 0, 3, 0))
                    .raw("\u00c3(\0")
                    .asIs();
            assertThat(Reading.refusal(archive)).contains("UTF-8");
        }
    }

    @Nested
    class TheDescription {

        @Test
        void mustBeTheFirstFile() {
            assertThat(Reading.refusal(Archive.summed()
                            .file("image", "x")
                            .file("sw-description", GOOD)
                            .bytes()))
                    .contains("must be 'sw-description'");
            assertThat(Reading.refusal(
                            Archive.summed().file("./sw-description", GOOD).bytes()))
                    .contains("must be 'sw-description'");
        }

        @Test
        void mustBeThereOnce() {
            assertThat(Reading.refusal(good().file("sw-description", GOOD).bytes()))
                    .contains("twice");
        }

        @Test
        void mayHaveAMebibyteAndNoMore() {
            String padded = GOOD + " ".repeat(1024 * 1024 - GOOD.length());
            assertThat(Reading.description(padded).version()).isEqualTo("1");
            assertThat(Reading.refusalOf(padded + " ")).contains("1048577 bytes");
        }

        @Test
        void ofTwoGibibytesIsRefusedBeforeItsBytesCome() {
            byte[] archive = Archive.summed()
                    .raw(Archive.header("070702", Archive.REGULAR, 1L << 31, 15, 0))
                    .raw("sw-description\0")
                    .pad()
                    .asIs();
            assertThat(Reading.refusal(archive)).contains("2147483648 bytes");
        }
    }

    @Nested
    class PaddingAndEnd {

        @Test
        void paddingMustBeZero() {
            byte[] archive = good().file("x", "abc").bytes();
            int header = good().asIs().length;
            assertThat((header + 110 + 2) % 4).isZero();
            archive[header + 112 + 3] = 1;
            assertThat(Reading.refusal(archive)).contains("zeros in the padding");
            byte[] odd = good().file("xy", "abc").bytes();
            odd[header + 110 + 3] = 1;
            assertThat(Reading.refusal(odd)).contains("zeros in the padding");
        }

        @Test
        void missingPaddingIsRefused() {
            byte[] archive = good().raw(Archive.header("070702", Archive.REGULAR, 1, 2, 'x'))
                    .raw("x\0")
                    .raw("x")
                    .trailer()
                    .asIs();
            assertThat(Reading.refusal(archive)).contains("padding");
        }

        @Test
        void aMebibyteOfZerosMayFollowAndNoMore() {
            byte[] archive = good().trailer().asIs();
            assertThat(Reading.facts(Arrays.copyOf(archive, archive.length + 1024 * 1024)))
                    .isNotNull();
            assertThat(Reading.refusal(Arrays.copyOf(archive, archive.length + 1024 * 1024 + 1)))
                    .contains("after the archive's end");
        }

        @Test
        void nothingElseMayFollow() {
            byte[] archive = good().bytes();
            archive[archive.length - 1] = 1;
            assertThat(Reading.refusal(archive)).contains("after the archive's end");
            assertThat(Reading.refusal(good().trailer().file("x", "x").bytes())).contains("after the archive's end");
        }

        @Test
        void theTrailerHasNoContent() {
            assertThat(Reading.refusal(good().file("TRAILER!!!", "abc").bytes()))
                    .contains("trailer has content");
        }

        @Test
        void tenThousandFilesAreTakenAndAMillionAreNot() {
            Archive archive = good();
            for (int i = 1; i < 10_000; i++) {
                archive.file("f" + i, "");
            }
            byte[] most = archive.asIs();
            assertThat(Reading.facts(Archive.summed().raw(most).bytes())).isNotNull();
            assertThat(Reading.refusal(
                            Archive.summed().raw(most).file("one more", "").bytes()))
                    .contains("more than 10000 files");
            byte[] empty = Archive.summed().file("f", "").asIs();
            BundleReader reader = new Bundles(BundleSettings.defaults()).newReader();
            Refused refused = catchThrowableOfType(Refused.class, () -> {
                reader.accept(ByteBuffer.wrap(good().asIs()));
                for (int i = 0; i < 1_000_000; i++) {
                    reader.accept(ByteBuffer.wrap(empty));
                }
            });
            assertThat(refused.refusal().message()).contains("more than 10000 files");
        }
    }
}
