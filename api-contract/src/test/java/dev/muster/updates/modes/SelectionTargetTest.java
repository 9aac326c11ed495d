package dev.muster.updates.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.updates.Hardware;
import dev.muster.updates.modes.Selection.Candidate;
import dev.muster.updates.modes.Selection.Lack;
import dev.muster.updates.modes.Selection.Reason;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionTargetTest extends SelectionStory {

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
            assertThat(targetOf(device()))
                    .as("the last is the one that is taken")
                    .isEqualTo(B);
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
}
