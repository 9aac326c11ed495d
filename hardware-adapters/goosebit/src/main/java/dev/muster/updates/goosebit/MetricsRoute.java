package dev.muster.updates.goosebit;

import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.Following;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Counts for Prometheus under the original's names, always there and true (contract §10). What this process does is
 * under this server's own names at {@code /actuator/prometheus}.
 */
final class MetricsRoute {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;
    private final Traffic traffic;

    MetricsRoute(GoosebitPorts ports, GoosebitSettings settings, Traffic traffic) {
        this.ports = ports;
        this.settings = settings;
        this.traffic = traffic;
    }

    Mono<Void> answer(Visit visit) {
        if (!settings.metrics()) {
            throw WireFailure.notFound();
        }
        // The whole fleet is counted, which is not for the event loop.
        return Mono.fromCallable(this::written)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(text -> Answers.text(visit, 200, TYPE, text));
    }

    private String written() {
        StringBuilder text = new StringBuilder(4096);
        gauge(text, "devices_count", "Devices", ports.fleet().size());
        gauge(text, "users_count", "Users", ports.accounts().all().size());
        text.append("# HELP devices_by_state Devices by how their update stands\n# TYPE devices_by_state gauge\n");
        states().forEach((state, count) -> text.append("devices_by_state{state=\"")
                .append(state.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(count)
                .append('\n'));
        text.append("# HELP target_info Target metadata\n# TYPE target_info gauge\n")
                .append("target_info{service_name=\"goosebit\"} 1\n");
        traffic.write(text);
        return text.toString();
    }

    private Map<FollowState, Integer> states() {
        Map<FollowState, Integer> states = new EnumMap<>(FollowState.class);
        for (FollowState each : FollowState.values()) {
            states.put(each, 0);
        }
        ports.fleet().matching(null).forEach(id -> {
            Following device = ports.followings().find(id);
            if (device != null) {
                states.merge(device.state(), 1, Integer::sum);
            }
        });
        return states;
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
        text.append(name).append(' ').append(value).append('\n');
    }
}
