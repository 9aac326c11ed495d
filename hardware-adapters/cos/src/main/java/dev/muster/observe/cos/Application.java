package dev.muster.observe.cos;

import dev.muster.observe.DocumentKind;

/** The four kinds of documents under the names that this wire has for them. */
enum Application {
    GRAFANA(DocumentKind.GRAFANA_DASHBOARD, "grafana", "grafana_dashboards", "grafana dashboard", "GrafanaDashboard"),
    FOXGLOVE(
            DocumentKind.FOXGLOVE_LAYOUT, "foxglove", "foxglove_dashboards", "foxglove dashboard", "FoxgloveDashboard"),
    PROMETHEUS(
            DocumentKind.PROMETHEUS_RULES,
            "prometheus",
            "prometheus_alert_rule_files",
            "prometheus alert rule file",
            "PrometheusAlertRuleFile"),
    LOKI(DocumentKind.LOKI_RULES, "loki", "loki_alert_rule_files", "loki alert rule file", "LokiAlertRuleFile");

    final DocumentKind kind;
    /** Its segment in paths. */
    final String segment;
    /** The device's field that lists those it uses. */
    final String deviceField;
    /** As it is called when a uid is taken. */
    final String label;
    /** As it is called when there is none. */
    final String model;

    Application(DocumentKind kind, String segment, String deviceField, String label, String model) {
        this.kind = kind;
        this.segment = segment;
        this.deviceField = deviceField;
        this.label = label;
        this.model = model;
    }

    /** The segment behind the application's own. */
    String collection() {
        return kind.isRules() ? "alert_rules" : "dashboards";
    }

    static Application of(DocumentKind kind) {
        for (Application each : values()) {
            if (each.kind == kind) {
                return each;
            }
        }
        throw new IllegalArgumentException("no application for " + kind);
    }
}
