package dev.muster.server.policy;

import dev.muster.kernel.Vault;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** How far each policy has come in the log, kept beside the events. */
final class Places {

    private static final String PREFIX = "policy-place/";

    private final Vault vault;

    Places(Vault vault) {
        this.vault = vault;
    }

    /** The kept place, or the one given by {@code first}, which is kept from then on. */
    long of(String policy, LongSupplier first) {
        return vault.get(PREFIX + policy)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .orElseGet(() -> {
                    long place = first.getAsLong();
                    keep(policy, place);
                    return place;
                });
    }

    void keep(String policy, long position) {
        vault.put(
                PREFIX + policy,
                ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }
}
