package dev.muster.overview.query;

import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.Power;
import dev.muster.lab.ShareMode;
import dev.muster.lab.query.TestLab;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LabOverHttpTest extends OverHttp {

    private static final String LAB = "/api/v1/lab";

    private final TestLab lab = server.lab;

    private JsonNode json(String uri) {
        return TestJson.mapper().readTree(body(uri).returnResult().getResponseBody());
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        json(LAB + "/boards?" + query)
                .get("items")
                .forEach(each -> names.add(each.get("name").asString()));
        return names;
    }

    private void refused(String uri, int status, String code) {
        get(LAB + uri)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    /** Ann, who calls, does not run the lab. */
    private void asUser() {
        server.permissions = EnumSet.of(Permission.LAB_READ, Permission.LAB_USE);
    }

    @Nested
    class Boards {

        @Test
        void aFreeBoardIsShownWhole() {
            lab.defined("b1", "pine", Map.of("sdwire", "yes"));

            assertThat(json(LAB + "/boards/b1"))
                    .hasToString("{\"name\":\"b1\",\"brdclass\":\"pine\",\"attributes\":{\"arch\":\"arm64\"},"
                            + "\"tags\":{\"sdwire\":\"yes\"},"
                            + "\"options\":[{\"cls\":\"snmppower\",\"host\":\"poe\",\"port\":3},"
                            + "{\"cls\":\"serialconsole\",\"val\":\"/dev/ttyU0\"}],"
                            + "\"defaultSeconds\":3600,\"maxSeconds\":28800,"
                            + "\"keepsPower\":false,\"state\":\"free\","
                            + "\"power\":null,\"powering\":false,\"mine\":false,\"retiring\":false,"
                            + "\"changedAt\":\"2026-11-20T08:00:00Z\",\"version\":0}");
            refused("/boards/nope", 404, "lab.no-such-board");
            refused("/boards/-", 400, "lab.name-invalid");
        }

        @Test
        void powerIsOnOrOffOrNotGuessed() {
            lab.defined("b1").happens(new PowerObserved(board("b1"), null, Power.ON));
            body(LAB + "/boards/b1").jsonPath("$.power").isEqualTo("on");
            lab.happens(new PowerObserved(board("b1"), null, Power.OFF));
            body(LAB + "/boards/b1").jsonPath("$.power").isEqualTo("off");
            lab.happens(new PowerObserved(board("b1"), null, Power.UNKNOWN));
            JsonNode unknown = json(LAB + "/boards/b1");
            assertThat(unknown.has("power")).isTrue();
            assertThat(unknown.get("power").isNull()).isTrue();
        }

        @Test
        void theHolderSeesTheirKeysContextAndEnvironment() {
            asUser();
            lab.lent("b1", 1, "user:ann");

            JsonNode board = json(LAB + "/boards/b1");
            assertThat(board.get("mine").asBoolean()).isTrue();
            assertThat(board.get("reservation"))
                    .hasToString("{\"id\":\"" + id(1) + "\",\"holder\":\"user:ann\",\"holderName\":\"Ann\","
                            + "\"purpose\":\"boot test\",\"power\":\"on\","
                            + "\"since\":\"2026-11-20T08:00:01Z\",\"expiresAt\":\"2026-11-21T08:00:00Z\","
                            + "\"context\":{\"job\":\"build-7\"},\"sshKeys\":[\"" + TestLab.KEY + "\"],\"shares\":{}}");
            assertThat(board.get("environment"))
                    .hasToString("{\"attrs\":{\"ip\":\"192.0.2.7\"},\"ssh\":true,\"exec\":true}");
        }

        @Test
        void othersSeeWhoHasItAndNothingThatIsTheirs() {
            asUser();
            lab.lent("b1", 1, "user:bob").happens(new ReservationShared(board("b1"), id(1), "user:cid", ShareMode.RO));

            for (String uri : List.of("/boards/b1", "/boards")) {
                String text = json(LAB + uri).toString();
                assertThat(text)
                        .contains("user:bob", "boot test", "\"mine\":false")
                        .doesNotContain(TestLab.KEY, "build-7", "192.0.2.7", "jail", "user:cid", "sshd", "jexec");
            }
        }

        @Test
        void whoSharesItSeesWithWhomButNotWhatIsTheHoldersOwn() {
            asUser();
            lab.lent("b1", 1, "user:bob").happens(new ReservationShared(board("b1"), id(1), "user:ann", ShareMode.RW));

            assertThat(json(LAB + "/boards/b1").toString())
                    .contains("\"shares\":{\"user:ann\":\"rw\"}")
                    .doesNotContain(TestLab.KEY, "build-7", "192.0.2.7");
        }

        @Test
        void whoRunsTheLabSeesAllButTheScriptsOwnState() {
            lab.lent("b1", 1, "user:bob");

            assertThat(json(LAB + "/boards/b1").toString())
                    .contains(TestLab.KEY, "build-7", "192.0.2.7")
                    .doesNotContain("secret-jail");
        }

        @Test
        void aFaultyBoardIsNobodys() {
            lab.lent("b1", 1, "user:ann").releasing("b1", 1);
            lab.happens(new ReleaseFailed(board("b1"), new UUID(1, 1), id(1), 1, "lab.release-failed", "jail is busy"));

            body(LAB + "/boards/b1")
                    .jsonPath("$.state")
                    .isEqualTo("faulty")
                    .jsonPath("$.fault")
                    .isEqualTo("jail is busy")
                    .jsonPath("$.reservation")
                    .doesNotExist();
            assertThat(names("mine=true")).isEmpty();
        }

        @Test
        void oneIsNotSentTwiceUnlessItChangedOrAnotherLooks() {
            lab.lent("b1", 1, "user:bob");
            String tag = get(LAB + "/boards/b1")
                    .expectBody()
                    .returnResult()
                    .getResponseHeaders()
                    .getETag();
            assertThat(tag).startsWith("\"2-");
            again(tag).expectStatus().isNotModified();

            asUser();
            again(tag).expectStatus().isOk();
            server.permissions = EnumSet.allOf(Permission.class);
            lab.happens(new PowerObserved(board("b1"), null, Power.ON));
            again(tag).expectStatus().isOk();
        }

        private org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec again(String tag) {
            return server.web()
                    .get()
                    .uri(LAB + "/boards/b1")
                    .header("If-None-Match", tag)
                    .exchange();
        }

        @Test
        void aListIsNarrowedDown() {
            lab.defined("a", "pine", Map.of("sd", "yes", "room", "1,2")).defined("b", "cora", Map.of("sd", "yes"));
            lab.lent("c", 1, "user:ann").lent("d", 2, "user:bob").reserved("b", 3, "user:ann");

            assertThat(names("")).containsExactly("a", "b", "c", "d");
            assertThat(names("class=pine")).containsExactly("a", "c", "d");
            assertThat(names("tag=sd=yes")).containsExactly("a", "b");
            assertThat(names("tag=sd=yes&tag=room=1,2")).containsExactly("a");
            assertThat(names("state=reserved")).containsExactly("c", "d");
            assertThat(names("mine=true")).containsExactly("b", "c");
            assertThat(names("mine=true&state=reserved")).containsExactly("c");
            assertThat(names("class=none")).isEmpty();
            refused("/boards?state=lost", 400, "kernel.invalid-request");
            refused("/boards?tag=sd", 400, "kernel.invalid-request");
            refused("/boards?" + "tag=a=b&".repeat(21), 400, "kernel.invalid-request");
        }

        @Test
        void aListHasPages() {
            lab.defined("a").defined("b").defined("c");
            JsonNode first = json(LAB + "/boards?limit=2&count=true");
            assertThat(first.get("count").asInt()).isEqualTo(3);
            String next = first.get("next").asString();
            lab.defined("aa");

            assertThat(names("limit=2&after=" + next)).containsExactly("c");
            refused("/boards?after=xyz", 400, "kernel.invalid-cursor");
            refused("/reservations?after=" + next, 400, "kernel.invalid-cursor");
        }

        @Test
        void classesTellHowManyAreFree() {
            lab.defined("a").lent("b", 1, "user:ann");

            assertThat(json(LAB + "/classes"))
                    .hasToString("{\"items\":[{\"name\":\"pine\",\"attributes\":{\"arch\":\"arm64\"},"
                            + "\"total\":2,\"free\":1}]}");
        }
    }
}
