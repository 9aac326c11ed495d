package dev.muster.cos;

import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents;
import dev.muster.observe.Enrolments;
import dev.muster.server.TestServer;
import dev.muster.server.policy.Policies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The whole real server with a wire that trusts this machine. Only one at a time: what servers of one JVM share ends with the first. */
final class CosWorld {

    private static final Duration WAIT = Duration.ofSeconds(10);

    final TestServer server;
    final RawHttp http;
    final String prefix;

    private CosWorld(TestServer server, String prefix) {
        this.server = server;
        this.http = new RawHttp(server.baseUrl());
        this.prefix = prefix;
    }

    /** A server of one's own, mounted elsewhere; whoever starts it closes {@link #server}. */
    static CosWorld mounted(String prefix, String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "--muster.cos.prefix=" + prefix;
        all[1] = "--muster.cos.trusted-networks=127.0.0.0/8";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return new CosWorld(TestServer.start(all), prefix);
    }

    /** The place of the newest event, once all policies are done with it: one registers each device that enrols. */
    long lastEvent() {
        Positions positions = server.bean(Positions.class);
        Policies policies = server.bean(Policies.class);
        Awaitility.await().atMost(WAIT).until(() -> {
            long newest = positions.committed();
            return policies.positions().values().stream().allMatch(it -> it >= newest)
                    && positions.committed() == newest;
        });
        return positions.committed();
    }

    /** What has happened since the event at that place. */
    List<Recorded> since(long place) {
        long newest = lastEvent();
        return server.bean(History.class).before(newest + 1, Math.toIntExact(newest - place));
    }

    Enrolments devices() {
        return server.bean(Enrolments.class);
    }

    Documents documents() {
        return server.bean(Documents.class);
    }

    /** Takes away all that is there, over the wire, so that the next vector starts from nothing. */
    void empty() {
        for (String uid : devices().all().stream().map(it -> it.uid().value()).toList()) {
            removed("devices", uid);
        }
        for (DocumentKind kind : DocumentKind.values()) {
            String path =
                    switch (kind) {
                        case GRAFANA_DASHBOARD -> "applications/grafana/dashboards";
                        case FOXGLOVE_LAYOUT -> "applications/foxglove/dashboards";
                        case PROMETHEUS_RULES -> "applications/prometheus/alert_rules";
                        case LOKI_RULES -> "applications/loki/alert_rules";
                    };
            for (String uid :
                    documents().all(kind).stream().map(it -> it.uid().value()).toList()) {
                removed(path, uid);
            }
        }
        if (devices().size() > 0) {
            throw new AssertionError(
                    "there are devices left: " + List.copyOf(devices().all()));
        }
    }

    private void removed(String collection, String uid) {
        String segment = URLEncoder.encode(uid, StandardCharsets.UTF_8).replace("+", "%20");
        int status = http.send("DELETE", prefix + "/api/v1/" + collection + "/" + segment + "/", null)
                .status();
        if (status != 204) {
            throw new AssertionError("DELETE " + collection + " " + uid + ": " + status);
        }
    }
}
