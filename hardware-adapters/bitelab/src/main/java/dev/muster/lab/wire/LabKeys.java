package dev.muster.lab.wire;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** Whose ssh keys are known. Asked on a thread of the ssh server; may read a file. */
@FunctionalInterface
public interface LabKeys {

    /** {@code user:<id>} of the key's owner; null for a key nobody has. */
    @Nullable
    String personOf(PublicKey key);
}
