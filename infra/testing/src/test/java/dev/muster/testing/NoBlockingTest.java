package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class NoBlockingTest {

    private static final NoBlocking WATCH = new NoBlocking();

    @BeforeAll
    static void install() {
        WATCH.beforeAll(null);
    }

    @Test
    void aThreadThatMustNotWaitIsCaughtWaitingAndGoesOn() {
        waiting(Schedulers.parallel());

        assertThatThrownBy(() -> WATCH.afterEach(null))
                .isInstanceOf(BlockingOperationError.class)
                .hasMessageContaining("sleep")
                .hasStackTraceContaining("NoBlockingTest.sleep");
        assertThatCode(() -> WATCH.afterEach(null)).as("told once").doesNotThrowAnyException();
    }

    @Test
    void otherThreadsMayWait() {
        waiting(Schedulers.boundedElastic());

        assertThatCode(() -> WATCH.afterEach(null)).doesNotThrowAnyException();
    }

    private static void waiting(Scheduler scheduler) {
        Mono.fromCallable(NoBlockingTest::sleep).subscribeOn(scheduler).block();
    }

    private static boolean sleep() throws InterruptedException {
        Thread.sleep(1);
        return true;
    }
}
