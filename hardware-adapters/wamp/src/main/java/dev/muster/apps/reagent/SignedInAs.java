package dev.muster.apps.reagent;

import dev.muster.apps.AgentKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What agents sign in as, {@code <project>-<device>}.
 *
 * @param project that the agent believes its device to be in
 */
record SignedInAs(long project, AgentKey key) {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,17})-([1-9][0-9]{0,17})");

    /** Null when it is nothing that an agent would sign in as. */
    static @Nullable SignedInAs read(String authid) {
        Matcher parts = SHAPE.matcher(authid);
        return parts.matches()
                ? new SignedInAs(Long.parseLong(parts.group(1)), new AgentKey(Long.parseLong(parts.group(2))))
                : null;
    }
}
