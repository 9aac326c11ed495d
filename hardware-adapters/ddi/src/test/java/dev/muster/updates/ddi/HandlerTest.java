package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.RefusalCode;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.UpdatesRefusal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The handler over real HTTP, with a house that decides nothing. */
class HandlerTest {

    private static final byte[] FEEDBACK =
            "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}}}"
                    .getBytes(StandardCharsets.UTF_8);

    private static House house;

    @BeforeAll
    static void open() {
        house = new House();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void clean() {
        house.commands.clear();
        house.provenances.clear();
        house.refusals.clear();
        house.log.lag = 0;
        house.log.catchUp = Mono.empty();
        house.settings(UpdateSettings.DEFAULTS);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> feedback(String id, int action) {
        return house.send(
                "POST",
                path(id) + "/deploymentBase/" + action + "/feedback",
                FEEDBACK,
                "Content-Type",
                "application/json",
                "Authorization",
                "GatewayToken " + House.GATEWAY);
    }

    @Test
    void anIdlePollSendsNoCommandAtAll() {
        house.device("idle", null);
        house.tell(new AttributesReported(new DeviceId("idle"), Map.of()));

        HttpResponse<byte[]> answer = house.get(path("idle"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}}}");
        assertThat(house.commands).isEmpty();
        assertThat(house.heard).containsKey("idle");
        long unchanged = house.metrics.polls(PollOutcome.UNCHANGED);
        house.get(
                path("idle"),
                "If-None-Match",
                answer.headers().firstValue("ETag").orElseThrow());
        assertThat(house.metrics.polls(PollOutcome.UNCHANGED)).isEqualTo(unchanged + 1);
    }

    @Test
    void anUnknownDeviceIsRegisteredOnceAndGreeted() {
        assertThat(house.get(path("plugged")).statusCode()).isEqualTo(200);
        assertThat(house.get(path("plugged")).statusCode()).isEqualTo(200);

        assertThat(house.sent(RegisterDevice.class)).hasSize(1);
        assertThat(house.sent(RegisterDevice.class).getFirst().address()).isEqualTo("http://127.0.0.1");
        assertThat(house.sent(NoteFirstContact.class)).hasSize(1);
        assertThat(house.sent(NoteAddress.class)).isEmpty();
        assertThat(house.provenances.peek())
                .containsEntry(Provenance.ACTOR, "gateway:plugged")
                .containsEntry(Provenance.ADDRESS, "127.0.0.1");
    }

    @Test
    void aNewAddressIsNoted() {
        house.device("mover", null);

        house.get(path("mover"), "X-Forwarded-For", "198.51.100.7");

        assertThat(house.sent(NoteAddress.class))
                .extracting(NoteAddress::address)
                .containsExactly("http://198.51.100.7");
    }

    @Test
    void aRefusedRequestLeavesNoTrace() {
        house.device("silent", "0123456789abcdef");

        assertThat(house.send("GET", path("silent"), null).statusCode()).isEqualTo(401);
        assertThat(house.send("GET", path("silent"), null, "Authorization", "TargetToken wrong")
                        .statusCode())
                .isEqualTo(401);

        assertThat(house.heard).doesNotContainKey("silent");
        assertThat(house.commands).isEmpty();
    }

    @Test
    void aRequestWaitsForWhatTheDeviceSaidBefore() {
        house.device("patient", null);
        Sinks.Empty<Void> caughtUp = Sinks.empty();
        house.log.catchUp = caughtUp.asMono();
        house.log.lag = 1;
        assertThat(feedback("patient", 1).statusCode()).isEqualTo(200);

        var poll = java.util.concurrent.CompletableFuture.supplyAsync(() -> house.get(path("patient")));
        org.awaitility.Awaitility.await().until(() -> caughtUp.currentSubscriberCount() > 0);
        assertThat(poll).isNotDone();
        house.tell(new AttributesReported(new DeviceId("patient"), Map.of()));
        house.log.lag = 0;
        caughtUp.tryEmitEmpty();

        assertThat(text(poll.join())).doesNotContain("configData");
    }

    @Test
    void aRequestThatCannotCatchUpIsToldToComeBack() {
        house.device("late", null);
        house.log.catchUp = Mono.error(KernelRefusal.NOT_CAUGHT_UP.because("no"));
        house.log.lag = 1;
        feedback("late", 1);

        HttpResponse<byte[]> answer = house.get(path("late"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        house.log.lag = 0;
        assertThat(house.get(path("late")).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> refusals() {
        String code = "hawkbit.server.error.";
        return Stream.of(
                Arguments.of(UpdatesRefusal.ACTION_UNKNOWN, 404, code + "repo.entityNotFound"),
                Arguments.of(UpdatesRefusal.ACTION_CLOSED, 410, null),
                Arguments.of(UpdatesRefusal.ACTION_WAITS_FOR_CONFIRMATION, 404, null),
                Arguments.of(UpdatesRefusal.ACTION_NOT_WAITING, 404, null),
                Arguments.of(UpdatesRefusal.ACTION_NOT_CANCELING, 405, code + "action.notCancelable"),
                Arguments.of(UpdatesRefusal.QUOTA_EXCEEDED, 429, code + "quota.tooManyEntries"),
                Arguments.of(RegistryRefusal.TOO_MANY_ATTRIBUTES, 429, code + "quota.tooManyEntries"),
                Arguments.of(RegistryRefusal.ATTRIBUTES_INVALID, 400, code + "repo.invalidTargetAttributes"),
                Arguments.of(RegistryRefusal.DEVICE_UNKNOWN, 404, code + "repo.entityNotFound"),
                Arguments.of(UpdatesRefusal.AUTO_CONFIRM_ALREADY_ACTIVE, 409, code + "repo.autoConfAlreadyActive"),
                Arguments.of(UpdatesRefusal.NUMBER_OUT_OF_ORDER, 409, code + "repo.concurrentModification"),
                Arguments.of(KernelRefusal.OVERLOADED, 503, null));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalHasItsAnswer(RefusalCode refusal, int status, String code) {
        house.device("refused", null);
        house.refusals.put(ReportFeedback.class, refusal.because("so it is"));

        HttpResponse<byte[]> answer = feedback("refused", 1);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (code == null) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(Wire.JSON.readTree(answer.body()).path("errorCode").asString())
                    .isEqualTo(code);
            assertThat(Wire.JSON.readTree(answer.body()).path("message").asString())
                    .isEqualTo("so it is");
        }
    }

    @Test
    void aFaultIsNoReasonForA500() {
        house.device("faulty", null);
        house.refusals.put(ReportFeedback.class, new IllegalStateException("a bug"));

        assertThat(feedback("faulty", 1).statusCode()).isEqualTo(503);
    }

    @Test
    void attributesAreAnAnswerOnlyWhenAskedFor() {
        house.device("asked", null);
        byte[] body = "{\"data\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8);
        String[] headers = {"Content-Type", "application/json", "Authorization", "GatewayToken " + House.GATEWAY};

        house.send("PUT", path("asked") + "/configData", body, headers);
        house.tell(new AttributesReported(new DeviceId("asked"), Map.of("a", "b")));
        house.send("PUT", path("asked") + "/configData", body, headers);

        assertThat(house.sent(ReportAttributes.class))
                .extracting(ReportAttributes::asked)
                .containsExactly(true, false);
    }

    @Test
    void bodiesHaveASize() {
        house.device("big", null);
        byte[] body = new byte[(1 << 20) + 1];

        HttpResponse<byte[]> answer = house.send(
                "PUT",
                path("big") + "/configData",
                body,
                "Content-Type",
                "application/json",
                "Authorization",
                "GatewayToken " + House.GATEWAY);

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void compressedBodiesAreNotRead() {
        house.device("zip", null);

        assertThat(house.send(
                                "PUT",
                                path("zip") + "/configData",
                                new byte[] {1},
                                "Content-Type",
                                "application/json",
                                "Content-Encoding",
                                "gzip",
                                "Authorization",
                                "GatewayToken " + House.GATEWAY)
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void linksFollowATrustedProxy() {
        house.device("linked", null);

        assertThat(text(house.get(path("linked"), "X-Forwarded-Proto", "https", "X-Forwarded-Host", "upd.example.org")))
                .contains("https://upd.example.org/DEFAULT/controller/v1/linked/configData");
        assertThat(text(house.get(path("linked"), "Forwarded", "for=1.2.3.4;host=\"a.example:8443\";proto=https")))
                .contains("https://a.example:8443/DEFAULT/");
        assertThat(text(house.get(
                        path("linked"),
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "upd.example.org",
                        "X-Forwarded-Port",
                        "8443")))
                .contains("https://upd.example.org:8443/");
        assertThat(text(house.get(path("linked")))).contains(house.url() + "/DEFAULT/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "a\"b", "a<b", "user@host"})
    void aHostThatIsNoneNeverGetsIntoALink(String host) {
        house.device("spoofed", null);

        assertThat(house.get(path("spoofed"), "X-Forwarded-Host", host).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFixedOriginBeatsAll() {
        house.device("fixed", null);
        UpdateSettings d = UpdateSettings.DEFAULTS;
        house.settings(new UpdateSettings(
                d.pollingTime(),
                true,
                true,
                null,
                false,
                List.of(),
                d.trust(),
                null,
                false,
                false,
                3,
                true,
                false,
                "https://ddi.example.org/base/",
                "https://cdn.example.org"));

        assertThat(text(house.get(path("fixed"), "X-Forwarded-Host", "else.org")))
                .contains("\"https://ddi.example.org/base/DEFAULT/controller/v1/fixed/configData\"");
    }

    @Test
    void aRuleFollowsTheDevicesGroup() {
        house.device("ruled", null);
        UpdateSettings d = UpdateSettings.DEFAULTS;
        house.settings(new UpdateSettings(
                "00:05:00, broken -> 00:01:00, group==lab -> 00:02:00",
                true,
                true,
                null,
                false,
                List.of(),
                d.trust(),
                null,
                false,
                false,
                3,
                true,
                false,
                null,
                null));
        assertThat(text(house.get(path("ruled")))).contains("00:05:00");

        house.fleet.groups.put(new DeviceId("ruled"), "lab");
        house.tell(new DeviceGrouped(new DeviceId("ruled"), "lab"));

        assertThat(text(house.get(path("ruled")))).contains("00:02:00");
    }

    @Test
    void errorsAreJsonWithThreeMembers() {
        HttpResponse<byte[]> answer = house.get(path("nobody") + "/deploymentBase/1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Wire.JSON.readTree(answer.body()).propertyNames())
                .containsExactlyInAnyOrder("errorCode", "exceptionClass", "message");
    }

    @Test
    void everyAnswerTellsItsLength() {
        house.device("length", null);
        for (HttpResponse<byte[]> answer : List.of(
                house.get(path("length")),
                house.get(path("length"), "Accept", "text/html"),
                house.get(path("nobody") + "/configData"),
                feedback("length", 1))) {
            assertThat(answer.headers().firstValue("Content-Length")).hasValue(String.valueOf(answer.body().length));
        }
    }
}
