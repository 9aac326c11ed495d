package dev.muster.updates.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.registry.DeviceId;
import dev.muster.updates.query.Why;
import dev.muster.updates.query.WhyAnswer;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Why a device gets what it gets. */
@RestController
public class WhyReads {

    private final Why why;

    public WhyReads(Why why) {
        this.why = why;
    }

    @GetMapping("/api/v1/devices/{id}/why")
    @Requires(Permission.DEVICES_READ)
    @Operation(
            summary = "Why a device is offered what it is offered now",
            description = "The rules in the order in which they are asked, each with what came of it, in words.")
    public Mono<WhyAnswer> why(@PathVariable String id) {
        return Mono.defer(() -> why.answer(new DeviceId(id)));
    }
}
