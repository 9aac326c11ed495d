package dev.muster.apps.reagent;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How long agents may take for what they are asked. */
final class Patience {

    private static final Duration MINUTES = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    /** That a command that is waited for may be late. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration usual;

    Patience(Duration usual) {
        this.usual = usual;
    }

    Duration with(String procedure, List<?> args) {
        return switch (procedure) {
            case "update_agent", "prune_images" -> MINUTES;
            case "download_os_update", "install_os_update" -> HOUR;
            case "execute_cmd" -> usual.plus(GRACE).plusMillis(wanted(args));
            default -> usual;
        };
    }

    private static long wanted(List<?> args) {
        Object order = args.isEmpty() ? null : args.getFirst();
        return order instanceof Map<?, ?> members && members.get("timeout") instanceof Number millis
                ? Math.clamp(millis.longValue(), 0, HOUR.toMillis())
                : 0;
    }
}
