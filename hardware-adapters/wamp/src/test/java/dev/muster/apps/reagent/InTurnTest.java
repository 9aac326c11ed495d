package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One after the other for each device, and each device for itself. */
class InTurnTest {

    private static final DeviceId ONE = new DeviceId("one");
    private static final DeviceId TWO = new DeviceId("two");
    private final InTurn turns = new InTurn();
    private final List<String> done = new CopyOnWriteArrayList<>();

    private Mono<Void> work(String name, Mono<Void> until) {
        return until.then(Mono.fromRunnable(() -> done.add(name)));
    }

    @Test
    void whatBeganFirstIsDoneFirst() {
        Sinks.Empty<Void> slow = Sinks.empty();
        var first = turns.after(ONE, work("first", slow.asMono())).subscribe();
        var second = turns.after(ONE, work("second", Mono.empty())).subscribe();
        var other = turns.after(TWO, work("other", Mono.empty())).subscribe();
        assertThat(done).containsExactly("other");
        slow.tryEmitEmpty();
        assertThat(done).containsExactly("other", "first", "second");
        assertThat(turns.busy()).isZero();
        assertThat(List.of(first, second, other)).allMatch(Disposable::isDisposed);
    }

    @Test
    void whoGivesUpLetsNobodyPassThoseBefore() {
        Sinks.Empty<Void> slow = Sinks.empty();
        var first = turns.after(ONE, work("first", slow.asMono())).subscribe();
        var second = turns.after(ONE, work("second", Mono.empty())).subscribe();
        var third = turns.after(ONE, work("third", Mono.empty())).subscribe();
        second.dispose();
        assertThat(done).isEmpty();
        slow.tryEmitEmpty();
        assertThat(done).containsExactly("first", "third");
        assertThat(turns.busy()).isZero();
        assertThat(List.of(first, third)).allMatch(Disposable::isDisposed);
    }

    @Test
    void aFailureHoldsUpNobody() {
        var first = turns.after(ONE, Mono.error(new IllegalStateException("no")))
                .onErrorComplete()
                .subscribe();
        var second = turns.after(ONE, work("second", Mono.empty())).subscribe();
        assertThat(done).containsExactly("second");
        assertThat(List.of(first, second)).allMatch(Disposable::isDisposed);
    }
}
