package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Provenance;
import dev.muster.updates.NumberCommand.ReserveNumbers;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.NumberEvent.NumbersReserved;
import dev.muster.updates.Numbers;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/**
 * Draws numbers from reserved blocks. The blocks grow with demand, so a rollout over many devices costs few
 * reservations; what is unused at a stop is never used.
 */
public final class BlockNumbers implements Numbers {

    private static final int BLOCK_MIN = 64;
    private static final int BLOCK_MAX = 4096;

    private final Commands commands;
    private final Map<Series, Stock> stocks = new EnumMap<>(Series.class);

    public BlockNumbers(Commands commands) {
        this.commands = commands;
        for (Series each : Series.values()) {
            stocks.put(each, new Stock(each));
        }
    }

    @Override
    public Mono<Long> next(Series series) {
        return next(series, 1);
    }

    @Override
    public Mono<Long> next(Series series, int count) {
        return Mono.fromFuture(() -> stock(series).draw(count));
    }

    private Stock stock(Series series) {
        return java.util.Objects.requireNonNull(stocks.get(series));
    }

    private final class Stock {

        private final Series series;
        private long next = 1;
        private long last;
        private int block = BLOCK_MIN;

        /** Draws queue up behind a reservation under way, so that later draws get larger numbers. */
        private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

        Stock(Series series) {
            this.series = series;
        }

        synchronized CompletableFuture<Long> draw(int count) {
            if (tail.isDone() && last - next + 1 >= count) {
                return CompletableFuture.completedFuture(take(count));
            }
            CompletableFuture<Long> drawn =
                    tail.handle((ok, failed) -> ok).thenCompose(ignored -> takeOrReserve(count));
            tail = drawn;
            return drawn;
        }

        private synchronized CompletableFuture<Long> takeOrReserve(int count) {
            if (last - next + 1 >= count) {
                return CompletableFuture.completedFuture(take(count));
            }
            int wanted = Math.max(block, count);
            block = Math.min(BLOCK_MAX, block * 2);
            return commands.<NumbersReserved>send(
                            new ReserveNumbers(series, wanted), Map.of(Provenance.ACTOR, "system"))
                    .thenApply(reserved -> {
                        synchronized (this) {
                            next = reserved.first();
                            last = reserved.last();
                            return take(count);
                        }
                    });
        }

        private long take(int count) {
            long first = next;
            next += count;
            return first;
        }
    }
}
