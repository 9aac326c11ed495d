package dev.muster.updates.modes;

import static dev.muster.updates.modes.Software.UNNAMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingCommand.Standing;
import dev.muster.updates.modes.Selection.Candidate;
import dev.muster.updates.modes.Selection.Decision;
import dev.muster.updates.modes.Selection.Install;
import dev.muster.updates.modes.Selection.Lack;
import dev.muster.updates.modes.Selection.Reason;
import dev.muster.updates.modes.Selection.Skip;
import dev.muster.updates.modes.Selection.Target;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionTest {

    private static final Hardware BOARD_1 = new Hardware("board", "1.0");
    private static final Hardware BOARD_2 = new Hardware("board", "2.0");

    /** Numbers of the software in these stories. */
    private static final long A = 12;

    private static final long B = 13;
    private static final long C = 16;

    private final SmallShop shop = new SmallShop()
            .has(A, "1.0.0-beta2+build20")
            .has(B, "1.0.0-rc2+build77")
            .has(C, "1");
    private final Selection selection = new Selection(shop, shop.feeds());

    /** A device that differs from a registered one in what its story needs. */
    private static final class Device {

        private UpdateMode mode = UpdateMode.ROLLOUT;
        private String feed = "default";
        private Long assigned;
        private boolean force;
        private FollowState state = FollowState.REGISTERED;
        private boolean silent;
        private String version;
        private Hardware hardware = UNNAMED;

        Device in(UpdateMode next) {
            mode = next;
            return this;
        }

        Device following(String next) {
            feed = next;
            return this;
        }

        Device assigned(Long software) {
            mode = UpdateMode.ASSIGNED;
            assigned = software;
            return this;
        }

        Device forced() {
            force = true;
            return this;
        }

        Device is(FollowState next) {
            state = next;
            return this;
        }

        Device silent() {
            silent = true;
            return this;
        }

        Device has(String next) {
            version = next;
            return this;
        }

        Device on(Hardware next) {
            hardware = next;
            return this;
        }

        Following seen() {
            return new Following(
                    new DeviceId("robot-1"), mode, feed, assigned, force, state, silent, null, version, hardware, 0);
        }
    }

    private static Device device() {
        return new Device();
    }

    private Long targetOf(Device device) {
        Target target = selection.target(device.seen());
        return target == null ? null : target.software().number();
    }

    private Decision decide(Device device) {
        return selection.decide(device.seen());
    }

    private void skipped(Device device, Reason reason) {
        assertThat(decide(device)).isInstanceOfSatisfying(Skip.class, skip -> assertThat(skip.reason())
                .isEqualTo(reason));
    }

    private void installed(Device device, long software, boolean forced) {
        assertThat(decide(device)).isInstanceOfSatisfying(Install.class, install -> {
            assertThat(install.target().software().number()).isEqualTo(software);
            assertThat(install.forced()).isEqualTo(forced);
        });
    }

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
    class FollowingAFeed {

        private final Device qa = device().following("qa");

        @Test
        void theNewestRolloutOfItsFeedCounts() {
            assertThat(targetOf(qa)).isNull();
            shop.gives(1, "qa", A, false);
            assertThat(targetOf(qa)).isEqualTo(A);
            shop.gives(2, "live", B, false);
            assertThat(targetOf(qa)).isEqualTo(A);
            shop.gives(3, "qa", C, true);
            assertThat(targetOf(qa)).isEqualTo(A);
            shop.pauses(3, false);
            assertThat(targetOf(qa)).isEqualTo(C);
            assertThat(selection.target(qa.seen()).rollout()).isEqualTo(3);
        }

        @Test
        void aNewerOneForOtherHardwareIsPassedOver() {
            shop.gives(1, "qa", C, false).has(20, "9", BOARD_1).gives(2, "qa", 20, false);
            assertThat(targetOf(qa)).isEqualTo(C);
            assertThat(targetOf(device().following("qa").on(BOARD_1))).isEqualTo(20L);
        }

        @Test
        void feedsAreTexts() {
            shop.gives(1, "qa", A, false).gives(2, "", B, false);
            assertThat(targetOf(device().following("QA"))).isNull();
            assertThat(targetOf(device().following(""))).isEqualTo(B);
        }

        @Test
        void anOlderVersionInANewerRolloutIsADowngrade() {
            shop.gives(1, "qa", C, false).gives(2, "qa", A, false);
            installed(qa.has("1"), A, false);
        }

        @Test
        void softwareThatWasInvalidatedIsGivenToNobody() {
            shop.has(20, "9", false).gives(1, "qa", A, false).gives(2, "qa", 20, false);
            assertThat(targetOf(qa)).isEqualTo(A);
        }
    }

    @Nested
    class TheLatest {

        @Test
        void isTheGreatestVersionThatFits() {
            shop.has(20, "2.0", BOARD_1).has(21, "10.0", BOARD_2);
            assertThat(targetOf(device().in(UpdateMode.LATEST))).isEqualTo(C);
            assertThat(targetOf(device().in(UpdateMode.LATEST).on(BOARD_1))).isEqualTo(20L);
            assertThat(targetOf(device().in(UpdateMode.LATEST).on(new Hardware("other", "1"))))
                    .isNull();
        }

        @Test
        void ofEqualVersionsIsTheOneWithTheLowestNumber() {
            shop.has(20, "2.0").has(19, "2").has(21, "2.0.0+build");
            assertThat(targetOf(device().in(UpdateMode.LATEST))).isEqualTo(19L);
        }

        @Test
        void isNotOneThatWasInvalidated() {
            shop.has(20, "2.0", false);
            assertThat(targetOf(device().in(UpdateMode.LATEST))).isEqualTo(C);
        }
    }

    @Nested
    class Assigned {

        @Test
        void itIsThatOne() {
            assertThat(targetOf(device().assigned(A))).isEqualTo(A);
            skipped(device().assigned(A).has("1.0.0-beta2+build20"), Reason.UP_TO_DATE);
        }

        @Test
        void nothingIsOfferedWhenItIsNotThere() {
            assertThat(targetOf(device().assigned(null))).isNull();
            assertThat(targetOf(device().assigned(99L))).isNull();
        }

        @Test
        void nothingIsOfferedAnyMoreWhenTheDeviceIsOtherHardware() {
            assertThat(targetOf(device().assigned(A).on(BOARD_1))).isNull();
        }

        @Test
        void inOtherModesItIsUnused() {
            assertThat(targetOf(device().assigned(A).in(UpdateMode.LATEST))).isEqualTo(C);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = UpdateMode.class,
            names = {"PINNED", "NONE"})
    void aPinnedDeviceIsNeverOfferedAnything(UpdateMode mode) {
        shop.gives(1, "default", C, false);
        skipped(device().assigned(A).in(mode), Reason.NO_TARGET);
        skipped(device().in(mode).forced(), Reason.NO_TARGET);
    }

    @Nested
    class Fitting {

        private final Software both =
                new SmallShop().has(1, "1", BOARD_1, BOARD_2).find(1);
        private final Software anyRevision =
                new SmallShop().has(1, "1", new Hardware("board", Hardware.ANY)).find(1);
        private final Software unnamed = new SmallShop().has(1, "1").find(1);

        @Test
        void isEqualityOfBoardAndRevision() {
            assertThat(both.fits(BOARD_1)).isTrue();
            assertThat(both.fits(BOARD_2)).isTrue();
            assertThat(both.fits(new Hardware("board", "1"))).isFalse();
            assertThat(both.fits(new Hardware("Board", "1.0"))).isFalse();
            assertThat(both.fits(UNNAMED)).isFalse();
        }

        @Test
        void knowsNoWildcardWhereActionsDo() {
            assertThat(anyRevision.fits(BOARD_1)).isFalse();
            assertThat(new Hardware("board", Hardware.ANY).fits(BOARD_1)).isTrue();
        }

        @Test
        void whatNamesNothingFitsDevicesThatSayNothing() {
            assertThat(unnamed.compatibility()).containsExactly(UNNAMED);
            assertThat(unnamed.fits(UNNAMED)).isTrue();
            assertThat(unnamed.fits(BOARD_1)).isFalse();
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

    @Nested
    class WhatIsPassedOver {

        @Test
        void rolloutsAreGoneThroughNewestFirstUntilOneIsTaken() {
            shop.has(20, "2", BOARD_1).has(21, "3", false);
            shop.gives(1, "default", A, false)
                    .gives(2, "default", B, false)
                    .gives(3, "other", C, false)
                    .gives(4, "default", 20, false)
                    .gives(5, "default", 21, false)
                    .gives(6, "default", C, true);

            List<Candidate> candidates = selection.candidates(device().seen());

            assertThat(candidates)
                    .extracting(each -> each.rollout().number(), Candidate::lack)
                    .containsExactly(
                            tuple(6L, Lack.PAUSED),
                            tuple(5L, Lack.INVALIDATED),
                            tuple(4L, Lack.OTHER_HARDWARE),
                            tuple(2L, null));
            assertThat(targetOf(device())).as("the last is the one that is taken").isEqualTo(B);
        }

        @Test
        void whereNoneIsTakenAllHaveAReason() {
            shop.gives(1, "default", A, true).gives(2, "default", B, true);
            assertThat(selection.candidates(device().seen()))
                    .extracting(Candidate::lack)
                    .containsExactly(Lack.PAUSED, Lack.PAUSED);
            assertThat(targetOf(device())).isNull();
            assertThat(selection.candidates(device().following(null).seen())).isEmpty();
        }

        @Test
        void anAssignmentSaysWhyItGivesNothing() {
            shop.has(20, "2", BOARD_1).has(21, "3", false);
            assertThat(selection.lackOfAssigned(device().assigned(20L).seen())).isEqualTo(Lack.OTHER_HARDWARE);
            assertThat(selection.lackOfAssigned(
                            device().assigned(20L).on(BOARD_1).seen()))
                    .isNull();
            assertThat(selection.lackOfAssigned(device().assigned(21L).seen())).isEqualTo(Lack.INVALIDATED);
            assertThat(selection.lackOfAssigned(device().assigned(99L).seen())).isEqualTo(Lack.DELETED);
            assertThat(selection.lackOfAssigned(device().assigned(null).seen())).isNull();
        }
    }

    @Nested
    class PuttingOnTheShelf {

        @Test
        void theSameVersionForSomeOfTheSameHardwareIsRefused() {
            shop.has(20, "2", BOARD_1, BOARD_2);
            refused(
                    () -> shop.onlyWithoutCollision("2", List.of(BOARD_2, UNNAMED), null),
                    UpdatesRefusal.SOFTWARE_COLLIDES);
            refused(() -> shop.onlyWithoutCollision("1", List.of(), null), UpdatesRefusal.SOFTWARE_COLLIDES);
            refused(() -> shop.onlyWithoutCollision("2", List.of(BOARD_1), C), UpdatesRefusal.SOFTWARE_COLLIDES);
        }

        @Test
        void anotherTextOrOtherHardwareIsNot() {
            shop.has(20, "2", BOARD_1);
            shop.onlyWithoutCollision("2.0", List.of(BOARD_1), null);
            shop.onlyWithoutCollision("2", List.of(BOARD_2), null);
            shop.onlyWithoutCollision("2", List.of(), null);
            shop.onlyWithoutCollision("2", List.of(BOARD_1), 20L);
        }

        @Test
        void whatARolloutGivesStaysThere() {
            shop.gives(1, "qa", A, true);
            refused(() -> shop.feeds().onlyUnreferenced(A), UpdatesRefusal.SOFTWARE_REFERENCED);
            shop.feeds().onlyUnreferenced(B);
        }

        @Test
        void unknownNumbersAreRefused() {
            assertThat(shop.known(A).number()).isEqualTo(A);
            refused(() -> shop.known(99), UpdatesRefusal.SOFTWARE_UNKNOWN);
        }

        private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, UpdatesRefusal code) {
            assertThatThrownBy(call).satisfies(thrown -> assertThat(Refused.in(thrown))
                    .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(code.code())));
        }
    }
}
