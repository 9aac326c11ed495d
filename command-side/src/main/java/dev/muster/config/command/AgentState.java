package dev.muster.config.command;

import dev.muster.config.AgentEvent;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.AgentEvent.AgentRemoved;
import dev.muster.config.AgentEvent.ConfigReported;
import dev.muster.config.Agents;

/** What decisions about an agent need to know of its past. */
sealed interface AgentState {

    AgentState after(AgentEvent event);

    /** Counts what happened to the agent; 0 while there is none. */
    long version();

    /** Never registered, or removed since. */
    record Absent() implements AgentState {

        @Override
        public AgentState after(AgentEvent event) {
            return event instanceof AgentRegistered registered ? new Present(registered, Agents.NOTHING, 1) : this;
        }

        @Override
        public long version() {
            return 0;
        }
    }

    /**
     * @param registered kept to recognise the same registration said twice
     * @param config what it last said it has
     */
    record Present(AgentRegistered registered, String config, long version) implements AgentState {

        @Override
        public AgentState after(AgentEvent event) {
            return switch (event) {
                case AgentRegistered ignored -> this;
                case ConfigReported reported -> new Present(registered, reported.config(), reported.version());
                case AgentRemoved ignored -> new Absent();
            };
        }
    }
}
