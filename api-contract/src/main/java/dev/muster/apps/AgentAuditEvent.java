package dev.muster.apps;

import dev.muster.registry.DeviceId;
import org.jspecify.annotations.Nullable;

/** What somebody did on a device past every wish: who is in the event's provenance. It belongs to no aggregate. */
public sealed interface AgentAuditEvent {

    DeviceId device();

    /** The identifier of what it is about. It belongs to no aggregate: it decides nothing. */
    default String target() {
        return AppAgentEvent.aggregateId(device());
    }

    /**
     * Something was called that changes the device, or could.
     *
     * @param procedure such as {@code system_reboot}
     * @param detail what about, without secrets; for {@code execute_cmd} the command line
     */
    record AgentCalled(
            DeviceId device, String procedure, @Nullable String detail) implements AgentAuditEvent {

        /** Characters of a detail; a longer one is cut. */
        public static final int DETAIL_MAX = 4_000;

        public static AgentCalled of(DeviceId device, String procedure, @Nullable String detail) {
            boolean fits = detail == null || detail.length() <= DETAIL_MAX;
            return new AgentCalled(
                    device, procedure, fits || detail == null ? detail : detail.substring(0, DETAIL_MAX));
        }
    }

    /** @param container null for the device's own shell */
    record TerminalOpened(DeviceId device, @Nullable String container, String session) implements AgentAuditEvent {}

    record TerminalClosed(DeviceId device, @Nullable String container, String session) implements AgentAuditEvent {}
}
