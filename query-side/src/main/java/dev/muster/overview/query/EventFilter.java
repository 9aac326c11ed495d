package dev.muster.overview.query;

import dev.muster.identity.Caller;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.registry.query.Wildcard;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which public events a caller wants and may have. Patterns are separated by commas; one that matches suffices. */
public final class EventFilter {

    private final PublicEvents events;
    private final Caller caller;
    private final List<Wildcard> types;
    private final List<Wildcard> subjects;

    /**
     * @param type patterns such as {@code muster.updates.*}, or null for all
     * @param subject patterns such as {@code devices/dev1}, or null for all
     */
    public EventFilter(
            PublicEvents events,
            Caller caller,
            @Nullable String type,
            @Nullable String subject,
            EventSettings settings) {
        this.events = events;
        this.caller = caller;
        this.types = patterns(type, settings);
        this.subjects = patterns(subject, settings);
    }

    public boolean wants(Recorded recorded) {
        return events.visible(recorded, caller)
                && any(types, events.type(recorded))
                && any(subjects, events.subject(recorded));
    }

    private static boolean any(List<Wildcard> patterns, @Nullable String text) {
        return text != null && (patterns.isEmpty() || patterns.stream().anyMatch(each -> each.test(text)));
    }

    private static List<Wildcard> patterns(@Nullable String text, EventSettings settings) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        String[] parts = text.split(",", -1);
        if (text.length() > settings.patternLengthMax() || parts.length > settings.patternsMax()) {
            throw KernelRefusal.INVALID_REQUEST.because("At most " + settings.patternsMax() + " patterns of "
                    + settings.patternLengthMax() + " characters together.");
        }
        return Arrays.stream(parts)
                .map(part -> new Wildcard(part.strip(), false))
                .toList();
    }
}
