package dev.muster.lab.wire;

import org.jspecify.annotations.Nullable;

/** Who is meant by a name. */
@FunctionalInterface
public interface People {

    /** {@code user:<id>} of the person with this user name, as {@code Caller.person()} has it; null if nobody has it. */
    @Nullable
    String named(String userName);
}
