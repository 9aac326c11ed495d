package dev.muster.apps.command;

import dev.muster.apps.AppsRefusal;
import dev.muster.apps.command.TunnelLine.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tunnels of a device as its agent tells them (contract Reagent D.9), those of them that nobody has taken yet. */
final class SaidTunnels {

    private static final int COUNT_MAX = 1_000;
    private static final int TEXT_MAX = 2_000;
    private static final int PORT_MAX = 65_535;
    private static final String SECURE = "secure-";
    private static final Pattern NAME =
            Pattern.compile("(?:secure-)?[1-9][0-9]{0,17}-[a-z0-9-]{1,63}-[1-9][0-9]{0,4}-(http|https|tcp|udp)");

    private final Map<String, Tunnel> byName = new LinkedHashMap<>();

    private SaidTunnels() {}

    /**
     * One of them.
     *
     * @param remotePort 0 for none
     * @param fault in the agent's words, or null
     */
    record Tunnel(
            String app,
            int port,
            String protocol,
            State state,
            @Nullable String url,
            int remotePort,
            @Nullable String fault) {}

    /**
     * @param args a list of tunnels in a list, or null for none
     * @throws dev.muster.kernel.Refused with {@link AppsRefusal#AGENT_ODD} when it is anything else
     */
    static SaidTunnels in(List<?> args) {
        SaidTunnels said = new SaidTunnels();
        Object first = args.isEmpty() ? null : args.getFirst();
        if (first == null) {
            return said;
        }
        if (!(first instanceof List<?> all)) {
            throw AppsRefusal.AGENT_ODD.because("The agent answered something else than its tunnels.");
        }
        all.stream().limit(COUNT_MAX).forEach(each -> {
            if (each instanceof Map<?, ?> told) {
                said.add(told);
            }
        });
        return said;
    }

    private void add(Map<?, ?> told) {
        Map<?, ?> status = told.get("status") instanceof Map<?, ?> members ? members : Map.of();
        String name = text(status, "name");
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || Boolean.FALSE.equals(told.get("active"))) {
            return;
        }
        String fault = fault(told, status);
        State state =
                fault != null ? State.FAILED : text(status, "status").equals("running") ? State.OPEN : State.OPENING;
        String url = text(told, "url");
        byName.put(
                bare(name),
                new Tunnel(
                        text(told, "app_name"),
                        port(told, "port"),
                        parts.group(1),
                        state,
                        url.isEmpty() ? null : url,
                        port(status, "remotePort"),
                        fault));
    }

    private static @Nullable String fault(Map<?, ?> told, Map<?, ?> status) {
        String message = text(told, "error_message");
        String inner = text(status, "error");
        String word = text(status, "status");
        boolean isFaulty = Boolean.TRUE.equals(told.get("error")) || word.endsWith("error") || !inner.isEmpty();
        if (!isFaulty) {
            return null;
        }
        return !message.isEmpty() ? message : !inner.isEmpty() ? inner : word.isEmpty() ? "error" : word;
    }

    /** The tunnel of this name, which is in the list no more; null for none. */
    @Nullable
    Tunnel take(String name) {
        return byName.remove(bare(name));
    }

    /** Those that were not taken. */
    Collection<Tunnel> others() {
        return byName.values();
    }

    private static String bare(String name) {
        return name.startsWith(SECURE) ? name.substring(SECURE.length()) : name;
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text
                ? text.substring(0, Math.min(text.length(), TEXT_MAX)).strip()
                : "";
    }

    private static int port(Map<?, ?> members, String name) {
        return members.get(name) instanceof Number number ? Math.clamp(number.longValue(), 0, PORT_MAX) : 0;
    }
}
