package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** V61 to V65: what people see. */
class PageVectorsTest extends CosVectors {

    private static long rows(Answer page) {
        return page.text()
                .lines()
                .filter(it -> it.contains("<a href=\"../devices/"))
                .count();
    }

    @Test
    void v61DevicesAreListedTwentyAPage() {
        Answer none = get("/cos/devices/");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.header("Content-Type")).isEqualTo(HTML);
        assertThat(none.text()).contains("No devices are available.");

        made(post(D, device("one", "10.0.0.1")));
        made(post(D, device("two", "10.0.0.2")));
        assertThat(get("/cos/devices/").text()).contains("2 devices", "one", "two", "href=\"/fleet/one\"");

        for (int i = 3; i <= 40; i++) {
            made(post(D, device("d" + i, "10.0.0.3")));
        }
        Answer forty = get("/cos/devices/");
        assertThat(forty.text()).contains("40 devices");
        assertThat(rows(forty)).isEqualTo(20);
        assertThat(rows(get("/cos/devices/?page=2"))).isEqualTo(20);
        assertThat(get("/cos/devices/?page=3").status()).isEqualTo(404);
    }

    @Test
    void v62V63ADevicesPageHasItsLinks() {
        CosWorld mounted = CosWorld.mounted("/cos-cos-registration-server", "--muster.cos.model-name=cos");
        try {
            String api = mounted.prefix + "/api/v1/";
            send(mounted, api + "applications/grafana/dashboards/", "{\"uid\":\"dashboard-1\",\"dashboard\":{}}");
            send(mounted, api + "applications/foxglove/dashboards/", "{\"uid\":\"layout-1\",\"dashboard\":{}}");
            send(
                    mounted,
                    api + "devices/",
                    "{\"uid\":\"hello-123\",\"address\":\"192.168.0.23\",\"grafana_dashboards\":[\"dashboard-1\"],"
                            + "\"foxglove_dashboards\":[\"layout-1\"]}");
            String page = mounted.prefix + "/devices/hello-123";

            hasLinks(mounted.http.send("GET", page, null, "Host", "127.0.0.1:8080"), "http", "ws");
            hasLinks(
                    mounted.http.send("GET", page, null, "Host", "127.0.0.1:8080", "X-Forwarded-Proto", "https"),
                    "https",
                    "wss");
            assertThat(mounted.http.send("GET", "/cos/api/v1/health/", null).status())
                    .as("elsewhere is nothing")
                    .isNotEqualTo(200);
            assertThat(mounted.http
                            .send("GET", mounted.prefix + "/admin/", null)
                            .header("Location"))
                    .startsWith(mounted.prefix + "/admin/login/");
        } finally {
            mounted.server.close();
        }
    }

    private static void send(CosWorld world, String path, String body) {
        made(world.http.send("POST", path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json"));
    }

    private static void hasLinks(Answer page, String scheme, String socket) {
        String foxglove = scheme + "://127.0.0.1:8080/cos-foxglove-studio/?ds=foxglove-websocket&amp;ds.url=" + socket
                + "%3A%2F%2F192.168.0.23%3A8765";
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains(
                        "Device hello-123",
                        "\"" + scheme + "://127.0.0.1:8080/cos-grafana/dashboards/\"",
                        "\"" + scheme + "://127.0.0.1:8080/cos-grafana/d/dashboard-1/?var-Host=hello-123\"",
                        "\"" + foxglove + "\"",
                        "\"" + foxglove + "&amp;layoutUrl=127.0.0.1%3A8080%2Fcos-cos-registration-server"
                                + "%2Fapi%2Fv1%2Fapplications%2Ffoxglove%2Fdashboards%2Flayout-1\"",
                        "\"" + scheme + "://127.0.0.1:8080/cos-ros2bag-fileserver/hello-123/\"");
    }

    @Test
    void v64WhoIsNotThereHasAPageAllTheSame() {
        Answer page = get("/cos/devices/future-robot");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).isEqualTo("device future-robot not found");
    }

    @Test
    void v65TheAdministrationAsksToSignIn() {
        Answer answer = get("/cos/admin/");

        assertThat(answer.status()).isEqualTo(302);
        Answer signIn = get(answer.header("Location"));
        assertThat(signIn.status()).isEqualTo(302);
        assertThat(get(signIn.header("Location")).status()).isEqualTo(200);
    }
}
