package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
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
        on(Schedulers.parallel(), NoBlockingTest::sleep);

        assertThatThrownBy(() -> WATCH.afterEach(null))
                .isInstanceOf(BlockingOperationError.class)
                .hasMessageContaining("sleep")
                .hasStackTraceContaining("NoBlockingTest.sleep");
        assertThatCode(() -> WATCH.afterEach(null)).as("told once").doesNotThrowAnyException();
    }

    @Test
    void everyFindIsTold() {
        on(Schedulers.parallel(), NoBlockingTest::sleep);
        on(Schedulers.parallel(), () -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS));

        assertThat(NoBlocking.found())
                .extracting(BlockingOperationError::getMessage)
                .anySatisfy(found -> assertThat(found).contains("sleep"))
                .anySatisfy(found -> assertThat(found).contains("park"));
        assertThat(NoBlocking.found()).isEmpty();
    }

    @Test
    void otherThreadsMayWait() {
        on(Schedulers.boundedElastic(), NoBlockingTest::sleep);

        assertThat(NoBlocking.found()).isEmpty();
    }

    @Test
    void randomBytesAndALockThatIsJustTakenAreNoWaits() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Mono<Boolean> taking = Mono.fromCallable(() -> {
                    new SecureRandom().nextBytes(new byte[1_000]);
                    lock.lock();
                    lock.unlock();
                    return true;
                })
                .subscribeOn(Schedulers.parallel())
                .cache();
        taking.subscribe();
        Awaitility.await().until(lock::hasQueuedThreads);
        lock.unlock();
        taking.block();

        assertThat(NoBlocking.found()).isEmpty();
    }

    private static void on(Scheduler scheduler, Callable<Boolean> work) {
        Mono.fromCallable(work).subscribeOn(scheduler).block();
    }

    private static boolean sleep() throws InterruptedException {
        Thread.sleep(1);
        return true;
    }
}
