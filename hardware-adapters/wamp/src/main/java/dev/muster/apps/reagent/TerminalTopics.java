package dev.muster.apps.reagent;

import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
import java.util.Map;

/**
 * Where a shell is heard, written to and resized, as its agent says. A device that lies about it would have this house,
 * which may do everything, write to another device or call there: so each is held to what it is for.
 *
 * @param session the agent's id of it
 * @param resize a procedure
 */
record TerminalTopics(String session, String data, String write, String resize) {

    private static final int TEXT_MAX = 400;

    /** @param isContainer whether it is a shell in a container */
    static TerminalTopics of(AppAgent agent, boolean isContainer, Answer answer) {
        Object first = answer.args().isEmpty() ? null : answer.args().getFirst();
        if (!(first instanceof Map<?, ?> said)) {
            throw odd();
        }
        String own = AgentCalls.own(agent);
        return new TerminalTopics(
                text(said, "sessionID", ""),
                text(said, "dataTopic", own + (isContainer ? "term_data." : "data.")),
                text(said, "writeTopic", own + "term_write."),
                text(said, "resizeTopic", own + "term_resize."));
    }

    private static String text(Map<?, ?> said, String name, String start) {
        if (said.get(name) instanceof String text
                && text.length() > start.length()
                && text.length() <= TEXT_MAX
                && text.startsWith(start)) {
            return text;
        }
        throw odd();
    }

    private static RuntimeException odd() {
        return AppsRefusal.AGENT_ODD.because("The agent opened a shell and did not say where.");
    }
}
