package dev.muster.observe.query;

/**
 * Templates of links to where a device is looked at. Names in braces are put in: {@code scheme} and {@code host} (with
 * its port) as the asker reached this server, {@code ws} for the matching WebSocket scheme, {@code model} and {@code
 * cos}, the enrolment's {@code uid} and {@code address}, and {@code document}, a dashboard's or layout's uid. The
 * defaults are the links of a COS deployment behind one ingress.
 *
 * @param model what stands for {@code {model}}: the first word of the paths of a COS deployment
 * @param cos where the COS wire is mounted, without a slash at its ends: where Foxglove finds layouts
 * @param grafana Grafana's list of dashboards
 * @param grafanaDashboard one dashboard, for one device
 * @param foxglove Foxglove, connected to the device
 * @param foxgloveLayout the same with a layout
 * @param recordings where the device's recordings lie
 */
public record LinkSettings(
        String model,
        String cos,
        String grafana,
        String grafanaDashboard,
        String foxglove,
        String foxgloveLayout,
        String recordings) {

    public static final String GRAFANA = "{scheme}://{host}/{model}-grafana/dashboards/";
    public static final String GRAFANA_DASHBOARD = "{scheme}://{host}/{model}-grafana/d/{document}/?var-Host={uid}";
    public static final String FOXGLOVE = "{scheme}://{host}/{model}-foxglove-studio/"
            + "?ds=foxglove-websocket&ds.url={ws}%3A%2F%2F{address}%3A8765";
    public static final String FOXGLOVE_LAYOUT =
            FOXGLOVE + "&layoutUrl={host}%2F{cos}" + "%2Fapi%2Fv1%2Fapplications%2Ffoxglove%2Fdashboards%2F{document}";
    public static final String RECORDINGS = "{scheme}://{host}/{model}-ros2bag-fileserver/{uid}/";

    public static final LinkSettings DEFAULTS =
            new LinkSettings("", "cos", GRAFANA, GRAFANA_DASHBOARD, FOXGLOVE, FOXGLOVE_LAYOUT, RECORDINGS);
}
