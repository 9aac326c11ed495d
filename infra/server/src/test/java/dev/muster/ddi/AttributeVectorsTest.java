package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TV-90 to TV-95: attributes. */
class AttributeVectorsTest extends DdiVectors {

    @Test
    void tv90AReportIsStoredAndNoLongerAskedFor() {
        String id = newDevice();
        assertThat(poll(id).rels()).containsExactly("configData");

        Answer answer = attributes(id, "{\"data\":{\"a\":\"1\"}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(device(id).attributes()).isEqualTo(Map.of("a", "1"));
        assertThat(poll(id).rels()).isEmpty();
    }

    @Test
    void tv90bCborAndLooseValuesAreTaken() {
        String id = newDevice();
        byte[] body = CBOR.writeValueAsBytes(Map.of("data", Map.of("a", 5, "b", true)));

        assertThat(send("PUT", path(id) + "/configData", body, "Content-Type", "application/cbor")
                        .status())
                .isEqualTo(200);
        assertThat(device(id).attributes()).isEqualTo(Map.of("a", "5", "b", "true"));
    }

    @Test
    void tv90cTheSameReportAlsoEndsTheAsking() {
        String id = knownDevice();
        world.requestAttributes(id);
        assertThat(poll(id).rels()).containsExactly("configData");

        attributes(id, "{\"data\":{\"hw\":\"1\"}}");

        assertThat(poll(id).rels()).isEmpty();
    }

    @Test
    void tv91EachModeDoesWhatItSays() {
        String id = newDevice();
        attributes(id, "{\"data\":{\"k0\":\"0\",\"k1\":\"1\"}}");

        assertThat(attributes(id, "{\"mode\":\"replace\",\"data\":{\"k1\":\"1\",\"k2\":\"2\",\"k3\":\"3\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(device(id).attributes()).containsOnlyKeys("k1", "k2", "k3");
        attributes(id, "{\"mode\":\"merge\",\"data\":{\"k1\":\"x\",\"k4\":\"4\"}}");
        assertThat(device(id).attributes())
                .containsOnlyKeys("k1", "k2", "k3", "k4")
                .containsEntry("k1", "x");
        attributes(id, "{\"mode\":\"remove\",\"data\":{\"k1\":\"ignored\",\"k3\":null}}");
        assertThat(device(id).attributes()).containsOnlyKeys("k2", "k4");
        attributes(id, "{\"data\":{\"k2\":null}}");
        assertThat(device(id).attributes()).containsOnlyKeys("k4");
        assertThat(attributes(id, "{\"mode\":\"KJHG\",\"data\":{\"a\":\"b\"}}").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":{}}",
                "{\"data\":{\"a\":{\"b\":1}}}",
                "{\"data\":{\"a\":[1]}}",
                "{\"data\":\"x\"}",
                "{\"data\":null}",
                "{\"data\":{\"a\":\"b\"}} trailing"
            })
    void tv92WhatIsNotAMapOfTextsIsRefused(String body) {
        Answer answer = attributes(newDevice(), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("hawkbit.server.error.rest.body.notReadable");
    }

    @Test
    void tv93KeysAndValuesHaveALength() {
        String id = newDevice();
        String fits = "x".repeat(128);
        String not = "x".repeat(129);

        assertThat(attributes(id, "{\"data\":{\"" + fits + "\":\"" + fits + "\"}}")
                        .status())
                .isEqualTo(200);
        Answer key = attributes(id, "{\"data\":{\"" + not + "\":\"1\"}}");
        Answer value = attributes(id, "{\"data\":{\"a\":\"" + not + "\"}}");
        assertThat(key.status()).isEqualTo(400);
        assertThat(key.errorCode()).isEqualTo("hawkbit.server.error.repo.invalidTargetAttributes");
        assertThat(value.status()).isEqualTo(400);
        assertThat(value.errorCode()).isEqualTo("hawkbit.server.error.repo.invalidTargetAttributes");
    }

    @Test
    void tv94TooManyAttributesChangeNothing() {
        String id = newDevice();
        String hundred = IntStream.range(0, 100)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{\"data\":{", "}}"));
        assertThat(attributes(id, hundred).status()).isEqualTo(200);

        Answer answer = attributes(id, "{\"data\":{\"one\":\"more\"}}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCode()).isEqualTo("hawkbit.server.error.quota.tooManyEntries");
        assertThat(device(id).attributes()).hasSize(100).doesNotContainKey("one");
    }

    @Test
    void tv95OtherMethodsFormsAndDevicesAreRefused() {
        String id = newDevice();

        eachIs405(path(id) + "/configData", "POST", "GET", "DELETE");
        assertThat(send("PUT", path(id) + "/configData", bytes("{}"), "Content-Type", "application/hal+json")
                        .status())
                .isEqualTo(415);
        assertThat(attributes(fresh("nobody"), "{\"data\":{\"a\":\"1\"}}").status())
                .isEqualTo(404);
    }

    @Test
    void unknownPathsAreNotFoundButOnlyForThoseLetIn() {
        String id = newDevice();

        assertThat(get(path(id) + "/nonsense").status()).isEqualTo(404);
        assertThat(get(path(id) + "/").status()).isEqualTo(404);
        assertThat(get(path(id) + "/nonsense", "Authorization", "").status()).isEqualTo(401);
    }
}
