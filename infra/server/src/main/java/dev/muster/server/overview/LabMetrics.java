package dev.muster.server.overview;

import dev.muster.lab.BoardState;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabUsage;
import dev.muster.lab.query.RequestIndex;
import dev.muster.server.http.HttpJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus reads about the lab; power operations are counted where they are carried out. Classes are labels, for
 * there are as many as the configuration names; boards and people never are.
 */
public final class LabMetrics implements MeterBinder {

    private static final Duration[] WAITS = {
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4)
    };

    private final BoardIndex boards;
    private final RequestIndex requests;
    private final LabUsage usage;
    private final Instant began;
    private volatile @Nullable MultiGauge byClass;

    public LabMetrics(BoardIndex boards, RequestIndex requests, LabUsage usage, Clock clock) {
        this.boards = boards;
        this.requests = requests;
        this.usage = usage;
        this.began = clock.instant();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        byClass = MultiGauge.builder("muster.lab.boards")
                .description("Boards of the lab by class and state")
                .register(registry);
        Gauge.builder("muster.lab.boards.degraded", boards, LabMetrics::degraded)
                .description("Boards that work although something is wrong with them")
                .register(registry);
        Gauge.builder("muster.lab.reservations", boards, BoardIndex::reservationsActive)
                .description("Boards that somebody has or is about to get")
                .register(registry);
        Gauge.builder("muster.lab.requests.waiting", requests, RequestIndex::waitingCount)
                .description("Requests in the lab's queue")
                .register(registry);
        var unusedForAsLongAsTheProcess = usage.onWait((brdclass, waited, at) -> {
            // History that is read again at the start was counted by the process that saw it.
            if (!at.isBefore(began)) {
                waits(registry, brdclass).record(waited);
            }
        });
    }

    private static Timer waits(MeterRegistry registry, String brdclass) {
        return Timer.builder("muster.lab.waits")
                .description("How long queued requests waited for their board")
                .tag("class", brdclass)
                .serviceLevelObjectives(WAITS)
                .register(registry);
    }

    private static double degraded(BoardIndex boards) {
        return boards.all().stream().filter(board -> board.degraded() != null).count();
    }

    /** Writes the rows of the classes anew. Called on a timer. */
    public void refresh() {
        MultiGauge rows = byClass;
        if (rows == null) {
            return;
        }
        List<MultiGauge.Row<?>> all = new ArrayList<>();
        boards.byClassAndState()
                .forEach((brdclass, counts) -> counts.forEach((state, count) -> all.add(row(brdclass, state, count))));
        rows.register(all, true);
    }

    private static MultiGauge.Row<?> row(String brdclass, BoardState state, int count) {
        return MultiGauge.Row.of(Tags.of("class", brdclass, "state", HttpJson.wireName(state)), count);
    }
}
