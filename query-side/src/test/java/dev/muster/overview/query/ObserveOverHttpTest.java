package dev.muster.overview.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.query.TestObserved;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class ObserveOverHttpTest extends OverHttp {

    private static final DocumentKind GRAFANA = DocumentKind.GRAFANA_DASHBOARD;
    private static final DocumentKind RULES = DocumentKind.PROMETHEUS_RULES;

    private final TestObserved observed = server.observed;

    private JsonNode json(String uri) {
        return TestJson.mapper().readTree(body(uri).returnResult().getResponseBody());
    }

    private String tag(String uri) {
        return get(uri).expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();
    }

    private ResponseSpec again(String uri, String tag) {
        return server.web().get().uri(uri).header("If-None-Match", tag).exchange();
    }

    /** All pages of a list, each item by one member. */
    private List<String> walked(String uri, String member) {
        List<String> all = new ArrayList<>();
        String next = uri;
        while (next != null) {
            JsonNode page = json(next);
            page.get("items").forEach(item -> all.add(item.get(member).asString()));
            next = page.hasNonNull("next") ? uri + "&after=" + page.get("next").asString() : null;
        }
        return all;
    }

    private void refused(String uri, int status, String code) {
        get(uri).expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    @Nested
    class Enrolments {

        @Test
        void oneTellsWhatADeviceUses() {
            DocumentRef b = observed.dashboard("g-b");
            DocumentRef a = observed.dashboard("g-a");
            observed.enrolled("r1", "robot one", "10.0.0.7", Map.of(GRAFANA, List.of(a, b)));

            assertThat(json("/api/v1/devices/r1/enrolment"))
                    .hasToString(
                            "{\"deviceId\":\"r1\",\"uid\":\"robot one\",\"address\":\"10.0.0.7\",\"publicKey\":\"\","
                                    + "\"uses\":{\"grafana-dashboard\":[\"g-b\",\"g-a\"],\"foxglove-layout\":[],"
                                    + "\"prometheus-rules\":[],\"loki-rules\":[]},"
                                    + "\"enrolledAt\":\"2026-11-20T08:00:02Z\",\"version\":0}");
            refused("/api/v1/devices/nope/enrolment", 404, "observe.enrolment-unknown");
        }

        @Test
        void itIsNotSentTwiceUnlessADocumentVanished() {
            DocumentRef dashboard = observed.dashboard("d");
            observed.using("r1", dashboard);
            String tag = tag("/api/v1/devices/r1/enrolment");
            assertThat(tag).startsWith("\"0");
            again("/api/v1/devices/r1/enrolment", tag).expectStatus().isNotModified();

            observed.removed(GRAFANA, dashboard);

            again("/api/v1/devices/r1/enrolment", tag)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.uses['grafana-dashboard']")
                    .isEmpty();
        }

        @Test
        void aListHasPagesInTheOrderOfEnrolment() {
            IntStream.range(0, 5).forEach(i -> observed.enrolled("r" + (9 - i)));

            assertThat(walked("/api/v1/enrolments?limit=2", "uid")).containsExactly("r9", "r8", "r7", "r6", "r5");
            body("/api/v1/enrolments?limit=2&count=true&q=R")
                    .jsonPath("$.count")
                    .isEqualTo(5);
            for (String query : List.of("limit=0", "limit=1001", "after=x", "after=bWFkZSB4", "certificate=x")) {
                get("/api/v1/enrolments?" + query).expectStatus().isBadRequest();
            }
        }

        @Test
        void aPageGoesOnWhereTheLastEndedThoughDevicesComeAndGo() {
            IntStream.range(0, 4).forEach(i -> observed.enrolled("r" + i));
            String next = json("/api/v1/enrolments?limit=2").get("next").asString();
            observed.ended("r0", "r0").ended("r1", "r1").enrolled("r4");

            body("/api/v1/enrolments?limit=9&after=" + next)
                    .jsonPath("$.items[*].uid")
                    .isEqualTo(List.of("r2", "r3", "r4"));
        }

        @Test
        void aSignerFindsWhoWaits() {
            observed.enrolled("a").enrolled("b").enrolled("c");
            observed.asksForACertificate("b", "CSR").asksForACertificate("c", "CSR");
            observed.certified("c", CertificateStatus.SIGNED, "C", "CA", "CHAIN");

            assertThat(walked("/api/v1/enrolments?certificate=pending", "uid")).containsExactly("b");
            assertThat(walked("/api/v1/enrolments?certificate=signed", "uid")).containsExactly("c");
            assertThat(walked("/api/v1/enrolments?certificate=none", "uid")).containsExactly("a");
        }

        @Test
        void freeTextLooksIntoUidIdAndAddress() {
            observed.enrolled("r1", "Robot One", "10.0.0.7", Map.of()).enrolled("r2");

            assertThat(walked("/api/v1/enrolments?q=robot+0.7", "deviceId")).containsExactly("r1");
            get("/api/v1/enrolments?q=" + "x".repeat(257)).expectStatus().isBadRequest();
        }

        @Test
        void aCertificateIsShownWhole() {
            observed.enrolled("r1");
            refused("/api/v1/devices/r1/certificate", 404, "observe.certificate-unknown");
            observed.asksForACertificate("r1", "CSR");
            observed.certified("r1", CertificateStatus.SIGNED, SelfSigned.PEM, "CA", SelfSigned.PEM);

            JsonNode certificate = json("/api/v1/devices/r1/certificate");
            assertThat(certificate.get("status").asString()).isEqualTo("signed");
            assertThat(certificate.get("csr").asString()).isEqualTo("CSR");
            assertThat(certificate.get("expiresAt").asString()).isEqualTo(SelfSigned.NOT_AFTER);

            String tag = tag("/api/v1/devices/r1/certificate");
            observed.certified("r1", CertificateStatus.DENIED, "no certificate", "", "");
            again("/api/v1/devices/r1/certificate", tag)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.expiresAt")
                    .doesNotExist();
        }

        @Test
        void linksLeadWhereTheAskerCameFrom() {
            observed.using("r1", observed.dashboard("d 1"));

            JsonNode links = json("/api/v1/devices/r1/links");

            assertThat(links.get("grafana").get("main").asString())
                    .isEqualTo(server.address() + "/-grafana/dashboards/");
            assertThat(links.get("grafana").get("documents").get(0))
                    .hasToString("{\"document\":\"d 1\",\"target\":\"" + server.address()
                            + "/-grafana/d/d%201/?var-Host=r1\"}");
            refused("/api/v1/devices/nope/links", 404, "observe.enrolment-unknown");
        }

        @Test
        void theTimelineHasThem() {
            server.fleet.registered("r1");
            server.fleet.log.record(
                    "enrolment/r1", new EnrolmentEvent.ObservedAddressChanged(new DeviceId("r1"), "10.0.0.7"));

            body("/api/v1/devices/r1/timeline")
                    .jsonPath("$.items[0].type")
                    .isEqualTo("observe.ObservedAddressChanged")
                    .jsonPath("$.items[0].data.address")
                    .isEqualTo("10.0.0.7");
        }
    }

    @Nested
    class Documents {

        @Test
        void aListSaysHowManyDevicesUseEach() {
            DocumentRef b = observed.dashboard("b");
            DocumentRef a = observed.dashboard("a");
            observed.using("r1", a, b).using("r2", a);

            assertThat(walked("/api/v1/documents/grafana-dashboard?limit=1", "uid"))
                    .containsExactly("b", "a");
            body("/api/v1/documents/grafana-dashboard?count=true&q=A")
                    .jsonPath("$.count")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].devices")
                    .isEqualTo(2)
                    .jsonPath("$.items[0].kind")
                    .isEqualTo("grafana-dashboard")
                    .jsonPath("$.items[0].template")
                    .isEqualTo(false);
            body("/api/v1/documents/loki-rules").jsonPath("$.items").isEmpty();
            refused("/api/v1/documents/nope", 404, "observe.kind-unknown");
        }

        @Test
        void oneIsNotSentTwiceUnlessSomethingOfItChanged() {
            DocumentRef dashboard = observed.dashboard("d");
            String uri = "/api/v1/documents/grafana-dashboard/d";
            String tag = tag(uri);
            again(uri, tag).expectStatus().isNotModified();

            observed.using("r1", dashboard);
            again(uri, tag).expectStatus().isOk();
            refused("/api/v1/documents/grafana-dashboard/nope", 404, "observe.document-unknown");
            refused("/api/v1/documents/foxglove-layout/d", 404, "observe.document-unknown");
        }

        @Test
        void whatIsWrongWithRulesStandsBesideThem() {
            observed.published(RULES, "good", server.rules.rules("fine"));
            observed.published(RULES, "bad", server.rules.rules("! bad"));
            DocumentRef lost = observed.published(RULES, "lost", TestObserved.content("lost", false));

            body("/api/v1/documents/prometheus-rules/good")
                    .jsonPath("$.findings")
                    .isEmpty();
            body("/api/v1/documents/prometheus-rules/bad")
                    .jsonPath("$.findings[0].message")
                    .isEqualTo("There are none.");
            String tag = tag("/api/v1/documents/prometheus-rules/lost");
            body("/api/v1/documents/prometheus-rules/lost")
                    .jsonPath("$.id")
                    .isEqualTo(lost.id().toString())
                    .jsonPath("$.findings")
                    .doesNotExist();
            server.rules.texts.put("lost", "fine");
            again("/api/v1/documents/prometheus-rules/lost", tag).expectStatus().isOk();
        }

        @Test
        void aContentIsADownloadUnderItsUid() {
            observed.published(GRAFANA, "caf\u00e9 1", server.rules.content("{\"a\":1}", false));
            observed.published(RULES, "r", server.rules.rules("mem-@"));

            ResponseSpec dashboard = get("/api/v1/documents/grafana-dashboard/caf%C3%A9%201/content");
            dashboard
                    .expectHeader()
                    .contentType("application/json")
                    .expectBody(String.class)
                    .isEqualTo("{\"a\":1}");
            HttpHeaders headers = dashboard.returnResult(Void.class).getResponseHeaders();
            assertThat(headers.getFirst("Content-Disposition"))
                    .startsWith("attachment")
                    .contains("filename*=UTF-8''caf%C3%A9%201.json");
            String uri = "/api/v1/documents/prometheus-rules/r/content";
            get(uri).expectHeader()
                    .contentType("application/yaml")
                    .expectHeader()
                    .valueEquals("Content-Disposition", "attachment; filename=\"r.yaml\"; filename*=UTF-8''r.yaml")
                    .expectBody(String.class)
                    .isEqualTo("mem-@");
            again(uri, tag(uri)).expectStatus().isNotModified();
        }

        @Test
        void aContentThatIsGoneIsSaidSo() {
            observed.dashboard("d");
            refused("/api/v1/documents/grafana-dashboard/d/content", 503, "observe.content-missing");
        }

        @Test
        void theDevicesThatUseOneStandInPages() {
            DocumentRef used = observed.dashboard("used");
            DocumentRef unused = observed.dashboard("unused");
            observed.using("r3", used).using("r2", unused).using("r1", unused, used);
            observed.uses("r2", GRAFANA);

            assertThat(walked("/api/v1/documents/grafana-dashboard/used/devices?limit=1", "deviceId"))
                    .containsExactly("r3", "r1");
            body("/api/v1/documents/grafana-dashboard/used/devices?count=true&limit=1")
                    .jsonPath("$.count")
                    .isEqualTo(2);
            observed.removed(GRAFANA, used);
            observed.dashboard("used");
            body("/api/v1/documents/grafana-dashboard/used/devices")
                    .jsonPath("$.items")
                    .isEmpty();
        }

        @Test
        void rulesCanBeSeenAsTheyReadForADevice() {
            observed.published(RULES, "t", server.rules.rules("mem-@"));
            observed.published(RULES, "n", server.rules.content("static-@", false));
            observed.dashboard("d");
            observed.enrolled("r1", "robot", "10.0.0.1", Map.of());

            get("/api/v1/documents/prometheus-rules/t/preview?device=r1")
                    .expectHeader()
                    .contentType("application/yaml")
                    .expectBody(String.class)
                    .isEqualTo("mem-robot");
            get("/api/v1/documents/prometheus-rules/n/preview?device=r1")
                    .expectBody(String.class)
                    .isEqualTo("static-@");
            refused("/api/v1/documents/prometheus-rules/t/preview?device=x", 404, "observe.enrolment-unknown");
            refused("/api/v1/documents/grafana-dashboard/d/preview?device=r1", 400, "kernel.invalid-request");
            get("/api/v1/documents/prometheus-rules/t/preview").expectStatus().isBadRequest();
        }
    }

    @Nested
    class RuleBooks {

        @Test
        void allRulesAreOneFileThatIsNotSentTwice() {
            DocumentRef template = observed.published(RULES, "t", server.rules.rules("mem-@"));
            observed.enrolled("r1", "r1", "10.0.0.1", Map.of(RULES, List.of(template)));

            get("/prometheus/rules")
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentType("application/yaml")
                    .expectBody(String.class)
                    .value(text -> assertThat(text).endsWith("groups:\n- name: t/r1/mem-r1\n"));
            String tag = tag("/prometheus/rules");
            again("/prometheus/rules", tag).expectStatus().isNotModified();

            observed.enrolled("r2", "r2", "10.0.0.2", Map.of(RULES, List.of(template)));
            again("/prometheus/rules", tag).expectStatus().isOk();
            get("/loki/rules").expectBody(String.class).value(text -> assertThat(text)
                    .endsWith("groups: []\n"));
        }
    }
}
