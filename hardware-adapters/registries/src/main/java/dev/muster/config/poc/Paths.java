package dev.muster.config.poc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Which path leads where. Paths are decoded first and taken apart then, so an encoded slash is a slash.
 *
 * @param base what stands before all of them, like {@code /registries}; empty for nothing
 */
record Paths(String base) {

    /** What else is mounted below the base: devices' registries and what is wanted of them. */
    private static final String DEVICES = "/devices/";

    private static final String STATE = "/state/";

    /** @param argument the agent's id as it was spelt; empty for routes without */
    record Found(Route route, String argument) {}

    /** True for all below the base but devices; all other paths are somebody else's. */
    boolean serves(String rawPath) {
        return base.isEmpty()
                || (rawPath.startsWith(base)
                        && rawPath.startsWith("/", base.length())
                        && !rawPath.startsWith(DEVICES, base.length()));
    }

    /** Null when there is nothing. */
    @Nullable
    Found find(String rawPath) {
        String path = decoded(rawPath.substring(base.length()));
        return switch (path) {
            case "/register/" -> new Found(Route.REGISTER, "");
            case "/poll/" -> new Found(Route.POLL, "");
            case "/target-config/" -> new Found(Route.TARGET, "");
            case "/docs" -> new Found(Route.DOCS, "");
            case "/openapi.json" -> new Found(Route.OPENAPI, "");
            default -> state(path);
        };
    }

    private static @Nullable Found state(String path) {
        if (!path.startsWith(STATE) || !path.endsWith("/") || path.length() <= STATE.length() + 1) {
            return null;
        }
        String argument = path.substring(STATE.length(), path.length() - 1);
        return argument.indexOf('/') < 0 ? new Found(Route.STATE, argument) : null;
    }

    /** Where somebody wanted to go who forgot the slash at the end, or brought one too many; null when that is nowhere. */
    @Nullable
    String corrected(String rawPath) {
        String other = rawPath.endsWith("/") ? withoutSlashes(rawPath) : rawPath + "/";
        return other.length() > base.length() && find(other) != null ? other : null;
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** What cannot be decoded stands for itself. */
    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return UriUtils.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
