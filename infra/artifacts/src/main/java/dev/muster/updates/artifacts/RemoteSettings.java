package dev.muster.updates.artifacts;

import java.time.Duration;
import java.util.List;

/**
 * What of other hosts may be read, and for how long.
 *
 * @param allowed hosts that may be read though their addresses are not public or their ports unusual: names
 *     ({@code files.lan}), domains with all below them ({@code .lan}), addresses and CIDR ranges ({@code 10.1.0.0/16})
 * @param connectMax until a name is resolved, and until a connection stands
 * @param silenceMax between two signs of life on a connection
 * @param wholeMax for all of a file
 */
public record RemoteSettings(List<String> allowed, Duration connectMax, Duration silenceMax, Duration wholeMax) {

    public RemoteSettings {
        allowed = List.copyOf(allowed);
        for (Duration each : List.of(connectMax, silenceMax, wholeMax)) {
            if (!each.isPositive()) {
                throw new IllegalArgumentException("reading from other hosts takes time: " + each);
            }
        }
    }

    /** The usual: 10 s to connect, 30 s of silence at most. */
    public static RemoteSettings of(List<String> allowed, Duration wholeMax) {
        return new RemoteSettings(allowed, Duration.ofSeconds(10), Duration.ofSeconds(30), wholeMax);
    }
}
