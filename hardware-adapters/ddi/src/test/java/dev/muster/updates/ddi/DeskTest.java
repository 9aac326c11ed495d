package dev.muster.updates.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.*;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionEvent.*;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseEvent.ReleaseDeleted;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeskTest {

    private static final DeviceId ID = new DeviceId("d");
    private static final ReleaseRef RELEASE = new ReleaseRef(ReleaseId.of("fw", "1"), "fw", "1");

    private final Desk desk = new Desk();
    private long position;

    @BeforeEach
    void aDeviceAndARelease() {
        tell(
                new ReleaseCreated(RELEASE.id(), "fw", "1", List.of(), false, null),
                new DeviceRegistered(ID, "d", null, List.of(), Map.of(), null, "ab".repeat(32), Origin.OPERATOR));
    }

    private void tell(Object... events) {
        for (Object event : events) {
            desk.apply(new Recorded(position++, "e", Instant.EPOCH, event, null, 0, Map.of()));
        }
    }

    private DeskEntry entry() {
        return desk.find("d");
    }

    private static ActionAssigned assigned(int action, Integer weight, boolean waiting) {
        return new ActionAssigned(
                ID,
                action,
                RELEASE,
                false,
                ActionType.FORCED,
                null,
                weight,
                null,
                waiting,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static ActionFinished finished(int action) {
        return new ActionFinished(ID, action, RELEASE, null, List.of(), null, null, null, null);
    }

    @Test
    void aNewDeviceIsAskedForAttributesAndWasNeverHeard() {
        assertThat(entry().attributesWanted()).isTrue();
        assertThat(entry().contactMade()).isFalse();
        assertThat(entry().credential).isEqualTo(Digest.parse("ab".repeat(32)));
        assertThat(entry().current()).isNull();
    }

    @Test
    void aTokenThatWasTakenAwayIsForgottenUntilThereIsAnother() {
        tell(new TokenWithdrawn(ID));
        assertThat(entry().credential).isNull();
        tell(new TokenIssued(ID, "cd".repeat(32)));
        assertThat(entry().credential).isEqualTo(Digest.parse("cd".repeat(32)));
    }

    @Test
    void attributesAreWantedUntilTheyCome() {
        tell(new AttributesReported(ID, Map.of()));
        assertThat(entry().attributesWanted()).isFalse();
        tell(new AttributesRequested(ID));
        assertThat(entry().attributesWanted()).isTrue();
        tell(new AttributesReported(ID, Map.of()), assigned(1, null, false), finished(1));
        assertThat(entry().attributesWanted()).isTrue();
    }

    @Test
    void aFinishedActionIsInstalledAndClosed() {
        tell(assigned(1, null, false), finished(1));

        assertThat(entry().current()).isNull();
        assertThat(entry().closed(1)).isEqualTo(ActionStatus.FINISHED);
        assertThat(entry().installed.number()).isEqualTo(1);
        assertThat(entry().installed.type()).isEqualTo(ActionType.FORCED);
    }

    @Test
    void aFailureLeavesWhatWasInstalled() {
        tell(assigned(1, null, false), finished(1), new AttributesReported(ID, Map.of()), assigned(2, null, false));
        tell(new ActionFailed(ID, 2, RELEASE, false, null, List.of(), null, null, null, null, null));

        assertThat(entry().closed(2)).isEqualTo(ActionStatus.ERROR);
        assertThat(entry().installed.number()).isEqualTo(1);
        assertThat(entry().attributesWanted()).isFalse();
    }

    @Test
    void readingIsRememberedUntilTheNextEntry() {
        tell(assigned(1, null, false));
        assertThat(entry().active(1).retrieved()).isFalse();
        tell(new ActionRetrieved(ID, 1, false));
        assertThat(entry().active(1).retrieved()).isTrue();
        assertThat(entry().active(1).status()).isEqualTo(ActionStatus.RETRIEVED);
        tell(new ActionProgressed(ID, 1, ActionStatus.RUNNING, null, null, null, List.of(), null));
        assertThat(entry().active(1).retrieved()).isFalse();
        assertThat(entry().active(1).status()).isEqualTo(ActionStatus.RETRIEVED);
    }

    @Test
    void onlyTurnsMakeANewRevision() {
        tell(assigned(1, null, true));
        int waiting = entry().active(1).revision();
        tell(new ActionConfirmed(ID, 1, null, List.of(), false));
        int running = entry().active(1).revision();
        tell(new ActionRetrieved(ID, 1, false));
        tell(new ActionProgressed(ID, 1, ActionStatus.DOWNLOAD, null, null, null, List.of(), null));

        assertThat(running).isGreaterThan(waiting);
        assertThat(entry().active(1).revision()).isEqualTo(running);
    }

    @Test
    void aCancelMayBeReadRejectedOrConfirmed() {
        tell(assigned(1, null, false), new ActionCancelRequested(ID, 1, CancelCause.OPERATOR));
        assertThat(entry().active(1).canceling()).isTrue();
        tell(new ActionRetrieved(ID, 1, true));
        assertThat(entry().active(1).canceling()).isTrue();
        assertThat(entry().active(1).retrieved()).isTrue();
        tell(new CancelRejected(ID, 1, ActionStatus.CANCEL_REJECTED, null, List.of()));
        assertThat(entry().active(1).status()).isEqualTo(ActionStatus.RUNNING);
        tell(new ActionCancelRequested(ID, 1, CancelCause.OPERATOR));
        tell(new ActionCanceled(ID, 1, RELEASE, false, null, List.of(), null, null, null));
        assertThat(entry().closed(1)).isEqualTo(ActionStatus.CANCELED);
    }

    @Test
    void theGreaterWeightComesFirstThenTheSmallerNumber() {
        tell(assigned(1, 100, false), assigned(2, 900, false), assigned(3, 900, false));
        assertThat(entry().current().number()).isEqualTo(2);
        tell(assigned(4, null, false));
        assertThat(entry().current().number()).isEqualTo(4);
    }

    @Test
    void aDeclarationCountsAsInstalledAndAsksForNothing() {
        tell(new AttributesReported(ID, Map.of()), new InstalledDeclared(ID, 7, RELEASE));

        assertThat(entry().installed.number()).isEqualTo(7);
        assertThat(entry().closed(7)).isEqualTo(ActionStatus.FINISHED);
        assertThat(entry().attributesWanted()).isFalse();
    }

    @Test
    void aDecommissionedDeviceIsForgottenWithAllThatFollows() {
        tell(assigned(1, null, false), new DeviceDecommissioned(ID));
        tell(new ActionCanceled(ID, 1, RELEASE, true, null, List.of(), null, null, null), new DeviceRenamed(ID, "x"));

        assertThat(entry()).isNull();
        assertThat(desk.size()).isZero();
    }

    @Test
    void howAnActionEndsThatTheDeviceGotBeforeItLeftIsNoMatterToItWhenItIsBack() {
        tell(assigned(1, null, false), assigned(2, null, false), assigned(3, null, false), assigned(4, null, false));
        tell(
                new DeviceDecommissioned(ID),
                new DeviceRegistered(ID, "d", null, List.of(), Map.of(), null, null, Origin.OPERATOR),
                new AttributesReported(ID, Map.of()),
                assigned(5, null, false));
        tell(
                new ActionCanceled(ID, 1, RELEASE, true, null, List.of(), null, null, null),
                finished(2),
                new ActionFailed(ID, 3, RELEASE, false, null, List.of(), null, null, null, null, null),
                new ActionDownloaded(ID, 4, RELEASE, null, List.of(), null, null, null));

        for (int number = 1; number < 5; number++) {
            assertThat(entry().closed(number)).isNull();
        }
        assertThat(entry().installed).isNull();
        assertThat(entry().attributesWanted()).isFalse();
        assertThat(entry().current().number()).isEqualTo(5);
    }

    @Test
    void aDeletedReleaseStaysReadableForItsActions() {
        tell(assigned(1, null, false), new ReleaseDeleted(RELEASE.id()));

        assertThat(desk.release(RELEASE.id()).deleted()).isTrue();
        assertThat(entry().active(1).release().ref()).isEqualTo(RELEASE);
    }

    @Test
    void eventsOfOthersAndBeforeTheDeviceAreNoMatter() {
        tell("something else", new AutoConfirmDeactivated(new DeviceId("nobody")));

        assertThat(desk.size()).isEqualTo(1);
    }

    @Test
    void anUnreadableSettingFallsBackToTheDefault() {
        assertThat(TenantRules.of(dev.muster.updates.UpdateSettings.DEFAULTS)
                        .polling()
                        .standard()
                        .interval())
                .hasMinutes(5);
    }

    @Test
    void aHundredThousandIdleDevicesFitIntoSixtyMegabytes() {
        PollRenderer renderer = new PollRenderer(
                new Links(DdiSettings.DEFAULTS), new SleepTime(new FakeFleet()), new CronWindows(), new FakeLog());
        dev.muster.updates.ddi.Origin origin =
                dev.muster.updates.ddi.Origin.of("http://updates.example.org:8080", null);
        long before = used();
        int devices = 100_000;
        for (int i = 0; i < devices; i++) {
            DeviceId id = new DeviceId("device-%08d".formatted(i));
            tell(
                    new DeviceRegistered(
                            id,
                            id.value(),
                            null,
                            List.of(),
                            Map.of(),
                            "http://10.1.2.3",
                            "cd".repeat(32),
                            Origin.OPERATOR),
                    new FirstContactMade(id),
                    new ActionAssigned(
                            id,
                            i + 1,
                            RELEASE,
                            false,
                            ActionType.FORCED,
                            null,
                            null,
                            null,
                            false,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null),
                    new ActionFinished(id, i + 1, RELEASE, null, List.of(), null, null, null, null),
                    new AttributesReported(id, Map.of()));
            renderer.answer(desk.find(id.value()), origin, Media.HAL, desk.rules(), Instant.EPOCH);
        }
        long each = (used() - before) / devices;

        assertThat(each).as("bytes a device").isLessThan(750);
        assertThat(desk.size()).isEqualTo(devices + 1);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
