package dev.muster.identity;

import org.jspecify.annotations.Nullable;

/** Who is meant by a name that somebody wrote. Never blocks. */
@FunctionalInterface
public interface UserNames {

    /** {@code user:<id>} of the person with this user name, as {@link Caller#person()} has it; null if nobody has it. */
    @Nullable
    String personOf(String userName);
}
