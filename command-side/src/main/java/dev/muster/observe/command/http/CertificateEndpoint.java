package dev.muster.observe.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.IfMatch;
import dev.muster.observe.CertificateStatus;
import dev.muster.observe.EnrolmentCommand.DecideCertificate;
import dev.muster.observe.EnrolmentCommand.RequestCertificate;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Orders about the certificate of an enrolled device: somebody asks, a signer outside decides. */
@RestController
public class CertificateEndpoint {

    private final Commands commands;

    public CertificateEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param csr PKCS #10 in PEM */
    public record CertificateRequest(@Nullable String csr) {}

    /**
     * A signer's word; what is left out stays.
     *
     * @param certificate with it {@code status} is signed or denied
     * @param chain what the device gets: certificates in PEM, its own first
     */
    public record CertificateDecision(
            @Nullable CertificateStatus status,
            @Nullable String certificate,
            @Nullable String ca,
            @Nullable String chain) {}

    @PostMapping("/api/v1/devices/{id}/certificate-request")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Ask for a certificate for an enrolled device; an earlier one is void")
    public Mono<Void> request(@PathVariable String id, @RequestBody CertificateRequest request) {
        return commands.send(new RequestCertificate(new DeviceId(id), Given.required(request.csr(), "csr")))
                .then();
    }

    @PatchMapping("/api/v1/devices/{id}/certificate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OBSERVE_WRITE)
    @Operation(summary = "Say what became of a certificate request; the version is that of the enrolment")
    public Mono<Void> decide(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody CertificateDecision decision) {
        return commands.send(new DecideCertificate(
                        new DeviceId(id),
                        decision.status(),
                        decision.certificate(),
                        decision.ca(),
                        decision.chain(),
                        IfMatch.required(ifMatch)))
                .then();
    }
}
