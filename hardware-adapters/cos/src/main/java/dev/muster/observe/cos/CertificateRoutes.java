package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.CertificateStatus;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolment.Certificate;
import dev.muster.observe.EnrolmentCommand.DecideCertificate;
import dev.muster.observe.EnrolmentCommand.RequestCertificate;
import dev.muster.observe.ObserveRefusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** {@code devices/<uid>/certificate/}: the device asks, somebody outside signs (contract §8). */
final class CertificateRoutes {

    private static final Set<String> STATUSES = Set.of("pending", "signed", "denied");
    private static final int CSR_LENGTH_MAX = 16384;

    private final CosPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final DeviceRoutes devices;
    private final Shape shape;

    CertificateRoutes(CosPorts ports, CosSettings settings, Bodies bodies, Orders orders, DeviceRoutes devices) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.devices = devices;
        this.shape = Shape.certificate(settings);
    }

    Mono<Void> go(Visit visit) {
        Enrolment device = devices.found(visit.route().uid());
        if (visit.reads()) {
            Certificate certificate = device == null ? null : device.certificate();
            return certificate == null
                    ? Mono.error(CosFailure.detail(404, "Device or CSR not found"))
                    : Answers.json(visit, 200, DeviceJson.certificate(certificate, false));
        }
        return visit.is(HttpMethod.POST) ? asked(visit, device) : decided(visit, device);
    }

    private Mono<Void> asked(Visit visit, @Nullable Enrolment device) {
        if (device == null) {
            return Mono.error(CosFailure.detail(404, "Device not found"));
        }
        return bodies.read(visit, shape)
                .map(CertificateRoutes::csr)
                .flatMap(csr -> orders.send(
                                new RequestCertificate(device.deviceId(), csr), visit.provenance(device.uid()))
                        .onErrorMap(CertificateRoutes::worded))
                .then(Mono.defer(() -> Answers.empty(visit, 202)));
    }

    private static String csr(Body body) {
        Fields fields = new Fields(body, false);
        String csr = fields.text("csr", true, CSR_LENGTH_MAX);
        fields.anyText("certificate");
        fields.anyText("ca");
        fields.anyText("chain");
        fields.choice("status", STATUSES);
        fields.faults.throwIfAny();
        if (csr == null) {
            throw new IllegalStateException("a request without CSR got through");
        }
        return csr;
    }

    private Mono<Void> decided(Visit visit, @Nullable Enrolment device) {
        if (device == null) {
            return Mono.error(CosFailure.detail(404, "Device uid not found"));
        }
        if (device.certificate() == null) {
            return Mono.error(noCertificate());
        }
        return bodies.read(visit, shape)
                .map(body -> decision(device, body))
                .flatMap(decision -> orders.send(decision, visit.provenance()).onErrorMap(CertificateRoutes::worded))
                .then(Mono.defer(() -> shown(visit, device)));
    }

    private Mono<Void> shown(Visit visit, Enrolment device) {
        Enrolment now = ports.enrolments().of(device.deviceId());
        Certificate certificate = now == null ? null : now.certificate();
        return certificate == null
                ? Mono.error(noCertificate())
                : Answers.json(visit, 200, DeviceJson.certificate(certificate, true));
    }

    private static DecideCertificate decision(Enrolment device, Body body) {
        Fields fields = new Fields(body, true);
        String certificate = fields.anyText("certificate");
        String ca = fields.anyText("ca");
        String chain = fields.anyText("chain");
        fields.faults.throwIfAny();
        JsonNode said = body.get("status");
        boolean silent = said == null
                || said.isNull()
                || said.isString() && said.asString().isEmpty();
        if (silent && certificate != null) {
            throw CosFailure.bare("Status must be provided when updating certificate");
        }
        CertificateStatus status = silent || said == null ? null : status(said);
        if (status == CertificateStatus.PENDING && certificate != null) {
            throw CosFailure.bare("Status must be signed or denied when providing certificate");
        }
        return new DecideCertificate(device.deviceId(), status, certificate, ca, chain, null);
    }

    private static CertificateStatus status(JsonNode said) {
        String text = said.isString() ? said.asString() : "";
        return switch (text) {
            case "pending" -> CertificateStatus.PENDING;
            case "signed" -> CertificateStatus.SIGNED;
            case "denied" -> CertificateStatus.DENIED;
            default -> throw CosFailure.bare("Invalid status value");
        };
    }

    private static CosFailure noCertificate() {
        return CosFailure.detail(404, "Certificate not found");
    }

    private static Throwable worded(Throwable failure) {
        return Refused.in(failure)
                .<Throwable>map(refusal -> worded(refusal, failure))
                .orElse(failure);
    }

    private static Throwable worded(Refusal refusal, Throwable failure) {
        if (refusal.code().equals(ObserveRefusal.CSR_INVALID.code())) {
            return CosFailure.field("csr", "Invalid CSR format: " + refusal.message());
        }
        if (refusal.code().equals(ObserveRefusal.CERTIFICATE_INVALID.code())) {
            return CosFailure.bare(refusal.message());
        }
        if (refusal.code().equals(ObserveRefusal.CERTIFICATE_UNKNOWN.code())) {
            return noCertificate();
        }
        return refusal.code().equals(ObserveRefusal.ENROLMENT_UNKNOWN.code())
                ? CosFailure.detail(404, "Device not found")
                : failure;
    }
}
