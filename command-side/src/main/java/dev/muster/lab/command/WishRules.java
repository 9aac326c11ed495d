package dev.muster.lab.command;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequestEvent.Wish;
import java.util.Map;

/** What a wish may contain: it stays in history for ever. */
final class WishRules {

    private static final int PURPOSE_LENGTH_MAX = 500;
    private static final int CONTEXT_SIZE_MAX = 50;
    private static final int CONTEXT_LENGTH_MAX = 1000;
    private static final int KEYS_MAX = 20;
    private static final int KEY_LENGTH_MAX = 16 * 1024;
    private static final int PRIORITY_MAX = 1000;

    private WishRules() {}

    /** The same wish, of this holder. */
    static Wish of(Wish wish, String holder) {
        return new Wish(
                holder,
                wish.selector(),
                wish.priority(),
                wish.seconds(),
                wish.earliest(),
                wish.until(),
                wish.purpose(),
                wish.context(),
                wish.sshKeys(),
                wish.power(),
                wish.keepAlive());
    }

    static void sensible(Wish wish) {
        if (wish.seconds() != null && wish.seconds() <= 0) {
            throw LabRefusal.BAD_VALUE.about("duration", "A reservation lasts longer than nothing.");
        }
        if (Math.abs((long) wish.priority()) > PRIORITY_MAX) {
            throw LabRefusal.BAD_VALUE.about("priority", "A priority is between -1000 and 1000.");
        }
        if (wish.purpose() != null && wish.purpose().length() > PURPOSE_LENGTH_MAX) {
            throw LabRefusal.BAD_VALUE.about("purpose", "A purpose has at most 500 characters.");
        }
        someContext(wish.context());
        boolean keysFit = wish.sshKeys().size() <= KEYS_MAX
                && wish.sshKeys().stream()
                        .allMatch(key -> key.length() <= KEY_LENGTH_MAX && key.indexOf('\n') < 0 && !key.isBlank());
        if (!keysFit) {
            throw LabRefusal.BAD_VALUE.about("sshpubkey", "There are at most 20 keys, each in one line of 16 KiB.");
        }
    }

    private static void someContext(Map<String, String> context) {
        boolean fits = context.size() <= CONTEXT_SIZE_MAX
                && context.entrySet().stream()
                        .allMatch(each -> each.getKey().length() <= CONTEXT_LENGTH_MAX
                                && each.getValue().length() <= CONTEXT_LENGTH_MAX);
        if (!fits) {
            throw LabRefusal.BAD_VALUE.about("context", "A context has at most 50 texts of at most 1000 characters.");
        }
    }
}
