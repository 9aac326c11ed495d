package dev.muster.apps;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all places together, and a rollout that has reached the device, say about an app on a device. Whoever says how
 * it should be also says which release: a device with a target of its own is out of its group's and of rollouts'.
 *
 * @param target how it should be
 * @param targetFrom a place as text, or {@code rollout/<id>}
 * @param version null for the newest
 * @param versionFrom a place as text, or {@code rollout/<id>}
 * @param ports rules beside or instead of the app's own
 * @param account of whoever wants it so
 */
public record WantedApp(
        AppTarget target,
        String targetFrom,
        @Nullable String version,
        String versionFrom,
        SortedMap<String, Value> environment,
        List<PortRule> ports,
        long account) {

    public WantedApp {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        ports = List.copyOf(ports);
    }

    /**
     * A parameter's value: one of both texts is there.
     *
     * @param clear JSON text
     * @param sealed JSON text, sealed for the place it is from
     */
    public record Value(@Nullable String clear, @Nullable String sealed, Place from) {

        /** Without the value. */
        @Override
        public String toString() {
            return (sealed == null ? "value" : "secret") + " of " + from;
        }
    }

    /** What one place says. */
    public record Said(Place place, AppWish wish, long account) {}

    /**
     * What a rollout says to the devices it has reached: stronger than groups, weaker than the device itself.
     *
     * @param target null to leave that to others
     */
    public record Staged(
            AppRolloutId rollout, String version, @Nullable AppTarget target, long account) {

        String source() {
            return "rollout/" + rollout;
        }
    }

    /**
     * Null when nobody says how it should be.
     *
     * @param said the weakest first
     */
    public static @Nullable WantedApp over(List<Said> said, @Nullable Staged staged) {
        Folding folding = new Folding();
        for (Said each : said) {
            if (each.place().kind() != Place.Kind.DEVICE) {
                folding.add(each);
            }
        }
        if (staged != null) {
            folding.add(staged);
        }
        for (Said each : said) {
            if (each.place().kind() == Place.Kind.DEVICE) {
                folding.add(each);
            }
        }
        return folding.result();
    }

    /** The rules of one over those of another: who speaks of the same port replaces what was said of it. */
    static List<PortRule> portsOver(List<PortRule> below, List<PortRule> above) {
        List<PortRule> all = new ArrayList<>(below);
        for (PortRule rule : above) {
            all.removeIf(rule::isSameAs);
            all.add(rule);
        }
        return all;
    }

    private static final class Folding {

        private @Nullable AppTarget target;
        private String targetFrom = "";
        private @Nullable String version;
        private String versionFrom = "";
        private final TreeMap<String, Value> environment = new TreeMap<>();
        private List<PortRule> ports = List.of();
        private long account;

        void add(Said said) {
            AppWish wish = said.wish();
            String source = said.place().toString();
            if (wish.target() != null) {
                target = wish.target();
                targetFrom = source;
                account = said.account();
            }
            if (wish.target() != null || wish.version() != null) {
                version = wish.version();
                versionFrom = source;
            }
            wish.environment().forEach((name, json) -> environment.put(name, new Value(json, null, said.place())));
            wish.secrets().forEach((name, seal) -> environment.put(name, new Value(null, seal, said.place())));
            ports = portsOver(ports, wish.ports());
        }

        void add(Staged staged) {
            if (staged.target() != null) {
                target = staged.target();
                targetFrom = staged.source();
                account = staged.account();
            }
            version = staged.version();
            versionFrom = staged.source();
        }

        @Nullable
        WantedApp result() {
            return target == null
                    ? null
                    : new WantedApp(target, targetFrom, version, versionFrom, environment, ports, account);
        }
    }
}
