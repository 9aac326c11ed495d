package dev.muster.observe;

import java.util.Locale;

/** The kinds of documents that say how devices are observed; each is a name space of its own. */
public enum DocumentKind {
    GRAFANA_DASHBOARD,
    FOXGLOVE_LAYOUT,
    PROMETHEUS_RULES,
    LOKI_RULES;

    /** Whether its content is a rule file in YAML; else a JSON object. */
    public boolean isRules() {
        return this == PROMETHEUS_RULES || this == LOKI_RULES;
    }

    /** {@code grafana-dashboard} and the like, as it stands in URLs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind with this wire name; refuses unknown ones. */
    public static DocumentKind named(String wireName) {
        for (DocumentKind each : values()) {
            if (each.wireName().equals(wireName)) {
                return each;
            }
        }
        throw ObserveRefusal.KIND_UNKNOWN.because("There is no kind of document '" + wireName + "'.");
    }
}
