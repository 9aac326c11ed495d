package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.view;
import static dev.muster.config.snapd.FakeStore.LAB;
import static dev.muster.config.snapd.FakeStore.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.identity.Permission;
import dev.muster.kernel.KernelRefusal;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of error by both doors: as snapd answers it, and as this server does (contract §13). */
@Timeout(60)
class ErrorKindsTest {

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse();

    private String all;

    @BeforeEach
    void somebodyWhoMayAll() {
        all = house.bearer("all", EnumSet.allOf(Permission.class));
    }

    @AfterEach
    void forget() {
        house.store.forget();
    }

    /** Asks by both doors; the statuses as {@code old/new/ours}. */
    private String statuses(String method, String behindGeneration, String body) {
        return house.local(Generation.REGISTRY, method, "registry/" + behindGeneration, body)
                        .status()
                + "/"
                + house.local(Generation.V2_74, method, "confdb/" + behindGeneration, body)
                        .status()
                + "/"
                + house.remote(all, method, "confdb/" + behindGeneration, body).status();
    }

    @Test
    void noSchema() {
        assertThat(statuses("GET", "acme/nope/all", null)).isEqualTo("500/400/404");
        assertThat(statuses("GET", "acme/Not_A_Name/all", null)).isEqualTo("500/400/404");
        assertThat(statuses("PUT", "acme/nope/all", "{\"a\":1}")).isEqualTo("500/400/404");
        assertThat(house.remote(all, "GET", "confdb/acme/nope/all", null).kind())
                .isEqualTo("assertion-not-found");
    }

    @Test
    void noView() {
        assertThat(statuses("GET", NETWORK + "/nope", null)).isEqualTo("404/400/404");
        assertThat(statuses("PUT", NETWORK + "/nope", "{\"a\":1}")).isEqualTo("404/400/404");
    }

    @Test
    void noMatch() {
        assertThat(statuses("GET", NETWORK + "/observe-device?fields=nope", null))
                .isEqualTo("404/400/404");
        assertThat(statuses("PUT", NETWORK + "/observe-device", "{\"uuid\":\"x\"}"))
                .isEqualTo("404/400/404");
    }

    @Test
    void noData() {
        assertThat(statuses("GET", NETWORK + "/observe-device", null)).isEqualTo("404/202/404");
        assertThat(house.remote(all, "GET", "confdb/" + NETWORK + "/observe-device", null)
                        .kind())
                .isEqualTo("option-not-found");
    }

    @Test
    void badRequest() {
        assertThat(statuses("GET", NETWORK + "/observe-device?fields=a..b", null))
                .isEqualTo("400/400/400");
        assertThat(statuses("PUT", NETWORK + "/control-tunnel", "{\"a..b\":1}")).isEqualTo("400/400/400");
        assertThat(statuses("PUT", NETWORK + "/control-tunnel", "[]")).isEqualTo("400/400/400");
    }

    @Test
    void constraints() {
        house.local(Generation.V2_74, "PUT", "confdb/" + LAB + "/users", "{\"ann\":{\"age\":1}}")
                .change();
        for (String unused : new String[] {"/users?constraints=%7B%22x%22%3A1%7D", "/by-mail"}) {
            assertThat(house.local(Generation.V2_74, "GET", "confdb/" + LAB + unused, null)
                            .status())
                    .isEqualTo(400);
            assertThat(house.remote(all, "GET", "confdb/" + LAB + unused, null).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void unauthorized() {
        house.local(Generation.V2_74, "PUT", "confdb/" + LAB + "/key", "{\"key\":\"hush\"}")
                .change();
        String reader = house.bearer("reader", EnumSet.of(Permission.CONFIG_READ));
        assertThat(house.remote(reader, "GET", "confdb/" + LAB + "/key", null).status())
                .isEqualTo(403);
        // On the socket everyone is root, so this kind does not occur; were it to, it would be a 500.
        Json.Members data = (Json.Members) ((Json.Members) house.local(
                                Generation.V2_74,
                                "GET",
                                "changes/"
                                        + house.local(Generation.V2_74, "GET", "confdb/" + LAB + "/key", null)
                                                .change(),
                                null)
                        .result())
                .get("data");
        assertThat(data.get("values")).hasToString("{\"key\":\"hush\"}");
        assertThat(Manners.SNAPD
                        .failure(ConfigRefusal.ONLY_SECRETS.because("only secrets"), Generation.V2_74)
                        .status())
                .isEqualTo(500);
    }

    @Test
    void validation() {
        assertThat(statuses("PUT", NETWORK + "/control-telemetry", "{\"sample-rate\":1.5}"))
                .isEqualTo("500/500/422");
        assertThat(house.remote(all, "PUT", "registry/" + NETWORK + "/control-telemetry", "{\"sample-rate\":1.5}")
                        .at())
                .isEqualTo("metrics.sample-rate");
        assertThat(house.local(
                                Generation.REGISTRY,
                                "PUT",
                                "registry/" + NETWORK + "/control-telemetry",
                                "{\"sample-rate\":1.5}")
                        .at())
                .isNull();
    }

    @Nested
    class WhatOnlyDecisionsSay {

        private final String write = NETWORK + "/control-telemetry";
        private final String body = "{\"sample-rate\":1}";

        @Test
        void rejected() {
            house.store.failure = ConfigRefusal.REJECTED.because("the custodian says no");
            assertThat(house.remote(all, "PUT", "confdb/" + write, body).status())
                    .isEqualTo(409);
            Answer answer = house.local(Generation.V2_74, "PUT", "confdb/" + write, body);
            Json.Members change =
                    (Json.Members) house.local(Generation.V2_74, "GET", "changes/" + answer.change(), null)
                            .result();
            assertThat(change.get("status")).isEqualTo(Json.of("Error"));
            assertThat(change.get("err")).isEqualTo(Json.of("the custodian says no"));
            assertThat(house.local(Generation.REGISTRY, "PUT", "registry/" + write, body)
                            .status())
                    .isEqualTo(500);
        }

        @Test
        void timeout() {
            for (RuntimeException late : new RuntimeException[] {
                ConfigRefusal.WAITED_TOO_LONG.because("late"), KernelRefusal.OVERLOADED.because("busy")
            }) {
                house.store.failure = late;
                assertThat(statuses("PUT", write, body)).isEqualTo("500/500/503");
            }
            assertThat(house.remote(all, "PUT", "confdb/" + write, body).headers())
                    .containsEntry("retry-after", "1");
        }

        @Test
        void aClientsOwnPatienceEnds() {
            house.store.stuck = true;
            String patient = "{\"values\":" + body + ",\"options\":{\"access-timeout\":\"100ms\"}}";
            assertThat(house.local(Generation.V2_74, "PUT", "confdb/" + write, patient)
                            .status())
                    .isEqualTo(500);
            assertThat(house.remote(all, "PUT", "confdb/" + write, patient).status())
                    .isEqualTo(503);
        }

        @Test
        void tooLarge() {
            house.store.failure = ConfigRefusal.TOO_LARGE.because("large");
            assertThat(statuses("PUT", write, body)).isEqualTo("400/400/413");
        }

        @Test
        void whatIsAFaultOfOurs() {
            house.store.failure = new IllegalStateException("hush");
            assertThat(statuses("PUT", write, body)).isEqualTo("500/500/500");
            assertThat(house.remote(all, "PUT", "confdb/" + write, body).text()).doesNotContain("hush");
        }
    }

    @Test
    void pathsAndMethods() {
        for (String nowhere : new String[] {
            "", "nope", "confdb/a/b", "confdb/a/b/c/d", "registry/a//c", "registry/a/b/", "changes", "snaps/x", "a%2Fb"
        }) {
            assertThat(house.local(Generation.V2_74, "GET", nowhere, null).status())
                    .as(nowhere)
                    .isEqualTo(404);
        }
        Answer post = house.local(Generation.V2_74, "POST", view(Generation.V2_74, LAB, "all"), "{}");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.headers()).containsEntry("allow", "GET, PUT");
        assertThat(house.local(Generation.V2_74, "DELETE", "changes/1", null).headers())
                .containsEntry("allow", "GET");
        assertThat(house.local(Generation.V2_74, "GET", "changes/1", null).status())
                .isEqualTo(404);
    }
}
