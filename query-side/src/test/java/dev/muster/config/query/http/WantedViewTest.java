package dev.muster.config.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.query.OutcomeIndex.Outcome;
import dev.muster.config.query.http.WantedView.ToldOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever asks again with the mark must not be told "as before" while something else is in the answer. */
class WantedViewTest {

    private static WantedView view(Map<String, String> sources, @Nullable Outcome outcome) {
        return new WantedView("{}", List.of(), "t1", sources, ToldOutcome.of(outcome, "t1"));
    }

    @Test
    void theMarkIsOfAllThatIsTold() {
        String mark = view(Map.of("a", "fleet"), null).mark();
        assertThat(mark)
                .startsWith("t1-")
                .isEqualTo(view(Map.of("a", "fleet"), null).mark());
        Outcome applied = new Outcome("t1", true, null, Instant.EPOCH);
        Outcome failed = new Outcome("t1", false, "no such host", Instant.EPOCH);
        assertThat(List.of(
                        mark,
                        view(Map.of("a", "group/x"), null).mark(),
                        view(Map.of("a", "fleet"), applied).mark(),
                        view(Map.of("a", "fleet"), failed).mark()))
                .doesNotHaveDuplicates();
    }
}
