package dev.muster.lab.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.command.http.BodyText;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabOrders;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.TreeSet;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Orders about the configuration of the lab. The body is the UCL text itself, so that files go in as they are. */
@RestController
public class LabConfigurationEndpoint {

    private static final int TEXT_BYTES_MAX = 1 << 20;

    private final LabOrders orders;
    private final LabConfigurations configurations;

    public LabConfigurationEndpoint(LabOrders orders, LabConfigurations configurations) {
        this.orders = orders;
        this.configurations = configurations;
    }

    /** What a configuration says, without what must not be seen. */
    public record ReadConfiguration(List<String> classes, List<BoardName> boards, boolean setupScript) {

        static ReadConfiguration of(LabConfiguration it) {
            return new ReadConfiguration(
                    List.copyOf(new TreeSet<>(it.classes().keySet())),
                    it.boards().stream().map(board -> board.name()).toList(),
                    it.setupScript() != null);
        }
    }

    @PutMapping(
            path = "/api/v1/lab/configuration",
            consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Put a configuration in force, all or nothing")
    public Mono<ReadConfiguration> put(@RequestBody Flux<DataBuffer> body) {
        return Caller.current()
                .flatMap(caller -> BodyText.of(body, TEXT_BYTES_MAX).flatMap(text -> orders.configure(text, caller)))
                .map(ReadConfiguration::of);
    }

    @PostMapping("/api/v1/lab/configuration/reload")
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Put the configured file in force, all or nothing")
    public Mono<ReadConfiguration> reload() {
        return Caller.current().flatMap(orders::reload).map(ReadConfiguration::of);
    }

    @PostMapping(
            path = "/api/v1/lab/configuration:check",
            consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Say what a configuration says, or what is wrong with it; changes nothing")
    public Mono<ReadConfiguration> check(@RequestBody Flux<DataBuffer> body) {
        return BodyText.of(body, TEXT_BYTES_MAX)
                .publishOn(Schedulers.boundedElastic())
                .map(configurations::read)
                .map(ReadConfiguration::of);
    }
}
