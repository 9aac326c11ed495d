package dev.muster.updates.modes;

import static dev.muster.updates.modes.Software.UNNAMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.updates.Hardware;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShelfTest extends SelectionStory {

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
