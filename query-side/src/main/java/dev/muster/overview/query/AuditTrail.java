package dev.muster.overview.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.apps.AgentAuditEvent;
import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.overview.CommandRefused;
import dev.muster.registry.query.Wildcard;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who did what, read from the log itself, newest first. Blocking. */
public final class AuditTrail {

    private static final int STRIDE = 500;

    private final History history;
    private final PublicEvents events;
    private final EventSettings settings;

    public AuditTrail(History history, PublicEvents events, EventSettings settings) {
        this.history = history;
        this.events = events;
        this.settings = settings;
    }

    /**
     * One line of the trail.
     *
     * @param outcome {@code accepted} with the event it led to, or {@code refused} with the code
     * @param target identifier of what it was meant for
     * @param event stored name of what happened, for accepted ones
     * @param data what no command's name tells: of a run of the setup script how it ended, how long it took, what its
     *     words are read by; of something done on a device what it was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            long position,
            Instant at,
            @Nullable String actor,
            @Nullable String address,
            @Nullable String command,
            @Nullable String target,
            String outcome,
            @Nullable String code,
            @Nullable String correlation,
            @Nullable String reason,
            @Nullable String event,
            @Nullable JsonNode data) {}

    /** @param next go on before this position; null at the beginning of history */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(List<Line> items, @Nullable Long next) {}

    /**
     * @param actor pattern with {@code *}, or null for anyone
     * @param command pattern with {@code *}, or null for any
     * @param outcome {@code accepted}, {@code refused} or null for both
     */
    public Found before(
            long position, int limit, @Nullable String actor, @Nullable String command, @Nullable String outcome) {
        if (outcome != null && !outcome.equals("accepted") && !outcome.equals("refused")) {
            throw KernelRefusal.INVALID_REQUEST.because("'outcome' is accepted or refused.");
        }
        Wildcard actors = pattern(actor);
        Wildcard commands = pattern(command);
        List<Line> lines = new ArrayList<>();
        long from = position;
        for (int seen = 0; seen < settings.scanMax(); ) {
            List<Recorded> some = history.before(from, Math.min(STRIDE, settings.scanMax() - seen));
            if (some.isEmpty()) {
                return new Found(lines, null);
            }
            for (Recorded recorded : some) {
                seen++;
                from = recorded.position();
                Line line = line(recorded);
                if (matches(actors, line.actor())
                        && matches(commands, line.command())
                        && (outcome == null || outcome.equals(line.outcome()))) {
                    lines.add(line);
                    if (lines.size() == limit) {
                        return new Found(lines, from);
                    }
                }
            }
        }
        return new Found(lines, from);
    }

    private Line line(Recorded recorded) {
        CommandRefused refused = recorded.event() instanceof CommandRefused each ? each : null;
        return new Line(
                recorded.position(),
                recorded.at(),
                PublicEvents.text(recorded, Provenance.ACTOR),
                PublicEvents.text(recorded, Provenance.ADDRESS),
                refused == null ? PublicEvents.text(recorded, Provenance.COMMAND) : refused.command(),
                PublicEvents.target(recorded),
                refused == null ? "accepted" : "refused",
                refused == null ? null : refused.code(),
                PublicEvents.text(recorded, Provenance.CORRELATION),
                PublicEvents.text(recorded, Provenance.REASON),
                refused == null ? events.name(recorded) : null,
                tellsMore(recorded.event()) ? events.data(recorded) : null);
    }

    private static boolean tellsMore(Object event) {
        return event instanceof SetupScriptRan
                || event instanceof AgentAuditEvent
                || event instanceof RolloutApproved
                || event instanceof RolloutDenied;
    }

    private @Nullable Wildcard pattern(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > settings.patternLengthMax()) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "A pattern has at most " + settings.patternLengthMax() + " characters.");
        }
        return new Wildcard(text, true);
    }

    private static boolean matches(@Nullable Wildcard pattern, @Nullable String text) {
        return pattern == null || (text != null && pattern.test(text));
    }
}
