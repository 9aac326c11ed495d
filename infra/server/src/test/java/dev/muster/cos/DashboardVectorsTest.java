package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** V38 to V40, V51, V52, V66, on Grafana's dashboards and repeated on Foxglove's. */
class DashboardVectorsTest extends CosVectors {

    private static final String D1 = "{\"uid\":\"d-1\",\"dashboard\":{\"id\":null,\"title\":\"T\",\"tags\":[\"x\"]}}";

    @ParameterizedTest
    @CsvSource({G + ",grafana", F + ",foxglove"})
    void v38ADashboardIsMadeOnce(String collection, String name) {
        is(post(collection, D1), 201, D1);
        leavesNothingBehind(() ->
                is(post(collection, D1), 400, "{\"uid\":[\"" + name + " dashboard with this uid already exists.\"]}"));
        is(get(collection), 200, "[" + D1 + "]");
    }

    @ParameterizedTest
    @CsvSource({G, F})
    void v39ADashboardMayBeATextThatHoldsOne(String collection) {
        is(
                post(collection, "{\"uid\":\"d-2\",\"dashboard\":\"{\\\"test1\\\": \\\"value\\\"}\"}"),
                201,
                "{\"uid\":\"d-2\",\"dashboard\":{\"test1\":\"value\"}}");
        leavesNothingBehind(() -> {
            is(
                    post(collection, "{\"uid\":\"d-3\",\"dashboard\":\"{\\\"hello\\\": {\\\"test\\\"sdsa\\\"}}\"}"),
                    400,
                    "{\"dashboard\":[\"Failed to load dashboard as json.\"]}");
            is(
                    post(collection, "{\"uid\":\"d-3\",\"dashboard\":[1]}"),
                    400,
                    "{\"dashboard\":[\"Dashboard is not a supported format (dict).\"]}");
        });
    }

    @ParameterizedTest
    @CsvSource({G, F})
    void v40ADashboardIsDownloadedAsAFile(String collection) {
        made(post(collection, D1));

        Answer answer = get(collection + "d-1/");

        is(answer, 200, "{\"id\": null, \"title\": \"T\", \"tags\": [\"x\"]}");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"d-1.json\"");
        is(get(collection + "nope/"), 404, "{\"detail\":\"Object does not exist\"}");
    }

    /** §5.2: byte for byte what Python's writer gives, so that agents find nothing to change. */
    @ParameterizedTest
    @CsvSource({G, F})
    void v40bADownloadIsWrittenAsPythonDoes(String collection) {
        made(post(
                collection,
                "{\"uid\":\"p\",\"dashboard\":{\"id\":null,\"title\":\"caf\u00e9\",\"n\":[1,1.0,1e-7],"
                        + "\"e\":{},\"l\":[],\"s\":\"\\ud83d\\ude00\\u2028/\"}}"));

        is(
                get(collection + "p/"),
                200,
                "{\"id\": null, \"title\": \"caf\\u00e9\", \"n\": [1, 1.0, 1e-07], \"e\": {}, \"l\": [], "
                        + "\"s\": \"\\ud83d\\ude00\\u2028/\"}");
    }

    @ParameterizedTest
    @CsvSource({G, F})
    void v51AUidIsForEver(String collection) {
        made(post(collection, D1));

        is(patch(collection + "d-1/", "{\"uid\":\"zzz\"}"), 200, D1);
        assertThat(get(collection + "zzz/").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({G + ",grafana_dashboards,GrafanaDashboard", F + ",foxglove_dashboards,FoxgloveDashboard"})
    void v52WhatIsGoneIsGoneFromDevices(String collection, String field, String model) {
        made(post(collection, D1));
        made(post(D, "{\"uid\":\"r\",\"address\":\"10.0.0.1\",\"" + field + "\":[\"d-1\"]}"));

        assertThat(delete(collection + "d-1/").status()).isEqualTo(204);

        is(get(D + "r/?fields=" + field), 200, "{\"" + field + "\":[]}");
        is(delete(collection + "d-1/"), 404, "{\"detail\":\"No " + model + " matches the given query.\"}");
        made(post(collection, D1));
        is(get(D + "r/?fields=" + field), 200, "{\"" + field + "\":[]}");
    }

    @ParameterizedTest
    @CsvSource({G, F})
    void v66ALargeDashboardIsTaken(String collection) {
        String large = "{\"panels\":[\"" + "x".repeat(3 << 20) + "\"]}";

        made(post(collection, "{\"uid\":\"large\",\"dashboard\":" + large + "}"));

        assertThat(get(collection + "large/").text()).isEqualTo(large.replace(":", ": "));
    }
}
