package dev.muster.apps.query;

import static dev.muster.apps.query.TestApps.KEY;
import static dev.muster.apps.query.TestApps.OWN;
import static dev.muster.apps.query.TestApps.ROBOT;
import static dev.muster.apps.query.TestApps.SITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Installation;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Seals;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * An agent removes what it is not told about: so the empty answer is said in one case alone, and each way in which
 * something is not known is an error.
 */
class AppOrderDeskTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final TestApps apps = new TestApps();

    private List<Map<String, Object>> all(Positions positions) {
        return new AppOrderDesk(apps.agents, apps.installations, apps.groups, apps.seals, positions)
                .all(ROBOT)
                .block(WAIT_MAX);
    }

    private List<Map<String, Object>> all() {
        return all(apps.log);
    }

    private void assertFails(RefusalCode code, Positions positions) {
        Throwable failure = catchThrowable(() -> all(positions));
        assertThat(Refused.is(failure, code)).as("%s", failure).isTrue();
    }

    @Test
    void nothingWantedAndNothingThereIsTheOneEmptyAnswer() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        assertThat(all()).isEmpty();
    }

    @Test
    void whoIsUnknownIsToldNothing() {
        assertFails(AppsRefusal.AGENT_UNKNOWN, apps.log);
        apps.enrols(ROBOT);
        apps.happens(new EnrolmentEnded(ROBOT));
        assertFails(AppsRefusal.AGENT_UNKNOWN, apps.log);
    }

    /** It is in no group any more, and its agent may be known a moment longer. */
    @Test
    void whoWasTakenOutOfServiceIsToldNothing() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        apps.wants(SITE, AppTarget.RUNNING, null);
        assertThat(all()).hasSize(1);
        apps.leaves(ROBOT);
        assertFails(AppsRefusal.AGENT_UNKNOWN, apps.log);
    }

    @Test
    void aMemoryThatIsBehindIsAnError() {
        apps.enrols(ROBOT);
        assertFails(KernelRefusal.NOT_CAUGHT_UP, new Behind());
    }

    /** A vault that does not answer is not a key that was destroyed: the app would be started without its secret. */
    @Test
    void aSecretThatCannotBeOpenedIsAnError() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        TreeMap<String, String> secrets = new TreeMap<>(Map.of("TOKEN", "sealed"));
        apps.wants(OWN, new AppWish(AppTarget.RUNNING, null, new TreeMap<>(), secrets, List.of()));
        Seals broken = broken(Seals.class);
        AppOrderDesk desk = new AppOrderDesk(apps.agents, apps.installations, apps.groups, broken, apps.log);
        assertThatThrownBy(() -> desk.all(ROBOT).block(WAIT_MAX)).hasMessageContaining("broken");
        assertThatThrownBy(() -> desk.one(ROBOT, KEY, AppStage.PROD, false).block(WAIT_MAX))
                .hasMessageContaining("broken");
    }

    @Test
    void aMemoryThatFailsIsAnError() {
        apps.enrols(ROBOT);
        AppOrderDesk desk =
                new AppOrderDesk(apps.agents, broken(Installations.class), apps.groups, apps.seals, apps.log);
        assertThatThrownBy(() -> desk.all(ROBOT).block(WAIT_MAX)).hasMessageContaining("broken");
        AppOrderDesk ungrouped =
                new AppOrderDesk(apps.agents, apps.installations, broken(DeviceGroups.class), apps.seals, apps.log);
        assertThatThrownBy(() -> ungrouped.all(ROBOT).block(WAIT_MAX)).hasMessageContaining("broken");
    }

    /** Whatever the reason may be that nothing is to be said of it: a list without it would remove it. */
    @Test
    void whatIsThereAndHasNoOrderIsAnError() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        apps.reports(ROBOT, AppState.RUNNING, 70L);
        Installation there = apps.installations.needed(ROBOT, KEY, AppStage.PROD);
        Installation mute = new Installation(ROBOT, there.app(), null, there.reported(), null, null);
        Installations forgetful = standIn(Installations.class, (proxy, method, args) -> switch (method.getName()) {
            case "known" -> List.of(new Installations.Known(KEY, AppStage.PROD));
            case "reported" -> there.reported();
            default -> List.of(mute);
        });
        AppOrderDesk desk = new AppOrderDesk(apps.agents, forgetful, apps.groups, apps.seals, apps.log);
        assertThatThrownBy(() -> desk.all(ROBOT).block(WAIT_MAX)).hasMessageContaining("no order for app");
    }

    private static <T> T broken(Class<T> port) {
        return standIn(port, (proxy, method, args) -> {
            throw new IllegalStateException("broken");
        });
    }

    private static <T> T standIn(Class<T> port, InvocationHandler answering) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, answering));
    }

    @Test
    void aReleaseThatIsGoneLeavesWhatIsThere() {
        apps.enrols(ROBOT);
        apps.releases();
        apps.wants(SITE, AppTarget.RUNNING, "9.9");
        apps.reports(ROBOT, AppState.RUNNING, 5L);
        assertThat(all()).singleElement().satisfies(order -> assertThat(order)
                .containsEntry("target_state", "RUNNING")
                .containsEntry("current_state", "RUNNING")
                .containsEntry("release_key", 5L));
    }

    /** Whatever it is that is not known of it here: a list without it would remove it there. */
    @Test
    void anAppThatIsThereAndThatNobodyKnowsIsAnErrorAndNoShorterList() {
        apps.enrols(ROBOT);
        apps.reports(ROBOT, AppState.RUNNING, 5L);
        assertThat(catchThrowable(this::all)).isInstanceOf(IllegalStateException.class);
        apps.reports(ROBOT, AppState.UNINSTALLED, 5L);
        assertThat(all()).isEmpty();
    }

    @Test
    void whatNobodyWantsAnyMoreIsTakenAwayByName() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.reports(ROBOT, AppState.RUNNING, 70L);
        apps.inherits(SITE);
        assertThat(all()).singleElement().satisfies(order -> assertThat(order)
                .containsEntry("target_state", "UNINSTALLED"));
        apps.reports(ROBOT, AppState.UNINSTALLED, 70L);
        assertThat(all()).isEmpty();
    }

    @Test
    void secretsAreOpenedForTheAgentAlone() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        String sealed = apps.seals.seal(OWN.keyOwner(), AppWish.secretPlace(KEY, OWN, "TOKEN"), "\"geheim\"");
        TreeMap<String, String> clear = new TreeMap<>(Map.of("LEVEL", "3"));
        TreeMap<String, String> secrets = new TreeMap<>(Map.of("TOKEN", sealed));
        apps.wants(OWN, new AppWish(AppTarget.RUNNING, null, clear, secrets, List.of()));
        assertThat(all().getFirst())
                .containsEntry("environment", Map.of("LEVEL", Map.of("value", 3L), "TOKEN", Map.of("value", "geheim")));
        apps.seals.destroy(OWN.keyOwner());
        assertThat(all().getFirst()).containsEntry("environment", Map.of("LEVEL", Map.of("value", 3L)));
    }

    @Test
    void oneAppIsToldOfByItself() {
        apps.enrols(ROBOT);
        apps.releases("1.0", "1.1");
        AppOrderDesk desk = new AppOrderDesk(apps.agents, apps.installations, apps.groups, apps.seals, apps.log);
        assertThat(desk.one(ROBOT, KEY, AppStage.PROD, false).blockOptional(WAIT_MAX))
                .isEmpty();
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.reports(ROBOT, AppState.UPDATING, 70L);
        assertThat(desk.one(ROBOT, KEY, AppStage.PROD, false).block(WAIT_MAX))
                .containsEntry("request_update", true)
                .doesNotContainKey("cancel_transition");
        assertThat(desk.one(ROBOT, KEY, AppStage.PROD, true).block(WAIT_MAX))
                .containsEntry("cancel_transition", true)
                .containsEntry("target_state", "PRESENT");
        assertThat(catchThrowable(() -> desk.one(new DeviceId("nobody"), KEY, AppStage.PROD, false)
                        .block(WAIT_MAX)))
                .isNotNull();
    }

    /** A node that has not read what is durable. */
    private static final class Behind implements Positions {

        @Override
        public long committed() {
            return 7;
        }

        @Override
        public long folded() {
            return 3;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.error(KernelRefusal.NOT_CAUGHT_UP.because("still reading"));
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return folded(position, waitMax);
        }
    }
}
