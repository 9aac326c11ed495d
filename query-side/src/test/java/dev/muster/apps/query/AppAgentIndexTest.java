package dev.muster.apps.query;

import static dev.muster.apps.query.TestApps.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AppAgentEvent.AgentDisconnected;
import dev.muster.apps.AppAgentEvent.AgentSecretRotated;
import dev.muster.apps.AppAgentEvent.AgentStatusChanged;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppName;
import dev.muster.apps.ProjectEvent.ProjectChanged;
import dev.muster.apps.ProjectEvent.ProjectCreated;
import dev.muster.apps.ProjectEvent.ProjectRemoved;
import dev.muster.apps.ProjectKey;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AppAgentIndexTest {

    private final TestApps apps = new TestApps();

    private AppAgent agent() {
        return Objects.requireNonNull(apps.agents.find(ROBOT));
    }

    @Test
    void isFoundByAllItsNames() {
        apps.enrols(ROBOT);
        AppAgent agent = agent();
        assertThat(agent.authid()).isEqualTo("1-3");
        assertThat(apps.agents.keyed(new AgentKey(3))).isEqualTo(agent);
        assertThat(apps.agents.withSerial("serial-3")).isEqualTo(agent);
        apps.happens(new EnrolmentEnded(ROBOT));
        assertThat(apps.agents.find(ROBOT)).isNull();
        assertThat(apps.agents.keyed(new AgentKey(3))).isNull();
        assertThat(apps.agents.withSerial("serial-3")).isNull();
        apps.enrols(ROBOT);
        assertThat(agent().authid()).isEqualTo("1-4");
    }

    @Test
    void remembersSinceWhenItIsAsItIs() {
        apps.enrols(ROBOT);
        assertThat(agent().status()).isEqualTo(AgentStatus.NEVER_SEEN);
        apps.happens(new AgentStatusChanged(ROBOT, AgentStatus.CONNECTED, 4711, true));
        Instant since = agent().statusSince();
        apps.happens(new AgentStatusChanged(ROBOT, AgentStatus.CONNECTED, 4712, true));
        assertThat(agent().statusSince()).isEqualTo(since);
        assertThat(agent().session()).isEqualTo(4712);
        apps.happens(new AgentDisconnected(ROBOT, 4712));
        assertThat(agent().status()).isEqualTo(AgentStatus.DISCONNECTED);
        assertThat(agent().statusSince()).isAfter(since);
        apps.happens(new AgentSecretRotated(ROBOT, "s2"));
        assertThat(agent().secretId()).isEqualTo("s2");
    }

    @Test
    void projectsComeAndGoButForTheMainOne() {
        assertThat(apps.projects.all()).hasSize(1);
        ProjectKey two = new ProjectKey(2);
        apps.log.record("app-project/2", new ProjectCreated(two, "demo", "marko"));
        apps.log.record("app-project/2", new ProjectChanged(two, "shown", "marko"));
        assertThat(apps.projects.needed(two).version()).isEqualTo(2);
        assertThat(apps.projects.named("shown")).isNotNull();
        assertThat(apps.projects.named("demo")).isNull();
        apps.log.record("app-project/2", new ProjectRemoved(two));
        assertThat(apps.projects.find(two)).isNull();
        assertThat(apps.projects.needed(ProjectKey.MAIN).name()).isEqualTo("main");
    }

    @Test
    void theCatalogueForgetsNamesAndKeepsKeys() {
        apps.releases("1.0");
        AppName hello = TestApps.HELLO;
        apps.happens(new dev.muster.apps.AppEvent.AppRemoved(hello));
        assertThat(apps.catalogue.find(hello)).isNull();
        assertThat(Objects.requireNonNull(apps.catalogue.keyed(TestApps.KEY)).removed())
                .isTrue();
        assertThat(apps.catalogue.having(new dev.muster.apps.ReleaseKey(70))).isNotNull();
    }
}
