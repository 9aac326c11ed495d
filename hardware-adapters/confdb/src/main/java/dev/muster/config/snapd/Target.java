package dev.muster.config.snapd;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** What a path below {@code /v2/} leads to. */
sealed interface Target {

    /** What may be done there, as {@code Allow} has it. */
    String allow();

    /** A view of a registry. Account, name and view are as they came: whether there is such a thing is asked later. */
    record OfView(Generation generation, String account, String name, String view) implements Target {

        @Override
        public String allow() {
            return "GET, PUT";
        }

        /** As messages name it. */
        String id() {
            return account + "/" + name + "/" + view;
        }
    }

    record OfChange(String id) implements Target {

        @Override
        public String allow() {
            return "GET";
        }
    }

    record OfSnap(String snap) implements Target {

        @Override
        public String allow() {
            return "GET, PUT";
        }
    }

    /** Handing views on to operators, which is a feature of its own. */
    record OfDelegation() implements Target {

        @Override
        public String allow() {
            return "POST";
        }
    }

    /**
     * Null when there is nothing.
     *
     * @param rawPath behind {@code /v2/}, not decoded
     * @param confdb the generation behind the path {@code confdb}
     */
    static @Nullable Target find(String rawPath, Generation confdb) {
        List<String> parts = decoded(rawPath);
        if (parts.isEmpty()) {
            return null;
        }
        String first = parts.getFirst();
        Generation generation = Generation.of(first, confdb);
        return switch (parts.size()) {
            case 1 -> first.equals("confdb") ? new OfDelegation() : null;
            case 2 -> first.equals("changes") ? new OfChange(parts.get(1)) : null;
            case 3 -> first.equals("snaps") && parts.get(2).equals("conf") ? new OfSnap(parts.get(1)) : null;
            case 4 -> generation == null ? null : new OfView(generation, parts.get(1), parts.get(2), parts.get(3));
            default -> null;
        };
    }

    /** The parts of a path; none when one of them is empty or cannot be decoded. */
    private static List<String> decoded(String rawPath) {
        String[] parts = rawPath.split("/", 6);
        for (int i = 0; i < parts.length; i++) {
            try {
                parts[i] = UriUtils.decode(parts[i], StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                return List.of();
            }
            if (parts[i].isEmpty() || parts[i].indexOf('/') >= 0) {
                return List.of();
            }
        }
        return List.of(parts);
    }
}
