package dev.muster.config.poc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.poc.PocHouse.Answer;
import dev.muster.kernel.KernelRefusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every row of the contract's §1.3, over HTTP. */
class ErrorsTest {

    private static final String NOBODY = "5faaacfc-0663-437c-a2fe-10901154a214";

    private final PocHouse house = new PocHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private static void is(Answer answer, int status, String body) {
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    /** The only entry, and nothing was done. */
    private JsonNode only(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path("detail")).hasSize(1);
        JsonNode entry = answer.json().path("detail").get(0);
        assertThat(entry.propertyNames())
                .containsExactlyElementsOf(
                        entry.has("ctx")
                                ? List.of("type", "loc", "msg", "input", "ctx")
                                : List.of("type", "loc", "msg", "input"));
        assertThat(house.commands).isEmpty();
        return entry;
    }

    private JsonNode only(Answer answer, String type, String loc) {
        JsonNode entry = only(answer);
        assertThat(entry.path("type").asString()).isEqualTo(type);
        assertThat(entry.path("loc").toString()).isEqualTo(loc);
        return entry;
    }

    @Test
    void nobodyPollsUnregistered() {
        is(house.poll(NOBODY, "{}"), 400, "{\"detail\":\"Agent not registered\"}");
        assertThat(house.heard).isEmpty();
    }

    @Test
    void nobodyHasAState() {
        for (String id : List.of(NOBODY, NOBODY.replace("-", ""), new UUID(0x1000L, 2).toString())) {
            is(house.get("/state/" + id + "/"), 400, "{\"detail\":\"Agent registration not found\"}");
        }
    }

    @Test
    void anAgentThatLeavesWhileItPollsIsNotRegistered() {
        String uuid = house.agent();
        house.failure = dev.muster.config.ConfigRefusal.AGENT_UNKNOWN.because("gone");
        is(house.poll(uuid, "{\"a\":1}"), 400, "{\"detail\":\"Agent not registered\"}");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        String detail = "{\"detail\":\"Method Not Allowed\"}";
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            Answer answer = house.send(method, "/registries/poll/", null);
            is(answer, 405, detail);
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
        assertThat(house.post("/target-config/", "{}").header("Allow")).isEqualTo("GET, PUT");
        assertThat(house.post("/state/" + NOBODY + "/", "{}").header("Allow")).isEqualTo("GET");
        for (String path : List.of("/register/", "/poll/", "/target-config/", "/state/" + NOBODY + "/")) {
            assertThat(house.send("HEAD", "/registries" + path, null).status())
                    .as(path)
                    .isEqualTo(405);
        }
    }

    @Test
    void unknownPathsLeadNowhere() {
        for (String path :
                List.of("/", "/nope", "/state/", "/state/a/b/", "/poll/x/", "//poll/", "/v2/registry/a/b/c")) {
            is(house.get(path), 404, "{\"detail\":\"Not Found\"}");
        }
        assertThat(house.get("/devices/a/v2/registry/b/c/d").status()).isEqualTo(418);
        assertThat(house.send("GET", "/registriesx/poll/", null).status()).isEqualTo(418);
    }

    @Test
    void whoForgetsTheSlashIsSentToIt() {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            Answer answer = house.send(method, "/registries/poll?a=b%20c", method.equals("GET") ? null : "{}");
            assertThat(answer.status()).as(method).isEqualTo(307);
            assertThat(answer.header("Location")).isEqualTo(house.url() + "/registries/poll/?a=b%20c");
            assertThat(answer.text()).isEmpty();
        }
        for (String path : List.of("/register", "/target-config", "/state/" + NOBODY)) {
            assertThat(house.get(path).header("Location")).isEqualTo(house.url() + "/registries" + path + "/");
        }
        assertThat(house.get("/docs/").header("Location")).isEqualTo(house.url() + "/registries/docs");
        house.secure = true;
        assertThat(house.get("/poll").header("Location")).startsWith("https://127.0.0.1:");
    }

    @Test
    void aFaultOfOurOwnIsPlainText() {
        house.failure = new IllegalStateException("a secret");
        Answer answer = house.put("/target-config/", "{\"config\":{}}");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("Internal Server Error");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void wantOfRoomIsAskedToComeBack() {
        house.failure = KernelRefusal.OVERLOADED.because("too much");
        Answer answer = house.put("/target-config/", "{\"config\":{}}");
        is(answer, 503, "{\"detail\":\"too much\"}");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Nested
    class Unprocessable {

        @Test
        void aMissingField() {
            String body = "{\"uuid\":\"" + NOBODY + "\",\"extra\":[1]}";
            JsonNode entry = only(house.post("/poll/", body), "missing", "[\"body\",\"config\"]");
            assertThat(entry.path("msg").asString()).isEqualTo("Field required");
            assertThat(entry.path("input")).isEqualTo(JsonMapper.shared().readTree(body));
            only(house.put("/target-config/", "{}"), "missing", "[\"body\",\"config\"]");
        }

        @Test
        void underscoresAreOtherNames() {
            Answer answer =
                    house.post("/register/", "{\"ip_address\":\"10.0.0.1\",\"public_key_rsa\":\"k\",\"arch\":\"a\"}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("detail"))
                    .extracting(it -> it.path("loc").toString())
                    .containsExactly("[\"body\",\"ip-address\"]", "[\"body\",\"public-key-rsa\"]");
        }

        @Test
        void noBody() {
            for (Answer answer : List.of(
                    house.send("POST", "/registries/register/", ""),
                    house.send("POST", "/registries/poll/", null),
                    house.send("PUT", "/registries/target-config/", "", "Content-Type", "text/plain"))) {
                assertThat(only(answer, "missing", "[\"body\"]").path("input").isNull())
                        .isTrue();
            }
        }

        @Test
        void noJson() {
            JsonNode entry = only(house.put("/target-config/", "{\"config\": nope}"), "json_invalid", "[\"body\",11]");
            assertThat(entry.path("msg").asString()).isEqualTo("JSON decode error");
            assertThat(entry.path("input").toString()).isEqualTo("{}");
            assertThat(entry.path("ctx").path("error").asString()).isNotEmpty();
            only(house.put("/target-config/", "{\"🤖\":x"), "json_invalid", "[\"body\",5]");
            for (String body : List.of(
                    "{", "{'a':1}", "[1,]", "{\"config\":{}}x", "{\"config\":{\"a\":1,\"a\":2}}", "NaN", "\0", " ")) {
                assertThat(only(house.put("/target-config/", body)).path("type").asString())
                        .as(body)
                        .isEqualTo("json_invalid");
            }
        }

        @Test
        void bytesThatAreNoText() {
            byte[] body = "{\"config\":{\"a\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
            body[16] = (byte) 0xff;
            only(house.bytes("PUT", "/registries/target-config/", body), "json_invalid", "[\"body\",16]");
        }

        @Test
        void noObject() {
            for (String body : List.of("[]", "1", "\"text\"", "null", "true")) {
                JsonNode entry = only(house.put("/target-config/", body), "model_attributes_type", "[\"body\"]");
                assertThat(entry.path("input").toString()).isEqualTo(body);
            }
        }

        @Test
        void anotherTypeThanJson() {
            for (String type :
                    List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonx", "text/json")) {
                Answer answer = house.put("/target-config/", "{\"config\":{}}", "Content-Type", type);
                JsonNode entry = only(answer, "model_attributes_type", "[\"body\"]");
                assertThat(entry.path("input").asString()).isEqualTo("{\"config\":{}}");
            }
        }

        @Test
        void noDictionary() {
            for (String value : List.of("null", "[]", "[1]", "1", "\"x\"", "false")) {
                JsonNode entry = only(
                        house.put("/target-config/", "{\"config\":" + value + "}"),
                        "dict_type",
                        "[\"body\",\"config\"]");
                assertThat(entry.path("msg").asString()).isEqualTo("Input should be a valid dictionary");
                assertThat(entry.path("input").toString()).isEqualTo(value);
            }
        }

        @Test
        void noText() {
            Answer answer = house.post("/register/", "{\"ip-address\":1,\"public-key-rsa\":\"k\",\"arch\":\"a\"}");
            JsonNode entry = only(answer, "string_type", "[\"body\",\"ip-address\"]");
            assertThat(entry.path("msg").asString()).isEqualTo("Input should be a valid string");
            assertThat(entry.path("input").toString()).isEqualTo("1");
        }

        @Test
        void halfACharacter() {
            Answer answer =
                    house.post("/register/", "{\"ip-address\":\"x\",\"public-key-rsa\":\"k\",\"arch\":\"\\ud83e\"}");
            only(answer, "string_unicode", "[\"body\",\"arch\"]");
        }

        @Test
        void aPrivateKey() {
            String key = "-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----";
            Answer answer = house.post(
                    "/register/", "{\"ip-address\":\"x\",\"public-key-rsa\":\"" + key + "\",\"arch\":\"a\"}");
            only(answer, "value_error", "[\"body\",\"public-key-rsa\"]");
            assertThat(answer.text()).doesNotContain("MIIE");
        }

        @Test
        void noUuid() {
            for (String text :
                    List.of("", "x", "5faaacfc-0663-437c-a2fe-10901154a21", "5faaacfc_0663_437c_a2fe_10901154a214")) {
                JsonNode entry = only(house.poll(text, "{}"), "uuid_parsing", "[\"body\",\"uuid\"]");
                assertThat(entry.path("input").asString()).isEqualTo(text);
                assertThat(entry.path("msg").asString())
                        .isEqualTo("Input should be a valid UUID, "
                                + entry.path("ctx").path("error").asString());
            }
            JsonNode entry = only(house.get("/state/a%20b/"), "uuid_parsing", "[\"path\",\"registration_uuid\"]");
            assertThat(entry.path("input").asString()).isEqualTo("a b");
        }

        @Test
        void aUuidThatIsNoText() {
            for (String value : List.of("1", "null", "[]")) {
                Answer answer = house.post("/poll/", "{\"uuid\":" + value + ",\"config\":{}}");
                only(answer, "uuid_type", "[\"body\",\"uuid\"]");
            }
        }

        @Test
        void aUuidOfAnotherVersion() {
            JsonNode entry = only(
                    house.poll("5faaacfc-0663-137c-a2fe-10901154a214", "{}"), "uuid_version", "[\"body\",\"uuid\"]");
            assertThat(entry.path("ctx").path("expected_version").asInt()).isEqualTo(4);
        }

        @Test
        void everythingThatIsWrongIsToldAtOnce() {
            Answer answer = house.post("/poll/", "{\"uuid\":\"x\",\"config\":[]}");
            assertThat(answer.json().path("detail"))
                    .extracting(it -> it.path("type").asString())
                    .containsExactly("uuid_parsing", "dict_type");
            Answer none = house.post("/register/", "{\"arch\":7}");
            assertThat(none.json().path("detail"))
                    .extracting(it -> it.path("type").asString())
                    .containsExactly("missing", "missing", "string_type");
        }

        @Test
        void longInputIsNotSentBack() {
            Answer answer = house.put("/target-config/", "{\"x\":\"" + "y".repeat(500_000) + "\"}");
            assertThat(only(answer, "missing", "[\"body\",\"config\"]")
                            .path("input")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void everyJsonTypeIsJsonAndNoneIsToo() {
        for (String type : List.of(
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "application/vnd.x+json",
                "application/a+json;b=c")) {
            assertThat(house.put("/target-config/", "{\"config\":{}}", "Content-Type", type)
                            .status())
                    .as(type)
                    .isEqualTo(200);
        }
        assertThat(Received.isJson(null)).isTrue();
    }
}
