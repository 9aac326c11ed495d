package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.CompleteOffer;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class WhenGroupStartsAssignItsDevicesTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final Hardware BOARD = new Hardware("board", "1.0");
    private static final int MEMBERS = 1000;

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final FixedSettings settings = new FixedSettings(false, false);
    private final List<DeviceId> members =
            IntStream.range(0, MEMBERS).mapToObj(i -> new DeviceId("d" + i)).toList();
    private boolean valid = true;

    private void groupStarts() {
        members.forEach(id -> fleet.recipients.putIfAbsent(id, new Recipient(id, BOARD, null)));
        ReleaseOffers offers = new ReleaseOffers(commands, new CountedNumbers(), settings);
        new WhenGroupStartsAssignItsDevices(commands, new Told(), fleet, new Shelf(), offers)
                .react(List.of(recorded(new GroupStarted(ROLLOUT, 0))));
    }

    private static Recorded recorded(RolloutEvent event) {
        return new Recorded(0, "e", Instant.EPOCH, event, "rollout/" + ROLLOUT, 0, Map.of());
    }

    /** Answers wait until as many are waiting as may, so that one more at once would be seen. */
    private final class Crowd {

        private final List<CompletableFuture<Assigned>> waiting = new ArrayList<>();
        private int sent;
        private int most;

        synchronized CompletableFuture<?> answer(Object command) {
            if (!(command instanceof AssignRelease)) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Assigned> answer = new CompletableFuture<>();
            waiting.add(answer);
            most = Math.max(most, waiting.size());
            if (++sent == MEMBERS || waiting.size() >= BoundedSends.IN_FLIGHT_MAX) {
                CompletableFuture.runAsync(this::answerAll);
            }
            return answer;
        }

        private void answerAll() {
            List<CompletableFuture<Assigned>> all;
            synchronized (this) {
                all = List.copyOf(waiting);
                waiting.clear();
            }
            all.forEach(answer -> answer.complete(new Assigned(1, true)));
        }
    }

    @Test
    void everyMemberIsOfferedItAndABoundedNumberAtOnce() {
        Crowd crowd = new Crowd();
        commands.answer = crowd::answer;
        groupStarts();
        assertThat(commands.of(AssignRelease.class))
                .extracting(AssignRelease::deviceId)
                .containsExactlyElementsOf(members);
        assertThat(crowd.most).isEqualTo(256);
        assertThat(commands.of(CompleteOffer.class)).containsExactly(new CompleteOffer(ROLLOUT, 0, MEMBERS, 0));
    }

    @Test
    void whatIsTheSameForAllIsLookedUpOnce() {
        commands.answer = command -> CompletableFuture.completedFuture(new Assigned(1, true));
        groupStarts();
        assertThat(settings.asked).isEqualTo(1);
        var compatibility = commands.of(AssignRelease.class).getFirst().compatibility();
        assertThat(commands.of(AssignRelease.class))
                .allSatisfy(each -> assertThat(each.compatibility()).isSameAs(compatibility));
    }

    @Test
    void whoLeftHasItOrIsRefusedIsSkipped() {
        commands.answer = command -> {
            if (!(command instanceof AssignRelease assign)) {
                return CompletableFuture.completedFuture(null);
            }
            return switch (assign.deviceId().value()) {
                case "d1" ->
                    CompletableFuture.failedFuture(UpdatesRefusal.RELEASE_INCOMPATIBLE.because("another board"));
                case "d2" -> CompletableFuture.completedFuture(new Assigned(5, false));
                default -> CompletableFuture.completedFuture(new Assigned(1, true));
            };
        };
        groupStarts();
        assertThat(commands.of(CompleteOffer.class)).containsExactly(new CompleteOffer(ROLLOUT, 0, MEMBERS - 2, 2));

        commands.all.clear();
        fleet.recipients.clear();
        commands.answer = command -> CompletableFuture.completedFuture(null);
        ReleaseOffers offers = new ReleaseOffers(commands, new CountedNumbers(), settings);
        new WhenGroupStartsAssignItsDevices(commands, new Told(), fleet, new Shelf(), offers)
                .react(List.of(recorded(new GroupStarted(ROLLOUT, 0))));
        assertThat(commands.all).containsExactly(new CompleteOffer(ROLLOUT, 0, 0, MEMBERS));
    }

    @Test
    void aHouseThatIsTooBusyHasNotJudgedTheDevice() {
        commands.answer = command -> command instanceof AssignRelease assign
                        && assign.deviceId().value().equals("d7")
                ? CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("too many commands"))
                : CompletableFuture.completedFuture(new Assigned(1, true));
        assertThatIllegalStateException().isThrownBy(this::groupStarts);
        assertThat(commands.of(AssignRelease.class)).hasSize(MEMBERS);
        assertThat(commands.of(CompleteOffer.class)).isEmpty();
    }

    @Test
    void aReleaseThatWasInvalidatedIsOfferedToNobody() {
        valid = false;
        groupStarts();
        assertThat(commands.all).containsExactly(new CompleteOffer(ROLLOUT, 0, 0, MEMBERS));
    }

    private final class Shelf implements Catalogue {

        @Override
        public Release find(ReleaseId id) {
            return new Release(OS, List.of(), false, null, Instant.EPOCH, valid, false, 0);
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

    /** The rollout's own history. */
    private final class Told implements History {

        @Override
        public List<Recorded> of(String aggregate) {
            RolloutPlan plan = new RolloutPlan(
                    "winter",
                    OS,
                    "id==*",
                    List.of(new Group("all", 100, 80, 20, null, null)),
                    ActionType.FORCED,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null);
            return List.of(
                    recorded(new RolloutCreated(ROLLOUT, plan)), recorded(new MembersPlanned(ROLLOUT, 0, 0, members)));
        }

        @Override
        public Flux<Recorded> after(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Recorded> before(long position, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Recorded at(long position) {
            throw new UnsupportedOperationException();
        }
    }
}
