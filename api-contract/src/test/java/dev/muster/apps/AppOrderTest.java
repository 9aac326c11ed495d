package dev.muster.apps;

import static dev.muster.apps.AppWorld.agent;
import static dev.muster.apps.AppWorld.app;
import static dev.muster.apps.AppWorld.composed;
import static dev.muster.apps.AppWorld.held;
import static dev.muster.apps.AppWorld.release;
import static dev.muster.apps.AppWorld.reported;
import static dev.muster.apps.AppWorld.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCatalogue.Release;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an agent is told follows from what is wanted and what it said, and from nothing else. */
class AppOrderTest {

    private static final ReportedApp UNHEARD = ReportedApp.unheard(AppStage.PROD);
    private static final App TWO = app(release(70, "1.0.0"), release(71, "1.1.0"));

    private static @Nullable AppOrder order(App app, @Nullable WantedApp wanted, ReportedApp reported) {
        return AppOrder.of(app, wanted, reported, agent());
    }

    private static AppOrder told(App app, @Nullable WantedApp wanted, ReportedApp reported) {
        return Objects.requireNonNull(order(app, wanted, reported));
    }

    @Nested
    class Installing {

        @Test
        void beginsUninstalledWithOneVersionForBoth() {
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), UNHEARD);
            assertThat(order.current()).isEqualTo(AppState.UNINSTALLED);
            assertThat(order.target()).isEqualTo(AppState.RUNNING);
            assertThat(order.presentVersion()).isEqualTo("1.1.0");
            assertThat(order.newestVersion()).isEqualTo("1.1.0");
            assertThat(order.release()).isEqualTo(new ReleaseKey(71));
            assertThat(order.newRelease()).isEqualTo(new ReleaseKey(71));
            assertThat(order.update()).isFalse();
        }

        @Test
        void aPinnedVersionIsInstalledAsSuch() {
            AppOrder order = told(TWO, wanted(AppTarget.PRESENT, "1.0.0"), UNHEARD);
            assertThat(order.presentVersion()).isEqualTo("1.0.0");
            assertThat(order.newestVersion()).isEqualTo("1.0.0");
            assertThat(order.update()).isFalse();
        }

        /** Else its agent reports the old one while it runs the new one, and updates what is new at its next start. */
        @ParameterizedTest
        @EnumSource(
                value = AppState.class,
                names = {"REMOVED", "UNINSTALLED"})
        void anotherReleaseThanBeforeComesAsAnUpdate(AppState gone) {
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported(gone, 70L));
            assertThat(order.current()).isEqualTo(gone);
            assertThat(order.target()).isEqualTo(AppState.RUNNING);
            assertThat(order.presentVersion()).isEqualTo("1.0.0");
            assertThat(order.newestVersion()).isEqualTo("1.1.0");
            assertThat(order.release()).isEqualTo(new ReleaseKey(70));
            assertThat(order.newRelease()).isEqualTo(new ReleaseKey(71));
            assertThat(order.update()).isTrue();
            assertThat(told(TWO, wanted(AppTarget.RUNNING, null), reported(gone, 71L))
                            .update())
                    .as("the same as before")
                    .isFalse();
        }

        @Test
        void whatHasNoReleaseIsNotToldOf() {
            assertThat(order(app(), wanted(AppTarget.RUNNING, null), UNHEARD)).isNull();
            assertThat(order(TWO, wanted(AppTarget.RUNNING, "9.9"), UNHEARD)).isNull();
        }

        @Test
        void theNewestIsTheNewestThatRunsThere() {
            Release forArm =
                    new Release(new ReleaseKey(72), "1.2.0", Set.of("armv7"), null, "", true, null, AppWorld.NOW);
            App app = app(release(70, "1.0.0"), forArm);
            assertThat(told(app, wanted(AppTarget.RUNNING, null), UNHEARD).newestVersion())
                    .isEqualTo("1.0.0");
            assertThat(Objects.requireNonNull(
                                    AppOrder.of(app, wanted(AppTarget.RUNNING, null), UNHEARD, agent("arm", "v7")))
                            .newestVersion())
                    .isEqualTo("1.2.0");
        }

        @Test
        void neitherWithheldNorYankedReleasesAreTheNewest() {
            Release withheld = new Release(new ReleaseKey(72), "2", Set.of(), null, "", false, null, AppWorld.NOW);
            Release yanked = new Release(new ReleaseKey(73), "3", Set.of(), null, "", false, "bad", AppWorld.NOW);
            App app = app(release(70, "1.0.0"), withheld, yanked);
            assertThat(told(app, wanted(AppTarget.RUNNING, null), UNHEARD).newestVersion())
                    .isEqualTo("1.0.0");
            assertThat(told(app, wanted(AppTarget.RUNNING, "2"), UNHEARD).newestVersion())
                    .isEqualTo("2");
            assertThat(order(app, wanted(AppTarget.RUNNING, "3"), UNHEARD)).isNull();
            assertThat(told(app, wanted(AppTarget.RUNNING, "3"), reported(AppState.RUNNING, 73L))
                            .newestVersion())
                    .as("who has it keeps it")
                    .isEqualTo("3");
            assertThat(told(app, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 73L))
                            .newestVersion())
                    .as("who runs it keeps it")
                    .isEqualTo("3");
            assertThat(told(app, wanted(AppTarget.RUNNING, null), reported(AppState.FAILED, 73L))
                            .newestVersion())
                    .as("where it failed there is nothing to keep")
                    .isEqualTo("1.0.0");
        }
    }

    @Nested
    class Updating {

        @Test
        void saysWhatIsThereAndWhatIsToCome() {
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 70L));
            assertThat(order.presentVersion()).isEqualTo("1.0.0");
            assertThat(order.newestVersion()).isEqualTo("1.1.0");
            assertThat(order.release()).isEqualTo(new ReleaseKey(70));
            assertThat(order.newRelease()).isEqualTo(new ReleaseKey(71));
            assertThat(order.update()).isTrue();
        }

        @Test
        void bringsBothCompositions() {
            App app = app(composed(70, "1.0.0"), composed(71, "1.1.0"));
            AppOrder order = told(app, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 70L));
            assertThat(order.compose()).contains("1.0.0");
            assertThat(order.newCompose()).contains("1.1.0");
        }

        @Test
        void isOverWhenTheDeviceSaysSo() {
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported(AppState.PRESENT, 71L));
            assertThat(order.update()).isFalse();
            assertThat(order.target()).isEqualTo(AppState.RUNNING);
        }

        @Test
        void aReleaseThatNobodyKnowsIsExchanged() {
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 5L));
            assertThat(order.newestVersion()).isEqualTo("1.1.0");
            assertThat(order.update()).isTrue();
        }

        @Test
        void calledOffItStaysWithWhatItHas() {
            ReportedApp reported = held(reported(AppState.RUNNING, 70L), 71, false);
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported);
            assertThat(order.update()).isFalse();
            assertThat(order.target()).isEqualTo(AppState.RUNNING);
            assertThat(order.release()).isEqualTo(new ReleaseKey(70));
        }

        @Test
        void anotherReleaseIsNotCalledOff() {
            ReportedApp reported = held(reported(AppState.RUNNING, 70L), 71, false);
            App app = app(release(70, "1.0.0"), release(71, "1.1.0"), release(72, "1.2.0"));
            assertThat(told(app, wanted(AppTarget.RUNNING, null), reported).update())
                    .isTrue();
        }

        @Test
        void callingOffEndsWhereTheUpdateBegan() {
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported(AppState.UPDATING, 70L))
                    .calledOff();
            assertThat(order.cancel()).isTrue();
            assertThat(order.update()).isFalse();
            assertThat(order.target()).isEqualTo(AppState.PRESENT);
        }

        @Test
        void callingOffADownloadLeavesNothing() {
            ReportedApp reported = held(reported(AppState.DOWNLOADING, 71L), 71, true);
            AppOrder order = told(TWO, wanted(AppTarget.RUNNING, null), reported);
            assertThat(order.target()).isEqualTo(AppState.REMOVED);
            assertThat(order.calledOff().target()).isEqualTo(AppState.REMOVED);
        }
    }

    @Nested
    class TakenBack {

        private final Release bad =
                new Release(new ReleaseKey(71), "1.1.0", Set.of(), null, "", false, "bad", AppWorld.NOW);
        private final App app = app(release(70, "1.0.0"), bad);

        @Test
        void whoHasItKeepsItAndDoesNotGoBack() {
            AppOrder order = told(app, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 71L));
            assertThat(order.release()).isEqualTo(new ReleaseKey(71));
            assertThat(order.newestVersion()).isEqualTo("1.1.0");
            assertThat(order.update()).isFalse();
        }

        @Test
        void aLaterOneTakesItsPlace() {
            App later = app(release(70, "1.0.0"), bad, release(72, "1.2.0"));
            AppOrder order = told(later, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 71L));
            assertThat(order.newestVersion()).isEqualTo("1.2.0");
            assertThat(order.update()).isTrue();
        }

        @Test
        void nobodyElseGetsIt() {
            for (ReportedApp each : List.of(UNHEARD, reported(AppState.REMOVED, 71L))) {
                assertThat(told(app, wanted(AppTarget.RUNNING, null), each).newestVersion())
                        .isEqualTo("1.0.0");
            }
        }
    }

    @Nested
    class Leaving {

        @Test
        void whatNobodyWantsAnyMoreGoesByName() {
            AppOrder order = told(TWO, null, reported(AppState.RUNNING, 70L));
            assertThat(order.target()).isEqualTo(AppState.UNINSTALLED);
            assertThat(order.update()).isFalse();
            assertThat(order.requestor()).isEqualTo(11);
        }

        @ParameterizedTest
        @EnumSource(
                value = AppState.class,
                names = {"REMOVED", "UNINSTALLED"})
        void whatIsGoneAndNotWantedIsNotToldOf(AppState gone) {
            assertThat(order(TWO, null, reported(gone, 70L))).isNull();
            assertThat(order(TWO, null, UNHEARD)).isNull();
        }

        /** The list that is too short wipes: so this must hold for each state there is, and each thing wanted. */
        @ParameterizedTest
        @EnumSource(AppState.class)
        void whateverIsThereIsAlwaysToldOf(AppState state) {
            if (state.isGone()) {
                return;
            }
            for (App app : List.of(TWO, app())) {
                for (Long release : new Long[] {null, 5L, 70L, 71L}) {
                    ReportedApp reported = reported(state, release);
                    assertThat(order(app, null, reported)).isNotNull();
                    for (AppTarget target : AppTarget.values()) {
                        assertThat(order(app, wanted(target, null), reported)).isNotNull();
                        assertThat(order(app, wanted(target, "none"), reported)).isNotNull();
                    }
                }
            }
        }
    }

    @Nested
    class FromSources {

        @Test
        void isToldSoThatItIsKept() {
            ReportedApp built = new ReportedApp(
                    AppStage.DEV, AppState.BUILDING, null, AppUpdateStatus.NONE, null, 0, List.of(), null, 1);
            AppOrder order = told(TWO, null, built);
            assertThat(order.stage()).isEqualTo(AppStage.DEV);
            assertThat(order.target()).isEqualTo(AppState.PRESENT);
        }
    }

    @Test
    void portsComeBackAsTheyWerePublished() {
        PortRule web = new PortRule("web", 8080, PortRule.Protocol.HTTP, true, false, false, "", 0, "", 40_000);
        ReportedApp reported = reported(AppState.RUNNING, 71L)
                .after(
                        new InstallationEvent.AppPortsReported(
                                AppWorld.DEVICE, AppWorld.HELLO, AppStage.PROD, List.of(web)),
                        AppWorld.NOW);
        assertThat(told(TWO, wanted(AppTarget.RUNNING, null), reported).ports()).containsExactly(web);
    }

    /** A device that is not told its port again asks for another one, and whoever knew the first one knocks in vain. */
    @Test
    void thePortAtTheTunnelServerComesBackWhileThereIsATunnel() {
        AppOrder before = told(TWO, tunnel(true, 0), reported(AppState.RUNNING, 71L));
        ReportedApp published = reported(AppState.RUNNING, 71L)
                .after(
                        new InstallationEvent.AppPortsReported(
                                AppWorld.DEVICE, AppWorld.HELLO, AppStage.PROD, List.of(ssh(true, 30_022, 40_001))),
                        AppWorld.NOW);
        AppOrder after = told(TWO, tunnel(true, 0), published);
        assertThat(after.ports()).contains(ssh(true, 30_022, 40_001));
        assertThat(after.asksSameAs(before)).as("no reason to tell it anew").isTrue();
        assertThat(told(TWO, tunnel(true, 30_023), published).ports()).contains(ssh(true, 30_023, 40_001));
        assertThat(told(TWO, tunnel(false, 0), published).ports()).contains(ssh(false, 0, 40_001));
        assertThat(told(TWO, tunnel(true, 30_023), published).asksSameAs(after)).isFalse();
    }

    private static PortRule ssh(boolean active, int remotePort, @Nullable Integer hostPort) {
        return new PortRule(
                "ssh", 22, PortRule.Protocol.TCP, false, active, false, "", remotePort, "SSH_PORT", hostPort);
    }

    private static WantedApp tunnel(boolean active, int remotePort) {
        return new WantedApp(
                AppTarget.RUNNING,
                "device/x",
                null,
                "device/x",
                new TreeMap<>(),
                List.of(ssh(active, remotePort, null)),
                11);
    }

    @Test
    void whereTheDeviceIsOnItsWayIsNoReasonToTellItAnew() {
        AppOrder before = told(TWO, wanted(AppTarget.RUNNING, null), reported(AppState.STARTING, 71L));
        AppOrder after = told(TWO, wanted(AppTarget.RUNNING, null), reported(AppState.RUNNING, 71L));
        assertThat(after).isNotEqualTo(before);
        assertThat(after.asksSameAs(before)).isTrue();
        assertThat(after.asksSameAs(told(TWO, wanted(AppTarget.PRESENT, null), reported(AppState.RUNNING, 71L))))
                .isFalse();
    }
}
