package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class DevicesOverHttpTest extends OverHttp {

    @Nested
    class Devices {

        @Test
        void aListHasPagesThatLinkToEachOther() {
            IntStream.range(0, 5)
                    .forEach(i -> server.fleet.registered("d" + i, "lab north", List.of(), Map.of(), Origin.BULK));
            EntityExchangeResult<byte[]> first =
                    body("/api/v1/devices?filter=group%3D%3D%22lab+north%22&limit=2&count=true")
                            .jsonPath("$.items.length()")
                            .isEqualTo(2)
                            .jsonPath("$.count")
                            .isEqualTo(5)
                            .jsonPath("$.items[0].updateStatus")
                            .isEqualTo("unknown")
                            .jsonPath("$.items[0].presence")
                            .isEqualTo("never-seen")
                            .jsonPath("$.items[0].origin")
                            .isEqualTo("bulk")
                            .returnResult();

            String link = first.getResponseHeaders().getFirst("Link");
            Matcher next = Pattern.compile("<([^>]+)>; rel=\"next\"").matcher(link);
            assertThat(next.matches()).isTrue();
            assertThat(next.group(1)).startsWith("/api/v1/devices?filter=group%3D%3D%22lab");
            body(next.group(1)).jsonPath("$.items[0].id").isEqualTo("d2");
        }

        @Test
        void theLastPageLinksNowhere() {
            server.fleet.registered("a");
            get("/api/v1/devices?q=a&sort=-name")
                    .expectHeader()
                    .doesNotExist("Link")
                    .expectBody()
                    .jsonPath("$.next")
                    .doesNotExist();
        }

        @Test
        void brokenQuestionsAreRefused() {
            get("/api/v1/devices?filter=nosuch%3D%3D1")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("kernel.invalid-filter")
                    .jsonPath("$.details.position")
                    .isEqualTo(0);
            for (String query : List.of("limit=0", "limit=1001", "limit=x", "after=x", "sort=tag")) {
                get("/api/v1/devices?" + query).expectStatus().isBadRequest();
            }
        }

        @Test
        void aDeviceIsNotSentTwice() {
            server.fleet.registered("a").reports("a", Map.of("hw_boardname", "rpi5"));
            String tag = get("/api/v1/devices/a")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.hardware.model")
                    .isEqualTo("rpi5")
                    .returnResult()
                    .getResponseHeaders()
                    .getETag();
            assertThat(tag).isEqualTo("\"1\"");

            server.web()
                    .get()
                    .uri("/api/v1/devices/a")
                    .header("If-None-Match", "\"0\", " + tag)
                    .exchange()
                    .expectStatus()
                    .isNotModified();
            get("/api/v1/devices/b").expectStatus().isNotFound();
        }

        @Test
        void itsActionsAreNewestFirst() {
            server.fleet
                    .registered("a")
                    .assigned("a", 1, OS_1)
                    .assigned("a", 2, OS_1)
                    .assigned("a", 3, OS_2);
            server.stored(
                    "actions@1",
                    action("a", 1, "CANCELED", "bye"),
                    action("a", 2, "FINISHED", "done"),
                    action("a", 3, "RUNNING", "go"));

            body("/api/v1/devices/a/actions")
                    .jsonPath("$.items[*].action")
                    .value(actions -> assertThat(actions).asString().isEqualTo("[3,2,1]"))
                    .jsonPath("$.items[0].type")
                    .isEqualTo("time-forced");
            body("/api/v1/devices/a/actions?limit=1")
                    .jsonPath("$.items[0].action")
                    .isEqualTo(3);
            body("/api/v1/devices/a/actions/2")
                    .jsonPath("$.status")
                    .isEqualTo("finished")
                    .jsonPath("$.entries[0].messages[0]")
                    .isEqualTo("done")
                    .jsonPath("$._id")
                    .doesNotExist();
            get("/api/v1/devices/a/actions/9").expectStatus().isNotFound();
        }

        @Test
        void whatWasTriedAgainIsNoLongerToBeTried() {
            server.fleet.registered("a").assigned("a", 1, OS_1);
            server.stored("actions@1", action("a", 1, "ERROR", "no room").append("retryAt", "2026-11-20T08:10:00Z"));
            body("/api/v1/devices/a/actions/1")
                    .jsonPath("$.retryAt")
                    .isEqualTo("2026-11-20T08:10:00Z")
                    .jsonPath("$.meaning")
                    .value(meaning -> assertThat(meaning).asString().contains("tried again"));

            server.fleet.assigned("a", 2, OS_1);
            body("/api/v1/devices/a/actions/1")
                    .jsonPath("$.retryAt")
                    .doesNotExist()
                    .jsonPath("$.meaning")
                    .value(meaning -> assertThat(meaning).asString().doesNotContain("tried again"));
            body("/api/v1/devices/a/actions")
                    .jsonPath("$.items[*].retryAt")
                    .value(times -> assertThat(times).asString().isEqualTo("[]"));
        }

        @Test
        void aSwappedViewIsSeen() {
            server.fleet.registered("a").assigned("a", 1, OS_1);
            server.stored("actions@2", action("a", 1, "FINISHED", "rebuilt"));
            server.stored("actions@1", action("a", 1, "RUNNING", "old"));
            body("/api/v1/devices/a/actions/1").jsonPath("$.status").isEqualTo("running");

            server.stored("generations", new Document("_id", "actions").append("serving", 2));
            server.fleet.clock.advance(Duration.ofSeconds(1));
            body("/api/v1/devices/a/actions/1").jsonPath("$.status").isEqualTo("finished");
        }
    }

    @Nested
    class TheFleet {

        @Test
        void itsFieldsAndNumbersAreTold() {
            server.fleet.registered("a").reports("a", Map.of("serial", "1"));

            body("/api/v1/fleet/fields")
                    .jsonPath("$.items[0].name")
                    .isEqualTo("id")
                    .jsonPath("$.items[?(@.name=='updatestatus')].values[3]")
                    .isEqualTo("in-sync")
                    .jsonPath("$.items[?(@.name=='attribute.serial')].kind")
                    .isEqualTo("text");
            body("/api/v1/fleet/summary")
                    .jsonPath("$.devices")
                    .isEqualTo(1)
                    .jsonPath("$.presence['never-seen']")
                    .isEqualTo(1)
                    .jsonPath("$.versions.length()")
                    .isEqualTo(0);
        }
    }

    @Test
    void settingsAreShownWithoutDigestsAndWithTheirVersion() {
        get("/api/v1/settings/updates").expectHeader().valueEquals("ETag", "\"-1\"");
        server.fleet.polling("00:01:00");

        get("/api/v1/settings/updates")
                .expectHeader()
                .valueEquals("ETag", "\"0\"")
                .expectBody(String.class)
                .value(text -> assertThat(text)
                        .contains("00:01:00", "registered")
                        .doesNotContain("Digest")
                        .doesNotContain("secret"));
    }
}
