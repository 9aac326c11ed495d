package dev.muster.registry.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Ids;
import dev.muster.kernel.IfMatch;
import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.RequestAttributes;
import dev.muster.registry.DeviceCommand.WithdrawToken;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Orders of operators about single devices. */
@RestController
@RequestMapping("/api/v1/devices")
public class DevicesEndpoint {

    private final Commands commands;

    public DevicesEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** What a registration answers; the token is shown this once. */
    public record Registered(DeviceId id, @Nullable String token) {}

    /** A device's new secret, shown this once. */
    public record IssuedToken(String token) {}

    public record TokenRequest(@Nullable String token) {}

    public record ChangeRequest(
            @Nullable String name,
            @Nullable String group,
            @Nullable List<String> tags,
            @Nullable Map<String, @Nullable String> metadata) {}

    @PostMapping
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Register a device")
    public Mono<ResponseEntity<Registered>> register(@RequestBody RegistrationRequest request) {
        DeviceId id = request.deviceId();
        String token = request.token() != null
                ? DeviceTokens.chosen(request.token())
                : Boolean.TRUE.equals(request.issueToken()) ? DeviceTokens.made() : null;
        return commands.send(request.command(Origin.OPERATOR, token))
                .thenReturn(ResponseEntity.created(location(id))
                        .body(new Registered(id, request.token() == null ? token : null)));
    }

    @PatchMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Change what operators own of a device: name, group, tags, metadata")
    public Mono<Void> change(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ChangeRequest request) {
        return commands.send(new ChangeDevice(
                        new DeviceId(id),
                        request.name(),
                        request.group(),
                        request.tags(),
                        request.metadata(),
                        IfMatch.required(ifMatch)))
                .then();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Decommission a device; its history stays")
    public Mono<Void> decommission(
            @PathVariable String id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.send(new DecommissionDevice(new DeviceId(id), IfMatch.required(ifMatch)))
                .then();
    }

    @PutMapping("/{id}/token")
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Give a device a new secret; the old one ends at once")
    public Mono<IssuedToken> issueToken(
            @PathVariable String id, @RequestBody(required = false) @Nullable TokenRequest request) {
        String token =
                request == null || request.token() == null ? DeviceTokens.made() : DeviceTokens.chosen(request.token());
        return commands.send(new IssueToken(new DeviceId(id), Ids.digest(token)))
                .thenReturn(new IssuedToken(token));
    }

    @DeleteMapping("/{id}/token")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Take a device's secret away; it ends at once")
    public Mono<Void> withdrawToken(@PathVariable String id) {
        return commands.send(new WithdrawToken(new DeviceId(id))).then();
    }

    @PostMapping("/{id}/attributes/request")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Ask a device to report its attributes at its next contact")
    public Mono<Void> requestAttributes(@PathVariable String id) {
        return commands.send(new RequestAttributes(new DeviceId(id))).then();
    }

    static URI location(DeviceId id) {
        return URI.create(
                "/api/v1/devices/" + UriUtils.encodePathSegment(id.value(), java.nio.charset.StandardCharsets.UTF_8));
    }
}
