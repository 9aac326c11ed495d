package dev.muster.observe.cos;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a route reads of a body. All else is skipped unread: agents send back whole representations.
 *
 * @param texts fields with one value; lists and objects there are only noticed as such
 * @param lists fields with lists
 * @param document a field whose object is taken as the text it is, because it may have megabytes
 */
record Shape(
        int bytesMax,
        Set<String> texts,
        Set<String> lists,
        @Nullable String document) {

    static Shape device(CosSettings settings) {
        return new Shape(
                settings.bodyBytesMax(),
                Set.of("uid", "address", "public_ssh_key"),
                Set.of(
                        Application.GRAFANA.deviceField,
                        Application.FOXGLOVE.deviceField,
                        Application.PROMETHEUS.deviceField,
                        Application.LOKI.deviceField),
                null);
    }

    static Shape certificate(CosSettings settings) {
        return new Shape(
                settings.bodyBytesMax(), Set.of("csr", "certificate", "ca", "chain", "status"), Set.of(), null);
    }

    static Shape dashboard(CosSettings settings) {
        return new Shape(settings.dashboardBytesMax(), Set.of("uid"), Set.of(), "dashboard");
    }

    static Shape rules(CosSettings settings) {
        return new Shape(settings.rulesBytesMax(), Set.of("uid", "rules", "template"), Set.of(), null);
    }
}
