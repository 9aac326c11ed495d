package dev.muster.identity.command;

import dev.muster.identity.Role;
import dev.muster.identity.UserEvent;
import dev.muster.identity.UserEvent.GrantsListed;
import dev.muster.identity.UserEvent.PasswordChanged;
import dev.muster.identity.UserEvent.RolesChanged;
import dev.muster.identity.UserEvent.UserCreated;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserEvent.UserEnabled;
import dev.muster.identity.UserEvent.UserErased;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an account can be: not there yet, in use (enabled or not), or erased for good. */
sealed interface UserState {

    record Absent() implements UserState {}

    /** {@code grants} as they were last listed, or null when they never were since the roles were last changed. */
    record Known(Set<Role> roles, boolean enabled, @Nullable List<String> grants) implements UserState {}

    record Erased() implements UserState {}

    /** The state that follows; events that do not fit the state change nothing, for history is never refused. */
    default UserState after(UserEvent event) {
        return switch (event) {
            case UserCreated e -> new Known(Set.copyOf(e.roles()), true, null);
            case RolesChanged e ->
                this instanceof Known known ? new Known(Set.copyOf(e.roles()), known.enabled(), null) : this;
            case GrantsListed e ->
                this instanceof Known known ? new Known(known.roles(), known.enabled(), List.copyOf(e.grants())) : this;
            case UserDisabled e -> this instanceof Known known ? new Known(known.roles(), false, known.grants()) : this;
            case UserEnabled e -> this instanceof Known known ? new Known(known.roles(), true, known.grants()) : this;
            case PasswordChanged e -> this;
            case UserErased e -> new Erased();
        };
    }
}
