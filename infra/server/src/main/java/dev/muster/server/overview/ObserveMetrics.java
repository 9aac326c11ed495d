package dev.muster.server.overview;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.query.DocumentIndex;
import dev.muster.observe.query.EnrolmentIndex;
import dev.muster.server.http.HttpJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What Prometheus reads about enrolled devices, their certificates and their documents. Numbers come from memory. */
public final class ObserveMetrics implements MeterBinder {

    private final EnrolmentIndex enrolments;
    private final DocumentIndex documents;

    public ObserveMetrics(EnrolmentIndex enrolments, DocumentIndex documents) {
        this.enrolments = enrolments;
        this.documents = documents;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("muster.enrolments", enrolments, EnrolmentIndex::size)
                .description("Devices enrolled for observation")
                .register(registry);
        for (DocumentKind kind : DocumentKind.values()) {
            Gauge.builder("muster.documents", documents, index -> index.size(kind))
                    .description("Dashboards and rule files")
                    .tag("kind", HttpJson.wireName(kind))
                    .register(registry);
        }
        for (CertificateStatus status : CertificateStatus.values()) {
            Gauge.builder("muster.certificates", enrolments, index -> index.certificates(status))
                    .description("Certificates of enrolled devices by how they stand")
                    .tag("status", HttpJson.wireName(status))
                    .register(registry);
        }
    }
}
