package dev.muster.updates.ddi;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionStatus;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that one device must be told, in as few bytes as will do: there are a hundred thousand of these. Facts never
 * change, a new fact makes a new entry; only the rendered answer is put in later, by whoever renders it first.
 */
final class DeskEntry {

    private static final DeskAction[] NO_ACTIONS = {};
    private static final long[] NONE_CLOSED = {};
    private static final int CONTACT_MADE = 1;
    private static final int ATTRIBUTES_WANTED = 2;

    final DeviceId id;
    /** Position of the event that made this entry. */
    final long position;

    final @Nullable Digest credential;
    /** Hash of the last known address: enough to see that it changed. */
    final long address;

    final @Nullable AutoConfirm autoConfirm;
    /** The newest finished action that installed something. */
    final @Nullable DeskAction installed;

    private final int flags;
    private final DeskAction[] active;
    /** Number in the low half, ordinal of the final status in the high half; ascending. */
    private final long[] closed;

    /** The poll answer rendered last; gone with the entry. */
    volatile @Nullable PollAnswer answer;

    /** Consent given once for all, and what was said with it. */
    record AutoConfirm(@Nullable String initiator, @Nullable String remark, Instant at) {}

    private DeskEntry(Draft draft) {
        id = draft.id;
        position = draft.position;
        credential = draft.credential;
        address = draft.address;
        autoConfirm = draft.autoConfirm;
        installed = draft.installed;
        flags = draft.flags;
        active = draft.active;
        closed = draft.closed;
    }

    static Draft create(DeviceId id, long position) {
        return new Draft(id, position);
    }

    Draft change(long at) {
        return new Draft(this, at);
    }

    boolean contactMade() {
        return (flags & CONTACT_MADE) != 0;
    }

    boolean attributesWanted() {
        return (flags & ATTRIBUTES_WANTED) != 0;
    }

    /** The action the device shall see now, or null when it has none. */
    @Nullable
    DeskAction current() {
        DeskAction current = null;
        for (DeskAction each : active) {
            if (current == null || each.precedes(current)) {
                current = each;
            }
        }
        return current;
    }

    /** The active action of this number, or null. */
    @Nullable
    DeskAction active(int number) {
        for (DeskAction each : active) {
            if (each.number() == number) {
                return each;
            }
        }
        return null;
    }

    DeskAction[] active() {
        return active.clone();
    }

    /** How an ended action ended, or null when the device has no such ended action. */
    @Nullable
    ActionStatus closed(int number) {
        for (int i = closed.length - 1; i >= 0; i--) {
            if ((int) closed[i] == number) {
                return ActionStatus.values()[(int) (closed[i] >>> 32)];
            }
        }
        return null;
    }

    /** 64-bit FNV-1a. */
    static long hash(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** An entry in the making; used by the fold's thread alone. */
    static final class Draft {
        private final DeviceId id;
        private final long position;
        private @Nullable Digest credential;
        private long address;
        private @Nullable AutoConfirm autoConfirm;
        private @Nullable DeskAction installed;
        private int flags = ATTRIBUTES_WANTED;
        private DeskAction[] active = NO_ACTIONS;
        private long[] closed = NONE_CLOSED;

        private Draft(DeviceId id, long position) {
            this.id = id;
            this.position = position;
        }

        private Draft(DeskEntry entry, long position) {
            this(entry.id, position);
            credential = entry.credential;
            address = entry.address;
            autoConfirm = entry.autoConfirm;
            installed = entry.installed;
            flags = entry.flags;
            active = entry.active;
            closed = entry.closed;
        }

        Draft credential(@Nullable String digest) {
            credential = Digest.parse(digest);
            return this;
        }

        Draft address(@Nullable String text) {
            address = hash(text);
            return this;
        }

        Draft autoConfirm(@Nullable AutoConfirm given) {
            autoConfirm = given;
            return this;
        }

        Draft contactMade() {
            flags |= CONTACT_MADE;
            return this;
        }

        Draft attributesWanted(boolean wanted) {
            flags = wanted ? flags | ATTRIBUTES_WANTED : flags & ~ATTRIBUTES_WANTED;
            return this;
        }

        Draft installed(DeskAction action) {
            installed = action;
            return this;
        }

        Draft add(DeskAction action) {
            active = Arrays.copyOf(active, active.length + 1);
            active[active.length - 1] = action;
            return this;
        }

        Draft replace(DeskAction action) {
            active = active.clone();
            for (int i = 0; i < active.length; i++) {
                if (active[i].number() == action.number()) {
                    active[i] = action;
                }
            }
            return this;
        }

        Draft close(int number, ActionStatus as) {
            DeskAction[] rest = Arrays.stream(active)
                    .filter(each -> each.number() != number)
                    .toArray(DeskAction[]::new);
            active = rest.length == 0 ? NO_ACTIONS : rest;
            closed = Arrays.copyOf(closed, closed.length + 1);
            closed[closed.length - 1] = (long) as.ordinal() << 32 | number;
            return this;
        }

        DeskEntry entry() {
            return new DeskEntry(this);
        }
    }
}
