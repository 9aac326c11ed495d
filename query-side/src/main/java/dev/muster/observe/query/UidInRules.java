package dev.muster.observe.query;

import dev.muster.observe.Uid;
import java.util.regex.Pattern;

/**
 * Whether a device's uid can stand in rules as it is. It stands in YAML, there in the quotes of an expression, and in
 * labels and annotations, which are templates themselves. What ends one of these would let the name of one device
 * change what is said about it, or make Prometheus refuse the rules of all.
 */
final class UidInRules {

    /** Quotes, escapes and line ends; the beginning of a template's action; of a comment; of a value behind a key. */
    private static final Pattern UNFIT =
            Pattern.compile("[\"'`\\\\\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]|\\{\\{|^#| #|: |:$");

    private UidInRules() {}

    static boolean fits(Uid uid) {
        return !UNFIT.matcher(uid.value()).find();
    }
}
