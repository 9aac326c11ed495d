package dev.muster.apps.command.http;

import dev.muster.apps.AppCommand.ChangeApp;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.command.CatalogueOffice;
import dev.muster.config.Json;
import dev.muster.config.command.http.ObjectBody;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.Positions;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about apps in the catalogue. */
@RestController
@RequestMapping("/api/v1/apps")
public class AppsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);
    private static final Set<String> FACE = Set.of("description", "environmentTemplate", "ports", "compose");
    private static final String BODY =
            "The body is {\"description\", \"environmentTemplate\": {name: {\"label\", \"type\","
                    + " \"defaultValue\", \"secret\", …}}, \"ports\": [{\"name\", \"port\", \"protocol\", \"main\", \"active\","
                    + " \"public\", …}], \"compose\": {\"services\": …} or null}";

    private final Commands commands;
    private final CatalogueOffice office;
    private final Positions positions;

    public AppsEndpoint(Commands commands, CatalogueOffice office, Positions positions) {
        this.commands = commands;
        this.office = office;
        this.positions = positions;
    }

    /** An app that is in the catalogue now. */
    public record OrderedApp(AppName name, AppKey key) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Make an app", description = BODY + " and \"name\".")
    public Mono<ResponseEntity<OrderedApp>> create(@RequestBody Flux<DataBuffer> body) {
        return ObjectBody.members(body, AppBodies.BYTES_MAX, with(FACE, "name")).flatMap(members -> {
            AppName name = new AppName(Given.required(AppBodies.text(members, "name"), "name"));
            return office.create(name, face(members))
                    .map(key -> ResponseEntity.created(URI.create("/api/v1/apps/" + name))
                            .body(new OrderedApp(name, key)));
        });
    }

    private static Set<String> with(Set<String> some, String one) {
        Set<String> all = new HashSet<>(some);
        all.add(one);
        return all;
    }

    private static AppFace face(Json.Members members) {
        String template = AppBodies.object(members, "environmentTemplate");
        return new AppFace(
                AppBodies.text(members, "description", ""),
                template == null ? "{}" : template,
                AppBodies.ports(members, "ports"),
                AppBodies.object(members, "compose"));
    }

    @PutMapping(path = "/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Replace what an app is, but for its name; its releases keep their compositions",
            description = BODY + ".")
    public Mono<Void> change(
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Flux<DataBuffer> body) {
        AppName name = new AppName(app);
        Long version = IfMatch.required(ifMatch);
        return ObjectBody.members(body, AppBodies.BYTES_MAX, FACE)
                .flatMap(members -> commands.<Object>send(new ChangeApp(name, face(members), version)))
                .then();
    }

    @DeleteMapping("/{app}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Take an app that nobody wants from the catalogue")
    public Mono<Void> remove(
            @PathVariable String app, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        AppName name = new AppName(app);
        Long version = IfMatch.required(ifMatch);
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> office.remove(name, version)));
    }
}
