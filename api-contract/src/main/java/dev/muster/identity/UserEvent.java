package dev.muster.identity;

import java.util.List;
import java.util.Set;

/** What happened to a person's account. */
public sealed interface UserEvent {

    UserId userId();

    record UserCreated(UserId userId, Set<Role> roles) implements UserEvent {}

    record RolesChanged(UserId userId, Set<Role> roles) implements UserEvent {}

    /** The whole list after the change, as it was written. */
    record GrantsListed(UserId userId, List<String> grants) implements UserEvent {}

    record UserDisabled(UserId userId) implements UserEvent {}

    record UserEnabled(UserId userId) implements UserEvent {}

    record PasswordChanged(UserId userId) implements UserEvent {}

    record UserErased(UserId userId) implements UserEvent {}
}
