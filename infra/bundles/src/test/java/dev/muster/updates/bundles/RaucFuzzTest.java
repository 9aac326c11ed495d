package dev.muster.updates.bundles;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.updates.bundles.signatures.BrokenSignatureException;
import dev.muster.updates.bundles.signatures.CmsBlock;
import dev.muster.updates.bundles.signatures.ContentDigests;
import dev.muster.updates.bundles.squashfs.SquashfsException;
import dev.muster.updates.bundles.squashfs.SquashfsImage;
import dev.muster.updates.bundles.squashfs.SquashfsLimits;
import java.io.IOException;
import java.util.Arrays;

/** Whatever the bytes are, images, manifests and signatures are read, or refused with words of ours. */
class RaucFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyImageIsReadOrRefused(byte[] bytes) throws IOException {
        byte[] image = bytes.length < 4 ? bytes : withMagic(bytes);
        try {
            SquashfsImage read = SquashfsImage.open(new Bytes(image), image.length, SquashfsLimits.of(100));
            for (SquashfsImage.Entry entry : read.root()) {
                if (entry.isPlainFile()) {
                    read.file(entry, ManifestText.SIZE_MAX);
                }
            }
        } catch (SquashfsException expected) {
            if (expected.getMessage().length() > 1000) {
                throw new AssertionError(expected);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyBundleIsReadOrRefused(byte[] bytes) {
        try {
            Reading.facts(bytes.length < 4 ? bytes : withMagic(bytes));
        } catch (Refused expected) {
            // It is no bundle.
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyManifestIsReadOrRefused(byte[] text) {
        try {
            RaucManifest.read(text, new Warnings());
        } catch (Refused expected) {
            // It is no manifest.
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anySignatureIsReadOrRefused(byte[] bytes) throws IOException {
        try {
            CmsBlock block = CmsBlock.parse(bytes);
            block.content();
            block.isAbout(ContentDigests.over(new byte[0]));
        } catch (BrokenSignatureException expected) {
            if (expected.getMessage().length() > 200) {
                throw new AssertionError(expected);
            }
        }
    }

    private static byte[] withMagic(byte[] bytes) {
        byte[] image = Arrays.copyOf(bytes, bytes.length);
        image[0] = 'h';
        image[1] = 's';
        image[2] = 'q';
        image[3] = 's';
        return image;
    }
}
