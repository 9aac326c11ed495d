package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BoundedSendsTest {

    private final List<Integer> asked = new ArrayList<>();

    /** Odd ones are refused, and 4 breaks. */
    private CompletableFuture<?> send(int item) {
        asked.add(item);
        if (item == 4) {
            throw new IllegalArgumentException("broken");
        }
        return item % 2 == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new UnsupportedOperationException("refused"));
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof UnsupportedOperationException;
    }

    @Test
    void whatIsAnItemsOwnIsLetGo() {
        BoundedSends.all(List.of(0, 1, 2, 3), this::send, BoundedSendsTest::isRefused, "not all");
        assertThat(asked).containsExactly(0, 1, 2, 3);
    }

    @Test
    void anythingElseIsThrownWhenAllHaveAnswered() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> BoundedSends.all(List.of(3, 4, 5), this::send, BoundedSendsTest::isRefused, "not all"))
                .withMessage("not all")
                .withCauseInstanceOf(IllegalArgumentException.class);
        assertThat(asked).containsExactly(3, 4, 5);
    }

    @Test
    void withoutAnythingThatIsTheirOwnEachFailureCounts() {
        assertThatIllegalStateException()
                .isThrownBy(() -> BoundedSends.all(List.of(1, 2), this::send, "not all"))
                .withMessage("not all")
                .withCauseInstanceOf(UnsupportedOperationException.class);
        assertThat(asked).containsExactly(1, 2);
    }
}
