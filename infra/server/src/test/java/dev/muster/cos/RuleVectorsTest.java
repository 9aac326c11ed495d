package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** V41 to V50, on Prometheus' rule files and repeated on Loki's. */
class RuleVectorsTest extends CosVectors {

    private static final String TEMPLATE = "groups:\n  name: g_%%juju_device_uuid%%\n  rules:\n"
            + "  - alert: A_{{ $label.instance }}\n"
            + "    expr: (node_memory_MemFree_bytes{device_instance=\"%%juju_device_uuid%%\"})/1e9\n";
    private static final String SENT = TEMPLATE + "       < 30";
    private static final String SHOWN = TEMPLATE + "      < 30";
    private static final String BOTH = P + ",prometheus_alert_rule_files";
    private static final String LOKI = L + ",loki_alert_rule_files";
    private static final String STATIC =
            "{\"uid\":\"n\",\"rules\":\"groups:\\n- name: static\\n  rules: []\",\"template\":false}";

    private static String file(String uid, String rules) {
        return JsonMapper.shared().writeValueAsString(Map.of("uid", uid, "rules", rules));
    }

    private static String text(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private void template(String collection) {
        made(post(collection, file("t", SENT)));
    }

    private void plain(String collection) {
        is(post(collection, "{\"uid\":\"n\",\"rules\":\"groups:\\n- name: static\\n  rules: []\\n\"}"), 201, STATIC);
    }

    private void device(String uid, String field, String files) {
        made(post(D, "{\"uid\":\"" + uid + "\",\"address\":\"10.0.0.1\",\"" + field + "\":" + files + "}"));
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v41ATemplateIsRewrittenAndKnownAsOne(String collection) {
        is(post(collection, file("t", SENT)), 201, "{\"uid\":\"t\",\"rules\":" + text(SHOWN) + ",\"template\":true}");
    }

    @ParameterizedTest
    @CsvSource({BOTH, LOKI})
    void v42ATemplateIsRenderedForADeviceThatUsesIt(String collection, String field) {
        template(collection);
        device("robot1", field, "[\"t\"]");

        is(
                get(collection),
                200,
                "[{\"uid\":\"t/robot1\",\"rules\":" + text(SHOWN.replace("%%juju_device_uuid%%", "robot1")) + "}]");
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v43ATemplateThatNobodyUsesIsNotListed(String collection) {
        template(collection);

        is(get(collection), 200, "[]");
        is(get(collection + "t/"), 200, "{\"uid\":\"t\",\"rules\":" + text(SHOWN) + ",\"template\":true}");
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v44APlainFileIsListedOnce(String collection) {
        plain(collection);
        is(get(collection), 200, "[" + STATIC + "]");
    }

    @ParameterizedTest
    @CsvSource({BOTH, LOKI})
    void v45PlainFilesComeFirstThenEachDevices(String collection, String field) {
        plain(collection);
        template(collection);
        device("r1", field, "[\"t\",\"n\"]");
        device("r2", field, "[\"t\"]");

        assertThat(uids(collection)).containsExactly("n", "t/r1", "t/r2");
        patch(D + "r1/", "{\"uid\":\"r-one\"}");
        assertThat(uids(collection)).containsExactly("n", "t/r-one", "t/r2");
        delete(D + "r2/");
        assertThat(uids(collection)).containsExactly("n", "t/r-one");
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v46TheTemplateFlagIsCheckedAndIgnored(String collection) {
        is(
                post(collection, "{\"uid\":\"f\",\"rules\":\"a: 1\",\"template\":true}"),
                201,
                "{\"uid\":\"f\",\"rules\":\"a: 1\",\"template\":false}");
        is(
                post(collection, "{\"uid\":\"g\",\"rules\":\"a: 1\",\"template\":\"zzz\"}"),
                400,
                "{\"template\":[\"Must be a valid boolean.\"]}");
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v47ARuleFileIsAMapping(String collection) {
        leavesNothingBehind(() -> {
            is(
                    post(collection, file("x", "- a\n- b")),
                    400,
                    "{\"rules\":[\"Failed to load alert rule as a yaml: YAML safe load must be a dictionary\"]}");
            is(post(collection, "{\"uid\":\"x\",\"rules\":{\"a\":1}}"), 400, "{\"rules\":[\"Not a valid string.\"]}");
        });
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v48WhatCannotBeReadOrRenderedIsRefused(String collection) {
        leavesNothingBehind(() -> {
            for (String rules : new String[] {"a: [1, 2", "a: \"%%unknown_var%%\"", "a: \"100%% sure\""}) {
                Answer answer = post(collection, file("x", rules));
                assertThat(answer.status()).as(rules).isEqualTo(400);
                assertThat(answer.json().propertyNames()).containsExactly("rules");
            }
        });
        assertThat(get(collection + "x/").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({BOTH, LOKI})
    void v49ATemplateStaysOne(String collection, String field) {
        template(collection);
        is(
                patch(collection + "t/", "{\"rules\":\"name: test\"}"),
                200,
                "{\"uid\":\"t\",\"rules\":\"name: test\",\"template\":true}");
        device("r", field, "[\"t\"]");
        is(get(collection), 200, "[{\"uid\":\"t/r\",\"rules\":\"name: test\"}]");
    }

    @ParameterizedTest
    @CsvSource({P, L})
    void v50APlainFileStaysOne(String collection) {
        plain(collection);
        Answer answer = patch(collection + "n/", "{\"rules\":\"name: \\\"%%juju_device_uuid%%\\\"\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("template").asBoolean()).isFalse();
        is(get(collection), 200, "[{\"uid\":\"n\",\"rules\":\"name: '%%juju_device_uuid%%'\",\"template\":false}]");
    }

    @ParameterizedTest
    @CsvSource({P + ",prometheus,PrometheusAlertRuleFile", L + ",loki,LokiAlertRuleFile"})
    void v50bRuleFilesHaveTheirOwnNames(String collection, String name, String model) {
        plain(collection);
        is(
                post(collection, file("n", "a: 1")),
                400,
                "{\"uid\":[\"" + name + " alert rule file with this uid already exists.\"]}");
        assertThat(delete(collection + "n/").status()).isEqualTo(204);
        is(delete(collection + "n/"), 404, "{\"detail\":\"No " + model + " matches the given query.\"}");
        is(get(collection + "n/"), 404, "{\"detail\":\"No " + model + " matches the given query.\"}");
    }
}
