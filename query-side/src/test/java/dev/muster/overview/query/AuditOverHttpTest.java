package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.id;

import dev.muster.kernel.Refusal;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.ScriptOutcome;
import dev.muster.lab.query.TestLab;
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

        /** The command's name does not tell how it ended, nor where what it said is read. */
        @Test
        void aRunOfTheSetupScriptIsTold() {
            server.fleet.log.record(
                    "board/b1",
                    new SetupScriptRan(
                            TestLab.board("b1"),
                            TestLab.id(1),
                            ScriptAction.RELEASE,
                            ScriptOutcome.TIMED_OUT,
                            120_000,
                            "ab".repeat(32)),
                    Map.of("actor", "system:lab", "command", "lab.RecordScriptRun"));
            server.fleet.registered("a");
            server.web()
                    .get()
                    .uri("/api/v1/audit?limit=2")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items[0].data")
                    .doesNotExist()
                    .jsonPath("$.items[1].event")
                    .isEqualTo("lab.SetupScriptRan")
                    .jsonPath("$.items[1].data.outcome")
                    .isEqualTo("timed-out")
                    .jsonPath("$.items[1].data.millis")
                    .isEqualTo(120_000)
                    .jsonPath("$.items[1].data.words")
                    .isEqualTo("ab".repeat(32));
        }

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
