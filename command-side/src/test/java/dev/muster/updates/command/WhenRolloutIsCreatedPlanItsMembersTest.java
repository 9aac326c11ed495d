package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class WhenRolloutIsCreatedPlanItsMembersTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final Log log = new Log();

    /** What is planned is in the rollout's history at once. */
    private void planned(@Nullable RolloutPolicy care, Group... groups) {
        RolloutPlan plan = new RolloutPlan(
                "winter",
                OS,
                "group==line",
                List.of(groups),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                care);
        if (log.told.isEmpty()) {
            log.says(new RolloutCreated(ROLLOUT, plan, null));
        }
        commands.answer = command -> {
            if (command instanceof PlanMembers c) {
                log.says(new MembersPlanned(ROLLOUT, c.group(), c.chunk(), c.members()));
            }
            return CompletableFuture.completedFuture(null);
        };
        react();
    }

    private void react() {
        new WhenRolloutIsCreatedPlanItsMembers(
                        commands,
                        new RolloutRolls(log),
                        fleet,
                        new OneRelease(OS),
                        id -> List.of(new DeviceId("d0003"), new DeviceId("gone"), new DeviceId("d0005")),
                        new AllSeen())
                .react(List.of(log.told.getFirst()));
    }

    private void devices(int count) {
        IntStream.range(0, count).forEach(i -> fleet.add("d%04d".formatted(i), "line", null));
    }

    @Test
    void everyMemberIsNamedOnceInPartsOfTheirGroup() {
        devices(2_500);
        planned(null, new Group("few", 0, 80, 20, 10, null), new Group("rest", 100, 80, 20, null, null));
        List<PlanMembers> parts = commands.of(PlanMembers.class);
        assertThat(parts.stream().flatMap(each -> each.members().stream()))
                .hasSize(2_500)
                .doesNotHaveDuplicates();
        assertThat(parts.stream().filter(each -> each.group() == 1).map(PlanMembers::chunk))
                .containsExactly(0, 1, 2);
        assertThat(commands.all).endsWith(new CompletePlanning(ROLLOUT, List.of(10, 2_490), 0));
    }

    @Test
    void aRunThatWasCutOffGoesOnAndNamesNobodyTwice() {
        devices(2_500);
        planned(null, new Group("all", 100, 80, 20, null, null));
        List<Recorded> cut = List.copyOf(log.told.subList(0, 3));
        log.told.clear();
        log.told.addAll(cut);
        commands.all.clear();
        fleet.add("c", "line", null);
        react();
        List<DeviceId> named = log.told.stream()
                .map(Recorded::event)
                .filter(MembersPlanned.class::isInstance)
                .flatMap(event -> ((MembersPlanned) event).members().stream())
                .toList();
        assertThat(named).hasSize(2_501).doesNotHaveDuplicates();
        assertThat(commands.of(PlanMembers.class).stream().map(PlanMembers::chunk))
                .containsExactly(2, 3);
        assertThat(commands.all).endsWith(new CompletePlanning(ROLLOUT, List.of(2_501), 0));
    }

    @Test
    void aRetryTakesThoseOnWhichItFailedAndThatAreStillThere() {
        devices(10);
        planned(
                new RolloutPolicy(false, null, null, null, null, null, new RolloutId(new UUID(1, 1))),
                new Group("failed", 100, 80, 20, null, null));
        assertThat(commands.of(PlanMembers.class))
                .containsExactly(new PlanMembers(ROLLOUT, 0, 0, List.of(new DeviceId("d0003"), new DeviceId("d0005"))));
    }

    @Test
    void whatWasAbortedMeanwhileIsLeftAlone() {
        devices(10);
        log.says(new RolloutCreated(
                ROLLOUT,
                new RolloutPlan(
                        "winter",
                        OS,
                        "group==line",
                        List.of(new Group("all", 100, 80, 20, null, null)),
                        ActionType.FORCED,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null),
                null));
        commands.answer = command ->
                CompletableFuture.failedFuture(UpdatesRefusal.ROLLOUT_STATE.because("The rollout is STOPPED."));
        react();
        assertThat(commands.all).hasSize(1);
    }

    private static final class Log implements History {

        final List<Recorded> told = new ArrayList<>();

        void says(RolloutEvent event) {
            int sequence = told.size();
            told.add(new Recorded(
                    sequence, "e" + sequence, Instant.EPOCH, event, "rollout/" + ROLLOUT, sequence, Map.of()));
        }

        @Override
        public List<Recorded> of(String aggregate) {
            return List.copyOf(told);
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
