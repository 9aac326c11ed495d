package dev.muster.apps.simulator;

import tools.jackson.databind.JsonNode;

/** Answers a call. */
interface CallHandler {

    /**
     * @param details with who calls
     * @param args positional arguments; missing when there are none
     * @param kwargs keyword arguments; missing when there are none
     */
    Yielded answer(JsonNode details, JsonNode args, JsonNode kwargs) throws AgentFault, InterruptedException;
}
