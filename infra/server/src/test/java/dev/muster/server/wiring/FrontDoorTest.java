package dev.muster.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.Readiness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** As long as history is being read, nobody comes in. */
@Timeout(60)
class FrontDoorTest {

    private static HttpResponse<String> asked(String method, String path) throws Exception {
        HttpHandler rest = (request, response) -> {
            response.setStatusCode(HttpStatus.NO_CONTENT);
            return response.setComplete();
        };
        HttpHandler door =
                new DeviceWiring().frontDoor(List.of(), new Readiness()).apply(rest);
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(door))
                .bindNow(Duration.ofSeconds(10));
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .timeout(Duration.ofSeconds(20))
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } finally {
            server.disposeNow(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void whoComesTooEarlyIsToldToComeBack(String method) throws Exception {
        HttpResponse<String> answer = asked(method, "/registries/target-config/");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void whoAsksHowItIsIsAnswered() throws Exception {
        assertThat(asked("GET", "/livez").statusCode()).isEqualTo(204);
    }
}
