package dev.muster.updates.bundles;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.updates.BundleFacts;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;

/** Whatever the bytes are, the reader either gives facts or refuses, and it does not matter where they are cut. */
class ArchiveFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        BundleFacts whole = factsOrNull(() -> Reading.facts(bytes));
        BundleFacts pieces = factsOrNull(() -> Reading.inPieces(bytes, new Random(bytes.length), 64));
        if (!Objects.equals(whole, pieces)) {
            throw new AssertionError("cutting matters: " + whole + " and " + pieces);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyDescriptionIsReadOrRefused(byte[] description) {
        factsOrNull(() -> Reading.facts(
                Archive.summed().file("sw-description", description).bytes()));
    }

    /** Nearly every mutation of a whole description is a syntax error, so this one keeps the frame intact. */
    @FuzzTest(maxDuration = "60s")
    void anyMembersAreReadOrRefused(byte[] members) {
        String text = "software = { version = \"1\"; " + new String(members, StandardCharsets.UTF_8) + " }";
        factsOrNull(() -> Reading.description(text));
    }

    private interface Read {
        BundleFacts facts();
    }

    private static BundleFacts factsOrNull(Read read) {
        try {
            return read.facts();
        } catch (Refused expected) {
            return null;
        }
    }
}
