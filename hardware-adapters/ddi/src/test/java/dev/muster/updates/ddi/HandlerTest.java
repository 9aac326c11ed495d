package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static dev.muster.updates.ddi.House.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Polls and what they set going, over real HTTP, with a house that decides nothing. */
class HandlerTest {

    @AutoClose
    private static final House house = new House();

    @AfterEach
    void tidyUp() {
        house.tidyUp();
    }

    @Test
    void anIdlePollSendsNoCommandAtAll() {
        house.device("idle", null);
        house.tell(new AttributesReported(new DeviceId("idle"), Map.of()));

        HttpResponse<byte[]> answer = house.get(path("idle"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}}}");
        assertThat(house.commands).isEmpty();
        assertThat(house.heartbeats.lastHeard(new DeviceId("idle"))).isEqualTo(house.clock.instant());
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

        assertThat(house.heartbeats.lastHeard(new DeviceId("silent"))).isNull();
        assertThat(house.commands).isEmpty();
    }

    @Test
    void aRequestWaitsForWhatTheDeviceSaidBefore() {
        house.device("patient", null);
        Sinks.Empty<Void> caughtUp = Sinks.empty();
        house.log.catchUp = caughtUp.asMono();
        house.log.lag = 1;
        assertThat(house.feedback("patient", 1).statusCode()).isEqualTo(200);

        var poll = CompletableFuture.supplyAsync(() -> house.get(path("patient")));
        await().until(() -> caughtUp.currentSubscriberCount() > 0);
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
        house.feedback("late", 1);

        HttpResponse<byte[]> answer = house.get(path("late"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        house.log.lag = 0;
        assertThat(house.get(path("late")).statusCode()).isEqualTo(200);
    }

    @Test
    void attributesAreAnAnswerOnlyWhenAskedFor() {
        house.device("asked", null);
        byte[] body = "{\"data\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8);

        house.json("PUT", path("asked") + "/configData", body);
        house.tell(new AttributesReported(new DeviceId("asked"), Map.of("a", "b")));
        house.json("PUT", path("asked") + "/configData", body);

        assertThat(house.sent(ReportAttributes.class))
                .extracting(ReportAttributes::asked)
                .containsExactly(true, false);
    }
}
