package dev.muster.config.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What no event could hold is refused before the store has to fail. */
class ChangeSizeTest {

    @Test
    void aWholeDatabagFitsButNotInAHundredThousandPieces() {
        List<Delta> whole = List.of(Delta.set("a", Json.of("\u6f22".repeat((1 << 20) - 10))));
        assertThat(ChangeSize.checked(whole, List.of("a"))).isSameAs(whole);
        List<Delta> pieces = IntStream.range(0, 100_000)
                .mapToObj(i -> Delta.set("m.k" + i, Json.of(1)))
                .toList();
        assertRefused(ConfigRefusal.TOO_LARGE, () -> ChangeSize.checked(pieces, List.of("m")));
    }

    @Test
    void sealsAndEscapesCount() {
        List<Delta> sealed = List.of(Delta.sealed("a", "A".repeat(ChangeSize.BYTES_MAX)));
        assertRefused(ConfigRefusal.TOO_LARGE, () -> ChangeSize.checked(sealed, List.of()));
        List<Delta> quotes = List.of(Delta.sealed("a", "\"".repeat(ChangeSize.BYTES_MAX / 2)));
        assertRefused(ConfigRefusal.TOO_LARGE, () -> ChangeSize.checked(quotes, List.of()));
        List<String> requests = Collections.nCopies(1_000, "p".repeat(4_096));
        assertRefused(ConfigRefusal.TOO_LARGE, () -> ChangeSize.checked(List.of(), requests));
    }
}
