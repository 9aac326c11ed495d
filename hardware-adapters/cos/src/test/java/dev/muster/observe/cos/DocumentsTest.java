package dev.muster.observe.cos;

import static dev.muster.observe.cos.CosHouse.D;
import static dev.muster.observe.cos.CosHouse.G;
import static dev.muster.observe.cos.CosHouse.P;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.DocumentKind;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.cos.CosHouse.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dashboards and rule files: what comes in, how it is shown, what is rendered (contract §5, §6). */
class DocumentsTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final CosHouse house = new CosHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void refused(String path, String body, String expected) {
        Answer answer = house.post(path, body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.text()).as(body).isEqualTo(expected);
    }

    @Test
    void aDashboardIsAnObjectOrATextThatHoldsOne() {
        Answer answer = house.post(G, "{\"dashboard\":{\"a\":[1,{\"b\":\"}\\u2028\"}]},\"uid\":\"d\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("{\"uid\":\"d\",\"dashboard\":{\"a\":[1,{\"b\":\"}\\u2028\"}]}}");
        assertThat(house.post(G, "{\"uid\":\"e\",\"dashboard\":\"{\\\"t\\\":\\\"\\u2028\\\"}\"}")
                        .text())
                .isEqualTo("{\"uid\":\"e\",\"dashboard\":{\"t\":\"\\u2028\"}}");
        assertThat(house.post(G, "uid=f&dashboard=%7B%7D", "Content-Type", FORM).text())
                .isEqualTo("{\"uid\":\"f\",\"dashboard\":{}}");
        assertThat(house.get(G).text())
                .isEqualTo("[{\"uid\":\"d\",\"dashboard\":{\"a\":[1,{\"b\":\"}\\u2028\"}]}},"
                        + "{\"uid\":\"e\",\"dashboard\":{\"t\":\"\\u2028\"}},{\"uid\":\"f\",\"dashboard\":{}}]");
    }

    @Test
    void anythingElseIsNoDashboard() {
        String noJson = "{\"dashboard\":[\"Failed to load dashboard as json.\"]}";
        String noObject = "{\"dashboard\":[\"Dashboard is not a supported format (dict).\"]}";
        refused(G, "{\"uid\":\"d\",\"dashboard\":\"{\\\"hello\\\": {\\\"test\\\"sdsa\\\"}}\"}", noJson);
        refused(G, "{\"uid\":\"d\",\"dashboard\":\"\"}", noJson);
        refused(G, "{\"uid\":\"d\",\"dashboard\":[1]}", noObject);
        refused(G, "{\"uid\":\"d\",\"dashboard\":5}", noObject);
        refused(G, "{\"uid\":\"d\",\"dashboard\":\"[1]\"}", noObject);
        refused(G, "{\"uid\":\"d\"}", "{\"dashboard\":[\"This field is required.\"]}");
        refused(G, "{\"uid\":\"d\",\"dashboard\":null}", "{\"dashboard\":[\"This field may not be null.\"]}");
        assertThat(house.post(G, "uid=f&dashboard=%7B", "Content-Type", FORM).text())
                .isEqualTo("{\"dashboard\":[\"Value must be valid JSON.\"]}");
        assertThat(house.get(G).text()).isEqualTo("[]");
    }

    @Test
    void aDownloadIsTheDocumentItself() {
        house.post(G, "{\"uid\":\"d 1\",\"dashboard\":{\"id\":null}}");

        Answer answer = house.get(G + "d%201/", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"id\": null}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"d 1.json\"");
        assertThat(house.get(G + "nope/").text()).isEqualTo("{\"detail\":\"Object does not exist\"}");
        assertThat(house.send("PUT", G + "nope/", "{}").text())
                .isEqualTo("{\"detail\":\"No GrafanaDashboard matches the given query.\"}");
    }

    @Test
    void aFileNameCannotLeaveItsHeader() {
        assertThat(DashboardSheet.disposition("a\r\nSet-Cookie: x\"é"))
                .isEqualTo("attachment; filename=\"a__Set-Cookie: x\\\"_.json\"; "
                        + "filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%22%C3%A9.json");
    }

    @Test
    void aNameIsForEver() {
        house.dashboard("d");
        house.dashboard("e");

        Answer answer = house.send("PATCH", G + "d/", "{\"uid\":\"zzz\",\"dashboard\":{\"a\":1}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"uid\":\"d\",\"dashboard\":{\"a\":1}}");
        assertThat(house.send("PATCH", G + "d/", "{\"uid\":\"e\"}").text())
                .isEqualTo("{\"uid\":[\"grafana dashboard with this uid already exists.\"]}");
        assertThat(house.send("PUT", G + "d/", "{\"uid\":\"d\"}").text())
                .isEqualTo("{\"dashboard\":[\"This field is required.\"]}");
        assertThat(house.send("PATCH", G + "d/", "{}").text()).isEqualTo("{\"uid\":\"d\",\"dashboard\":{\"a\":1}}");
    }

    @Test
    void whatIsGoneIsGoneFromItsDevicesToo() {
        house.dashboard("d");
        house.post(D, "{\"uid\":\"r\",\"address\":\"::1\",\"grafana_dashboards\":[\"d\"]}");

        assertThat(house.send("DELETE", G + "d/", null).status()).isEqualTo(204);

        assertThat(house.get(D + "r/?fields=grafana_dashboards").text()).isEqualTo("{\"grafana_dashboards\":[]}");
        assertThat(house.send("DELETE", G + "d/", null).text())
                .isEqualTo("{\"detail\":\"No GrafanaDashboard matches the given query.\"}");
    }

    @Test
    void rulesAreTextAndTheTemplateFlagIsFoundOut() {
        assertThat(house.post(P, "{\"uid\":\"n\",\"rules\":\" a: 1\\n\",\"template\":true}")
                        .text())
                .isEqualTo("{\"uid\":\"n\",\"rules\":\"a: 1\",\"template\":false}");
        assertThat(house.get(P + "n/").text()).isEqualTo("{\"uid\":\"n\",\"rules\":\"a: 1\",\"template\":false}");
        refused(P, "{\"uid\":\"x\",\"rules\":{\"a\":1}}", "{\"rules\":[\"Not a valid string.\"]}");
        refused(
                P,
                "{\"uid\":\"x\",\"rules\":\"a: 1\",\"template\":\"zzz\"}",
                "{\"template\":[\"Must be a valid boolean.\"]}");
        refused(
                P,
                "{\"uid\":\"n\",\"rules\":\"broken: 1\",\"template\":null}",
                "{\"uid\":[\"prometheus alert rule file with this uid already exists.\"],"
                        + "\"rules\":[\"Failed to load alert rule as a yaml: no mapping\"],"
                        + "\"template\":[\"This field may not be null.\"]}");
        refused(
                P,
                "{\"uid\":\"x\",\"rules\":\"broken: 1\"}",
                "{\"rules\":[\"Failed to load alert rule as a yaml: no mapping\"]}");
        assertThat(house.get(P + "nope/").text())
                .isEqualTo("{\"detail\":\"No PrometheusAlertRuleFile matches the given query.\"}");
    }

    @Test
    void plainFilesComeOnceAndTemplatesForEachDeviceThatUsesThem() {
        house.post(P, "{\"uid\":\"t\",\"rules\":\"a: %%juju_device_uuid%%\"}");
        house.post(P, "{\"uid\":\"n\",\"rules\":\"b: 1\"}");
        house.post(P, "{\"uid\":\"s\",\"rules\":\"c: %%juju_device_uuid%%\"}");
        assertThat(house.get(P).text()).isEqualTo("[{\"uid\":\"n\",\"rules\":\"b: 1\",\"template\":false}]");
        house.post(D, "{\"uid\":\"r1\",\"address\":\"::1\",\"prometheus_alert_rule_files\":[\"s\",\"t\",\"n\"]}");
        house.post(D, "{\"uid\":\"r2\",\"address\":\"::1\",\"prometheus_alert_rule_files\":[\"t\"]}");

        assertThat(house.get(P).text())
                .isEqualTo("[{\"uid\":\"n\",\"rules\":\"b: 1\",\"template\":false},"
                        + "{\"uid\":\"t/r1\",\"rules\":\"a: r1\"},{\"uid\":\"s/r1\",\"rules\":\"c: r1\"},"
                        + "{\"uid\":\"t/r2\",\"rules\":\"a: r2\"}]");
    }

    @Test
    void twoAtTheSameTimeGetTheSameWordsAsTwoInARow() {
        house.observatory.failNext("PublishDocument", ObserveRefusal.DOCUMENT_EXISTS.because("x"));
        refused(
                G,
                "{\"uid\":\"d\",\"dashboard\":{}}",
                "{\"uid\":[\"grafana dashboard with this uid already exists.\"]}");
        house.dashboard("d");
        house.observatory.failNext("ReviseDocument", ObserveRefusal.DOCUMENT_UNKNOWN.because("x"));
        assertThat(house.send("PATCH", G + "d/", "{\"dashboard\":{\"a\":1}}").text())
                .isEqualTo("{\"detail\":\"No GrafanaDashboard matches the given query.\"}");
    }

    @Test
    void aLongListComesInPieces() {
        for (int i = 0; i < 40; i++) {
            house.post(G, "{\"uid\":\"d" + i + "\",\"dashboard\":{\"x\":\"" + "y".repeat(3000) + "\"}}");
        }

        assertThat(house.get(G).json()).hasSize(40);
        assertThat(house.get(G, "Accept", "application/json; indent=4").json()).hasSize(40);
        assertThat(house.observatory.all(DocumentKind.GRAFANA_DASHBOARD)).hasSize(40);
    }
}
