package dev.muster.updates.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingCommand.Standing;
import dev.muster.updates.modes.Selection.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionTest extends SelectionStory {

    @Nested
    class WhetherItIsDue {

        private final Device latest = device().in(UpdateMode.LATEST);

        @Test
        void nothingIsWithoutATarget() {
            skipped(device(), Reason.NO_TARGET);
            skipped(device().forced(), Reason.NO_TARGET);
        }

        @Test
        void theVeryVersionThatTheDeviceHasIsNot() {
            skipped(latest.has("1"), Reason.UP_TO_DATE);
            assertThat(decide(latest).target().software().number())
                    .as("what it would be is told all the same")
                    .isEqualTo(C);
        }

        @Test
        void anotherTextIsEvenWhenItMeansTheSame() {
            installed(latest.has("1.0.0"), C, false);
        }

        @Test
        void anOlderVersionIsOfferedLikeANewerOne() {
            installed(latest.has("5.0.0"), C, false);
        }

        @Test
        void whatTheDeviceHasIsUnknown() {
            installed(latest.has(null), C, false);
        }

        @Test
        void aFailureKeepsEverythingFromTheDevice() {
            skipped(latest.is(FollowState.ERROR), Reason.IN_ERROR);
            assertThat(latest.seen().stopped()).isTrue();
        }

        @Test
        void havingTheVersionComesBeforeTheFailure() {
            skipped(latest.is(FollowState.ERROR).has("1"), Reason.UP_TO_DATE);
        }

        @Test
        void silenceIsNoFailureThatTheDeviceTold() {
            installed(latest.is(FollowState.ERROR).silent(), C, false);
            assertThat(latest.seen().stopped()).isFalse();
        }

        @Test
        void forceOverridesBoth() {
            installed(latest.forced().has("1"), C, true);
            installed(latest.is(FollowState.ERROR), C, true);
            assertThat(latest.seen().stopped()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(
                value = FollowState.class,
                names = {"UNKNOWN", "REGISTERED", "RUNNING", "FINISHED"})
        void inEveryOtherStateTheRuleIsTheSame(FollowState state) {
            installed(latest.is(state).has("0.9"), C, false);
            skipped(latest.has("1"), Reason.UP_TO_DATE);
        }
    }

    @Nested
    class Places {

        @Test
        void areLimitedForThoseThatDoNotRunYet() {
            assertThat(Selection.hasPlace(device().seen(), 0, 1)).isTrue();
            assertThat(Selection.hasPlace(device().seen(), 1, 1)).isFalse();
            assertThat(Selection.hasPlace(device().is(FollowState.RUNNING).seen(), 1, 1))
                    .isTrue();
            assertThat(Selection.hasPlace(device().is(FollowState.RUNNING).seen(), 9, 1))
                    .isTrue();
        }
    }

    @Nested
    class HowThingsStand {

        @Test
        void whatIsSelectedIsToldAlsoWhenItIsNotDue() {
            shop.gives(1, "default", C, false);
            Offer offer = new Offer(C, shop.find(C).release(), "1", 1L);
            assertThat(selection.standing(device().seen(), C, null)).isEqualTo(new Standing(offer, true, true));
            assertThat(selection.standing(device().has("1").seen(), C, null))
                    .isEqualTo(new Standing(offer, false, true));
            assertThat(selection.standing(device().seen(), 99, null)).isEqualTo(new Standing(offer, true, false));
            assertThat(selection.standing(device().in(UpdateMode.PINNED).seen(), A, null))
                    .isEqualTo(new Standing(null, false, true));
        }

        @Test
        void anActionsSoftwareIsOnOfferUnlessAFailureStopsIt() {
            ReleaseRef release = new ReleaseRef(ReleaseId.of("os", "7"), "os", "7");
            Offer elsewhere = new Offer(FollowingCommand.ELSEWHERE, release, null, null);
            assertThat(selection.standing(device().seen(), FollowingCommand.ELSEWHERE, elsewhere))
                    .isEqualTo(new Standing(elsewhere, true, false));
            assertThat(selection.standing(device().is(FollowState.ERROR).seen(), FollowingCommand.ELSEWHERE, elsewhere))
                    .isEqualTo(new Standing(elsewhere, false, false));
            assertThat(selection.standing(device().seen(), FollowingCommand.ELSEWHERE, null))
                    .isEqualTo(new Standing(null, false, false));
        }
    }
}
