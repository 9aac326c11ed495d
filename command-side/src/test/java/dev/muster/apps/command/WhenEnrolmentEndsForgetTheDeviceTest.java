package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.APP;
import static dev.muster.apps.command.AppHouse.device;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentReadings;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.InstallationCommand.ForgetInstallation;
import dev.muster.apps.Place;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.command.AppOfficeFakes.OneWish;
import dev.muster.apps.command.AppOfficeFakes.TreeVault;
import dev.muster.apps.secrets.VaultAgentSecrets;
import dev.muster.config.seals.VaultSeals;
import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a device whose agent may not sign in any more. */
class WhenEnrolmentEndsForgetTheDeviceTest {

    private static final DeviceId ROBOT = device("robot");
    private static final Place OWN = Place.device(ROBOT);
    private static final ForgetInstallation FORGET = new ForgetInstallation(ROBOT, APP, AppStage.PROD);

    private final AppHouse house = new AppHouse();
    private final OneWish wishes = new OneWish();
    private final TreeMap<String, byte[]> vault = new TreeMap<>();
    private final VaultAgentSecrets secrets =
            new VaultAgentSecrets(new TreeVault(vault), new VaultSeals(new TreeVault(vault)));
    private final WhenEnrolmentEndsForgetTheDevice policy = new WhenEnrolmentEndsForgetTheDevice(
            house.commands, house.agents, wishes, house.installations, secrets, new Nothing(), new MemoryLog());

    @BeforeEach
    void aDeviceThatHadAnAgent() {
        secrets.make(ROBOT, "s1");
        wishes.wish = AppWish.NOTHING;
        wishes.where = OWN;
        reportedSince(Instant.EPOCH.minusSeconds(1));
    }

    private void reportedSince(Instant since) {
        house.installations.reported.put(
                ROBOT,
                new ReportedApp(
                        AppStage.PROD, AppState.RUNNING, null, AppUpdateStatus.NONE, since, 0, List.of(), null, 1));
    }

    private void ends() {
        policy.react(List.of(house.recorded(new EnrolmentEnded(ROBOT))));
    }

    @Test
    void nothingIsLeft() {
        ends();
        assertThat(house.commands.all).containsExactly(FORGET, new InheritApp(APP, OWN, null));
        assertThat(secrets.find(ROBOT, "s1")).isEmpty();
        assertThat(vault.keySet()).noneMatch(key -> key.startsWith(VaultAgentSecrets.PREFIX));
    }

    /** At the moment EPOCH; what is told of apps is from the machine before. */
    @Test
    void ofOneThatIsEnrolledAnewOnlyWhatWasReportedBeforeIsForgotten() {
        house.agents.enrol("robot");
        ends();
        assertThat(house.commands.all).containsExactly(FORGET);
        assertThat(secrets.find(ROBOT, "s1")).isPresent();
    }

    @Test
    void whatTheNewAgentReportedStays() {
        house.agents.enrol("robot");
        reportedSince(Instant.EPOCH);
        ends();
        assertThat(house.commands.all).isEmpty();
    }

    private static final class Nothing implements AgentReadings {

        @Override
        public void heard(DeviceId device, Stats stats, Instant at) {}

        @Override
        public @Nullable Reading last(DeviceId device) {
            return null;
        }

        @Override
        public void forget(DeviceId device) {}
    }
}
