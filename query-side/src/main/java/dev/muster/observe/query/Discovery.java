package dev.muster.observe.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolments;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Devices as Prometheus' HTTP service discovery wants them: where each can be scraped, and what is known of it as
 * {@code __meta_} labels, which a scrape's relabelling turns into labels or drops.
 */
public final class Discovery {

    private static final String META = "__meta_muster_";
    private static final int PORT_MAX = 65_535;

    private final DeviceDirectory directory;
    private final Enrolments enrolments;
    private final ObserveSettings settings;

    public Discovery(DeviceDirectory directory, Enrolments enrolments, ObserveSettings settings) {
        this.directory = directory;
        this.enrolments = enrolments;
        this.settings = settings;
    }

    /** One target group of one device. */
    public record Target(List<String> targets, Map<String, String> labels) {}

    /**
     * The matching devices that have an address, by id. Looks at the whole fleet.
     *
     * @param filter RSQL, or null for all
     * @param port of the exporter on each device, or null for the one that is set
     * @param job what the label {@code job} shall say, or null to leave it to Prometheus
     */
    public List<Target> targets(@Nullable String filter, @Nullable Integer port, @Nullable String job) {
        int on = port == null ? settings.scrapePort() : port;
        if (on < 1 || on > PORT_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because("'port' is 1 to " + PORT_MAX + ".");
        }
        if (job != null && job.length() > settings.jobLengthMax()) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "'job' has at most " + settings.jobLengthMax() + " characters.");
        }
        List<Target> targets = new ArrayList<>();
        LabelNames names = new LabelNames();
        for (DeviceFacts device : directory.matchingFacts(filter)) {
            Enrolment enrolment = enrolments.of(device.id());
            String address = address(device, enrolment, on);
            if (address != null) {
                targets.add(new Target(List.of(address), labels(device, enrolment, job, names)));
            }
        }
        return targets;
    }

    /** What a device says of itself counts before where it was last heard from. */
    private static @Nullable String address(DeviceFacts device, @Nullable Enrolment enrolment, int port) {
        String address = enrolment == null ? device.address() : enrolment.address();
        return address == null ? null : ScrapeAddress.target(address, port);
    }

    private static Map<String, String> labels(
            DeviceFacts device, @Nullable Enrolment enrolment, @Nullable String job, LabelNames names) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(META + "device", device.id().value());
        labels.put(META + "name", device.name());
        if (device.group() != null) {
            labels.put(META + "group", device.group());
        }
        if (enrolment != null) {
            labels.put(META + "uid", enrolment.uid().value());
        }
        if (device.software() != null) {
            labels.put(META + "software", device.software());
        }
        for (String tag : device.tags()) {
            labels.putIfAbsent(names.tag(tag), "true");
        }
        device.attributes().forEach((key, value) -> labels.putIfAbsent(names.attribute(key), value));
        if (job != null && !job.isEmpty()) {
            labels.put("job", job);
        }
        return labels;
    }

    /** A fleet has few different tags and keys, so each is turned into a label's name once for each answer. */
    private static final class LabelNames {

        private final Map<String, String> tags = new HashMap<>();
        private final Map<String, String> attributes = new HashMap<>();

        String tag(String tag) {
            return tags.computeIfAbsent(tag, text -> META + "tag_" + sanitised(text));
        }

        String attribute(String key) {
            return attributes.computeIfAbsent(key, text -> META + "attribute_" + sanitised(text));
        }

        private static String sanitised(String text) {
            StringBuilder name = new StringBuilder(text.length());
            text.codePoints().forEach(c -> name.append(isNameCharacter(c) ? (char) c : '_'));
            return name.toString();
        }

        private static boolean isNameCharacter(int c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
        }
    }
}
