package dev.muster.observe.cos;

import static dev.muster.observe.cos.CosHouse.API;
import static dev.muster.observe.cos.CosHouse.D;
import static dev.muster.observe.cos.CosHouse.G;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.cos.CosHouse.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every route: slashes, hosts, media, methods, headers, order of judgement (contract §1). */
class ProtocolTest {

    private final CosHouse house = new CosHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoForgetsTheSlashIsSentToItWithQueryAndPrefix() {
        for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
            Answer answer = house.send(method, "/cos/api/v1/devices?fields=uid", method.equals("GET") ? null : "{}");

            assertThat(answer.status()).as(method).isEqualTo(301);
            assertThat(answer.header("Location")).isEqualTo("/cos/api/v1/devices/?fields=uid");
            assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(answer.bytes()).isEmpty();
        }
        assertThat(house.get("/cos/devices").header("Location")).isEqualTo("/cos/devices/");
    }

    @Test
    void whatLeadsNowhereIsNotFoundAndProgramsAreToldSoInJson() {
        for (String path : List.of("/cos", "/cos/", "/cos/favicon.ico", "/cos/devices/a/", "/cos//devices/")) {
            assertThat(house.get(path).status()).as(path).isEqualTo(404);
        }
        for (String path : List.of(
                "/cos/api/v1/",
                "/cos/api/v2/devices/",
                "/cos/api/v1//devices/",
                "/cos/api/v1/devices/a%2Fb/",
                "/cos/api/v1/applications/grafana/alert_rules/",
                "/cos/api/v1/devices/a/certificate/b/")) {
            Answer answer = house.send("DELETE", path, null);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).isEqualTo("{\"detail\":\"Not found.\"}");
        }
        assertThat(house.get("/cosmos").status()).isEqualTo(418);
    }

    @Test
    void anUnknownHostIsRefused() {
        house.client = "10.0.0.7";

        Answer answer = house.get(API + "health/", "X-Forwarded-Host", "evil.example");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("<title>Bad Request (400)</title>");
        assertThat(house.get(API + "health/", "X-Forwarded-Host", "localhost:80")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aForwardedHostIsNotBelievedOfJustAnyone() {
        assertThat(house.get(API + "health/", "X-Forwarded-Host", "evil.example")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void mediaThatAreNotOfferedAreRefusedBeforeAnythingElse() {
        Answer answer = house.post(D, "{\"uid\":\"a\",\"address\":\"::1\"}", "Accept", "application/xml");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.text()).isEqualTo("{\"detail\":\"Could not satisfy the request Accept header.\"}");
        assertThat(house.observatory.uids()).isEmpty();
        assertThat(house.get(D + "?format=csv").text()).isEqualTo("{\"detail\":\"Not found.\"}");
        assertThat(house.get(D + "?format=csv").status()).isEqualTo(404);
    }

    @Test
    void aBrowserGetsThePageAndAProgramMayAskForLines() {
        house.device("r<i>".replace("<i>", "&amp"));

        Answer page = house.get(D, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.text()).contains("&quot;uid&quot;: &quot;r&amp;amp&quot;");

        assertThat(house.get(D + "?fields=uid,grafana_dashboards", "Accept", "application/json; indent=2")
                        .text())
                .isEqualTo("[\n  {\n    \"uid\": \"r&amp\",\n    \"grafana_dashboards\": []\n  }\n]");
        assertThat(house.get(D + "?format=api").text()).startsWith("<!DOCTYPE html>");
        assertThat(house.get(G, "Accept", "text/html").text()).contains("<pre>[]</pre>");
    }

    @Test
    void theHeadersAreTheOriginals() {
        Answer answer = house.get(D);

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
        assertThat(answer.header("Vary")).isEqualTo("Accept, Cookie");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Content-Length")).isEqualTo("2");
    }

    @Test
    void bodilessAnswersHaveALengthAndNoType() {
        Answer answer = house.get(API + "health/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(answer.header("Content-Type")).isNull();

        house.device("r");
        Answer gone = house.send("DELETE", D + "r/", null);
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.header("Content-Length")).as("HTTP forbids one here").isNull();
        assertThat(gone.header("Content-Type")).isNull();
    }

    @Test
    void headGoesWhereGetDoesAndOptionsSayWhatIsAllowed() {
        house.device("r");

        Answer head = house.send("HEAD", D, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("Content-Length"))
                .isEqualTo(String.valueOf(house.get(D).bytes().length));
        assertThat(house.send("HEAD", G, null).status()).isEqualTo(200);
        assertThat(house.send("HEAD", D + "nobody/", null).status()).isEqualTo(404);

        Answer options = house.send("OPTIONS", D + "r/", null);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).isEqualTo("GET, PUT, PATCH, DELETE, HEAD, OPTIONS");
        assertThat(options.json().propertyNames()).contains("name", "description", "renders", "parses");
    }

    @Test
    void otherMethodsAreRefusedBeforeTheObjectIsLookedFor() {
        Answer answer = house.send("PUT", D, "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).isEqualTo("{\"detail\":\"Method \\\"PUT\\\" not allowed.\"}");
        assertThat(answer.header("Allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
        assertThat(house.post(D + "nobody/", "{}").status()).isEqualTo(405);
    }

    @Test
    void aMissingObjectIsMissingWhateverTheBodySays() {
        Answer answer = house.send("PATCH", D + "nobody/", "{", "Content-Type", "text/plain");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("{\"detail\":\"No Device matches the given query.\"}");
    }

    @Test
    void passwordsAreRefusedAsTheOriginalRefusesWrongOnes() {
        assertThat(house.get(D, "Authorization", "Basic YTpi").text())
                .isEqualTo("{\"detail\":\"Invalid username/password.\"}");
        assertThat(house.get(D, "Authorization", "Basic YTpi").status()).isEqualTo(403);
        assertThat(house.get(D, "Authorization", "Basic").text())
                .isEqualTo("{\"detail\":\"Invalid basic header. No credentials provided.\"}");
        assertThat(house.get(D, "Authorization", "bearer whatever").status()).isEqualTo(200);
    }

    @Test
    void aLostContentIsAskedForLater() {
        house.dashboard("d");
        house.loseContents();

        Answer answer = house.get(G);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("detail").asString()).isEqualTo("lost");
    }

    @Test
    void aFaultOfOurOwnIsJsonAsWell() {
        house.observatory.failNext("enrol", new IllegalStateException("a secret"));

        Answer answer = house.post(D, "{\"uid\":\"a\",\"address\":\"::1\"}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("{\"detail\":\"The server failed.\"}");
    }
}
