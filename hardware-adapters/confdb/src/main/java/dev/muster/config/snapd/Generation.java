package dev.muster.config.snapd;

import dev.muster.config.Profile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As which of the API's generations a request is answered (contract §4). The older two have paths of their own. All of
 * confdb have one, so whoever runs the server says which of them a device's programs were written for; a version stands
 * for all up to the next one here.
 */
public enum Generation {
    /** 2.62 and 2.63. */
    ASPECTS("aspects"),
    /** 2.64 to 2.67. */
    REGISTRY("registry"),
    /** Answers reads at once. */
    V2_68("confdb"),
    /** Answers reads with a change, which has what was read under a name of its own. */
    V2_69("confdb"),
    /** Asks with {@code keys}, and names the kinds of its errors. */
    V2_71("confdb"),
    /** Has one kind for a view that is not there and a rule that is not there. */
    V2_72("confdb"),
    /** Writes {@code {"values":…}}. */
    V2_73("confdb"),
    /** Constraints, and from 2.76 on times to wait for access. */
    V2_74("confdb");

    private static final Pattern RELEASE = Pattern.compile("v?2\\.(\\d{1,4})(\\.\\d{1,4})*");

    private final String segment;

    Generation(String segment) {
        this.segment = segment;
    }

    /** The generation of a path below {@code /v2/}; null for other paths. */
    static @Nullable Generation of(String segment, Generation confdb) {
        return switch (segment) {
            case "aspects" -> ASPECTS;
            case "registry" -> REGISTRY;
            case "confdb" -> confdb;
            default -> null;
        };
    }

    /**
     * That of a release of snapd which has confdb.
     *
     * @param release as snapd numbers them, such as {@code 2.76} or {@code 2.74.1}
     * @throws IllegalArgumentException for what is none, or older than 2.68
     */
    public static Generation ofSnapd(String release) {
        Matcher matcher = RELEASE.matcher(release.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a release of snapd from 2.68 on is needed, such as 2.76");
        }
        int minor = Integer.parseInt(matcher.group(1));
        if (minor >= 74) {
            return V2_74;
        }
        return switch (minor) {
            case 68 -> V2_68;
            case 69, 70 -> V2_69;
            case 71 -> V2_71;
            case 72 -> V2_72;
            case 73 -> V2_73;
            default -> throw new IllegalArgumentException("snapd has confdb from 2.68 on");
        };
    }

    /** Its word in paths. */
    public String segment() {
        return segment;
    }

    public boolean isConfdb() {
        return compareTo(V2_68) >= 0;
    }

    Profile profile() {
        return isConfdb() ? Profile.CONFDB : Profile.REGISTRY;
    }

    /** Whether what is read is found in a change. */
    boolean readsThroughChanges() {
        return compareTo(V2_69) >= 0;
    }

    boolean namesKinds() {
        return compareTo(V2_71) >= 0;
    }

    /** Whether a write's values are a member of its body and not all of it. */
    boolean wrapsValues() {
        return compareTo(V2_73) >= 0;
    }
}
