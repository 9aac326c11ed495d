package dev.muster.config.poc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.poc.PocHouse.Answer;
import dev.muster.identity.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may come in and with how much, what the wire says of itself, and where it is mounted. */
class DoorsTest {

    private PocHouse house = new PocHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void builtAnew(PocSettings settings, String base) {
        house.close();
        house = new PocHouse(settings, base);
    }

    private static PocSettings with(int configMax, long bodiesMax, int agentsMax, Duration commandTimeout) {
        return new PocSettings(
                configMax,
                1_000,
                bodiesMax,
                agentsMax,
                10,
                Duration.ofSeconds(5),
                commandTimeout,
                Duration.ofSeconds(5));
    }

    @Nested
    class Trusting {

        private int[] all(String uuid, String... headers) {
            String registration = "{\"ip-address\":\"x\",\"public-key-rsa\":\"k\",\"arch\":\"a\"}";
            return new int[] {
                house.post("/register/", registration, headers).status(),
                house.post("/poll/", "{\"uuid\":\"" + uuid + "\",\"config\":{}}", headers)
                        .status(),
                house.get("/state/" + uuid + "/", headers).status(),
                house.get("/target-config/", headers).status(),
                house.put("/target-config/", "{\"config\":{}}", headers).status()
            };
        }

        @Test
        void nobodyIsTrustedWhoShowsNothing() {
            String uuid = house.agent();
            house.trusted = false;
            assertThat(all(uuid)).containsOnly(401);
            Answer answer = house.get("/target-config/");
            assertThat(answer.text()).isEqualTo("{\"detail\":\"Not authenticated\"}");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(all(uuid, "Authorization", "Basic YTpi")).containsOnly(401);
            assertThat(all(uuid, "Authorization", "bearer wrong")).containsOnly(401);
            assertThat(house.get("/docs").status()).isEqualTo(200);
            assertThat(house.get("/openapi.json").status()).isEqualTo(200);
            assertThat(house.commands).hasSize(1);
        }

        @Test
        void aTokenDoesWhatItIsFor() {
            String uuid = house.agent();
            house.trusted = false;
            house.tokens.put("agent", Set.of(Permission.DEVICES_ENROL));
            house.tokens.put("reader", Set.of(Permission.CONFIG_READ));
            house.tokens.put("writer", Set.of(Permission.CONFIG_WRITE));
            house.tokens.put("other", Set.of(Permission.DEVICES_READ));
            assertThat(all(uuid, "Authorization", "bearer agent")).containsExactly(200, 204, 403, 200, 403);
            assertThat(all(uuid, "Authorization", "Bearer reader")).containsExactly(403, 403, 200, 200, 403);
            assertThat(all(uuid, "Authorization", "BEARER writer")).containsExactly(200, 204, 403, 403, 200);
            assertThat(all(uuid, "Authorization", "bearer other")).containsOnly(403);
            assertThat(house.provenances.getLast()).containsEntry("actor", "token:writer");
        }
    }

    @Nested
    class Limits {

        @Test
        void aBodyHasAnEnd() {
            builtAnew(with(2_000, 1 << 20, 10, Duration.ofSeconds(5)), PocHouse.BASE);
            String uuid = house.agent();
            String large = "{\"x\":\"" + "y".repeat(2_000) + "\"}";
            assertThat(house.poll(uuid, large).status()).isEqualTo(413);
            assertThat(house.put("/target-config/", "{\"config\":" + large + "}")
                            .status())
                    .isEqualTo(413);
            assertThat(house.post("/register/", "{\"arch\":\"" + "y".repeat(1_000) + "\"}")
                            .status())
                    .isEqualTo(413);
            assertThat(house.commands).hasSize(1);
        }

        @Test
        void bodiesTogetherHaveAnEndAndGiveTheirRoomBack() {
            builtAnew(with(2_000, 500, 10, Duration.ofSeconds(5)), PocHouse.BASE);
            String uuid = house.agent();
            for (int i = 0; i < 20; i++) {
                assertThat(house.poll(uuid, "{}").status()).isEqualTo(204);
            }
            Answer answer = house.poll(uuid, "{\"x\":\"" + "y".repeat(1_000) + "\"}");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            // Given back once the answer is out; whoever asked may have it a moment before.
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(house.handler.bytesHeld())
                    .isZero());
        }

        @Test
        void thereAreSoManyAgentsAtMost() {
            builtAnew(with(2_000, 1 << 20, 2, Duration.ofSeconds(5)), PocHouse.BASE);
            house.agent();
            house.agent();
            assertThat(house.post("/register/", "{}").status()).isEqualTo(503);
        }

        @Test
        void aChangeThatTakesTooLongIsAskedForAgain() {
            builtAnew(with(2_000, 1 << 20, 2, Duration.ofMillis(200)), PocHouse.BASE);
            house.answering = false;
            assertThat(house.put("/target-config/", "{\"config\":{}}").status()).isEqualTo(503);
        }

        /** A no would make an agent register once more. */
        @Test
        void whatIsDurableIsDoneAlsoWhenItIsSlowToShow() {
            builtAnew(with(2_000, 1 << 20, 2, Duration.ofSeconds(1)), PocHouse.BASE);
            house.showing = Duration.ofMillis(1_500);
            assertThat(house.agent()).isNotBlank();
        }

        @Test
        void depthHasAnEnd() {
            String deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
            assertThat(house.put("/target-config/", "{\"config\":" + deep + "}").status())
                    .isEqualTo(422);
            String bomb = "[".repeat(500_000);
            assertThat(house.put("/target-config/", "{\"config\":" + bomb + "}").status())
                    .isEqualTo(422);
            assertThat(house.put("/target-config/", "{\"config\":{\"n\":1e999999}}")
                            .status())
                    .isEqualTo(422);
            assertThat(house.put("/target-config/", "{\"config\":{\"n\":" + "9".repeat(900_000) + "}}")
                            .status())
                    .isEqualTo(422);
            assertThat(house.commands).isEmpty();
        }

        @Test
        void anEntireMebibyteIsTakenAndAnswered() {
            String config = "{\"x\":\"" + "y".repeat((1 << 20) - 100) + "\"}";
            assertThat(house.put("/target-config/", "{\"config\":" + config + "}")
                            .status())
                    .isEqualTo(200);
            String uuid = house.agent();
            assertThat(house.poll(uuid, "{}").text()).isEqualTo("{\"config\":" + config + "}");
            assertThat(house.post("/poll/", "{\"uuid\":\"" + uuid + "\",\"config\":{}}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Manual {

        @Test
        void programsReadOpenApi() {
            Answer answer = house.get("/openapi.json");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            JsonNode document = answer.json();
            assertThat(document.path("openapi").asString()).startsWith("3.1");
            assertThat(document.path("paths").propertyNames())
                    .containsExactlyInAnyOrder(
                            "/register/", "/poll/", "/state/{registration_uuid}/", "/target-config/");
            assertThat(document.path("servers").get(0).path("url").asString()).isEqualTo("/registries");
            for (String reference : document.findValuesAsString("$ref")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            }
        }

        @Test
        void peopleReadAPage() {
            Answer answer = house.get("/docs");
            assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(answer.text()).contains("/registries/poll/", "href=\"/registries/openapi.json\"", "PUT");
            assertThat(house.send("HEAD", "/registries/docs", null).status()).isEqualTo(200);
            assertThat(house.post("/docs", "{}").header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void aDoorOfItsOwnHasNothingBeforeItsPaths() {
        builtAnew(PocSettings.DEFAULTS, "");
        for (String path : List.of("/target-config/", "/docs", "/openapi.json")) {
            assertThat(house.send("GET", path, null).status()).as(path).isEqualTo(200);
        }
        assertThat(house.send("GET", "/registries/target-config/", null).status())
                .isEqualTo(404);
        assertThat(house.send("GET", "/devices/a/v2/", null).text()).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(house.send("POST", "/poll", "{}").header("Location")).isEqualTo(house.url() + "/poll/");
        assertThat(house.send("GET", "/openapi.json", null)
                        .json()
                        .path("servers")
                        .get(0)
                        .path("url")
                        .asString())
                .isEqualTo("/");
    }
}
