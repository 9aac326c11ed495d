package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.identity.UserEvent;
import dev.muster.identity.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventsOverHttpTest {

    private static final EventSettings QUICK =
            new EventSettings(Duration.ofMillis(100), 3, 10, 50, 1000, Duration.ofSeconds(5), 5, 100);

    private final TestServer server = new TestServer(QUICK);

    @AfterEach
    void stop() {
        server.close();
    }

    private SseReader read(String query, String... headers) {
        return new SseReader(server.address() + "/api/v1/events" + query, headers);
    }

    @Nested
    class Live {

        @Test
        void aStreamTellsItsPlaceAndThenWhatHappens() throws Exception {
            server.fleet.registered("old");
            try (SseReader reader = read("")) {
                SseReader.Event place = reader.next();
                assertThat(place.event()).isEqualTo("muster.position");
                assertThat(place.id()).isEqualTo("0");
                assertThat(place.data()).contains("\"position\":0");

                server.fleet.registered("dev1");
                SseReader.Event event = reader.next();
                assertThat(event.id()).isEqualTo("1");
                assertThat(event.event()).isEqualTo("muster.registry.device-registered.v1");
                assertThat(event.data())
                        .contains("\"specversion\":\"1.0\"", "\"subject\":\"devices/dev1\"", "\"sequence\":\"1\"");
            }
        }

        @Test
        void aBrokenConnectionResumesWithoutAGap() throws Exception {
            String lastId;
            try (SseReader reader = read("?after=-1")) {
                reader.next();
                server.fleet.registered("a").registered("b");
                reader.next();
                lastId = reader.next().id();
            }
            server.fleet.registered("c").registered("d");
            try (SseReader reader = read("?after=-1", "Last-Event-ID", lastId)) {
                assertThat(reader.next().id()).isEqualTo(lastId);
                assertThat(reader.next().data()).contains("devices/c");
                assertThat(reader.next().data()).contains("devices/d");
            }
        }

        @Test
        void theSeamBetweenHistoryAndLiveHasNoGap() throws Exception {
            IntStream.range(0, 2500).forEach(i -> server.fleet.registered("old" + i));
            try (SseReader reader = read("?after=-1")) {
                reader.next();
                Thread more = Thread.ofPlatform()
                        .start(() -> IntStream.range(0, 40).forEach(i -> server.fleet.registered("new" + i)));
                for (int i = 0; i < 2540; i++) {
                    assertThat(reader.next().id()).isEqualTo(Integer.toString(i));
                }
                more.join();
            }
        }

        @Test
        void theServerFilters() throws Exception {
            try (SseReader reader = read("?type=muster.updates.*&subject=devices/dev1")) {
                reader.next();
                server.fleet.registered("dev1").registered("dev2");
                server.fleet.assigned("dev2", 1, OS_1).assigned("dev1", 2, OS_1);

                assertThat(reader.next().data()).contains("action-assigned", "devices/dev1");
            }
        }

        @Test
        void aFilterThatPassesOverMuchSaysHowFarItIs() throws Exception {
            try (SseReader reader = read("?subject=devices/none&after=-1")) {
                reader.next();
                IntStream.range(0, 11).forEach(i -> server.fleet.registered("d" + i));

                SseReader.Event place = reader.next();
                assertThat(place.event()).isEqualTo("muster.position");
                assertThat(place.id()).isEqualTo("9");
            }
        }

        @Test
        void silenceIsBrokenByComments() throws Exception {
            try (SseReader reader = read("")) {
                reader.next();
                assertThat(reader.comment()).isEqualTo("still here");
                assertThat(reader.comment()).isEqualTo("still here");
            }
        }

        @Test
        void aLogThatFailsEndsTheStreamAndTellsWhereToResume() throws Exception {
            try (SseReader reader = read("")) {
                reader.next();
                server.fleet.registered("a");
                reader.next();
                server.fleet.log.behindMax = -1;
                server.fleet.registered("b");

                SseReader.Event last = reader.next();
                assertThat(last.event()).isEqualTo("muster.resume");
                assertThat(last.data()).contains("kernel.overloaded");
                assertThat(reader.ended()).isTrue();
                server.fleet.log.behindMax = Integer.MAX_VALUE;
                try (SseReader again = read("?after=" + last.id())) {
                    again.next();
                    assertThat(again.next().data()).contains("devices/b");
                }
            }
        }

        @Test
        void thereIsAnEndToStreams() throws Exception {
            try (SseReader one = read("");
                    SseReader two = read("");
                    SseReader three = read("")) {
                one.next();
                two.next();
                three.next();
                server.web()
                        .get()
                        .uri("/api/v1/events")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503);
            }
        }

        @Test
        void accountsAreForAuditorsOnly() throws Exception {
            server.permissions = Set.of(Permission.EVENTS_READ);
            try (SseReader reader = read("")) {
                reader.next();
                server.fleet.log.record("user/u", new UserEvent.UserDisabled(new UserId(new UUID(0, 1))));
                server.fleet.registered("dev1");

                assertThat(reader.next().data()).contains("devices/dev1");
            }
        }

        @Test
        void nonsenseIsRefused() {
            for (String query : List.of("?after=yesterday", "?type=" + "a,".repeat(9), "?subject=" + "x".repeat(101))) {
                server.web()
                        .get()
                        .uri("/api/v1/events" + query)
                        .exchange()
                        .expectStatus()
                        .isBadRequest();
            }
        }
    }

    @Nested
    class Feed {

        @Test
        void pagesFollowEachOtherWithoutAGap() {
            IntStream.range(0, 5).forEach(i -> server.fleet.registered("d" + i));
            server.fleet.assigned("d1", 1, OS_1);

            server.web()
                    .get()
                    .uri("/api/v1/events/feed?limit=2&type=muster.registry.*&after=0")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(2)
                    .jsonPath("$.items[0].subject")
                    .isEqualTo("devices/d1")
                    .jsonPath("$.next")
                    .isEqualTo("2");
            server.web()
                    .get()
                    .uri("/api/v1/events/feed?limit=10&type=muster.registry.*&after=2")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(2)
                    .jsonPath("$.next")
                    .isEqualTo("5");
            server.web()
                    .get()
                    .uri("/api/v1/events/feed?after=5")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(0)
                    .jsonPath("$.next")
                    .isEqualTo("5");
        }

        @Test
        void aRareHitIsFoundOverSeveralPages() {
            IntStream.range(0, 1500).forEach(i -> server.fleet.registered("d" + i));
            server.fleet.assigned("d1", 1, OS_1);

            server.web()
                    .get()
                    .uri("/api/v1/events/feed?type=muster.updates.*")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(0)
                    .jsonPath("$.next")
                    .isEqualTo("999");
            server.web()
                    .get()
                    .uri("/api/v1/events/feed?type=muster.updates.*&after=999")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(1);
        }
    }
}
