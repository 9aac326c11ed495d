package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refused;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.UpdatesRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Feeds bytes to a reader in one way or another. */
final class Reading {

    private Reading() {}

    static BundleFacts facts(byte[] bytes) {
        return facts(bytes, BundleSettings.defaults());
    }

    static BundleFacts facts(byte[] bytes, BundleSettings settings) {
        BundleReader reader = new Bundles(settings).newReader();
        reader.accept(ByteBuffer.wrap(bytes));
        return finished(reader, bytes);
    }

    /** Where bytes are no bundle, that is found without an exception of input and output, whatever they are. */
    private static BundleFacts finished(BundleReader reader, byte[] bytes) {
        try {
            return reader.finish(new Bytes(bytes));
        } catch (IOException e) {
            throw new AssertionError("the reader went out of the content", e);
        }
    }

    static BundleFacts description(String text) {
        return facts(Archive.describedBy(text).bytes());
    }

    static BundleFacts inPieces(byte[] bytes, RandomGenerator random, int pieceMax) {
        BundleReader reader = new Bundles(BundleSettings.defaults()).newReader();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(pieceMax + 1));
            ByteBuffer piece = random.nextBoolean()
                    ? ByteBuffer.wrap(bytes, at, length)
                    : ByteBuffer.allocateDirect(length).put(bytes, at, length).flip();
            int position = piece.position();
            reader.accept(piece);
            assertThat(piece.position()).isEqualTo(position);
            at += length;
        }
        return finished(reader, bytes);
    }

    /** The message of the refusal; fails when the bundle is taken, or refused for another reason. */
    static String refusal(byte[] bytes) {
        return refusal(bytes, BundleSettings.defaults(), UpdatesRefusal.BUNDLE_INVALID);
    }

    static String refusal(byte[] bytes, BundleSettings settings, UpdatesRefusal code) {
        Refused refused = catchThrowableOfType(Refused.class, () -> facts(bytes, settings));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.refusal().code()).isEqualTo(code.code());
        return refused.refusal().message();
    }

    static String refusalOf(String description) {
        return refusal(Archive.describedBy(description).bytes());
    }
}
