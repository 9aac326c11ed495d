package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an agent of the configuration server. */
public sealed interface AgentCommand extends AggregateCommand {

    DeviceId deviceId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "agent/" + deviceId();
    }

    /**
     * Makes an agent known under an id that nobody has. Saying it again changes nothing; other facts are refused with
     * {@link ConfigRefusal#REJECTED}. Answers the agent's version.
     *
     * @param registered seconds since the epoch
     */
    record RegisterAgent(DeviceId deviceId, long registered, String ipAddress, String publicKey, String arch)
            implements AgentCommand {}

    /**
     * What the agent says it has, whole. What is equal to its last word, by value, is no event. Refused with
     * {@link ConfigRefusal#AGENT_UNKNOWN}, {@link ConfigRefusal#BAD_REQUEST} or {@link ConfigRefusal#TOO_LARGE}.
     * Answers the agent's version.
     *
     * @param config a JSON object, as it was written
     */
    record ReportConfig(DeviceId deviceId, String config) implements AgentCommand {

        /** Without the values. */
        @Override
        public String toString() {
            return "ReportConfig[" + deviceId + "]";
        }
    }

    /** Forgets the agent; its history stays. Refused with {@link ConfigRefusal#AGENT_UNKNOWN}. */
    record RemoveAgent(DeviceId deviceId) implements AgentCommand {}
}
