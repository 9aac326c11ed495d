package dev.muster.observe.cos;

import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolment.Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Devices as the contract shows them (§4.1), whole or only the fields that were asked for (§4.2). */
final class DeviceJson {

    /** In the order of the representation. */
    static final List<String> ALL = List.of(
            "uid",
            "creation_date",
            "address",
            "public_ssh_key",
            Application.GRAFANA.deviceField,
            Application.FOXGLOVE.deviceField,
            Application.PROMETHEUS.deviceField,
            Application.LOKI.deviceField,
            "certificate");

    private static final int TYPICAL_SIZE = 320;

    private DeviceJson() {}

    /**
     * The fields asked for, in that order; all when the parameter is absent or empty.
     *
     * @throws CosFailure 400 for a field there is not
     */
    static List<String> fields(@Nullable String parameter) {
        if (parameter == null || parameter.isEmpty()) {
            return ALL;
        }
        Set<String> asked = new LinkedHashSet<>();
        for (String name : parameter.split(",", -1)) {
            if (!ALL.contains(name)) {
                throw CosFailure.field("fields", "There is no field \"" + name + "\".");
            }
            asked.add(name);
        }
        return new ArrayList<>(asked);
    }

    static byte[] one(Enrolment device, List<String> fields) {
        JsonText json = new JsonText(2 * TYPICAL_SIZE);
        write(json, device, fields);
        return json.bytes();
    }

    /**
     * A JSON array; null when it would be longer than that.
     *
     * @param size about how many there are
     */
    static byte @Nullable [] list(Iterable<Enrolment> devices, int size, List<String> fields, int bytesMax) {
        JsonText json = new JsonText(Math.min(1 << 20, size * TYPICAL_SIZE + 2)).open('[');
        for (Enrolment device : devices) {
            write(json, device, fields);
            if (json.length() > bytesMax) {
                return null;
            }
        }
        byte[] bytes = json.close(']').bytes();
        return bytes.length > bytesMax ? null : bytes;
    }

    static void write(JsonText json, Enrolment device, List<String> fields) {
        json.open('{');
        for (String field : fields) {
            json.name(field);
            switch (field) {
                case "uid" -> json.text(device.uid().value());
                case "creation_date" -> json.text(Times.stamp(device.enrolledAt()));
                case "address" -> json.text(device.address());
                case "public_ssh_key" -> json.text(device.publicKey());
                case "grafana_dashboards" -> uses(json, device, Application.GRAFANA);
                case "foxglove_dashboards" -> uses(json, device, Application.FOXGLOVE);
                case "prometheus_alert_rule_files" -> uses(json, device, Application.PROMETHEUS);
                case "loki_alert_rule_files" -> uses(json, device, Application.LOKI);
                default -> certificate(json, device.certificate());
            }
        }
        json.close('}');
    }

    private static void uses(JsonText json, Enrolment device, Application application) {
        json.open('[');
        used(device, application.kind).forEach(each -> json.text(each.uid().value()));
        json.close(']');
    }

    static List<DocumentRef> used(Enrolment device, DocumentKind kind) {
        return device.uses().getOrDefault(kind, List.of());
    }

    private static void certificate(JsonText json, @Nullable Certificate certificate) {
        if (certificate == null) {
            json.text(null);
            return;
        }
        json.open('{').name("csr").text(certificate.csr());
        issued(json, certificate);
        json.name("status").text(status(certificate));
        json.name("created_at").text(Times.stamp(certificate.createdAt()));
        json.name("updated_at").text(Times.stamp(certificate.updatedAt())).close('}');
    }

    /**
     * A certificate at its own address, in another order (§8.2).
     *
     * @param updated whether its last change is told as well
     */
    static byte[] certificate(Certificate certificate, boolean updated) {
        JsonText json = new JsonText(2048).open('{');
        json.name("status").text(status(certificate)).name("csr").text(certificate.csr());
        issued(json, certificate);
        if (updated) {
            json.name("updated_at").text(Times.stamp(certificate.updatedAt()));
        }
        return json.close('}').bytes();
    }

    private static void issued(JsonText json, Certificate certificate) {
        json.name("certificate").text(certificate.certificate());
        json.name("ca").text(certificate.ca());
        json.name("chain").text(certificate.chain());
    }

    private static String status(Certificate certificate) {
        return certificate.status().name().toLowerCase(Locale.ROOT);
    }
}
