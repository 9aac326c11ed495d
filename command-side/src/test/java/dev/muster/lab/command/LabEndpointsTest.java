package dev.muster.lab.command;

import static dev.muster.lab.command.LabHouse.admin;
import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.Samples.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.identity.Caller;
import dev.muster.kernel.RequestIds;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.ShareMode;
import dev.muster.lab.command.http.BoardOrdersEndpoint;
import dev.muster.lab.command.http.LabConfigurationEndpoint;
import dev.muster.lab.command.http.ReservationOrdersEndpoint;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LabEndpointsTest {

    private static final String BOB = "0198f1d2-0000-7000-8000-00000000abcd";
    private final LabHouse house = new LabHouse().with(definition("a64-1")).started();

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private WebTestClient as(Caller caller) {
        RequestIds ids = () -> Mono.fromSupplier(UUID::randomUUID);
        WebFilter signedIn =
                (exchange, chain) -> chain.filter(exchange).contextWrite(context -> context.put(Caller.class, caller));
        return WebTestClient.bindToController(
                        new BoardOrdersEndpoint(
                                house.office,
                                house.boards,
                                house.requests,
                                ids,
                                name -> name.equals("bob") ? "user:" + BOB : null),
                        new ReservationOrdersEndpoint(house.office, house.boards, house.requests, ids, house.positions),
                        new LabConfigurationEndpoint(house.office, house.configurations))
                .webFilter(signedIn)
                .configureClient()
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static WebTestClient.ResponseSpec post(WebTestClient client, String path, String json) {
        return client.post()
                .uri("/api/v1/lab" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    @Test
    void aBoardIsReservedUsedAndGivenBack() {
        WebTestClient ann = as(user("ann"));
        post(ann, "/boards/a64-1/reserve", "{\"duration\":\"2h\",\"power\":\"on\",\"purpose\":\"boot\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("reserved")
                .jsonPath("$.power")
                .isEqualTo("on")
                .jsonPath("$.reservation.holder")
                .isEqualTo("user:ann")
                .jsonPath("$.attrs.ip")
                .isEqualTo("192.0.2.7");
        post(ann, "/boards/a64-1/extend", "{\"duration\":\"90m\"}")
                .expectStatus()
                .isOk();
        post(ann, "/boards/a64-1/share", "{\"user\":\"bob\",\"mode\":\"ro\"}")
                .expectStatus()
                .isOk();
        assertThat(house.board("a64-1").shares()).containsEntry("user:" + BOB, ShareMode.RO);
        post(ann, "/boards/a64-1/share", "{\"user\":\"user:" + BOB + "\"}")
                .expectStatus()
                .isOk();
        assertThat(house.board("a64-1").shares()).isEmpty();
        assertThatThrownBy(() -> post(ann, "/boards/a64-1/share", "{\"user\":\"zoe\",\"mode\":\"ro\"}")
                        .expectStatus()
                        .isOk())
                .isInstanceOf(AssertionError.class);
        post(ann, "/boards/a64-1/power/off", "{}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.power")
                .isEqualTo("off");
        post(ann, "/boards/a64-1/release", "{}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("free");
        WebTestClient root = as(admin());
        post(root, "/boards/a64-1/maintenance", "{\"note\":\"fan\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("maintenance");
        post(root, "/boards/a64-1/return", "{}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("free");
    }

    @Test
    void aReservationIsMadeAtOnceOrWaits() {
        WebTestClient ann = as(user("ann"));
        String first = post(ann, "/reservations", "{\"class\":\"pine\"}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .exists("Location")
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Location");
        String second = post(as(user("bob")), "/reservations", "{\"class\":\"pine\",\"wait\":\"0\",\"priority\":3}")
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .exists("Location")
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Location");
        ann.delete().uri(first).exchange().expectStatus().isNoContent();
        await().until(() -> house.requests.all().getFirst().state() == State.FULFILLED);
        assertThat(second).endsWith(house.requests.all().getFirst().id().toString());
        as(user("bob")).delete().uri(second).exchange().expectStatus().isNoContent();
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    @Test
    void aReservationForLaterIsQueued() {
        post(as(user("ann")), "/reservations", "{\"board\":\"a64-1\",\"earliest\":\"2200-01-01T00:00:00Z\"}")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.place")
                .isEqualTo(1);
    }

    @Test
    void aConfigurationIsCheckedAndPutInForce() {
        WebTestClient root = as(admin());
        root.post()
                .uri("/api/v1/lab/configuration:check")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("b1 oak")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.boards[0]")
                .isEqualTo("b1");
        assertThat(house.boards.find(new BoardName("b1"))).isNull();
        root.put()
                .uri("/api/v1/lab/configuration")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("b1 oak")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(house.boards.find(new BoardName("b1"))).isNotNull();
    }
}
