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
    /** What the device says to have installed and has yet to prove; over as far as it is concerned. */
    private final DeskAction[] proving;
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
        proving = draft.proving;
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

    /** A device that has to prove that it is well is asked until it has: it may report what it ran before, first. */
    boolean attributesWanted() {
        return attributesAsked() || proving.length > 0;
    }

    /** Whether the next report is an answer, so that it is news even when nothing changed. */
    boolean attributesAsked() {
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
        return numbered(active, number);
    }

    /** The action of this number if the device has yet to prove it, or null. */
    @Nullable
    DeskAction proving(int number) {
        return numbered(proving, number);
    }

    private static @Nullable DeskAction numbered(DeskAction[] actions, int number) {
        for (DeskAction each : actions) {
            if (each.number() == number) {
                return each;
            }
        }
        return null;
    }

    DeskAction[] active() {
        return active.clone();
    }

    DeskAction[] proving() {
        return proving.clone();
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
        private DeskAction[] proving = NO_ACTIONS;
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
            proving = entry.proving;
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

        /** The device says that it is done; it is told no more of it, and how it ends is said later. */
        Draft prove(DeskAction action) {
            close(action.number(), ActionStatus.INSTALLED);
            proving = Arrays.copyOf(proving, proving.length + 1);
            proving[proving.length - 1] = action.ended(ActionStatus.INSTALLED);
            return this;
        }

        /** What is closed once more ended as it was said last. */
        Draft close(int number, ActionStatus as) {
            active = without(active, number);
            proving = without(proving, number);
            closed = Arrays.copyOf(closed, closed.length + 1);
            closed[closed.length - 1] = (long) as.ordinal() << 32 | number;
            return this;
        }

        private static DeskAction[] without(DeskAction[] actions, int number) {
            if (actions.length == 0) {
                return actions;
            }
            DeskAction[] rest = Arrays.stream(actions)
                    .filter(each -> each.number() != number)
                    .toArray(DeskAction[]::new);
            return rest.length == 0 ? NO_ACTIONS : rest;
        }

        DeskEntry entry() {
            return new DeskEntry(this);
        }
    }
}
