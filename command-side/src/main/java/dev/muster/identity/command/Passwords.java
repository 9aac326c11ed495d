package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.command.IdentitySettings.HashingCost;
import dev.muster.kernel.KernelRefusal;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Argon2id on threads of its own: a check costs tens of milliseconds and 19 MiB by design, so both how many run and how
 * many wait is bounded, and the event loop never does it.
 */
public final class Passwords implements AutoCloseable {

    static final int LENGTH_MIN = 12;
    static final int LENGTH_MAX = 256;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2PasswordEncoder encoder;
    private final Scheduler threads;
    private final String nobodysHash;

    public Passwords(HashingCost cost) {
        this.encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, cost.memoryKib(), cost.iterations());
        this.threads = Schedulers.newBoundedElastic(cost.threads(), cost.queueMax(), "passwords", 60, true);
        this.nobodysHash = encoder.encode("the password of nobody at all");
    }

    /** A password someone may choose. */
    static String aPassword(String password, String username) {
        int length = password.codePointCount(0, password.length());
        if (length < LENGTH_MIN || length > LENGTH_MAX) {
            throw IdentityRefusal.PASSWORD_WEAK.about("password", "A password has 12 to 256 characters.");
        }
        if (People.folded(password).equals(People.folded(username))) {
            throw IdentityRefusal.PASSWORD_WEAK.about("password", "The password is the user name.");
        }
        if (password.codePoints().distinct().count() < 4) {
            throw IdentityRefusal.PASSWORD_WEAK.about("password", "The password repeats fewer than four characters.");
        }
        return password;
    }

    Mono<String> hash(String password) {
        return onOwnThreads(() -> encoder.encode(password));
    }

    /**
     * Whether {@code password} belongs to the hash that {@code lookup} finds. Takes as long when there is none, so that
     * the time of an answer says nothing about which names exist.
     */
    Mono<Boolean> matches(String password, Supplier<@Nullable String> lookup) {
        return onOwnThreads(() -> {
            String found = lookup.get();
            boolean fits = password.length() <= 2 * LENGTH_MAX
                    && encoder.matches(password, found == null ? nobodysHash : found);
            return fits && found != null;
        });
    }

    /** Runs blocking work of signing in on the same bounded threads. */
    <T> Mono<T> onOwnThreads(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(threads)
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> KernelRefusal.OVERLOADED.because("Too many passwords are being checked."));
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
