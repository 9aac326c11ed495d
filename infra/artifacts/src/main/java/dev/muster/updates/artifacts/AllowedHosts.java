package dev.muster.updates.artifacts;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hosts that an operator named: by name, by domain, by address or by range. */
final class AllowedHosts {

    private final List<String> names = new ArrayList<>();
    private final List<AddressRange> ranges = new ArrayList<>();

    /** @throws IllegalArgumentException for an entry that is none of these */
    AllowedHosts(List<String> entries) {
        for (String each : entries) {
            String entry = each.strip().toLowerCase(Locale.ROOT);
            if (entry.matches("\\.?[a-z0-9_-]+(\\.[a-z0-9_-]+)*") && !entry.matches("[0-9.]+")) {
                names.add(entry);
            } else {
                ranges.add(range(entry));
            }
        }
    }

    private static AddressRange range(String entry) {
        try {
            return AddressRange.parse(entry);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + entry + "' in muster.artifacts.remote.allowed is no host name, domain, address or range", e);
        }
    }

    /** @param host lower case */
    boolean name(String host) {
        return names.stream()
                .anyMatch(name -> name.startsWith(".")
                        ? host.endsWith(name) || host.equals(name.substring(1))
                        : host.equals(name));
    }

    boolean contain(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
