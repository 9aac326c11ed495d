package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Refused;
import dev.muster.updates.ReleaseCommand.CreateRelease;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    private static final ReleaseId ID = ReleaseId.of("os", "1");
    private static final Instant THEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final String URL = "https://user:***@files.example.org/os-1.swu";

    private AggregateTestFixture<Release> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(Release.class);
    }

    private static List<SoftwareModule> modules(long number, String sha256, @Nullable String url, Instant at) {
        Artifact file = new Artifact("os-1.swu", sha256, "b".repeat(40), "c".repeat(32), 7, at, url);
        return List.of(new SoftwareModule(number, "os", "os", "1", false, List.of(file), List.of(), List.of()));
    }

    private static ReleaseCreated created(List<SoftwareModule> modules) {
        return new ReleaseCreated(ID, "os", "1", modules, false, null);
    }

    private static CreateRelease create(List<SoftwareModule> modules) {
        return new CreateRelease(ID, "os", "1", modules, false, null);
    }

    @Test
    void theSameFileElsewhereReadAgainIsTheSameRelease() {
        fixture.given(created(modules(1, "aa", URL, THEN)))
                .when(create(modules(2, "aa", URL, THEN.plusSeconds(60))))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void anotherFileThereIsAnotherRelease() {
        refusedAsAnother(modules(2, "ab", URL, THEN));
    }

    @Test
    void theSameFileInAnotherPlaceIsAnotherRelease() {
        refusedAsAnother(modules(2, "aa", "https://files.example.org/os-1.swu", THEN));
        refusedAsAnother(modules(2, "aa", null, THEN));
    }

    private void refusedAsAnother(List<SoftwareModule> modules) {
        aFixture();
        fixture.given(created(modules(1, "aa", URL, THEN)))
                .when(create(modules))
                .expectNoEvents()
                .expectException(Refused.class);
    }

    @Test
    void whereItLiesIsInTheEvent() {
        List<SoftwareModule> modules = modules(1, "aa", URL, THEN);
        fixture.givenNoPriorActivity()
                .when(create(modules))
                .expectEvents(created(modules))
                .expectResultMessagePayload(true);
        assertThat(modules.getFirst().artifacts().getFirst().url()).isEqualTo(URL);
    }
}
