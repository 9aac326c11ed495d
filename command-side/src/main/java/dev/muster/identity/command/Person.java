package dev.muster.identity.command;

import dev.muster.identity.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the vault keeps of a person, as JSON under {@code person/<id>}.
 *
 * @param username as they typed it; compared without case
 * @param passwordHash Argon2id in PHC form
 */
public record Person(UserId id, String username, @Nullable String displayName, String passwordHash, Instant createdAt) {

    /** Without the hash: records are printed by accident. */
    @Override
    public String toString() {
        return "Person[" + id + "]";
    }
}
