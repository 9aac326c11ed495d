package dev.muster.lab.console;

import static dev.muster.lab.console.ConsoleHouse.ALL;
import static dev.muster.lab.console.ConsoleHouse.BOARD;
import static dev.muster.lab.console.ConsoleHouse.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import dev.muster.lab.ConsoleLines.Attached;
import dev.muster.lab.ConsoleLines.Notice;
import dev.muster.lab.ConsoleLines.NoticeKind;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.console.ConsoleHouse.Viewer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

/** A raw TCP line, and what holds for every line: slow readers, bounds, the end. */
class TcpLineTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    ConsoleHouse house;
    FarEnd farEnd;

    @BeforeEach
    void build() throws Exception {
        house = new ConsoleHouse(directory, Duration.ofMillis(700));
        farEnd = new FarEnd();
    }

    @AfterEach
    void tearDown() throws Exception {
        house.close();
        farEnd.close();
    }

    @Test
    void aSlowReaderLosesTheOldestAndHoldsUpNobody() throws Exception {
        open();
        List<byte[]> late = new ArrayList<>();
        BaseSubscriber<byte[]> slow = subscriber(late);
        attach("slow", 0).output().subscribe(slow);
        CountDownLatch free = new CountDownLatch(1);
        attach("stuck", 0).output().subscribe(bytes -> waitFor(free));
        Viewer fast = house.look("fast", false, 0);

        int sent = 0;
        for (int block = 0; block < 3 * MEBIBYTE / 65_536; block++) {
            farEnd.say(numbers(sent, 65_536));
            sent += 65_536;
            int sofar = sent;
            await().pollInterval(Duration.ofMillis(2)).atMost(SOON).until(() -> fast.bytes().length == sofar);
        }
        slow.request(Long.MAX_VALUE);

        await().atMost(SOON).until(() -> size(late) == MEBIBYTE);
        assertThat(joined(late)).isEqualTo(numbers(2 * MEBIBYTE, MEBIBYTE));
        assertThat(fast.bytes()).isEqualTo(numbers(0, 3 * MEBIBYTE));
        free.countDown();
    }

    @Test
    void aReaderGetsNoMoreThanItAsksFor() throws Exception {
        open();
        farEnd.say(new byte[40_000]);
        house.look("fast", false, ALL);
        Attached attached = attach("slow", ALL);

        StepVerifier.create(attached.output(), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .expectNoEvent(Duration.ofMillis(200))
                .thenRequest(1)
                .expectNextCount(1)
                .thenCancel()
                .verify(SOON);

        attached.output().subscribe(bytes -> {}, error -> assertThat(error).hasMessageContaining("one subscriber"));
    }

    @Test
    void aFarEndThatTakesNothingHoldsUpOnlyTheWriter() throws Exception {
        CompletableFuture<Void> opened = house.open("val", "127.0.0.1:" + farEnd.port(), "baud", 4_000_000);
        farEnd.acceptDeaf();
        opened.get(5, TimeUnit.SECONDS);
        Viewer ann = house.look("ann", true, ALL);

        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            writes.add(ann.attached.write(new byte[500_000]));
        }
        farEnd.say("still here".getBytes());

        ann.sees("still here");
        assertThat(codesOf(writes)).contains(LabRefusal.TOO_MANY.code());
        await().atMost(SOON).until(() -> writes.stream().allMatch(CompletableFuture::isDone));
        while (writes.stream().noneMatch(write -> codesOf(List.of(write)).contains(LabRefusal.CONSOLE_FAULT.code()))) {
            writes.add(ann.attached.write(new byte[500_000]));
            await().atMost(SOON).until(() -> writes.getLast().isDone());
        }
        house.lines.close(BOARD).get(2, TimeUnit.SECONDS);
        await().atMost(SOON).until(() -> ann.ended);
    }

    @Test
    void onlySoManyMayLook() throws Exception {
        open();
        List<Attached> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            all.add(attach("user" + i, 0));
        }

        assertThatThrownBy(() -> attach("one more", 0)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(LabRefusal.TOO_MANY.code()));
        all.getFirst().close();
        assertThat(attach("one more", 0)).isNotNull();
    }

    @Test
    void whoStopsReadingLeavesThePen() throws Exception {
        open();
        Attached ann = house.lines.attach(BOARD, "ann", true, 0);
        Viewer bob = house.look("bob", false, 0);

        ann.output().subscribe().dispose();

        bob.hears(new Notice(NoticeKind.WRITER, null));
        assertThat(ann.isWriter()).isFalse();
    }

    @Test
    void noticesWaitForWhoIsSlowButNotForEver() throws Exception {
        open();
        Attached ann = attach("ann", 0);
        Attached bob = attach("bob", 0);
        for (int i = 0; i < 100; i++) {
            ann.take();
            bob.take();
        }

        List<Notice> heard = new ArrayList<>();
        ann.notices().subscribe(heard::add);

        await().atMost(SOON).until(() -> heard.size() == 64);
        assertThat(heard.getLast()).isEqualTo(new Notice(NoticeKind.WRITER, "bob"));
    }

    @Test
    void whatIsTypedArrivesAsItIs() throws Exception {
        open();
        Viewer ann = house.look("ann", true, ALL);

        ann.types("a\r\n\u00ff\u0000b");

        farEnd.hears("610d0aff0062");
        assertThat(codesOf(List.of(ann.attached.sendBreak(), ann.attached.baud(9600))))
                .containsExactly(LabRefusal.BAD_VALUE.code(), LabRefusal.BAD_VALUE.code());
    }

    @Test
    void aHangUpIsALossAndTheLineIsCalledAgain() throws Exception {
        open();
        Viewer ann = house.look("ann", true, ALL);
        farEnd.say("one ".getBytes());
        ann.sees("one ");

        farEnd.hangUp();
        farEnd.accept();
        ann.hears(new Notice(NoticeKind.BACK, null));
        farEnd.say("two".getBytes());

        ann.sees("one two");
        assertThat(ann.notices).containsExactly(new Notice(NoticeKind.LOST, null), new Notice(NoticeKind.BACK, null));
    }

    @Test
    void openingTwiceForOneReservationIsOnce() throws Exception {
        open();
        farEnd.say("kept".getBytes());
        house.look("ann", false, ALL).sees("kept");

        house.open("val", "127.0.0.1:" + farEnd.port()).get(5, TimeUnit.SECONDS);

        house.look("bob", false, ALL).sees("kept");
    }

    @Test
    void aFarEndThatIsNotThereIsAFault() throws Exception {
        int nobody = ConsoleHouse.freePort();

        assertThat(codesOf(List.of(house.open("val", "127.0.0.1:" + nobody), house.open("val", "nonsense"))))
                .containsExactly(LabRefusal.CONSOLE_FAULT.code(), LabRefusal.CONSOLE_FAULT.code());
        assertThat(house.lines.attach(BOARD, "ann", true, 0)).isNull();
    }

    @Test
    void aBoardWithoutAConsoleIsFine() throws Exception {
        house.open().get(1, TimeUnit.SECONDS);

        assertThat(house.lines.attach(BOARD, "ann", true, 0)).isNull();
        house.lines.close(BOARD).get(1, TimeUnit.SECONDS);
    }

    private void open() throws Exception {
        CompletableFuture<Void> opened = house.open("val", "127.0.0.1:" + farEnd.port());
        farEnd.accept();
        opened.get(5, TimeUnit.SECONDS);
    }

    private Attached attach(String user, int replayBytes) {
        return house.lines.attach(BOARD, user, false, replayBytes);
    }

    private static List<String> codesOf(List<CompletableFuture<Void>> futures) {
        return futures.stream()
                .filter(future -> {
                    await().atMost(SOON).until(future::isDone);
                    return future.isCompletedExceptionally();
                })
                .map(future -> Refused.in(future.exceptionNow()).orElseThrow().code())
                .toList();
    }

    private static BaseSubscriber<byte[]> subscriber(List<byte[]> into) {
        return new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                // Asks for nothing yet.
            }

            @Override
            protected void hookOnNext(byte[] bytes) {
                synchronized (into) {
                    into.add(bytes);
                }
            }
        };
    }

    private static int size(List<byte[]> pieces) {
        synchronized (pieces) {
            return pieces.stream().mapToInt(piece -> piece.length).sum();
        }
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        synchronized (pieces) {
            pieces.forEach(all::writeBytes);
        }
        return all.toByteArray();
    }

    /** Four bytes for each position that is divisible by four: the position itself. */
    private static byte[] numbers(int from, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int at = from; at < from + length; at += 4) {
            bytes.putInt(at);
        }
        return Arrays.copyOf(bytes.array(), length);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
