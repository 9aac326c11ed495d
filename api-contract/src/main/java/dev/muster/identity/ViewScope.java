package dev.muster.identity;

import dev.muster.kernel.Refused;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A scope narrower than a permission: reading or writing one view of the registries of devices, or seeing the secrets
 * of those one may read. As text {@code registry:read:<schema>/<view>}, {@code registry:write:<schema>/<view>} and
 * {@code registry:secrets}. A schema is a registry's name, of whichever account, or {@code <account>/<name>}.
 *
 * @param target {@code <schema>/<view>}; empty for secrets
 */
public record ViewScope(Right right, String target) implements Comparable<ViewScope> {

    private static final String START = "registry:";
    private static final String ALL_SECRETS = START + "secrets";
    private static final int LENGTH_MAX = 600;
    private static final String NAME = "[a-z](?:-?[a-z0-9])*+";
    private static final Pattern TARGET = Pattern.compile("(?:[A-Za-z0-9-]{1,64}/)?" + NAME + "/" + NAME);

    public enum Right {
        READ("read", Permission.CONFIG_READ),
        WRITE("write", Permission.CONFIG_WRITE),
        SECRETS("secrets", Permission.CONFIG_SECRETS);

        private final String word;
        private final Permission permission;

        Right(String word, Permission permission) {
            this.word = word;
            this.permission = permission;
        }

        /** The permission that includes it, for every view. */
        public Permission permission() {
            return permission;
        }
    }

    /** Refused with {@link IdentityRefusal#SCOPE_UNKNOWN} when it names no view. */
    public ViewScope {
        boolean fits = right == Right.SECRETS
                ? target.isEmpty()
                : target.length() <= LENGTH_MAX && TARGET.matcher(target).matches();
        if (!fits) {
            throw IdentityRefusal.SCOPE_UNKNOWN.because("'" + shortened(target) + "' is no view of a registry.");
        }
    }

    /** Whether a text is meant as such a scope and not as a permission. */
    public static boolean isMeant(String text) {
        return text.startsWith(START);
    }

    /** Reads the text form; refused with {@link IdentityRefusal#SCOPE_UNKNOWN}. */
    public static ViewScope named(String text) {
        if (text.equals(ALL_SECRETS)) {
            return new ViewScope(Right.SECRETS, "");
        }
        for (Right right : Right.values()) {
            String start = START + right.word + ":";
            if (right != Right.SECRETS && text.startsWith(start)) {
                return new ViewScope(right, text.substring(start.length()));
            }
        }
        throw IdentityRefusal.SCOPE_UNKNOWN.because("There is no scope '" + shortened(text) + "'.");
    }

    /** As {@link #named}, lenient with history: empty for what is no scope any more. */
    public static Optional<ViewScope> stored(String text) {
        try {
            return Optional.of(named(text));
        } catch (Refused unknown) {
            return Optional.empty();
        }
    }

    /** Whether it gives this right to this view. */
    public boolean covers(Right wanted, String account, String schema, String view) {
        String here = schema + "/" + view;
        return right == wanted && (target.equals(here) || target.equals(account + "/" + here));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    @Override
    public int compareTo(ViewScope other) {
        return toString().compareTo(other.toString());
    }

    /** The text form. */
    @Override
    public String toString() {
        return right == Right.SECRETS ? ALL_SECRETS : START + right.word + ":" + target;
    }
}
