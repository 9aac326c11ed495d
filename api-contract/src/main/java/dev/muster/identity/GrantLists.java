package dev.muster.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists of grants that people have beside their roles. Never blocks. */
@FunctionalInterface
public interface GrantLists {

    /**
     * As it was written; null for somebody whose rights follow from the roles alone: who never was given a list, or got
     * other roles since.
     */
    @Nullable
    List<String> grantsOf(UserId user);
}
