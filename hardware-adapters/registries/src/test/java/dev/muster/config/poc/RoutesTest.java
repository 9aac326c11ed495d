package dev.muster.config.poc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.TargetCommand.SetTarget;
import dev.muster.config.poc.PocHouse.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every row of the contract's §1.1 and §1.2, over HTTP. */
class RoutesTest {

    private static final String AGENT =
            "{\"ip-address\":\"10.0.0.1\",\"public-key-rsa\":\"ssh-rsa AAAA\",\"arch\":\"amd64\"}";
    private static final String NESTED = "{\"a\":{\"b\":[1,null,true,{\"c\":\"d\"}]},\"e\":null,\"f\":2.50}";

    private final PocHouse house = new PocHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private static void isJson(Answer answer, String body) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Length"))
                .isEqualTo(String.valueOf(body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length));
    }

    @Nested
    class Target {

        @Test
        void isEmptyAtFirst() {
            isJson(house.get("/target-config/"), "{\"config\":{}}");
        }

        @Test
        void isEchoedAndRead() {
            isJson(house.put("/target-config/", "{\"config\":" + NESTED + "}"), "{\"config\":" + NESTED + "}");
            isJson(house.get("/target-config/"), "{\"config\":" + NESTED + "}");
        }

        @Test
        void isReplacedAsAWhole() {
            house.put("/target-config/", "{\"config\":{\"a\":1,\"b\":2}}");
            house.put("/target-config/", "{\"config\":{\"b\":3}}");
            isJson(house.get("/target-config/"), "{\"config\":{\"b\":3}}");
        }

        @Test
        void keepsIntegersOfAnySize() {
            String large = "1" + "0".repeat(40);
            String config = "{\"large\":" + large + ",\"negative\":-98765432109876543210,\"whole\":3000.0}";
            isJson(house.put("/target-config/", "{\"config\":" + config + "}"), "{\"config\":" + config + "}");
            isJson(house.get("/target-config/"), "{\"config\":" + config + "}");
        }

        @Test
        void keepsTextAndOrderButNotBlanks() {
            house.put(
                    "/target-config/",
                    "{ \"x\" : 1 , \"config\" : {\n \"z\" : \"a \\\"b\\\" : , \\u00e9 é\" , \"a\" : [ ] } }");
            isJson(house.get("/target-config/"), "{\"config\":{\"z\":\"a \\\"b\\\" : , \\u00e9 é\",\"a\":[]}}");
        }

        @Test
        void aHalfCharacterSurvivesAsItWasEscaped() {
            String config = "{\"config\":{\"half\":\"\\ud800\"}}";
            isJson(house.put("/target-config/", config), config);
        }

        @Test
        void isSetByWhoeverCame() {
            house.put("/target-config/", "{\"config\":{}}");
            assertThat(house.commands).containsExactly(new SetTarget("{}", null));
            assertThat(house.provenances.getFirst())
                    .containsEntry("actor", "agent:127.0.0.1")
                    .containsEntry("address", "127.0.0.1");
        }
    }

    @Nested
    class Registering {

        @Test
        void answersWhatWasToldWithAnIdAndATime() {
            Answer answer = house.post("/register/", AGENT);
            String uuid = answer.json().path("uuid").asString();
            isJson(
                    answer,
                    "{\"ip-address\":\"10.0.0.1\",\"public-key-rsa\":\"ssh-rsa AAAA\",\"arch\":\"amd64\",\"uuid\":\""
                            + uuid + "\",\"registered\":1795167745}");
            assertThat(UUID.fromString(uuid).version()).isEqualTo(4);
            assertThat(uuid).isEqualTo(UUID.fromString(uuid).toString());
            assertThat(house.provenances.getFirst()).containsEntry("actor", "agent:" + uuid);
        }

        @Test
        void theSameWordsTwiceAreTwoAgents() {
            assertThat(house.agent()).isNotEqualTo(house.agent());
            assertThat(house.agents).hasSize(2);
        }

        @Test
        void anyTextWillDoAndFieldsNobodyAsksForArePassedOver() {
            Answer answer = house.post(
                    "/register/",
                    "{\"ip-address\":\"\",\"public-key-rsa\":\"\",\"arch\":\"a \\u0000 é 🤖\",\"uuid\":7}");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("arch").asString()).isEqualTo("a \0 é 🤖");
        }
    }

    @Nested
    class Polling {

        @Test
        void whoHasWhatItShouldHaveIsToldNothing() {
            String uuid = house.agent();
            house.put("/target-config/", "{\"config\":{\"a\":[1,2],\"b\":3000}}");
            Answer answer = house.poll(uuid, "{\"b\":3000.0,\"a\":[1,2]}");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.text()).isEmpty();
            assertThat(answer.header("Content-Type")).isNull();
            assertThat(answer.header("Content-Length")).isNull();
        }

        @Test
        void whoHasSomethingElseIsToldAllOfIt() {
            String uuid = house.agent();
            house.put("/target-config/", "{\"config\":" + NESTED + "}");
            isJson(house.poll(uuid, "{}"), "{\"config\":" + NESTED + "}");
            isJson(house.poll(uuid, "{\"f\":2.5}"), "{\"config\":" + NESTED + "}");
        }

        @Test
        void equalIsWhatMeansTheSame() {
            String uuid = house.agent();
            house.put("/target-config/", "{\"config\":{\"n\":1,\"t\":true,\"l\":[1,2],\"z\":0}}");
            for (String other : List.of(
                    "{\"n\":true,\"t\":true,\"l\":[1,2],\"z\":0}",
                    "{\"n\":1,\"t\":1,\"l\":[1,2],\"z\":0}",
                    "{\"n\":1,\"t\":true,\"l\":[2,1],\"z\":0}",
                    "{\"n\":1,\"t\":true,\"l\":[1,2],\"z\":false}",
                    "{\"n\":1,\"t\":true,\"l\":[1,2],\"z\":\"0\"}",
                    "{\"n\":1,\"t\":true,\"l\":[1,2],\"z\":0,\"y\":null}",
                    "{\"n\":1,\"t\":true,\"l\":[1,2]}")) {
                assertThat(house.poll(uuid, other).status()).as(other).isEqualTo(200);
            }
            assertThat(house.poll(uuid, "{\"z\":0e0,\"l\":[1.0,20e-1],\"t\":true,\"n\":1}")
                            .status())
                    .isEqualTo(204);
        }

        @Test
        void integersThatDifferInTheLastDigitDiffer() {
            String uuid = house.agent();
            house.put("/target-config/", "{\"config\":{\"n\":900719925474099312345678}}");
            assertThat(house.poll(uuid, "{\"n\":900719925474099312345679}").status())
                    .isEqualTo(200);
            assertThat(house.poll(uuid, "{\"n\":900719925474099312345678}").status())
                    .isEqualTo(204);
        }

        @Test
        void whatWasToldIsKeptAlsoWhenThereIsNothingToAnswer() {
            String uuid = house.agent();
            house.put("/target-config/", "{\"config\":{\"a\":1}}");
            assertThat(house.poll(uuid, "{\"a\":1}").status()).isEqualTo(204);
            assertThat(house.get("/state/" + uuid + "/").json().path("config").toString())
                    .isEqualTo("{\"a\":1}");
            assertThat(house.poll(uuid, "{\"a\":2}").status()).isEqualTo(200);
            assertThat(house.get("/state/" + uuid + "/").json().path("config").toString())
                    .isEqualTo("{\"a\":2}");
        }

        @Test
        void anIdMayBeSpeltInAnyWay() {
            String uuid = house.agent();
            for (String spelt : List.of(
                    uuid.toUpperCase(java.util.Locale.ROOT),
                    uuid.replace("-", ""),
                    "urn:uuid:" + uuid,
                    "{" + uuid + "}")) {
                assertThat(house.poll(spelt, "{}").status()).as(spelt).isEqualTo(204);
            }
        }

        @Test
        void anAgentIsHeard() {
            String uuid = house.agent();
            house.poll(uuid, "{}");
            assertThat(house.heard).containsEntry(new dev.muster.registry.DeviceId(uuid), PocHouse.NOW);
        }
    }

    @Nested
    class State {

        @Test
        void isWhatTheAgentToldWithoutItsId() {
            String uuid = house.agent();
            isJson(
                    house.get("/state/" + uuid + "/"),
                    "{\"registered\":1795167745,\"ip-address\":\"10.0.0.1\",\"public-key-rsa\":\"ssh-rsa AAAA\","
                            + "\"arch\":\"amd64\",\"config\":{}}");
        }

        @Test
        void isFoundUnderAnySpelling() {
            String uuid = house.agent();
            assertThat(house.get("/state/" + uuid.replace("-", "") + "/").status())
                    .isEqualTo(200);
            assertThat(house.get("/state/" + uuid.toUpperCase(java.util.Locale.ROOT) + "/")
                            .status())
                    .isEqualTo(200);
        }
    }
}
