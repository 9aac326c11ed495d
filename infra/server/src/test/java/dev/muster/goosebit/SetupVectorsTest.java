package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.goosebit.GoosebitWorld.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first administrator, beside GB-67 (contract §8.2): closed unless opened, and one alone whoever comes at once. */
@Timeout(120)
class SetupVectorsTest {

    private static final String PASSWORD = "correct horse battery";

    @Test
    void itIsClosedUnlessItIsOpened() {
        try (GoosebitWorld world = GoosebitWorld.with()) {
            Answer refused = world.form("/setup", "username", "first@example.org", "password", PASSWORD)
                    .expect(403);
            assertThat(refused.detail()).startsWith("The first administrator is made with the link");
            assertThat(world.get("/api/v1/settings/users").text()).isEqualTo("{\"users\":[]}");
        }
    }

    @Test
    void ofSeveralAtOnceOneIsTheAdministrator() {
        try (GoosebitWorld world = GoosebitWorld.with("--muster.goosebit.setup=true")) {
            List<Integer> answers = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> world.form("/setup", "username", "first-" + i + "@example.org", "password", PASSWORD)
                                    .status()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .sorted()
                    .toList();

            assertThat(answers).containsExactly(200, 403, 403, 403);
            assertThat(world.get("/api/v1/settings/users").json().path("users").size())
                    .isEqualTo(1);
        }
    }
}
