package dev.muster.apps.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What apps wrote, and which of it is sent: only where somebody is known to look. */
final class AgentLogbook {

    private static final int KEPT_MAX = 100;

    private final String prefix;
    private final Map<String, Deque<String>> lines = new ConcurrentHashMap<>();
    /** Containers by the router's number of the subscription. */
    private final Map<Long, String> viewers = new ConcurrentHashMap<>();
    /** Containers somebody looked at before this agent could hear of it. */
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    AgentLogbook(String serial) {
        this.prefix = "reswarm.logs." + serial + ".";
    }

    String topic(String container) {
        return prefix + container;
    }

    void created(long subscription, String uri, String match) {
        if (uri.startsWith(prefix) && match.equals("exact")) {
            viewers.put(subscription, uri.substring(prefix.length()));
        }
    }

    void deleted(long subscription) {
        String container = viewers.remove(subscription);
        if (container != null) {
            found.remove(container);
        }
    }

    void found(String container, List<Long> subscriptions) {
        found.add(container);
        subscriptions.forEach(each -> viewers.put(each, container));
    }

    boolean isSeen(String container) {
        return viewers.containsValue(container) || found.contains(container);
    }

    /** A new session knows of nobody. */
    void forgetViewers() {
        viewers.clear();
        found.clear();
    }

    void keep(String container, String text) {
        Deque<String> all = lines.computeIfAbsent(container, any -> new ArrayDeque<>());
        synchronized (all) {
            for (String line : text.split("\n")) {
                all.addLast(line);
                if (all.size() > KEPT_MAX) {
                    all.removeFirst();
                }
            }
        }
    }

    List<String> last(String container, int count) {
        Deque<String> all = lines.getOrDefault(container, new ArrayDeque<>());
        synchronized (all) {
            List<String> kept = new ArrayList<>(all);
            return kept.subList(Math.max(0, kept.size() - count), kept.size());
        }
    }
}
