package dev.muster.updates.bundles;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.bundles.RaucManifest.Format;
import dev.muster.updates.bundles.RaucManifest.Verity;
import dev.muster.updates.bundles.signatures.BrokenSignatureException;
import dev.muster.updates.bundles.signatures.ContentDigests;
import dev.muster.updates.bundles.signatures.Verdict;
import dev.muster.updates.bundles.squashfs.SquashfsException;
import dev.muster.updates.bundles.squashfs.SquashfsImage;
import dev.muster.updates.bundles.squashfs.SquashfsLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a RAUC bundle as a whole. In the format {@code plain} the signature is over the image and the manifest lies in
 * its root; in {@code verity} the signature holds the manifest, and that the hash of a tree over the image; in {@code
 * crypt} the image is encrypted besides (RAUC documentation, "Bundle Formats").
 */
final class RaucInspection {

    private static final String MANIFEST = "manifest.raucm";

    private final BundleSettings settings;
    private final ArtifactContent content;
    private final SignatureRules rules;
    private final Warnings warnings = new Warnings();

    RaucInspection(BundleSettings settings, ArtifactContent content) {
        this.settings = settings;
        this.content = content;
        this.rules = new SignatureRules(settings.signatures());
    }

    /** Facts of content that starts with an image; null when it is only that, an image of something else. */
    @Nullable
    BundleFacts ofImage(TailHeldDigest streamed) throws IOException {
        try {
            SquashfsImage image = SquashfsImage.open(content, content.size(), SquashfsLimits.of(settings.entriesMax()));
            if (isFilledUp(image)) {
                return null;
            }
            RaucTail tail = RaucTail.behind(content, image.bytesUsed());
            if (tail == null) {
                return unsigned(image);
            }
            refuseEncrypted(tail);
            byte[] sealed = tail.cms().content();
            if (sealed != null) {
                return ofVerity(image, tail, sealed);
            }
            int tailSize = (int) (content.size() - tail.start());
            return ofPlain(image, tail, new ImageDigests(content, tail.start(), streamed.without(tailSize)));
        } catch (SquashfsException e) {
            throw Bundles.broken("The squashfs image %s.".formatted(e.getMessage()));
        } catch (BrokenSignatureException e) {
            throw Bundles.broken("The bundle's signature %s.".formatted(e.getMessage()));
        }
    }

    /** A file system for flash memory, filled up to the size of its blocks: an image of something else, too. */
    private boolean isFilledUp(SquashfsImage image) throws IOException {
        return RaucTail.isFilling(content)
                && image.compression().isReadable()
                && manifestIn(image, image.root()) == null;
    }

    /** Facts of content that starts with nothing known: of a bundle with ciphertext, else null. */
    @Nullable
    BundleFacts ofCiphertext() throws IOException {
        RaucTail tail = RaucTail.of(content);
        if (tail == null) {
            return null;
        }
        refuseEncrypted(tail);
        byte[] sealed = tail.cms().content();
        RaucManifest manifest = sealed == null ? null : RaucManifest.read(sealed, warnings);
        if (sealed == null || manifest == null || manifest.format() != Format.CRYPT) {
            throw Bundles.broken("The file ends like a RAUC bundle, but does not start with a squashfs image.");
        }
        ContentDigests digests = ContentDigests.over(sealed);
        checkTree(manifest, tail, 0);
        return facts(manifest, manifest.images(), judged(tail, digests));
    }

    private @Nullable BundleFacts unsigned(SquashfsImage image) throws IOException {
        if (!image.compression().isReadable()) {
            return null;
        }
        List<SquashfsImage.Entry> root = image.root();
        byte[] text = manifestIn(image, root);
        if (text == null) {
            return null;
        }
        RaucManifest manifest = plain(text);
        warnings.add("The bundle is not signed; RAUC installs signed bundles only.");
        Verdict verdict = Verdict.absent();
        rules.apply(verdict, warnings);
        return facts(manifest, checkedIn(image, root, manifest), verdict);
    }

    private BundleFacts ofPlain(SquashfsImage image, RaucTail tail, ContentDigests digests) throws IOException {
        if (!tail.cms().isAbout(digests)) {
            throw Bundles.broken(
                    "The bundle is not what its signature is about; it was changed, or damaged on its way.");
        }
        List<SquashfsImage.Entry> root = image.root();
        byte[] text = manifestIn(image, root);
        if (text == null) {
            throw Bundles.broken("There is no '%s' in the root of the squashfs image.".formatted(MANIFEST));
        }
        RaucManifest manifest = plain(text);
        return facts(manifest, checkedIn(image, root, manifest), judged(tail, digests));
    }

    private BundleFacts ofVerity(SquashfsImage image, RaucTail tail, byte[] sealed) throws IOException {
        RaucManifest manifest = RaucManifest.read(sealed, warnings);
        if (manifest.format() != Format.VERITY) {
            throw Bundles.broken("The signature holds a manifest, but the manifest is not of the format verity.");
        }
        ContentDigests digests = ContentDigests.over(sealed);
        checkTree(manifest, tail, image.bytesUsed());
        List<BundleFacts.Image> images = manifest.images();
        if (image.compression().isReadable()) {
            List<SquashfsImage.Entry> root = image.root();
            compare(manifest, manifestIn(image, root));
            images = checkedIn(image, root, manifest);
        }
        return facts(manifest, images, judged(tail, digests));
    }

    private static void refuseEncrypted(RaucTail tail) {
        if (tail.cms().isEncrypted()) {
            throw Bundles.broken(
                    "The bundle's manifest is encrypted for its devices, so version and hardware cannot be read.");
        }
    }

    private RaucManifest plain(byte[] text) {
        RaucManifest manifest = RaucManifest.read(text, warnings);
        if (manifest.format() != Format.PLAIN) {
            throw Bundles.broken("The manifest is of another format than plain, but it is not in the signature.");
        }
        return manifest;
    }

    /** @param imageSize bytes that the image itself has at least */
    private void checkTree(RaucManifest manifest, RaucTail tail, long imageSize) throws IOException {
        Verity verity = manifest.verity();
        if (verity == null) {
            throw Bundles.broken("The manifest has no 'verity-hash'.");
        }
        long dataSize = tail.start() - verity.treeSize();
        if (dataSize < imageSize) {
            throw Bundles.broken("The manifest says that the hash tree has %d bytes, which are not there."
                    .formatted(verity.treeSize()));
        }
        VerityTree.check(content, dataSize, verity.treeSize(), verity.root(), verity.salt());
    }

    private byte @Nullable [] manifestIn(SquashfsImage image, List<SquashfsImage.Entry> root) throws IOException {
        SquashfsImage.Entry found = null;
        for (SquashfsImage.Entry entry : root) {
            if (entry.name().equals(MANIFEST)) {
                if (found != null) {
                    throw Bundles.broken("The root of the squashfs image contains '%s' twice.".formatted(MANIFEST));
                }
                found = entry;
            }
        }
        return found == null ? null : image.file(found, ManifestText.SIZE_MAX);
    }

    /** The manifest in the image is the one that others read, who do not look into signatures. */
    private void compare(RaucManifest sealed, byte @Nullable [] text) {
        if (text == null) {
            return;
        }
        RaucManifest inside = RaucManifest.read(text, warnings);
        if (!inside.version().equals(sealed.version()) || !inside.compatible().equals(sealed.compatible())) {
            warnings.add("The manifest inside the image says other than the signed one, which counts: %s for %s."
                    .formatted(Quoted.text(inside.version()), Quoted.text(inside.compatible())));
        }
    }

    /** The images of the manifest with the sizes they have; those that are not there have -1. */
    private List<BundleFacts.Image> checkedIn(
            SquashfsImage image, List<SquashfsImage.Entry> root, RaucManifest manifest) throws IOException {
        List<BundleFacts.Image> checked = new ArrayList<>();
        for (BundleFacts.Image each : manifest.images()) {
            long size = -1;
            for (SquashfsImage.Entry entry : root) {
                if (entry.isPlainFile() && entry.name().equals(each.file())) {
                    size = image.fileSize(entry);
                }
            }
            if (size < 0 && each.file().indexOf('/') < 0) {
                warnings.add("The manifest names the image %s, but the bundle does not contain it."
                        .formatted(Quoted.text(each.file())));
            } else if (each.size() >= 0 && size >= 0 && size != each.size()) {
                warnings.add("The image %s has %d bytes, but the manifest says %d."
                        .formatted(Quoted.text(each.file()), size, each.size()));
            }
            long shown = each.file().indexOf('/') < 0 ? size : each.size();
            checked.add(new BundleFacts.Image(each.file(), shown, each.sha256(), each.type()));
        }
        return checked;
    }

    private Verdict judged(RaucTail tail, ContentDigests digests) throws IOException {
        if (!tail.cms().isAbout(digests)) {
            throw Bundles.broken("The manifest in the signature is not the one that was signed.");
        }
        Verdict verdict = rules.areChecked() ? rules.check().of(tail.cms(), digests) : Verdict.unchecked();
        rules.apply(verdict, warnings);
        return verdict;
    }

    private BundleFacts facts(RaucManifest manifest, List<BundleFacts.Image> images, Verdict verdict) {
        return new BundleFacts(
                BundleFacts.Format.RAUC,
                manifest.compatible(),
                manifest.version(),
                manifest.description(),
                List.of(settings.raucCompatible().hardware(manifest.compatible())),
                images,
                verdict.signature(),
                verdict.signer(),
                verdict.problem(),
                manifest.format() == Format.CRYPT,
                warnings.list());
    }
}
