package dev.muster.updates.view;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionView.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An action's document while an event changes it. */
final class ActionDraft {

    /** Chatty devices: more lines than this empty the oldest entries, so that a document stays small. */
    static final int MESSAGES_MAX = 500;

    private final ActionView before;
    private final Instant at;
    private ActionStatus status;
    private boolean active;
    private @Nullable Boolean timedOut;
    private @Nullable Integer code;
    private @Nullable Integer done;
    private @Nullable Integer of;
    private @Nullable Instant retryAt;
    private @Nullable Instant provenBy;
    private @Nullable String reportedVersion;
    private List<Entry> entries;

    ActionDraft(ActionView before, Instant at) {
        this.before = before;
        this.at = at;
        this.status = before.status();
        this.active = before.active();
        this.timedOut = before.timedOut();
        this.code = before.code();
        this.done = before.done();
        this.of = before.of();
        this.retryAt = before.retryAt();
        this.provenBy = before.provenBy();
        this.reportedVersion = before.reportedVersion();
        this.entries = before.entries();
    }

    ActionDraft status(ActionStatus status) {
        this.status = status;
        return this;
    }

    ActionDraft end(ActionStatus status) {
        this.status = status;
        this.active = false;
        return this;
    }

    ActionDraft timedOut(boolean timedOut) {
        this.timedOut = timedOut ? Boolean.TRUE : null;
        return this;
    }

    /** The status as it is now. */
    ActionStatus current() {
        return status;
    }

    ActionDraft retryAt(@Nullable Instant when) {
        this.retryAt = when;
        return this;
    }

    ActionDraft provenBy(Instant until) {
        this.provenBy = until;
        return this;
    }

    ActionDraft reported(String version) {
        this.reportedVersion = version;
        return this;
    }

    /** A report without steps leaves those that were told before. */
    ActionDraft steps(@Nullable Integer done, @Nullable Integer of) {
        if (done != null) {
            this.done = done;
        }
        if (of != null) {
            this.of = of;
        }
        return this;
    }

    ActionDraft entry(ActionStatus kind, @Nullable Integer code, List<String> messages, @Nullable Long deviceTime) {
        if (code != null) {
            this.code = code;
        }
        List<Entry> all = new ArrayList<>(entries.size() + 1);
        all.addAll(
                entries.size() < ActionView.ENTRIES_MAX
                        ? entries
                        : entries.subList(entries.size() - ActionView.ENTRIES_MAX + 1, entries.size()));
        all.add(new Entry(kind, at, code, messages, deviceTime, null));
        entries = shortened(all);
        return this;
    }

    private static List<Entry> shortened(List<Entry> entries) {
        int lines = entries.stream().mapToInt(entry -> entry.messages().size()).sum();
        for (int i = 0; lines > MESSAGES_MAX && i < entries.size() - 1; i++) {
            Entry old = entries.get(i);
            lines -= old.messages().size();
            entries.set(i, new Entry(old.status(), old.at(), old.code(), List.of(), old.deviceTime(), null));
        }
        return entries;
    }

    ActionView done() {
        return new ActionView(
                before.deviceId(),
                before.action(),
                before.release(),
                before.type(),
                before.forcedAt(),
                before.weight(),
                before.window(),
                status,
                active,
                timedOut,
                before.rollout(),
                before.group(),
                before.createdAt(),
                at,
                code,
                done,
                of,
                before.attempt(),
                before.attempts(),
                retryAt,
                provenBy,
                reportedVersion,
                before.before(),
                before.rollsBack(),
                null,
                entries);
    }
}
