package dev.muster.overview.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.EventNames;
import dev.muster.overview.query.EventFilter;
import dev.muster.overview.query.EventSettings;
import dev.muster.overview.query.PublicEvents;
import dev.muster.overview.query.PublicEventsTest;
import dev.muster.overview.query.TestJson;
import dev.muster.updates.query.TestFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class EventStreamTest {

    private static final EventSettings SETTINGS =
            new EventSettings(Duration.ofHours(1), 3, 1000, 50, 1000, Duration.ofSeconds(5), 5, 100);

    private final TestFleet fleet = new TestFleet();
    private final PublicEvents events = new PublicEvents(new EventNames(PublicEventsTest.PARENTS), TestJson.mapper());

    private Flux<ServerSentEvent<Object>> from(long position) {
        Caller caller = new Caller(Caller.Kind.USER, "ann", null, Set.of(Permission.EVENTS_READ), Map.of());
        return new EventStream(fleet.log, fleet.log, events, SETTINGS)
                .from(position, new EventFilter(events, caller, null, null, SETTINGS));
    }

    @Test
    void aLiveReaderThatFallsBehindIsCutWithoutAGap() {
        List<ServerSentEvent<Object>> got = new ArrayList<>();
        StepVerifier.create(from(-1).doOnNext(got::add), 1)
                .expectNextCount(1)
                .then(() -> IntStream.range(0, 600).forEach(i -> fleet.registered("d" + i)))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(event -> !EventStream.RESUME.equals(event.event()))
                .assertNext(event ->
                        assertThat(((EventStream.Place) event.data()).code()).isEqualTo("kernel.overloaded"))
                .verifyComplete();

        long resume = Long.parseLong(got.getLast().id());
        assertThat(got.subList(1, got.size() - 1))
                .extracting(ServerSentEvent::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, (int) resume)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(resume).isBetween(1L, 549L);
    }

    @Test
    void whoReadsOldHistoryTakesTheTimeItTakes() {
        IntStream.range(0, 600).forEach(i -> fleet.registered("d" + i));

        StepVerifier.create(from(-1), 1)
                .expectNextCount(1)
                .thenRequest(600)
                .expectNextCount(600)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }
}
