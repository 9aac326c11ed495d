package dev.muster.updates.view;

import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;

/** A log that cuts its readers off while {@code broken} holds. */
record BrokenLog(History log, AtomicBoolean broken) implements History {

    @Override
    public Flux<Recorded> after(long position) {
        return broken.get() ? Flux.error(KernelRefusal.OVERLOADED.because("too slow")) : log.after(position);
    }

    @Override
    public List<Recorded> before(long position, int limit) {
        return log.before(position, limit);
    }

    @Override
    public List<Recorded> of(String aggregate) {
        return log.of(aggregate);
    }

    @Override
    public Recorded at(long position) {
        return log.at(position);
    }
}
