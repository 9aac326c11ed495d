package dev.muster.identity.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.identity.command.IdentitySettings.TokenLimits;
import dev.muster.kernel.Vault;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * When each token was last used: kept in memory, written to the vault at most once in an interval. A use is no event;
 * losing the last minute of it in a crash hurts nobody.
 */
public final class TokenUse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenUse.class);
    private static final String KEY = "token-use/";

    private final Map<UUID, Instant> uses = new ConcurrentHashMap<>();
    private final Set<UUID> unwritten = ConcurrentHashMap.newKeySet();
    private final Vault vault;
    private final Clock clock;
    private final Disposable writing;

    public TokenUse(Vault vault, TokenLimits limits, Clock clock) {
        this.vault = vault;
        this.clock = clock;
        vault.scan(KEY)
                .forEach((key, at) ->
                        uses.put(UUID.fromString(key.substring(KEY.length())), Instant.parse(new String(at, UTF_8))));
        long pause = limits.useFlushInterval().toMillis();
        this.writing = Schedulers.boundedElastic()
                .schedulePeriodically(this::writeSafely, pause, pause, TimeUnit.MILLISECONDS);
    }

    void note(UUID token) {
        uses.put(token, clock.instant());
        unwritten.add(token);
    }

    public Optional<Instant> lastUse(UUID token) {
        return Optional.ofNullable(uses.get(token));
    }

    /** Forgets tokens that are gone; blocks. */
    void tidy(Accounts accounts) {
        uses.keySet().stream()
                .filter(token -> accounts.token(token).isEmpty())
                .toList()
                .forEach(token -> {
                    uses.remove(token);
                    unwritten.remove(token);
                    vault.delete(KEY + token);
                });
    }

    /** Writes what is new; blocks. */
    void write() {
        for (UUID token : Set.copyOf(unwritten)) {
            unwritten.remove(token);
            Instant at = uses.get(token);
            if (at != null) {
                vault.put(KEY + token, at.toString().getBytes(UTF_8));
            }
        }
    }

    private void writeSafely() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.warn("The last use of some tokens was not written down", e);
        }
    }

    @Override
    public void close() {
        writing.dispose();
        writeSafely();
    }
}
