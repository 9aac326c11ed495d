package dev.muster.observe.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.IpAddresses;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Orders about how a known device is observed. */
@RestController
@RequestMapping("/api/v1/devices/{id}/enrolment")
public class EnrolmentEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final EnrolmentOrders orders;
    private final Enrolments enrolments;
    private final Commands commands;
    private final Positions positions;

    public EnrolmentEndpoint(EnrolmentOrders orders, Enrolments enrolments, Commands commands, Positions positions) {
        this.orders = orders;
        this.enrolments = enrolments;
        this.commands = commands;
        this.positions = positions;
    }

    /**
     * The whole of an enrolment.
     *
     * @param uid required: the name it goes by among those who observe it
     * @param address required: IPv4 or IPv6
     * @param publicKey its SSH public key
     * @param uses uids of the documents it uses, by kind
     */
    public record EnrolmentRequest(
            @Nullable Uid uid,
            @Nullable String address,
            @Nullable String publicKey,
            @Nullable Map<DocumentKind, List<Uid>> uses) {}

    /** What to change; what is left out, or a kind that is missing, stays. An empty list empties a kind. */
    public record EnrolmentChange(
            @Nullable Uid uid,
            @Nullable String address,
            @Nullable String publicKey,
            @Nullable Map<DocumentKind, List<Uid>> uses) {}

    /** @param version what the next change needs as {@code If-Match} */
    public record EnrolledDevice(DeviceId deviceId, Uid uid, long version) {}

    @PutMapping
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Enrol a device for observation, or replace its enrolment")
    public Mono<ResponseEntity<EnrolledDevice>> put(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody EnrolmentRequest request) {
        DeviceId deviceId = new DeviceId(id);
        Uid uid = Given.required(request.uid(), "uid");
        String address = IpAddresses.normal(Given.required(request.address(), "address"));
        String publicKey = request.publicKey() == null ? "" : request.publicKey();
        Map<DocumentKind, List<Uid>> uses = every(whole(request.uses()));
        return provenance()
                .flatMap(provenance -> positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
                    Enrolment known = enrolments.of(deviceId);
                    if (known == null) {
                        notBesideAVersion(deviceId, ifMatch);
                        return orders.enrol(deviceId, uid, address, publicKey, uses, provenance)
                                .map(made -> answer(ResponseEntity.created(location(deviceId)), made));
                    }
                    // Saying it twice changes nothing, and needs no version.
                    if (ifMatch == null && isTheSame(known, uid, address, publicKey, uses)) {
                        return Mono.just(answer(ResponseEntity.ok(), known));
                    }
                    return orders.change(deviceId, uid, address, publicKey, uses, IfMatch.required(ifMatch), provenance)
                            .map(changed -> answer(ResponseEntity.ok(), changed));
                })));
    }

    @PatchMapping
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Change parts of a device's enrolment; another uid renames it, and it stays the same device")
    public Mono<ResponseEntity<EnrolledDevice>> change(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody EnrolmentChange request) {
        DeviceId deviceId = new DeviceId(id);
        Long expected = IfMatch.required(ifMatch);
        Map<DocumentKind, List<Uid>> uses = whole(request.uses());
        return provenance()
                .flatMap(provenance -> orders.change(
                        deviceId, request.uid(), request.address(), request.publicKey(), uses, expected, provenance))
                .map(changed -> answer(ResponseEntity.ok(), changed));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Observe a device no longer; one that came by enrolment alone leaves the fleet")
    public Mono<Void> end(
            @PathVariable String id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.send(new EndEnrolment(new DeviceId(id), IfMatch.required(ifMatch)))
                .then();
    }

    private static Mono<Map<String, String>> provenance() {
        return Caller.current().map(Caller::provenance);
    }

    /** The tag is the one that a read would bring, so that the next change needs none. */
    private static ResponseEntity<EnrolledDevice> answer(ResponseEntity.BodyBuilder answer, Enrolment enrolment) {
        return answer.eTag("\"" + enrolment.tag() + "\"")
                .body(new EnrolledDevice(enrolment.deviceId(), enrolment.uid(), enrolment.version()));
    }

    /** RFC 9110 §13.1.1: what is not there matches no version, not even any. */
    private static void notBesideAVersion(DeviceId deviceId, @Nullable String ifMatch) {
        if (ifMatch != null) {
            throw KernelRefusal.VERSION_LOST.because("The device '" + deviceId + "' is not enrolled.");
        }
    }

    /** JSON may have null where a list or a uid belongs; types do not say so. */
    private static Map<DocumentKind, List<Uid>> whole(@Nullable Map<DocumentKind, List<Uid>> given) {
        if (given == null) {
            return Map.of();
        }
        given.forEach((kind, uids) -> {
            if (uids == null || uids.stream().anyMatch(Objects::isNull)) {
                throw KernelRefusal.INVALID_REQUEST.about(
                        "uses." + kind.wireName(), "A list of uids has nothing null in it, and is not null.");
            }
        });
        return given;
    }

    /** All kinds: those left out are empty. */
    private static Map<DocumentKind, List<Uid>> every(Map<DocumentKind, List<Uid>> given) {
        Map<DocumentKind, List<Uid>> all = new EnumMap<>(DocumentKind.class);
        for (DocumentKind kind : DocumentKind.values()) {
            all.put(kind, given.getOrDefault(kind, List.of()));
        }
        return all;
    }

    private static boolean isTheSame(
            Enrolment known, Uid uid, String address, String publicKey, Map<DocumentKind, List<Uid>> uses) {
        return known.uid().equals(uid)
                && known.address().equals(address)
                && known.publicKey().equals(publicKey)
                && uses.entrySet().stream()
                        .allMatch(each -> uids(known, each.getKey()).equals(new HashSet<>(each.getValue())));
    }

    private static Set<Uid> uids(Enrolment known, DocumentKind kind) {
        return known.uses().getOrDefault(kind, List.of()).stream()
                .map(DocumentRef::uid)
                .collect(Collectors.toSet());
    }

    private static URI location(DeviceId id) {
        return URI.create("/api/v1/devices/"
                + UriUtils.encodePathSegment(id.value(), java.nio.charset.StandardCharsets.UTF_8) + "/enrolment");
    }
}
