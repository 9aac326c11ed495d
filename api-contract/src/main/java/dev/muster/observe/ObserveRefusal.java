package dev.muster.observe;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which the observe capability says no. */
public enum ObserveRefusal implements RefusalCode {
    UID_INVALID(
            "observe.uid-invalid", Refusal.Kind.INVALID, "Use 1 to 200 characters without slashes and angle brackets."),
    UID_TAKEN("observe.uid-taken", Refusal.Kind.CONFLICT, "Choose another uid, or change the enrolment that has it."),
    ENROLMENT_UNKNOWN("observe.enrolment-unknown", Refusal.Kind.NOT_FOUND, "Enrol the device first."),
    ADDRESS_INVALID("observe.address-invalid", Refusal.Kind.INVALID, "Enter a valid IPv4 or IPv6 address."),
    PUBLIC_KEY_INVALID(
            "observe.public-key-invalid", Refusal.Kind.INVALID, "A public key has at most 16384 characters."),
    KIND_UNKNOWN(
            "observe.kind-unknown",
            Refusal.Kind.NOT_FOUND,
            "Kinds are grafana-dashboard, foxglove-layout, prometheus-rules and loki-rules."),
    DOCUMENT_UNKNOWN("observe.document-unknown", Refusal.Kind.NOT_FOUND, "Publish the document first."),
    DOCUMENT_EXISTS("observe.document-exists", Refusal.Kind.CONFLICT, "Revise the existing one or choose another uid."),
    DASHBOARD_INVALID(
            "observe.dashboard-invalid", Refusal.Kind.INVALID, "A dashboard is one JSON object of at most 16 MiB."),
    RULES_INVALID("observe.rules-invalid", Refusal.Kind.INVALID, "Check the file with 'promtool check rules'."),
    CONTENT_MISSING(
            "observe.content-missing",
            Refusal.Kind.UNAVAILABLE,
            "Check that the artifact store is reachable; publish the document again if its file is gone."),
    CSR_INVALID("observe.csr-invalid", Refusal.Kind.INVALID, "Send one PKCS #10 request in PEM, at most 16 KiB."),
    CERTIFICATE_UNKNOWN(
            "observe.certificate-unknown", Refusal.Kind.NOT_FOUND, "The device has not asked for a certificate."),
    CERTIFICATE_INVALID("observe.certificate-invalid", Refusal.Kind.INVALID, null),
    LINK_INVALID("observe.link-invalid", Refusal.Kind.INVALID, null),
    TOO_MANY("observe.too-many", Refusal.Kind.LIMIT_REACHED, null);

    private final Meaning meaning;

    ObserveRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
