package dev.muster.lab.environment;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/** Keeps a bounded part of what a program says, and reads all of it so that the program is never held up. */
final class Heard extends BaseSubscriber<byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(Heard.class);

    private final int bytesMax;
    private final boolean keepsNewest;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Void> tooMuch = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private Heard(int bytesMax, boolean keepsNewest) {
        this.bytesMax = bytesMax;
        this.keepsNewest = keepsNewest;
    }

    /** Keeps the oldest, and tells when there is more. */
    static Heard oldest(int bytesMax) {
        return new Heard(bytesMax, false);
    }

    /** Keeps the newest. */
    static Heard newest(int bytesMax) {
        return new Heard(bytesMax, true);
    }

    CompletableFuture<Void> tooMuch() {
        return tooMuch;
    }

    /** Done when all was heard. */
    CompletableFuture<Void> over() {
        return over;
    }

    synchronized byte[] bytes() {
        byte[] all = kept.toByteArray();
        return all.length <= bytesMax ? all : Arrays.copyOfRange(all, all.length - bytesMax, all.length);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnNext(byte[] said) {
        synchronized (this) {
            if (keepsNewest) {
                keepNewest(said);
                return;
            }
            int room = bytesMax - kept.size();
            kept.write(said, 0, Math.min(said.length, room));
            if (said.length <= room) {
                return;
            }
        }
        tooMuch.complete(null);
    }

    /** Twice as much is held now and then, so that not each piece moves all. */
    private void keepNewest(byte[] said) {
        kept.write(said, 0, said.length);
        if (kept.size() > 2 * bytesMax) {
            byte[] newest = bytes();
            kept.reset();
            kept.write(newest, 0, newest.length);
        }
    }

    @Override
    protected void hookOnError(Throwable failure) {
        LOG.warn("What a setup script said could not be read to its end.", failure);
    }

    @Override
    protected void hookFinally(SignalType end) {
        over.complete(null);
    }
}
