package dev.muster.config.query;

import static dev.muster.config.query.TestConfig.NET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.ConfigRolloutEvent.EveryoneEnded;
import dev.muster.config.ConfigRolloutEvent.FinishRefused;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.GroupFailed;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.ConfigRolloutEvent.GroupSucceeded;
import dev.muster.config.ConfigRolloutEvent.MembersEnded;
import dev.muster.config.ConfigRolloutEvent.MembersPlanned;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutEvent.RolloutPaused;
import dev.muster.config.ConfigRolloutEvent.RolloutReady;
import dev.muster.config.ConfigRolloutEvent.RolloutResumed;
import dev.muster.config.ConfigRolloutEvent.RolloutStarted;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRolloutView.GroupState;
import dev.muster.config.ConfigRolloutView.RolloutGroup;
import dev.muster.config.ConfigRolloutView.State;
import dev.muster.config.ConfigRollouts.Membership;
import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.RegistryId;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.testing.MemoryLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom a rollout has reached, who hears of it, and how it looks to people. */
class ConfigRolloutIndexTest {

    private static final ConfigRolloutId ID = new ConfigRolloutId(new UUID(7, 7));
    private static final DeviceId A = new DeviceId("a");
    private static final DeviceId B = new DeviceId("b");
    private static final DeviceId C = new DeviceId("c");

    private final Relay relay = new Relay();
    private final MemoryLog log = new MemoryLog(relay);
    private final ConfigRolloutIndex index = new ConfigRolloutIndex(log);
    private final List<String> told = new ArrayList<>();

    ConfigRolloutIndexTest() {
        relay.fold = index;
        var unused = index.onChange((registry, device) -> told.add(registry + " " + device));
    }

    /** The log feeds the fold, and the fold reads the log. */
    private static final class Relay implements Fold {
        private Fold fold;

        @Override
        public String name() {
            return "relay";
        }

        @Override
        public void apply(Recorded recorded) {
            fold.apply(recorded);
        }
    }

    private Recorded happens(ConfigRolloutEvent event) {
        return log.record(event.rolloutId().aggregateId(), event);
    }

    private static ConfigRolloutPlan plan(String name) {
        return new ConfigRolloutPlan(
                name,
                NET,
                Profile.CONFDB,
                "all",
                List.of("x"),
                Layer.fleet(),
                "id==*",
                List.of(new Group("canary", 50, 80, 20, null, null, true), new Group("rest", 50, 80, 20, null, null)),
                null,
                null);
    }

    private void started() {
        happens(new RolloutCreated(ID, plan("winter")));
        happens(new MembersPlanned(ID, 0, 0, List.of(A, B)));
        happens(new MembersPlanned(ID, 1, 0, List.of(C)));
        happens(new RolloutReady(ID, List.of(2, 1)));
        happens(new RolloutStarted(ID));
        happens(new GroupStarted(ID, 0));
    }

    private ConfigRolloutView view() {
        return index.needed(ID);
    }

    @Test
    void aGroupThatStartsHasTheLayerAndHears() {
        started();
        assertThat(index.of(NET, A)).isEqualTo(ID.layer());
        assertThat(index.of(NET, C)).as("its turn comes later").isNull();
        assertThat(index.of(new RegistryId("acme", "other"), A)).isNull();
        assertThat(told).containsExactly("acme/net a", "acme/net b");
        assertThat(index.membership(NET, C)).isEqualTo(new Membership(ID, NET, 1, false, false));
        assertThat(index.memberships(A)).containsExactly(new Membership(ID, NET, 0, true, false));
        assertThat(index.open(ID, 0)).containsExactly(A, B);
    }

    @Test
    void theFirstWordAboutAMemberCounts() {
        started();
        long first = happens(new MembersEnded(ID, 0, Outcome.SUCCEEDED, List.of(A), null))
                .position();
        long second = happens(new MembersEnded(ID, 0, Outcome.FAILED, List.of(A, B, C), "no answer within 24h"))
                .position();
        assertThat(index.endedBy(ID, first, List.of(A))).containsExactly(A);
        assertThat(index.endedBy(ID, second, List.of(A, B, C)))
                .as("A was named before, and C is of another group")
                .containsExactly(B);
        assertThat(index.open(ID, 0)).isEmpty();
        assertThat(view().groups().getFirst().succeeded()).isEqualTo(1);
        assertThat(view().groups().getFirst().failed()).isEqualTo(1);
        assertThat(index.of(NET, A)).as("who ended keeps the layer").isEqualTo(ID.layer());
        assertThat(index.members(ID).all().get(B).end().message()).isEqualTo("no answer within 24h");
    }

    @Test
    void theViewFollowsItsStory() {
        happens(new RolloutCreated(ID, plan("winter")));
        assertThat(view().state()).isEqualTo(State.CREATING);
        assertThat(view().createdBy()).isEqualTo("user:ann");
        happens(new RolloutReady(ID, List.of(2, 1)));
        assertThat(view().groups().getFirst().size()).isEqualTo(2);
        assertThat(view().groups()).extracting(RolloutGroup::pauseAfter).containsExactly(true, false);
        happens(new RolloutStarted(ID));
        happens(new GroupStarted(ID, 0));
        happens(new GroupFailed(ID, 0));
        happens(new RolloutPaused(ID, PauseCause.ERROR_THRESHOLD));
        assertThat(view().state()).isEqualTo(State.PAUSED);
        assertThat(view().pauseCause()).isEqualTo(PauseCause.ERROR_THRESHOLD);
        assertThat(view().groups().getFirst().state()).isEqualTo(GroupState.ERROR);
        happens(new RolloutResumed(ID));
        assertThat(view().pauseCause()).isNull();
        happens(new GroupSucceeded(ID, 1));
        happens(new EveryoneEnded(ID));
        happens(new FinishRefused(ID, "it does not fit"));
        assertThat(view().state()).isEqualTo(State.FINISHING);
        assertThat(view().why()).isEqualTo("it does not fit");
        happens(new FinishRetried(ID));
        assertThat(view().why()).isNull();
        happens(new RolloutFinished(ID));
        assertThat(view().state()).isEqualTo(State.FINISHED);
        assertThat(view().endedAt()).isNotNull();
        assertThat(view().version()).isEqualTo(log.all().size() - 1);
    }

    @Test
    void whatIsOverHasReachedNobodyAndItsMembersAreReadFromTheLog() {
        started();
        happens(new MembersEnded(ID, 0, Outcome.SUCCEEDED, List.of(A), null));
        told.clear();
        happens(new RolloutAborted(ID, "because"));
        assertThat(index.of(NET, A)).isNull();
        assertThat(index.membership(NET, C)).isNull();
        assertThat(index.open(ID, 0)).isEmpty();
        assertThat(told).containsExactly("acme/net a", "acme/net b");
        assertThat(view().why()).isEqualTo("because");
        RolloutMembers members = index.members(ID);
        assertThat(members.all().keySet()).containsExactly(A, B, C);
        assertThat(members.all().get(A).end().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(members.all().get(B).end()).isNull();

        ConfigRolloutId next = new ConfigRolloutId(new UUID(8, 8));
        happens(new RolloutCreated(next, plan("spring")));
        happens(new MembersPlanned(next, 0, 0, List.of(A)));
        assertThat(index.membership(NET, A).rollout()).isEqualTo(next);
        assertThat(index.all(NET).stream().map(ConfigRolloutView::id)).containsExactly(next, ID);
    }

    /**
     * The target is written before the rollout lets go. Somebody who reads while both happen must not see the target as
     * it was without the layer that lay over it.
     */
    @Test
    void whoeverLooksWhileItEndsSeesItBeforeOrAfter() {
        DatabagId fleet = new DatabagId(NET, Layer.fleet());
        DatabagId staged = new DatabagId(NET, ID.layer());
        Databag old = bag(1, 1);
        Databag wanted = bag(2, 2);
        started();
        Databags moving = new Databags() {
            private boolean over;

            @Override
            public Databag find(DatabagId id) {
                Databag target = over ? wanted : old;
                Databag found = id.equals(staged) ? bag(1, 2) : id.equals(fleet) ? target : Databag.EMPTY;
                if (!over) {
                    over = true;
                    happens(new RolloutFinished(ID));
                }
                return found;
            }

            @Override
            public Collection<DatabagId> of(RegistryId registry) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Collection<DatabagId> of(DeviceId device) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Databag> at(DatabagId id, long version) {
                throw new UnsupportedOperationException();
            }
        };
        WishIndex wishes = new WishIndex(moving, new DeviceGroupIndex(), index);
        assertThat(wishes.of(NET, A).clear().toString()).isEqualTo("{\"x\":2}");
        assertThat(wishes.of(NET, A).clear().toString()).isEqualTo("{\"x\":2}");
    }

    private static Databag bag(long version, long x) {
        return new Databag(version, Json.Members.NONE.with("x", Json.of(x)), new java.util.TreeMap<>());
    }
}
