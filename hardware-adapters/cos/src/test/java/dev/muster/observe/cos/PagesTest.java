package dev.muster.observe.cos;

import static dev.muster.observe.cos.CosHouse.API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.cos.CosHouse.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** What people see: device pages, the schema, the way to sign in (contract §7, §9). */
class PagesTest {

    private final CosHouse house = new CosHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theListHasTwentyRowsAPage() {
        assertThat(house.get("/cos/devices/").text()).contains("No devices are available.", "<title>Devices</title>");
        for (int i = 0; i < 41; i++) {
            house.device("d" + i);
        }

        Answer first = house.get("/cos/devices/", "Accept", "application/json");
        assertThat(first.text()).contains("41 devices", "../devices/d19\"", "href=\"/fleet/d0\"", "?page=2");
        assertThat(first.text()).doesNotContain("../devices/d20\"");
        assertThat(first.text()).contains("Nov. 20, 2026, 9:45 a.m.");
        assertThat(house.get("/cos/devices/?page=last").text()).contains("../devices/d40\"", "First", "Previous");
        for (String page : List.of("0", "4", "x", "-1", "99999999999")) {
            assertThat(house.get("/cos/devices/?page=" + page).status())
                    .as(page)
                    .isEqualTo(404);
        }
        Answer post = house.post("/cos/devices/", "{}");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.bytes()).isEmpty();
        assertThat(post.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void aDevicesPageIsEscapedAndKnowsTheConsole() {
        house.device("a&b 'c");

        Answer page = house.post("/cos/devices/a&b%20'c", "anything");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("<h1>Device a&amp;b &#x27;c</h1>")
                .contains("href=\"/cos/devices/a%26b%20%27c\"")
                .contains("href=\"/fleet/a%26b_%27c\"")
                .contains("href=\"http://127.0.0.1:" + house.port() + "/cos-grafana/?a=1&amp;b=2\"");
        assertThat(house.get("/cos/devices/a&b%20'c", "X-Forwarded-Proto", "https")
                        .text())
                .contains("https://127.0.0.1:");
    }

    @Test
    void whoIsNotThereIsEscapedToo() {
        Answer page = house.get("/cos/devices/%3Cscript%3E");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text()).isEqualTo("device &lt;script&gt; not found");
    }

    @Test
    void theAdministrationLeadsToWherePeopleSignIn() {
        Answer answer = house.get("/cos/admin/api/device/");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/cos/admin/login/?next=/cos/admin/");
        assertThat(house.get("/cos/admin/login/").header("Location")).isEqualTo("/sign-in");
    }

    @Test
    void theSchemaIsTheSameInBothFormsAndListsEachRoute() {
        Answer yaml = house.get(API + "schema/");
        assertThat(yaml.header("Content-Type")).isEqualTo("application/vnd.oai.openapi; charset=utf-8");
        assertThat(yaml.header("Content-Disposition"))
                .isEqualTo("inline; filename=\"COS registration server API.yaml\"");
        JsonNode json = house.get(API + "schema/?format=json").json();
        assertThat(Body.JSON.<JsonNode>valueToTree(new Yaml().load(yaml.text())))
                .isEqualTo(json);
        assertThat(house.get(API + "schema/?format=json").header("Content-Type"))
                .isEqualTo("application/vnd.oai.openapi+json");
        assertThat(house.get(API + "schema/", "Accept", "application/json").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(house.get(API + "schema/", "Accept", "image/png").status()).isEqualTo(406);

        assertThat(json.path("openapi").asString()).isEqualTo("3.0.3");
        assertThat(json.path("servers").path(0).path("url").asString()).isEqualTo("/cos");
        assertThat(json.path("paths").propertyNames()).hasSize(14);
        json.path("paths").properties().forEach(path -> {
            Route route = new Paths("/cos").find("/cos" + path.getKey().replace("{uid}", "x"));
            Set<String> declared = new TreeSet<>(path.getValue().propertyNames());
            declared.remove("parameters");
            Set<String> known = new TreeSet<>();
            route.target().methods().forEach(it -> known.add(it.toLowerCase(java.util.Locale.ROOT)));
            assertThat(declared).as(path.getKey()).isEqualTo(known);
        });
    }

    @Test
    void eachReferenceInTheSchemaLeadsSomewhere() {
        JsonNode schema = house.get(API + "schema/?format=json").json();
        schema.findValues("$ref").forEach(ref -> assertThat(
                        schema.at(ref.asString().substring(1)).isMissingNode())
                .as(ref.asString())
                .isFalse());
    }

    @Test
    void theDocumentationNeedsNoOtherServer() {
        assertThat(house.get(API + "docs/", "Accept", "application/json").text())
                .contains("/cos/api/v1/devices/{uid}/certificate/", "PATCH")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void timesReadAsTheOriginalsDo() {
        assertThat(Times.text(Instant.parse("2026-03-01T00:00:00Z"))).isEqualTo("March 1, 2026, midnight");
        assertThat(Times.text(Instant.parse("2026-09-30T12:00:59Z"))).isEqualTo("Sept. 30, 2026, noon");
        assertThat(Times.text(Instant.parse("2026-05-09T13:00:00Z"))).isEqualTo("May 9, 2026, 1 p.m.");
        assertThat(Times.text(Instant.parse("2026-05-09T00:05:00Z"))).isEqualTo("May 9, 2026, 12:05 a.m.");
        assertThat(Times.stamp(Instant.parse("2026-05-09T00:05:00.000000999Z"))).isEqualTo("2026-05-09T00:05:00Z");
        assertThat(Times.stamp(Instant.parse("2026-05-09T00:05:00.0001Z"))).isEqualTo("2026-05-09T00:05:00.000100Z");
    }
}
