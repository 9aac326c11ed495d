package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.Fakes.AGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device that lies about where its shells are must not make this house write elsewhere: vectors G-28 and G-29. */
class TerminalTopicsTest {

    private static Map<String, Object> told() {
        return new HashMap<>(Map.of(
                "sessionID", "u1",
                "writeTopic", "re.mgmt.s-1.term_write.u1",
                "dataTopic", "re.mgmt.s-1.data.u1",
                "resizeTopic", "re.mgmt.s-1.term_resize.u1"));
    }

    private static TerminalTopics read(Map<String, Object> told) {
        return TerminalTopics.of(AGENT, false, new Answer(List.of(told), Map.of()));
    }

    @Test
    void aShellsTopicsAreTaken() {
        assertThat(read(told()))
                .isEqualTo(new TerminalTopics(
                        "u1", "re.mgmt.s-1.data.u1", "re.mgmt.s-1.term_write.u1", "re.mgmt.s-1.term_resize.u1"));
    }

    @Test
    void thoseOfAnotherDeviceOrForSomethingElseAreNot() {
        for (String lie : List.of(
                "re.mgmt.s-2.term_write.u1", "re.mgmt.s-10.term_write.u1", "re.mgmt.s-1.term_write.", "x", "")) {
            Map<String, Object> told = told();
            told.put("writeTopic", lie);
            refused(told);
        }
        Map<String, Object> call = told();
        call.put("resizeTopic", "re.mgmt.s-1.system_reboot");
        refused(call);
        Map<String, Object> log = told();
        log.put("dataTopic", "reswarm.logs.s-2.prod_1_x");
        refused(log);
        Map<String, Object> less = told();
        less.remove("dataTopic");
        refused(less);
    }

    private static void refused(Map<String, Object> told) {
        assertThatThrownBy(() -> read(told)).satisfies(failure -> assertThat(Refused.is(failure, AppsRefusal.AGENT_ODD))
                .isTrue());
    }
}
