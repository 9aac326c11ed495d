package dev.muster.updates.ddi;

import dev.muster.kernel.Positions;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.PollingTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Renders poll answers and keeps each with its device until something changes: the device's entry, the settings, the
 * origin the device calls, or the hour. Idle devices without any link share one rendering.
 */
final class PollRenderer {

    /** Rules may look at what changes without an event, such as presence; so their outcome holds only so long. */
    private static final long RULES_HOLD_MILLIS = 30_000;

    private static final int IDLE_MAX = 4096;

    private final Links links;
    private final SleepTime sleep;
    private final MaintenanceWindows windows;
    private final Positions positions;
    private final Map<Idle, Rendered> idle = new ConcurrentHashMap<>();

    PollRenderer(Links links, SleepTime sleep, MaintenanceWindows windows, Positions positions) {
        this.links = links;
        this.sleep = sleep;
        this.windows = windows;
        this.positions = positions;
    }

    private record Idle(Media media, String sleep) {}

    PollAnswer answer(DeskEntry entry, Origin origin, Media media, TenantRules rules, Instant now) {
        long millis = now.toEpochMilli();
        PollAnswer known = entry.answer;
        if (known != null && known.holds(origin, media, rules, millis)) {
            return known;
        }
        PollAnswer answer = render(entry, origin, media, rules, now);
        if (answer.validUntil() > millis) {
            entry.answer = answer;
        }
        return answer;
    }

    private PollAnswer render(DeskEntry entry, Origin origin, Media media, TenantRules rules, Instant now) {
        DeskAction current = entry.current();
        PollingTime.Span span = sleep.span(rules, entry);
        Duration plain = SleepTime.drawn(span);
        long until = span.spreadPercent() == 0 ? validity(entry, rules, now) : 0;
        Duration told = plain;
        if (current != null) {
            until = Math.min(until, turn(current, now));
            if (current.window() != null) {
                MaintenanceWindows.Standing standing = windows.at(current.window(), now);
                told = SleepTime.before(standing, now, plain, rules.settings().windowPollCount());
                // On the way to a window the sleep is another one each second.
                until = standing.open() || standing.over() ? until : 0;
            }
        }
        String text = PollingTime.format(told);
        Rendered rendered = current == null && !entry.attributesWanted() && entry.installed == null
                ? idle(media, text)
                : Rendered.of(body(entry, current, origin, media, now, text));
        return new PollAnswer(origin, media, rules, rendered, outcome(current), until);
    }

    /** A rule's answer is kept only when the fleet index, too, has seen what made this entry. */
    private long validity(DeskEntry entry, TenantRules rules, Instant now) {
        if (rules.polling().rules().isEmpty()) {
            return Long.MAX_VALUE;
        }
        return positions.folded() >= entry.position ? now.toEpochMilli() + RULES_HOLD_MILLIS : 0;
    }

    /** When the document behind the link turns by itself. */
    private long turn(DeskAction action, Instant now) {
        long until = Long.MAX_VALUE;
        if (action.forcedAt() > now.toEpochMilli()) {
            until = action.forcedAt();
        }
        if (action.window() != null) {
            Instant change = windows.at(action.window(), now).until();
            until = change == null ? until : Math.min(until, change.toEpochMilli());
        }
        return until;
    }

    private static PollOutcome outcome(@Nullable DeskAction current) {
        if (current == null) {
            return PollOutcome.NONE;
        }
        return current.canceling() ? PollOutcome.CANCEL : PollOutcome.ACTION;
    }

    private Rendered idle(Media media, String sleep) {
        Idle key = new Idle(media, sleep);
        Rendered known = idle.get(key);
        if (known != null) {
            return known;
        }
        if (idle.size() >= IDLE_MAX) {
            idle.clear();
        }
        return idle.computeIfAbsent(
                key,
                k -> Rendered.of(Wire.object(k.media, wire -> {
                    config(wire, k.sleep);
                    wire.links();
                })));
    }

    private byte[] body(
            DeskEntry entry, @Nullable DeskAction current, Origin origin, Media media, Instant now, String sleep) {
        String id = entry.id.value();
        boolean waits = current != null && current.waiting();
        boolean cancels = current != null && current.canceling();
        return Wire.object(media, wire -> {
            config(wire, sleep);
            wire.links(
                    "deploymentBase",
                    current == null || waits || cancels
                            ? null
                            : links.deployment(origin, id, current.number(), Offer.cacheBuster(current, windows, now)),
                    "confirmationBase",
                    current == null || !waits
                            ? null
                            : links.confirmation(
                                    origin, id, current.number(), Offer.cacheBuster(current, windows, now)),
                    "cancelAction",
                    current == null || !cancels ? null : links.cancel(origin, id, current.number()),
                    "installedBase",
                    entry.installed == null ? null : links.installed(origin, id, entry.installed.number()),
                    "configData",
                    entry.attributesWanted() ? links.configData(origin, id) : null);
        });
    }

    private static void config(Wire wire, String sleep) {
        wire.object("config", () -> wire.object("polling", () -> wire.text("sleep", sleep)));
    }
}
