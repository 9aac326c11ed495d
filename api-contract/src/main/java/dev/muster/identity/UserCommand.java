package dev.muster.identity;

import dev.muster.kernel.AggregateCommand;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a person's account. Names and passwords go to the vault, not through here. */
public sealed interface UserCommand extends AggregateCommand {

    UserId userId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "user/" + userId();
    }

    record CreateUser(UserId userId, Set<Role> roles) implements UserCommand {}

    record ChangeRoles(UserId userId, Set<Role> roles) implements UserCommand {}

    record DisableUser(UserId userId) implements UserCommand {}

    record EnableUser(UserId userId) implements UserCommand {}

    /** What the person may do on the wires that keep lists of their own ({@link GoosebitGrants}), beside the roles. */
    record ListGrants(UserId userId, List<String> grants) implements UserCommand {

        public ListGrants {
            grants = List.copyOf(grants);
        }
    }

    /** Notes that the password was changed; the password itself is in the vault. */
    record NotePasswordChange(UserId userId) implements UserCommand {}

    /** The person is forgotten: the vault entry is gone, the pseudonym stays in history. */
    record EraseUser(UserId userId) implements UserCommand {}
}
