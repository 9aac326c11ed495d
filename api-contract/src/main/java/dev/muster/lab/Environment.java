package dev.muster.lab;

import java.util.List;
import java.util.Map;

/**
 * What the setup script made for a reservation; contract §6.
 *
 * @param attrs facts for the holder, {@code ip} among them
 * @param exec words before the command line of something that runs in it; empty: not possible
 * @param ssh command line of an ssh server on its standard input and output; empty: not possible
 * @param state what the script wants back on release
 */
public record Environment(Map<String, Object> attrs, List<String> exec, List<String> ssh, Map<String, Object> state) {

    public static final Environment NONE = new Environment(Map.of(), List.of(), List.of(), Map.of());

    public Environment {
        attrs = Map.copyOf(attrs);
        exec = List.copyOf(exec);
        ssh = List.copyOf(ssh);
        state = Map.copyOf(state);
    }
}
