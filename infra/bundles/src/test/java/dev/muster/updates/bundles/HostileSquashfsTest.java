package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that lie about themselves; each is signed, so that only the lie can be the reason for the refusal. */
class HostileSquashfsTest {

    private static final String MANIFEST = RaucBundle.manifest("board", "1.0.0", "");

    private static TestSigner signer;

    @BeforeAll
    static void makeSigner() throws Exception {
        signer = TestSigner.alone("CN=signer", TestSigner.Terms.signer());
    }

    /** Builds a good image, breaks it, signs it, and gives the reason of the refusal. */
    private static String refusal(BiConsumer<SquashfsBuilder, ByteBuffer> lie) throws Exception {
        SquashfsBuilder builder = new SquashfsBuilder().file("manifest.raucm", MANIFEST);
        byte[] image = builder.bytes();
        lie.accept(builder, ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN));
        return Reading.refusal(RaucBundle.plain(image, signer));
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0, has blocks of 0 bytes",
        "12, -2147483648, has blocks of 2147483648 bytes",
        "12, 4097, has blocks of 4097 bytes",
        "12, 2097152, has blocks of 2097152 bytes",
        "28, 3, is of version 3.0",
        "40, 95, should have 95 bytes",
    })
    void fieldsOfTheSuperblockThatCannotBeAreRefused(int at, int value, String reason) throws Exception {
        assertThat(refusal((builder, image) -> image.putInt(at, value))).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"3, lzo", "5, lz4"})
    void compressorsThatAreNotReadAreNamed(int compressor, String label) throws Exception {
        assertThat(refusal((builder, image) -> {
                    image.putShort(20, (short) compressor);
                    // No longer stored as it is.
                    image.putShort(builder.inodeTable, (short) (image.getShort(builder.inodeTable) & 0x7fff));
                }))
                .contains("packed with " + label);
    }

    @Test
    void anUnknownCompressorIsRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putShort(20, (short) 77))).contains("unknown compressor");
    }

    @ParameterizedTest
    @CsvSource({"48, id", "56, attribute", "64, inode", "72, directory", "80, fragment", "88, export"})
    void tablesOutsideOfTheImageAreRefused(int at, String table) throws Exception {
        for (long place : new long[] {-2, 0, 95, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40}) {
            assertThat(refusal((builder, image) -> image.putLong(at, place)))
                    .as("%s at %d", table, place)
                    .contains("squashfs image");
        }
    }

    @Test
    void overlappingTablesAreRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putLong(72, builder.inodeTable)))
                .contains("overlap");
        assertThat(refusal((builder, image) -> image.putLong(64, builder.directoryTable)))
                .contains("overlap");
    }

    @Test
    void referencesOutsideOfTheirTablesAreRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putLong(32, -1))).contains("outside of its inodes");
        assertThat(refusal((builder, image) -> image.putLong(32, 8191))).contains("refers to byte 8191");
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeTable + 2 + 16, 1 << 20)))
                .contains("runs over its end");
        assertThat(refusal((builder, image) -> image.putShort(builder.inodeTable + 2 + 26, (short) 8000)))
                .contains("refers to byte 8000");
    }

    @Test
    void aTableThatClaimsMoreThanItHasIsRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putShort(builder.inodeTable, (short) 0xffff)))
                .contains("which cannot be");
        assertThat(refusal((builder, image) -> image.putShort(builder.inodeTable, (short) 0x8000)))
                .contains("0 bytes in a table");
    }

    @Test
    void aRootThatIsNoDirectoryOrRunsOverIsRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putShort(builder.inodeTable + 2, (short) 3)))
                .contains("root that is no directory");
        assertThat(refusal((builder, image) -> image.putShort(builder.inodeTable + 2, (short) 99)))
                .contains("unknown type 99");
        assertThat(refusal((builder, image) -> image.putInt(builder.directoryTable + 2, 500)))
                .contains("a run of 501 names");
        assertThat(refusal((builder, image) -> image.putInt(builder.directoryTable + 2, 1)))
                .contains("runs over");
    }

    @Test
    void aManifestThatIsNoPlainFileIsRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putShort(builder.inodeOf(0), (short) 3)))
                .contains("something else than a plain file");
        // The directory says so, too: an entry's type lies behind the header and two numbers.
        assertThat(refusal((builder, image) -> image.putShort(builder.directoryTable + 2 + 12 + 4, (short) 3)))
                .contains("something else than a plain file");
        // The name of the manifest for the root itself: no way to go round in circles.
        assertThat(refusal((builder, image) -> image.putShort(builder.directoryTable + 2 + 12, (short) 0)))
                .contains("something else than a plain file");
    }

    @Test
    void dataOutsideOfItsPlaceIsRefused() throws Exception {
        for (int place : new int[] {0, 95, -1, Integer.MAX_VALUE}) {
            assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 16, place)))
                    .contains("which cannot be");
        }
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 16, builder.inodeTable)))
                .contains("which cannot be");
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 32, 0x1ff_ffff)))
                .contains("which cannot be");
    }

    @Test
    void aBlockOfAnotherSizeThanTheFileIsRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 32, 1 << 24 | 5)))
                .contains("a block of 5 bytes");
    }

    @Test
    void fragmentsThatAreNotThereAreRefused() throws Exception {
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 20, 0)))
                .contains("fragment 0, which is not there");
        assertThat(refusal((builder, image) -> {
                    image.putInt(builder.inodeOf(0) + 20, 0);
                    image.putInt(16, 1);
                    image.putLong(80, builder.idTable);
                }))
                .contains("runs over its end");
        assertThat(refusal((builder, image) -> {
                    image.putInt(builder.inodeOf(0) + 20, 0);
                    image.putInt(16, 1);
                    image.putLong(80, builder.idTable);
                    image.putLong(builder.idTable, 0);
                }))
                .contains("list of fragments outside");
    }

    @Test
    void aFileOfTooManyBytesIsRefusedUnread() throws Exception {
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 28, -1)))
                .contains("4294967295 bytes, the most is 65536");
    }

    @Test
    void aHoleIsZerosAndZerosAreNoManifest() throws Exception {
        assertThat(refusal((builder, image) -> image.putInt(builder.inodeOf(0) + 32, 0)))
                .contains("control characters");
    }

    /** Each takes a read of its own and brings nothing, so only counting what they bring would never end. */
    @Test
    void countlessEmptyBlocksInATableComeToAnEnd() throws Exception {
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        new DeflaterOutputStream(empty).close();
        byte[] packed = empty.toByteArray();
        byte[] image = new SquashfsBuilder().file("manifest.raucm", MANIFEST).bytes();
        byte[] grown = RaucBundle.joined(image, new byte[256 * 1024]);
        ByteBuffer bytes = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(32, 0);
        bytes.putLong(40, grown.length);
        bytes.putLong(48, grown.length - 8);
        bytes.putLong(64, image.length);
        bytes.putLong(72, grown.length - 16);
        bytes.position(image.length);
        for (int i = 0; i < 20_000; i++) {
            bytes.putShort((short) packed.length).put(packed);
        }
        assertThat(Reading.refusal(RaucBundle.plain(grown, signer))).contains("unpacks to more than 16777216 bytes");
    }

    @Test
    void aBombInATableIsRefused() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
            out.write(new byte[1_000_000]);
        }
        byte[] packed = bomb.toByteArray();
        SquashfsBuilder builder =
                new SquashfsBuilder().file("manifest.raucm", MANIFEST).file("filler".repeat(20), new byte[4000]);
        byte[] image = builder.bytes();
        byte[] grown = RaucBundle.joined(image, new byte[4096]);
        ByteBuffer bytes = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN);
        int place = image.length;
        bytes.putLong(40, grown.length);
        bytes.putLong(72, place + 2 + packed.length);
        bytes.putLong(48, grown.length - 8);
        bytes.putLong(64, place);
        bytes.position(place);
        bytes.putShort((short) packed.length).put(packed);
        assertThat(Reading.refusal(RaucBundle.plain(grown, signer))).contains("not as gzip packs it, or too large");
    }
}
