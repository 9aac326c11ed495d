package dev.muster.config.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Agent;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.AgentEvent.AgentRemoved;
import dev.muster.config.AgentEvent.ConfigReported;
import dev.muster.config.ConfigTarget.Version;
import dev.muster.config.TargetEvent.TargetChanged;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agents as they are, and the target as it is. */
class AgentIndexTest {

    private static final DeviceId ONE = new DeviceId("one");
    private static final DeviceId TWO = new DeviceId("two");

    private final AgentIndex agents = new AgentIndex();
    private final TargetIndex target = new TargetIndex();

    private void happens(Object event) {
        Recorded recorded = new Recorded(0, "e", Instant.EPOCH, event, "a", 0, Map.of());
        agents.apply(recorded);
        target.apply(recorded);
    }

    private static AgentRegistered registered(DeviceId id) {
        return new AgentRegistered(id, 7, "10.0.0.1", "ssh-rsa AAAA", "amd64");
    }

    @Test
    void anAgentHasNothingAtFirstAndThenWhatItSays() {
        happens(registered(ONE));
        assertThat(agents.find(ONE)).isEqualTo(new Agent(ONE, 7, "10.0.0.1", "ssh-rsa AAAA", "amd64", "{}", 1));
        happens(new ConfigReported(ONE, 2, "{\"a\":1}"));
        assertThat(agents.find(ONE)).isEqualTo(new Agent(ONE, 7, "10.0.0.1", "ssh-rsa AAAA", "amd64", "{\"a\":1}", 2));
        assertThat(agents.size()).isEqualTo(1);
    }

    @Test
    void anAgentIsRemoved() {
        happens(registered(ONE));
        happens(new AgentRemoved(ONE));
        happens(new ConfigReported(ONE, 2, "{}"));
        assertThat(agents.find(ONE)).isNull();
        assertThat(agents.size()).isZero();
    }

    @Test
    void anAgentGoesAtOnceWithItsDevice() {
        happens(registered(ONE));
        happens(registered(TWO));
        happens(new DeviceDecommissioned(ONE));
        assertThat(agents.find(ONE)).isNull();
        assertThat(agents.find(TWO)).isNotNull();
    }

    @Test
    void whatManyHaveIsKeptOnce() {
        happens(registered(ONE));
        happens(registered(TWO));
        happens(new ConfigReported(ONE, 2, new String("{\"a\":1}")));
        happens(new ConfigReported(TWO, 2, new String("{\"a\":1}")));
        Agent one = agents.find(ONE);
        Agent two = agents.find(TWO);
        assertThat(one).isNotNull();
        assertThat(two).isNotNull();
        assertThat(one.config()).isSameAs(two.config());
    }

    @Test
    void manyDifferentTextsDoNotFillTheMemory() {
        happens(registered(ONE));
        for (int i = 2; i < 2_000; i++) {
            happens(new ConfigReported(ONE, i, "{\"a\":" + i + "}"));
        }
        Agent one = agents.find(ONE);
        assertThat(one).isNotNull();
        assertThat(one.config()).isEqualTo("{\"a\":1999}");
    }

    @Test
    void theTargetIsItsLastVersion() {
        assertThat(target.now()).isEqualTo(Version.NONE);
        happens(new TargetChanged(1, "{\"a\":1}"));
        Version first = target.now();
        happens(new TargetChanged(2, "{}"));
        assertThat(first).isEqualTo(new Version(1, "{\"a\":1}"));
        assertThat(target.now()).isEqualTo(new Version(2, "{}"));
    }
}
