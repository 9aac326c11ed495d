package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.id;

import dev.muster.kernel.Refusal;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.Uid;
import dev.muster.overview.CommandRefused;
import dev.muster.registry.DeviceEvent;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AuditOverHttpTest {

    private final TestServer server = new TestServer(EventSettings.DEFAULTS);

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    class Audit {

        @Test
        void theTrailIsNewestFirstAndGoesOn() {
            server.fleet.registered("a").registered("b");
            server.fleet.log.record(
                    null,
                    new CommandRefused(
                            "registry.RegisterDevice",
                            "device/a",
                            "registry.device-exists",
                            Refusal.Kind.CONFLICT,
                            "No."),
                    Map.of("actor", "token:ci", "address", "10.0.0.1", "correlation", "c9", "reason", "import"));

            server.web()
                    .get()
                    .uri("/api/v1/audit?limit=2")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items[0].outcome")
                    .isEqualTo("refused")
                    .jsonPath("$.items[0].code")
                    .isEqualTo("registry.device-exists")
                    .jsonPath("$.items[0].command")
                    .isEqualTo("registry.RegisterDevice")
                    .jsonPath("$.items[0].reason")
                    .isEqualTo("import")
                    .jsonPath("$.items[1].target")
                    .isEqualTo("device/b")
                    .jsonPath("$.items[1].event")
                    .isEqualTo("registry.DeviceRegistered")
                    .jsonPath("$.next")
                    .isEqualTo(1);
            server.web()
                    .get()
                    .uri("/api/v1/audit?before=1")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.next")
                    .doesNotExist();
        }

        @Test
        void itIsFilteredByActorCommandAndOutcome() {
            server.fleet.registered("a");
            server.fleet.log.record(
                    "device/b", new DeviceEvent.DeviceRenamed(id("b"), "n"), Map.of("actor", "token:ci"));

            for (Map.Entry<String, Integer> each : Map.of(
                            "actor=token:*",
                            1,
                            "actor=nobody",
                            0,
                            "command=test.*",
                            1,
                            "outcome=refused",
                            0,
                            "outcome=accepted",
                            2)
                    .entrySet()) {
                server.web()
                        .get()
                        .uri("/api/v1/audit?" + each.getKey())
                        .exchange()
                        .expectBody()
                        .jsonPath("$.items.length()")
                        .isEqualTo(each.getValue());
            }
            server.web()
                    .get()
                    .uri("/api/v1/audit?outcome=maybe")
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Nested
    class Timeline {

        @Test
        void itJoinsRegistryAndUpdatesNewestFirst() {
            server.fleet.registered("a").assigned("a", 1, OS_1).finished("a", 1, OS_1);
            server.fleet.happens(new DeviceEvent.TokenIssued(id("a"), "hush"));

            server.web()
                    .get()
                    .uri("/api/v1/devices/a/timeline?limit=3")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(3)
                    .jsonPath("$.items[0].type")
                    .isEqualTo("registry.TokenIssued")
                    .jsonPath("$.items[0].data.tokenDigest")
                    .doesNotExist()
                    .jsonPath("$.items[0].actor")
                    .isEqualTo("user:ann")
                    .jsonPath("$.items[2].type")
                    .isEqualTo("updates.ActionAssigned")
                    .jsonPath("$.items[2].data.type")
                    .isEqualTo("forced");
            server.web()
                    .get()
                    .uri("/api/v1/devices/x/timeline")
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }

        @Test
        void aDeviceThatIsEnrolledAndNotYetRegisteredHasOne() {
            server.fleet.log.record("enrolment/r", new DeviceEnrolled(id("r"), new Uid("r"), "10.0.0.7", "", Map.of()));

            server.web()
                    .get()
                    .uri("/api/v1/devices/r/timeline")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].type")
                    .isEqualTo("observe.DeviceEnrolled");
        }
    }
}
