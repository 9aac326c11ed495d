package dev.muster.updates.bundles;

import com.google.re2j.Pattern;
import dev.muster.updates.BundleFacts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code manifest.raucm} says, as far as we care (RAUC documentation, "Manifest").
 *
 * @param description free text, and the build behind it where one is named
 * @param verity how to check the image, null for bundles that are signed as a whole
 */
record RaucManifest(
        String version,
        String compatible,
        @Nullable String description,
        Format format,
        @Nullable Verity verity,
        List<BundleFacts.Image> images) {

    enum Format {
        PLAIN,
        VERITY,
        CRYPT
    }

    /** @param treeSize bytes of the tree */
    record Verity(byte[] root, byte[] salt, long treeSize) {}

    private static final int IMAGES_MAX = 200;
    private static final int FILE_NAME_MAX = 255;
    private static final String IMAGE = "image.";

    /** Semantic Versioning 2.0; the engine is one that takes linear time. */
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
            + "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Throws {@link dev.muster.kernel.Refused} when it cannot be understood. */
    static RaucManifest read(byte[] text, Warnings warnings) {
        Map<String, Map<String, String>> groups = ManifestText.parse(text);
        Map<String, String> update = groups.getOrDefault("update", Map.of());
        String version = DescriptionReader.checked(required(update, "version"), "version");
        if (!VERSION.matches(version)) {
            throw Bundles.broken("The version %s of the manifest is no semantic version like 1.2.3 or 1.2.3-rc.1+build."
                    .formatted(Quoted.text(version)));
        }
        Map<String, String> bundle = groups.getOrDefault("bundle", Map.of());
        Format format = format(bundle.getOrDefault("format", "plain"));
        return new RaucManifest(
                version,
                DescriptionReader.checked(required(update, "compatible"), "compatible"),
                description(update, warnings),
                format,
                format == Format.PLAIN || !bundle.containsKey("verity-hash") ? null : verity(bundle),
                images(groups, warnings));
    }

    private static String required(Map<String, String> update, String key) {
        String value = update.get(key);
        if (value == null || value.isEmpty()) {
            throw Bundles.broken("The manifest has no '%s' in its group 'update'.".formatted(key));
        }
        return value;
    }

    private static @Nullable String description(Map<String, String> update, Warnings warnings) {
        String description = update.getOrDefault("description", "");
        String build = update.getOrDefault("build", "");
        String both = build.isEmpty()
                ? description
                : description.isEmpty() ? "Build " + build : description + "\nBuild " + build;
        return both.isEmpty() ? null : DescriptionReader.cut(both, warnings);
    }

    private static Format format(String name) {
        return switch (name) {
            case "plain" -> Format.PLAIN;
            case "verity" -> Format.VERITY;
            case "crypt" -> Format.CRYPT;
            default -> throw Bundles.broken("The manifest names the unknown format %s.".formatted(Quoted.text(name)));
        };
    }

    private static Verity verity(Map<String, String> bundle) {
        return new Verity(
                digest(bundle, "verity-hash"),
                digest(bundle, "verity-salt"),
                size(bundle.get("verity-size"), "verity-size"));
    }

    private static byte[] digest(Map<String, String> bundle, String key) {
        String value = bundle.getOrDefault(key, "");
        if (!SHA256.matches(value)) {
            throw Bundles.broken("The '%s' of the manifest is not 64 hexadecimal digits.".formatted(key));
        }
        return HexFormat.of().parseHex(value);
    }

    private static long size(@Nullable String value, String what) {
        if (value == null
                || value.isEmpty()
                || value.length() > 19
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Bundles.broken("The '%s' of the manifest is no number of bytes.".formatted(what));
        }
        BigInteger number = new BigInteger(value);
        if (number.bitLength() > 62) {
            throw Bundles.broken("The '%s' of the manifest is too large.".formatted(what));
        }
        return number.longValue();
    }

    private static List<BundleFacts.Image> images(Map<String, Map<String, String>> groups, Warnings warnings) {
        List<BundleFacts.Image> images = new ArrayList<>();
        groups.forEach((name, image) -> {
            String file = image.get("filename");
            if (name.startsWith(IMAGE) && file != null && !file.isEmpty()) {
                images.add(image(name.substring(IMAGE.length()), file, image, warnings));
            }
        });
        if (images.size() > IMAGES_MAX) {
            throw Bundles.broken("The manifest names more than %d images.".formatted(IMAGES_MAX));
        }
        return images;
    }

    private static BundleFacts.Image image(String slot, String file, Map<String, String> image, Warnings warnings) {
        if (file.length() > FILE_NAME_MAX || file.chars().anyMatch(Character::isISOControl)) {
            throw Bundles.broken("The manifest names an image %s, which is no file name.".formatted(Quoted.text(file)));
        }
        String sha256 = image.get("sha256");
        if (sha256 != null && !SHA256.matches(sha256)) {
            warnings.add("The sha256 of %s is not 64 hexadecimal digits.".formatted(Quoted.text(file)));
            sha256 = null;
        }
        String size = image.get("size");
        return new BundleFacts.Image(
                file,
                size == null ? -1 : size(size, "size"),
                sha256 == null ? null : sha256.toLowerCase(Locale.ROOT),
                type(slot, image));
    }

    /** For which slots it is, its kind where one is named, and which hooks run around it. */
    private static String type(String slot, Map<String, String> image) {
        StringBuilder type = new StringBuilder(slot);
        if (image.containsKey("type")) {
            type.append(' ').append(image.get("type"));
        }
        if (image.containsKey("hooks")) {
            type.append(" (hooks: ").append(image.get("hooks")).append(')');
        }
        return type.length() <= FILE_NAME_MAX ? type.toString() : type.substring(0, FILE_NAME_MAX) + "…";
    }
}
