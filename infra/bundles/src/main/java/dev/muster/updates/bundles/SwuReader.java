package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactContent;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.bundles.signatures.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an SWUpdate bundle. Its description comes first, so by the time a file streams by it is known whether the
 * description states its digest; only those files are hashed.
 */
final class SwuReader implements BundleReader, CpioListener {

    private static final String DESCRIPTION = "sw-description";
    private static final String SIGNATURE = "sw-description.sig";

    private final BundleSettings settings;
    private final CpioReader archive;
    private final MessageDigest sha256 = newSha256();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, String> digestsStated = new HashMap<>();
    private final Warnings warnings = new Warnings();
    private final DescriptionSignature signature;

    private byte[] text = {};
    private int textFilled;
    private @Nullable String digestExpected;
    private boolean reading;
    private @Nullable SwDescription description;
    private @Nullable Refused refused;

    SwuReader(BundleSettings settings, long sizeAnnounced) {
        this.settings = settings;
        this.signature = new DescriptionSignature(settings.signatures());
        this.archive = new CpioReader(settings, sizeAnnounced, this);
    }

    @Override
    public void accept(ByteBuffer bytes) {
        if (refused != null) {
            throw refused;
        }
        try {
            archive.accept(bytes.duplicate());
        } catch (Refused e) {
            refused = e;
            throw e;
        }
    }

    @Override
    public BundleFacts finish(ArtifactContent content) throws IOException {
        if (refused != null) {
            throw refused;
        }
        archive.finish();
        if (description == null) {
            throw Bundles.broken("The archive contains no file; '%s' must be its first.".formatted(DESCRIPTION));
        }
        return facts(description);
    }

    @Override
    public void started(CpioEntry entry) {
        boolean isDescription = entry.name().equals(DESCRIPTION);
        if (isDescription != (entry.number() == 1)) {
            throw Bundles.broken(
                    isDescription
                            ? "The archive contains '%s' twice.".formatted(DESCRIPTION)
                            : "The first file of the archive must be '%s', but it is %s."
                                    .formatted(DESCRIPTION, Quoted.text(entry.name())));
        }
        if (isDescription) {
            if (entry.size() > settings.descriptionSizeMax()) {
                throw Bundles.broken("'%s' has %d bytes, the most is %d."
                        .formatted(DESCRIPTION, entry.size(), settings.descriptionSizeMax()));
            }
            text = new byte[(int) entry.size()];
            reading = true;
            return;
        }
        if (entry.name().equals(SIGNATURE)) {
            signature.started(entry);
            if (entry.number() != 2) {
                warnings.add("The signature does not follow right after the description; SWUpdate wants it there.");
            }
        }
        if (sizes.put(entry.name(), entry.size()) != null) {
            warnings.add("The file %s is in the archive more than once.".formatted(Quoted.text(entry.name())));
        }
        digestExpected = digestsStated.get(entry.name());
    }

    @Override
    public void content(ByteBuffer bytes) {
        if (reading) {
            int length = bytes.remaining();
            bytes.get(text, textFilled, length);
            textFilled += length;
            return;
        }
        if (signature.isReading()) {
            signature.content(bytes.duplicate());
        }
        if (digestExpected != null) {
            sha256.update(bytes);
        }
    }

    @Override
    public void ended(CpioEntry entry) {
        if (reading) {
            reading = false;
            description = DescriptionReader.read(text, settings);
            signature.over(text);
            text = new byte[0];
            rememberDigests(description);
            return;
        }
        signature.ended();
        if (digestExpected != null) {
            String found = HexFormat.of().formatHex(sha256.digest());
            if (!found.equals(digestExpected)) {
                throw Bundles.broken("The file %s has the sha256 %s, but the description says %s."
                        .formatted(Quoted.text(entry.name()), found, digestExpected));
            }
        }
    }

    private void rememberDigests(SwDescription read) {
        for (SwDescription.Part part : read.parts()) {
            if (part.sha256() == null) {
                continue;
            }
            String other = digestsStated.put(part.file(), part.sha256());
            if (other != null && !other.equals(part.sha256())) {
                throw Bundles.broken(
                        "The description states two different sha256 for %s.".formatted(Quoted.text(part.file())));
            }
        }
    }

    private BundleFacts facts(SwDescription read) throws IOException {
        Verdict verdict = signature.verdict(read.parts());
        List<BundleFacts.Image> images = new ArrayList<>();
        boolean encrypted = false;
        for (SwDescription.Part part : read.parts()) {
            long size = sizes.getOrDefault(part.file(), -1L);
            images.add(new BundleFacts.Image(part.file(), size, part.sha256(), part.type()));
            encrypted |= part.encrypted();
            if (size < 0) {
                warnings.add("The description names the file %s, but the archive does not contain it."
                        .formatted(Quoted.text(part.file())));
            }
            if (verdict.signature() != BundleFacts.Signature.ABSENT && part.sha256() == null) {
                warnings.add("The bundle is signed, but its description states no sha256 for %s; devices that check"
                                .formatted(Quoted.text(part.file()))
                        + " signatures refuse it.");
            }
        }
        signature.rules().apply(verdict, warnings);
        List<String> all = new ArrayList<>(read.warnings());
        all.addAll(warnings.list());
        return new BundleFacts(
                BundleFacts.Format.SWU,
                read.name(),
                read.version(),
                read.description(),
                read.compatibility(),
                images,
                verdict.signature(),
                verdict.signer(),
                verdict.problem(),
                encrypted,
                all);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
