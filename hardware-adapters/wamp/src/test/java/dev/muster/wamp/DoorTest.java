package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.testing.Changed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real WebSockets: contract B.1, B.2, B.6, traps I.6 and I.11. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class DoorTest {

    private final DoorHouse house = new DoorHouse(RouterSettings.DEFAULTS, WampSettings.DEFAULTS);

    @AfterEach
    void close() {
        house.close();
    }

    private WebSocket connect(String... protocols) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length))
                .buildAsync(house.uri(), new WebSocket.Listener() {})
                .get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "wamp.2.json wamp.2.cbor wamp.2.msgpack, wamp.2.json",
        "wamp.2.cbor wamp.2.msgpack wamp.2.json, wamp.2.json",
        "wamp.2.cbor wamp.2.msgpack, wamp.2.msgpack",
        "mqtt wamp.2.cbor, wamp.2.cbor",
    })
    void oneSubProtocolIsChosen(String offered, String chosen) throws Exception {
        WebSocket socket = connect(offered.split(" "));
        assertThat(socket.getSubprotocol()).isEqualTo(chosen);
        socket.abort();
    }

    @Test
    void whoeverSpeaksSomethingElseIsRefused() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> plain = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + house.port() + "/wamp"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(plain.statusCode()).isEqualTo(426);
        for (String[] offered : new String[][] {{"mqtt"}, {"wamp.2.flatbuffers", "wamp"}}) {
            assertThat(catchThrowable(() -> connect(offered)))
                    .cause()
                    .isInstanceOfSatisfying(java.net.http.WebSocketHandshakeException.class, refused -> assertThat(
                                    refused.getResponse().statusCode())
                            .isEqualTo(400));
        }
        HttpResponse<String> elsewhere = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + house.port() + "/wampum"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(elsewhere.statusCode()).isEqualTo(418);
    }

    @Test
    void aPathBelowIsTheSame() throws Exception {
        TestSocket agent =
                TestSocket.join(URI.create(house.uri() + "/ws-re-dev"), Codec.JSON, "2-3", TestRouter.SECRET);
        assertThat(house.router.metrics().sessions()).isEqualTo(1);
        agent.socket.abort();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void allFormsReachEachOther(Codec codec) throws Exception {
        TestSocket one = house.join("ann", codec);
        TestSocket other = house.join("bob", Codec.JSON);
        long topic = other.subscribe("a.b");
        one.says("[16,1,{},\"a.b\",[1,2.5,null,\"é\"],{\"k\":[true]}]");
        Message.Event event = other.next(Message.Event.class);
        assertThat(event.subscription()).isEqualTo(topic);
        assertThat(event.payload().args()).containsExactly(1L, 2.5, null, "é");
        assertThat(event.payload().map()).isEqualTo(Map.of("k", List.of(true)));
        one.register("a.p");
        other.says("[48,9,{},\"a.p\",[7]]");
        Message.Invocation asked = one.next(Message.Invocation.class);
        one.says(new Message.Yield(asked.request(), Map.of(), new Payload(List.of(new byte[] {1, 2}), null)));
        assertThat((byte[]) other.next(Message.Result.class).payload().arg(0)).containsExactly(1, 2);
        one.socket.abort();
        other.socket.abort();
    }

    @Test
    void pingsAreAnsweredAndKeepTheConnection() throws Exception {
        TestSocket agent = house.join("2-3");
        agent.socket
                .sendPing(ByteBuffer.wrap("keepalive".getBytes(StandardCharsets.UTF_8)))
                .join();
        assertThat(agent.pongs.poll(5, TimeUnit.SECONDS)).isEqualTo("keepalive");
    }

    @Test
    void afterAFarewellTheSocketIsClosed() throws Exception {
        TestSocket polite = house.join("ann");
        polite.says("[6,{},\"wamp.close.close_realm\"]");
        assertThat(polite.next(Message.Goodbye.class).reason()).isEqualTo("wamp.close.goodbye_and_out");
        assertThat(polite.closeCode()).isEqualTo(1000);
        TestSocket ghost = house.join("2-3");
        TestSocket agent = house.join("2-3");
        assertThat(ghost.next(Message.Goodbye.class).reason()).isEqualTo("wamp.close.killed");
        assertThat(ghost.closeCode()).isEqualTo(1000);
        agent.register("re.mgmt.s.wamp_connection_established");
        TestSocket rude = house.join("ann");
        rude.sendText("nonsense");
        assertThat(rude.next(Message.Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
        rude.closeCode();
        TestSocket mixed = house.join("ann");
        mixed.sendBytes(new byte[] {1});
        assertThat(mixed.next(Message.Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(house.router.metrics().sessions()).isEqualTo(1);
            assertThat(house.handler.connections()).isEqualTo(1);
        });
    }

    @Test
    void aConnectionThatBreaksIsNoGhost() throws Exception {
        TestSocket agent = house.join("2-3");
        agent.register("re.mgmt.s.wamp_connection_established");
        TestSocket viewer = house.join("ann");
        viewer.subscribe("wamp.session.on_leave");
        agent.socket.abort();
        assertThat(viewer.next(Message.Event.class).payload().arg(1)).isEqualTo("2-3");
        viewer.register("re.mgmt.s.wamp_connection_established");
    }

    @Test
    void whoeverIsSilentIsAskedAndThenGone() throws Exception {
        WampSettings curious = Changed.copy(WampSettings.DEFAULTS, "pingInterval", Duration.ofMillis(700));
        try (DoorHouse quick = new DoorHouse(RouterSettings.DEFAULTS, curious)) {
            // A client that reads nothing answers no ping either.
            TestSocket dead = quick.join("ann");
            TestSocket alive = quick.join("bob");
            dead.subscribe("a.b");
            dead.reads = false;
            alive.says("[16,1,{\"acknowledge\":true},\"a.b\"]");
            alive.next(Message.Published.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> quick.router.metrics().sessions() == 1);
            assertThat(alive.closed).isNotDone();
        }
    }

    @Test
    void whoeverReadsTooSlowlyMissesEventsAndHurtsNobody() throws Exception {
        WampSettings door =
                Changed.copy(WampSettings.DEFAULTS, "pingInterval", Duration.ofMinutes(1), "eventBytesMax", 256L << 10);
        try (DoorHouse patient = new DoorHouse(RouterSettings.DEFAULTS, door)) {
            TestSocket slow = patient.join("ann");
            slow.subscribe("a.b");
            TestSocket quick = patient.join("bob");
            slow.reads = false;
            String line = "x".repeat(100_000);
            long dropped = 0;
            for (int i = 0; dropped == 0 && i < 2_000; i++) {
                quick.says("[16," + (i + 1) + ",{\"acknowledge\":true},\"a.b\",[\"" + line + "\"]]");
                quick.next(Message.Published.class);
                dropped = patient.router.metrics().eventsDropped();
            }
            assertThat(dropped).isPositive();
            assertThat(patient.router.metrics().sessions()).isEqualTo(2);
            slow.reads = true;
            slow.socket.request(1);
            slow.next(Message.Event.class);
            assertThat(slow.closed).isNotDone();
        }
    }

    @Test
    void whoeverFloodsWaitsAndHurtsNobody() throws Exception {
        TestSocket flood = house.join("ann");
        TestSocket agent = house.join("2-3");
        agent.register("a.b");
        TestSocket caller = house.join("bob");
        Thread flooding = Thread.ofVirtual().start(() -> {
            for (int i = 1; i <= 20_000; i++) {
                flood.says("[16," + i + ",{},\"reswarm.logs.s.c\",[\"line\"]]");
            }
        });
        for (int i = 1; i <= 100; i++) {
            caller.says("[48," + i + ",{},\"a.b\"]");
            agent.says("[70," + agent.next(Message.Invocation.class).request() + ",{}]");
            assertThat(caller.next(Message.Result.class).request()).isEqualTo(i);
        }
        assertThat(flooding.join(Duration.ofSeconds(60))).isTrue();
        flood.says("[48,1,{},\"wamp.session.count\"]");
        assertThat(flood.next(Message.Result.class).payload().arg(0)).isEqualTo(3L);
        assertThat(house.router.metrics().publications()).isEqualTo(20_000);
    }

    @Test
    void aMessageHasALength() throws Exception {
        TestSocket agent = house.join("2-3");
        TestSocket other = house.join("ann");
        agent.register("a.b");
        String long15 = "x".repeat(15 << 20);
        other.says("[48,1,{},\"a.b\",[\"" + long15 + "\"]]");
        assertThat(String.valueOf(agent.next(Message.Invocation.class).payload().arg(0)))
                .hasSize(15 << 20);
        String tooLong = "[48,2,{},\"a.b\",[\"" + "x".repeat(17 << 20) + "\"]]";
        // It may be told that it is too long while it still says it.
        var unused = catchThrowable(() -> agent.sendText(tooLong));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.router.metrics().sessions() == 1);
        assertThat(other.closed).isNotDone();
    }

    @Test
    void whoeverIsNobodyIsNotListenedToForLong() throws Exception {
        TestSocket nobody = TestSocket.open(house.uri(), Codec.JSON);
        String hello = "[1,\"realm1\",{\"authid\":\"2-3\",\"authmethods\":[\"wampcra\"],\"roles\":{\"caller\":{}},"
                + "\"more\":\"" + "x".repeat(1 << 20) + "\"}]";
        // It may be gone while it still says it.
        var unused = catchThrowable(() -> nobody.sendText(hello));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> house.handler.connections() == 0);
        assertThat(nobody.messages).isEmpty();
        assertThat(house.router.metrics().messages()).isZero();
    }

    /** A few messages of this size are as much as one connection may have waiting. */
    @Test
    void longMessagesOneAfterTheOtherAllArrive() throws Exception {
        TestSocket agent = house.join("2-3");
        TestSocket other = house.join("ann");
        agent.register("a.b");
        String long6 = "x".repeat(6 << 20);
        for (int i = 1; i <= 8; i++) {
            other.says("[48," + i + ",{},\"a.b\",[\"" + long6 + "\"]]");
            agent.says("[70," + agent.next(Message.Invocation.class).request() + ",{}]");
            assertThat(other.next(Message.Result.class).request()).isEqualTo(i);
        }
    }

    @Test
    void soManyConnectionsAndNoMore() throws Exception {
        WampSettings one = Changed.copy(WampSettings.DEFAULTS, "connectionsMax", 1);
        try (DoorHouse small = new DoorHouse(RouterSettings.DEFAULTS, one)) {
            TestSocket first = small.join("ann");
            assertThat(catchThrowable(() -> small.join("bob")))
                    .cause()
                    .isInstanceOfSatisfying(java.net.http.WebSocketHandshakeException.class, refused -> assertThat(
                                    refused.getResponse().statusCode())
                            .isEqualTo(503));
            first.socket.abort();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> small.handler.connections() == 0);
            small.join("bob");
        }
    }

    @Test
    void whenTheServerStopsAllAreSentAway() throws Exception {
        TestSocket agent = house.join("2-3");
        TestSocket knocking = TestSocket.open(house.uri(), Codec.JSON);
        house.handler.close();
        assertThat(agent.next(Message.Goodbye.class).reason()).isEqualTo("wamp.close.system_shutdown");
        agent.closeCode();
        knocking.next(Message.Abort.class);
        knocking.closeCode();
    }
}
