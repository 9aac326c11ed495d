package dev.muster.server.lab;

import dev.muster.lab.wire.Meters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Collectors;

/** Of what Prometheus reads from this server, the lab's share. */
public final class LabMeters implements Meters {

    private static final String SHARE = "muster_lab_";

    private final PrometheusMeterRegistry registry;

    public LabMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** Line by line, for the format escapes line breaks in whatever it carries. */
    @Override
    public String text() {
        return registry.scrape()
                .lines()
                .filter(LabMeters::isOfTheLab)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isOfTheLab(String line) {
        return line.startsWith(SHARE) || line.startsWith("# HELP " + SHARE) || line.startsWith("# TYPE " + SHARE);
    }
}
