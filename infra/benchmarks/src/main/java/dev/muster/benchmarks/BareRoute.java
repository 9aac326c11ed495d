package dev.muster.benchmarks;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The yardstick: one functional WebFlux route that answers a constant small JSON and does nothing else. A poll is held
 * against it in the same run, with the same JVM options.
 */
@SpringBootApplication
public class BareRoute {

    /** As many bytes as a poll without links. */
    private static final Map<String, ?> ANSWER = Map.of("config", Map.of("polling", Map.of("sleep", "00:05:00")));

    @Bean
    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route()
                .GET("/bare", request -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(ANSWER))
                .build();
    }

    public static void main(String[] args) {
        SpringApplication.run(BareRoute.class, args);
    }
}
