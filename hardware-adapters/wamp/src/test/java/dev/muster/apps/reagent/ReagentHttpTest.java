package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What anybody may ask over plain HTTP: nobody keeps it waiting. */
class ReagentHttpTest {

    @SuppressWarnings("NullAway") // None of them is asked here.
    private final ReagentHttp http = new ReagentHttp("/wamp", null, null, null);

    @Test
    void aQuestionThatNeverEndsIsGivenUp() {
        MockServerHttpResponse response = new MockServerHttpResponse();
        StepVerifier.withVirtualTime(() ->
                        http.handle(MockServerHttpRequest.post("/wamp/frps").body(Flux.<DataBuffer>never()), response))
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(11))
                .expectComplete()
                .verify(Duration.ofSeconds(10));
        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.REQUEST_TIMEOUT);
    }

    @Test
    void onlyItsOwnPathsAreServed() {
        assertThat(http.serves(MockServerHttpRequest.get("/wamp/registry-keys").build()))
                .isTrue();
        assertThat(http.serves(
                        MockServerHttpRequest.get("/wamp/registry-keys/x").build()))
                .isFalse();
        assertThat(http.serves(MockServerHttpRequest.get("/wamp").build())).isFalse();
    }
}
