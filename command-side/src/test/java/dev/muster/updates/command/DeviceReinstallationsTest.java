package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.Await;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeviceReinstallationsTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final Map<String, String> SOMEBODY = Map.of();

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private boolean valid = true;

    private final DeviceReinstallations reinstallations = new DeviceReinstallations(
            commands,
            new ReleaseOffers(commands, new CountedNumbers(), new FixedSettings(true, false)),
            fleet,
            new Shelf(),
            new AllSeen());

    private void refused(RefusalCode code, Runnable work) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(work::run)
                .satisfies(it -> assertThat(it.refusal().code()).isEqualTo(code.code()));
    }

    private int begun(String version) {
        return Await.done(reinstallations.begin(ROBOT, "os", version, SOMEBODY));
    }

    @Test
    void aReleaseIsGivenOnceMoreWithoutAnybodysConsent() {
        fleet.recipients.put(ROBOT, new Recipient(ROBOT, new Hardware("board", "1.0"), null));
        commands.answer = command -> CompletableFuture.completedFuture(new Assigned(7, true));
        assertThat(begun("1")).isEqualTo(7);
        assertThat(commands.of(AssignRelease.class)).singleElement().satisfies(it -> {
            assertThat(it.release()).isEqualTo(OS);
            assertThat(it.type()).isEqualTo(ActionType.FORCED);
            assertThat(it.again()).isTrue();
            assertThat(it.confirm()).isFalse();
        });
    }

    @Test
    void whatIsNotThereIsRefused() {
        refused(RegistryRefusal.DEVICE_UNKNOWN, () -> begun("1"));
        fleet.recipients.put(ROBOT, new Recipient(ROBOT, new Hardware("board", "1.0"), null));
        refused(UpdatesRefusal.RELEASE_UNKNOWN, () -> begun("2"));
        valid = false;
        refused(UpdatesRefusal.RELEASE_INVALIDATED, () -> begun("1"));
        assertThat(commands.all).isEmpty();
    }

    @Test
    void anActionIsAskedToStopAndThenEnded() {
        assertThat(Await.done(reinstallations.end(ROBOT, 7, SOMEBODY))).isTrue();
        assertThat(commands.all)
                .containsExactly(
                        new CancelAction(ROBOT, 7, false, CancelCause.OPERATOR),
                        new CancelAction(ROBOT, 7, true, CancelCause.OPERATOR));
    }

    @Test
    void whatHasEndedStays() {
        commands.answer = command ->
                CompletableFuture.failedFuture(UpdatesRefusal.ACTION_NOT_CANCELABLE.because("It has ended."));
        assertThat(Await.done(reinstallations.end(ROBOT, 7, SOMEBODY))).isFalse();
        commands.answer = command -> CompletableFuture.failedFuture(UpdatesRefusal.ACTION_UNKNOWN.because("None."));
        refused(UpdatesRefusal.ACTION_UNKNOWN, () -> Await.done(reinstallations.end(ROBOT, 7, SOMEBODY)));
    }

    private final class Shelf implements Catalogue {

        @Override
        public Release find(ReleaseId id) {
            return id.equals(OS.id()) ? new Release(OS, List.of(), false, null, Instant.EPOCH, valid, false, 0) : null;
        }

        @Override
        public Collection<Release> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Release latest(String name, Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }
}
