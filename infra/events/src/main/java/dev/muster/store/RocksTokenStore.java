package dev.muster.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of streaming processors beside the events. A token stored within a unit of work is written in its commit phase,
 * in one batch with the events published there. It is not fsync'd by itself: after a power cut a token may stand a little
 * earlier, never later than what was processed, and events are delivered again.
 *
 * <p>For processors whose work is in this store or outside it; a view keeps its token in its own store.
 */
public final class RocksTokenStore implements TokenStore {

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    private final EmbeddedStore store;
    private final Serializer serializer;
    private final String owner;
    private final Duration claimTimeout;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param serializer for tokens
     * @param owner name of this node
     */
    public RocksTokenStore(EmbeddedStore store, Serializer serializer, String owner) {
        this(store, serializer, owner, CLAIM_TIMEOUT);
    }

    /**
     * @param claimTimeout how long a claim holds that is not renewed
     */
    public RocksTokenStore(EmbeddedStore store, Serializer serializer, String owner, Duration claimTimeout) {
        this.store = store;
        this.serializer = serializer;
        this.owner = owner;
        this.claimTimeout = claimTimeout;
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        initializeTokenSegments(processorName, segmentCount, null);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        lock.lock();
        try {
            if (fetchSegments(processorName).length > 0) {
                throw new UnableToClaimTokenException("processor " + processorName + " has segments already");
            }
            Commit commit = new Commit();
            for (int segment = 0; segment < segmentCount; segment++) {
                commit.change(Table.TOKENS, key(processorName, segment), encode(initialToken));
            }
            store.commit(commit);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        lock.lock();
        try {
            byte[] key = key(processorName, segment);
            if (store.database().get(Table.TOKENS, key) != null) {
                throw new UnableToInitializeTokenException(
                        "segment " + segment + " of processor " + processorName + " has a token already");
            }
            store.commit(new Commit().change(Table.TOKENS, key, encode(token)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        claim(processorName, segment);
        byte[] key = key(processorName, segment);
        if (StagedCommit.possible()) {
            StagedCommit.of(store).lazily(Table.TOKENS, key, encode(token));
        } else {
            store.commit(new Commit().lazily(Table.TOKENS, key, encode(token)));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Axon's word for the start of the stream is null
    public TrackingToken fetchToken(String processorName, int segment) {
        return TokenCodec.read(ByteBuffer.wrap(claim(processorName, segment)), serializer);
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        claim(processorName, segment);
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        store.tokenClaims().release(claimName(processorName, segment), owner);
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        lock.lock();
        try {
            if (!store.tokenClaims().heldBy(claimName(processorName, segment), owner)) {
                throw new UnableToClaimTokenException(
                        "segment " + segment + " of processor " + processorName + " is not claimed by " + owner);
            }
            store.commit(new Commit().change(Table.TOKENS, key(processorName, segment), null));
            releaseClaim(processorName, segment);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public int[] fetchSegments(String processorName) {
        List<Integer> segments = new ArrayList<>();
        byte[] prefix = Keys.prefix(processorName);
        store.database().scan(Table.TOKENS, prefix, prefix, (key, token) -> segments.add((int) Keys.numberOf(key)));
        return segments.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        int[] all = fetchSegments(processorName);
        List<Segment> available = new ArrayList<>();
        for (int segment : all) {
            String name = claimName(processorName, segment);
            if (!store.tokenClaims().heldByOther(name, owner, store.clock().instant(), claimTimeout)) {
                available.add(Segment.computeSegment(segment, all));
            }
        }
        return available;
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of(store.facts().storeId());
    }

    /** Claims or renews, and returns the stored token. */
    private byte[] claim(String processorName, int segment) {
        byte[] token = store.database().get(Table.TOKENS, key(processorName, segment));
        if (token == null) {
            throw new UnableToClaimTokenException(
                    "segment " + segment + " of processor " + processorName + " has no token");
        }
        String name = claimName(processorName, segment);
        if (!store.tokenClaims().claim(name, owner, store.clock().instant(), claimTimeout)) {
            throw new UnableToClaimTokenException(
                    "segment " + segment + " of processor " + processorName + " is claimed by another");
        }
        return token;
    }

    private byte[] encode(@Nullable TrackingToken token) {
        var out = new ByteArrayOutputStream();
        TokenCodec.write(out, token, serializer);
        return out.toByteArray();
    }

    private static byte[] key(String processorName, int segment) {
        return Keys.numbered(processorName, segment);
    }

    private static String claimName(String processorName, int segment) {
        return processorName + '\0' + segment;
    }
}
