package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** V62 and V63: a device's page and its links, with the wire mounted where the charm mounts the original. */
class PageLinksTest {

    private static final String PREFIX = "/cos-cos-registration-server";
    private static CosWorld world;

    @BeforeAll
    static void start() {
        world = CosWorld.mounted(PREFIX, "--muster.cos.model-name=cos");
    }

    @AfterAll
    static void stop() {
        world.server.close();
    }

    @Test
    void v62V63ADevicesPageHasItsLinks() {
        made("applications/grafana/dashboards/", "{\"uid\":\"dashboard-1\",\"dashboard\":{}}");
        made("applications/foxglove/dashboards/", "{\"uid\":\"layout-1\",\"dashboard\":{}}");
        made(
                "devices/",
                "{\"uid\":\"hello-123\",\"address\":\"192.168.0.23\",\"grafana_dashboards\":[\"dashboard-1\"],"
                        + "\"foxglove_dashboards\":[\"layout-1\"]}");
        String page = PREFIX + "/devices/hello-123";

        hasLinks(world.http.send("GET", page, null, "Host", "127.0.0.1:8080"), "http", "ws");
        hasLinks(
                world.http.send("GET", page, null, "Host", "127.0.0.1:8080", "X-Forwarded-Proto", "https"),
                "https",
                "wss");
    }

    @Test
    void elsewhereIsNothing() {
        assertThat(world.http.send("GET", "/cos/api/v1/health/", null).status()).isNotEqualTo(200);
        assertThat(world.http.send("GET", PREFIX + "/admin/", null).header("Location"))
                .startsWith(PREFIX + "/admin/login/");
    }

    private static void made(String collection, String body) {
        CosVectors.made(world.http.send(
                "POST",
                PREFIX + "/api/v1/" + collection,
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json"));
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
}
