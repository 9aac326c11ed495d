package dev.muster.observe.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import dev.muster.observe.ApplicationLinks;
import dev.muster.observe.CertificateStatus;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolment.Certificate;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.query.CertificateText;
import dev.muster.observe.query.EnrolmentIndex;
import dev.muster.observe.query.MakingOrder;
import dev.muster.observe.query.ObserveSettings;
import dev.muster.observe.query.Words;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Enrolled devices: under which uid they are known, what they use, their certificates, where to look at them. */
@RestController
public class EnrolmentReads {

    private static final String NO_CERTIFICATE = "none";

    private final EnrolmentIndex enrolments;
    private final ApplicationLinks links;
    private final Offload offload;
    private final ObserveSettings settings;

    public EnrolmentReads(
            EnrolmentIndex enrolments, ApplicationLinks links, Offload offload, ObserveSettings settings) {
        this.enrolments = enrolments;
        this.links = links;
        this.offload = offload;
        this.settings = settings;
    }

    /**
     * @param certificate the texts are in PEM, as the signer sent them; empty where there is none
     * @param expiresAt when the certificate ends, null when it cannot be read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CertificateView(
            DeviceId deviceId,
            CertificateStatus status,
            String csr,
            String certificate,
            String ca,
            String chain,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant expiresAt) {}

    @GetMapping("/api/v1/enrolments")
    @Requires(Permission.OBSERVE_READ)
    @Operation(
            summary = "Enrolled devices in the order of enrolment",
            description = "'q' looks into uid, id and address; 'certificate' is pending, signed, denied or none.")
    public Mono<ResponseEntity<Page<EnrolmentView>>> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String certificate,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false, defaultValue = "false") boolean count,
            ServerHttpRequest request) {
        Words words = Words.of(q, settings);
        Predicate<Enrolment> wanted =
                certified(certificate).and(each -> words.in(each.uid() + " " + each.deviceId() + " " + each.address()));
        int most = Pages.limit(limit);
        long from = MakingOrder.after(after);
        return offload.ask(() -> MakingOrder.page(
                        enrolments.after(from),
                        wanted,
                        Enrolment::position,
                        EnrolmentView::of,
                        most,
                        count ? enrolments.all().stream().filter(wanted).count() : null))
                .map(page -> Pages.answer(request, page));
    }

    private static Predicate<Enrolment> certified(@Nullable String status) {
        if (status == null || status.isEmpty()) {
            return each -> true;
        }
        if (status.equals(NO_CERTIFICATE)) {
            return each -> each.certificate() == null;
        }
        for (CertificateStatus known : CertificateStatus.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(status)) {
                return each -> each.certificate() != null && each.certificate().status() == known;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because("'certificate' is pending, signed, denied or none.");
    }

    @GetMapping("/api/v1/devices/{id}/enrolment")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "How a device is observed: its uid, address, key and what it uses")
    public Mono<ResponseEntity<EnrolmentView>> one(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Mono.fromSupplier(() -> {
            Enrolment enrolment = enrolment(id);
            return Conditional.answer(ifNoneMatch, enrolment.tag(), EnrolmentView.of(enrolment));
        });
    }

    @GetMapping("/api/v1/devices/{id}/certificate")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "A device's certificate: what it asked for and what a signer made of it")
    public Mono<ResponseEntity<CertificateView>> certificate(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Mono.fromSupplier(() -> {
            Enrolment enrolment = enrolment(id);
            Certificate certificate = enrolment.certificate();
            if (certificate == null) {
                throw ObserveRefusal.CERTIFICATE_UNKNOWN.because("Device " + id + " has no certificate.");
            }
            return Conditional.answer(
                    ifNoneMatch, Long.toString(enrolment.version()), view(enrolment.deviceId(), certificate));
        });
    }

    private static CertificateView view(DeviceId deviceId, Certificate certificate) {
        String own = certificate.certificate();
        return new CertificateView(
                deviceId,
                certificate.status(),
                certificate.csr(),
                own,
                certificate.ca(),
                certificate.chain(),
                certificate.createdAt(),
                certificate.updatedAt(),
                CertificateText.expiry(own.isBlank() ? certificate.chain() : own));
    }

    @GetMapping("/api/v1/devices/{id}/links")
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "Where to look at a device: Grafana, Foxglove, recordings")
    public Mono<DeviceLinks> links(@PathVariable String id, ServerHttpRequest request) {
        return Mono.fromSupplier(() -> DeviceLinks.of(links.of(enrolment(id), base(request.getURI()))));
    }

    private static URI base(URI asked) {
        return asked.resolve("/");
    }

    private Enrolment enrolment(String id) {
        Enrolment enrolment = enrolments.of(new DeviceId(id));
        if (enrolment == null) {
            throw ObserveRefusal.ENROLMENT_UNKNOWN.because("Device " + id + " is not enrolled.");
        }
        return enrolment;
    }
}
