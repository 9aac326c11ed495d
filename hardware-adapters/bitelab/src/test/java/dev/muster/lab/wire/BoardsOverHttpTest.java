package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ADMIN;
import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.BOB;
import static dev.muster.lab.wire.BitelabHouse.LOOKER;
import static dev.muster.lab.wire.BitelabHouse.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.wire.BitelabHouse.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rows about boards of the contract's table (§4), over real HTTP. */
class BoardsOverHttpTest {

    private final BitelabHouse house = new BitelabHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void classesSayHowManyBoardsThereAreAndAreFree() {
        house.lab.reserved("a64-1", "user:ann");

        JsonNode classes = house.get("/board/classes", LOOKER).json();

        assertThat(classes.toString())
                .isEqualTo("{\"pine64\":{\"arch\":\"arm64\",\"total\":2,\"free\":1},"
                        + "\"plain\":{\"arch\":\"arm64\",\"total\":1,\"free\":1}}");
    }

    @Test
    void theListIsAMapByNameAndIsFiltered() {
        house.lab.reserved("a64-1", "user:ann");

        assertThat(names("/board/")).containsExactly("a64-1", "a64-2", "bare");
        assertThat(names("/board")).hasSize(3);
        assertThat(names("/board/?class=pine64")).containsExactly("a64-1", "a64-2");
        assertThat(names("/board/?class=pine64&state=free")).containsExactly("a64-2");
        assertThat(names("/board/?tag=sdwire%3Dyes&tag=n=bare")).containsExactly("bare");
        assertThat(names("/board/?mine=true")).containsExactly("a64-1");
        assertThat(house.get("/board/?state=odd", ANN).code()).isEqualTo("bad-value");
        assertThat(house.get("/board/?tag=odd", ANN).status()).isEqualTo(400);
    }

    private List<String> names(String path) {
        return List.copyOf(house.get(path, ANN).json().propertyNames());
    }

    @Test
    void theHolderSeesAllOfABoardAndOthersNotTheEnvironmentOrTheContext() {
        house.lab.reserved("a64-1", "user:ann");

        JsonNode own = house.get("/board/a64-1", ANN).json();
        assertThat(own.toString())
                .isEqualTo("{\"name\":\"a64-1\",\"brdclass\":\"pine64\",\"state\":\"reserved\",\"reserved\":true,"
                        + "\"attrs\":{\"ip\":\"192.0.2.7\",\"power\":true,\"iface\":\"awg0.103\",\"carrier\":true,\"console\":true},"
                        + "\"reservation\":{\"id\":\""
                        + own.path("reservation").path("id").asString()
                        + "\",\"user\":\"ann\",\"since\":\"2026-11-20T09:45:53Z\",\"expires\":\"2026-11-20T10:45:53Z\","
                        + "\"purpose\":\"bring-up\",\"context\":{\"job\":\"77\"},"
                        + "\"sshpubkey\":\"ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAA\",\"shares\":{}},"
                        + "\"class\":{\"arch\":\"arm64\"},\"tags\":{\"n\":\"a64-1\",\"sdwire\":\"yes\"},"
                        + "\"default_duration\":3600,\"max_duration\":28800}");
        for (String other : List.of(BOB, LOOKER)) {
            String seen = house.get("/board/a64-1", other).text();
            assertThat(seen)
                    .contains("\"user\":\"ann\"", "bring-up")
                    .doesNotContain("192.0.2.7", "\"job\"", "ssh-ed25519");
            assertThat(house.get("/board/a64-1/attrs", other).text()).doesNotContain("192.0.2.7");
        }
        assertThat(house.get("/board/a64-1", ADMIN).text()).contains("192.0.2.7", "\"job\"", "ssh-ed25519");
        assertThat(house.get("/board/a64-1/attrs", ANN).json().path("ip").asString())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void powerThatIsNotKnownIsNullAndABoardWithoutASwitchHasNone() {
        assertThat(house.get("/board/a64-1/attrs", ANN).json().get("power").isNull())
                .isTrue();
        house.lab.powered("a64-1", Power.OFF);
        assertThat(house.get("/board/a64-1/attrs", ANN).json().get("power").asBoolean())
                .isFalse();
        assertThat(house.get("/board/bare/attrs", ANN).text()).isEqualTo("{\"console\":false}");
    }

    @Test
    void theSameStandsUnderTheApisPathAndASlashAtTheEndChangesNothing() {
        for (String path : List.of("/api/v1/board/bare", "/board/bare/", "/board/%62are")) {
            assertThat(house.get(path, ANN).json().path("name").asString()).isEqualTo("bare");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(house.get("/board/none", ANN).code()).isEqualTo("no-such-board");
        assertThat(house.get("/board/a%2Fb", ANN).code()).isEqualTo("no-such-board");
        for (String path : List.of("", "/", "/x", "/board//a", "/board/%ff", "/board/a/b/c/d", "/board/a/fly")) {
            assertThat(house.get(path, ANN).status()).as(path).isEqualTo(404);
        }
        Answer answer = house.post("/board/bare", ANN, "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET");
        assertThat(house.send("GET", "/bitelabs", null, null).status()).isEqualTo(418);
    }

    @Test
    void releasingFreesTheBoardOfItsHolderOnly() {
        house.lab.reserved("bare", "user:ann");

        assertThat(house.post("/board/bare/release", BOB, null).code()).isEqualTo("not-holder");
        Answer answer = house.post("/board/bare/release", ANN, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asString()).isEqualTo("free");
        assertThat(house.post("/board/bare/release", ANN, null).code()).isEqualTo("not-reserved");
    }

    @Test
    void settingPowerByItsAttributeSwitchesIt() {
        house.lab.reserved("a64-1", "user:ann");

        assertThat(house.post("/board/a64-1/attrs", ANN, "{\"power\":false}")
                        .json()
                        .path("attrs")
                        .path("power")
                        .asBoolean())
                .isFalse();
        assertThat(house.lab.orders.getLast()).isEqualTo(PowerAction.OFF);
        house.post("/board/a64-1/attrs", ANN, "{\"power\":\"cycle\"}");
        assertThat(house.lab.orders.getLast()).isEqualTo(PowerAction.CYCLE);
        assertThat(house.post("/board/a64-1/attrs", ANN, "{\"speed\":1}").code())
                .isEqualTo("unknown-attr");
        for (String body : List.of(
                "{\"console\":true}",
                "{\"ip\":\"1\"}",
                "{}",
                "{\"power\":null}",
                "{\"power\":1}",
                "{\"power\":\"x\"}")) {
            assertThat(house.post("/board/a64-1/attrs", ANN, body).code())
                    .as(body)
                    .isEqualTo("bad-value");
        }
    }

    @Test
    void powerHasPathsOfItsOwn() {
        house.lab.reserved("a64-1", "user:ann");

        for (PowerAction action : PowerAction.values()) {
            assertThat(house.post("/board/a64-1/power/" + action.wireName(), ANN, null)
                            .status())
                    .isEqualTo(200);
            assertThat(house.lab.orders.getLast()).isEqualTo(action);
        }
        assertThat(house.post("/board/a64-1/power/fly", ANN, null).status()).isEqualTo(404);
        assertThat(house.post("/board/a64-1/power/on", BOB, null).status()).isEqualTo(403);
        house.lab.refusal = LabRefusal.POWER_TIMEOUT.because("The switch is silent.");
        assertThat(house.post("/board/a64-1/power/on", ANN, null).status()).isEqualTo(504);
    }

    @Test
    void theHolderExtendsAndShares() {
        house.lab.reserved("bare", "user:ann");

        assertThat(house.post("/board/bare/extend", ANN, "{\"duration\":\"2h\"}")
                        .status())
                .isEqualTo(200);
        assertThat(house.lab.orders.getLast()).isEqualTo(Duration.ofHours(2));
        assertThat(house.post("/board/bare/extend", ANN, "{}").code()).isEqualTo("bad-value");
        Answer shared = house.post("/board/bare/share", ANN, "{\"user\":\"bob\",\"mode\":\"rw\"}");
        assertThat(shared.json().path("reservation").path("shares").toString()).isEqualTo("{\"bob\":\"rw\"}");
        assertThat(house.lab.orders.getLast()).isEqualTo("user:bob=RW");
        house.post("/board/bare/share", ANN, "{\"user\":\"bob\",\"mode\":null}");
        assertThat(house.lab.orders.getLast()).isEqualTo("user:bob=null");
        assertThat(house.post("/board/bare/share", ANN, "{\"user\":\"zed\"}").code())
                .isEqualTo("bad-value");
        assertThat(house.post("/board/bare/share", ANN, "{\"user\":\"bob\",\"mode\":\"x\"}")
                        .code())
                .isEqualTo("bad-value");
    }

    @Test
    void whatAdministratorsDoOthersMayNot() {
        house.lab.reserved("bare", "user:ann");
        for (String path :
                List.of("/board/bare/kick", "/board/bare/maintenance", "/board/bare/return", "/board/reload")) {
            Answer answer = house.post(path, ANN, null);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forbidden");
        }
        assertThat(house.lab.orders).isEmpty();

        assertThat(house.post("/board/bare/kick", ADMIN, null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("free");
        assertThat(house.post("/board/bare/maintenance", ADMIN, "{\"note\":\"fan\",\"force\":true}")
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("maintenance");
        assertThat(house.lab.orders.getLast()).isEqualTo("maintain fan true");
        assertThat(house.post("/board/bare/return", ADMIN, null).status()).isEqualTo(200);
        assertThat(house.post("/board/reload", ADMIN, null).text()).isEqualTo("{\"boards\":0,\"classes\":0}");
    }

    @Test
    void whatMadeABoardFaultyIsForAdministrators() {
        house.lab.state("bare", BoardState.FAULTY);

        assertThat(house.get("/board/bare", ADMIN).json().path("fault").asString())
                .isEqualTo("it hums");
        assertThat(house.get("/board/bare", ANN).text()).doesNotContain("it hums");
    }

    @Test
    void whoeverHasNoValidTokenIsToldSoInOneText() {
        Answer none = house.get("/board/", null);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(none.json().has("board")).isFalse();
        assertThat(house.get("/board/", "unknown").text()).isEqualTo(none.text());
        assertThat(house.send("GET", "/bitelab/board/", null, null, "Authorization", "Basic YTpi")
                        .text())
                .isEqualTo(none.text());
        for (String path : List.of("/board/bare/ssh/ws", "/board/none/console/ws", "/reservations", "/board/classes")) {
            assertThat(house.get(path, null).text()).isEqualTo(none.text());
        }
    }

    @Test
    void aTokenNeedsTheScopeForWhatIsDone() {
        assertThat(house.get("/board/", NOBODY).status()).isEqualTo(403);
        assertThat(house.get("/board/", LOOKER).status()).isEqualTo(200);
        Answer answer = house.post("/board/bare/reserve", LOOKER, null);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
        assertThat(house.lab.orders).isEmpty();
    }
}
