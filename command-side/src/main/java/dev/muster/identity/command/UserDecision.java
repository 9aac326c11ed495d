package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.UserCommand;
import dev.muster.identity.UserCommand.ChangeRoles;
import dev.muster.identity.UserCommand.CreateUser;
import dev.muster.identity.UserCommand.DisableUser;
import dev.muster.identity.UserCommand.EnableUser;
import dev.muster.identity.UserCommand.EraseUser;
import dev.muster.identity.UserCommand.ListGrants;
import dev.muster.identity.UserCommand.NotePasswordChange;
import dev.muster.identity.UserEvent;
import dev.muster.identity.UserEvent.GrantsListed;
import dev.muster.identity.UserEvent.PasswordChanged;
import dev.muster.identity.UserEvent.RolesChanged;
import dev.muster.identity.UserEvent.UserCreated;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserEvent.UserEnabled;
import dev.muster.identity.UserEvent.UserErased;
import dev.muster.identity.command.UserState.Absent;
import dev.muster.identity.command.UserState.Erased;
import dev.muster.identity.command.UserState.Known;
import java.util.List;
import java.util.Set;

/** What follows from a command about an account: one event, none when it is so already, or a refusal. */
final class UserDecision {

    private UserDecision() {}

    static List<UserEvent> on(UserCommand command, UserState state) {
        return switch (command) {
            case CreateUser c -> create(c, state);
            case ChangeRoles c -> {
                Known known = onlyKnown(c, state);
                // Roles that are given anew end a list, also when they are those that the list brought.
                yield known.roles().equals(c.roles()) && known.grants() == null
                        ? List.of()
                        : List.of(new RolesChanged(c.userId(), Set.copyOf(c.roles())));
            }
            case ListGrants c ->
                c.grants().equals(onlyKnown(c, state).grants())
                        ? List.of()
                        : List.of(new GrantsListed(c.userId(), c.grants()));
            case DisableUser c -> onlyKnown(c, state).enabled() ? List.of(new UserDisabled(c.userId())) : List.of();
            case EnableUser c -> onlyKnown(c, state).enabled() ? List.of() : List.of(new UserEnabled(c.userId()));
            case NotePasswordChange c -> {
                onlyKnown(c, state);
                yield List.of(new PasswordChanged(c.userId()));
            }
            case EraseUser c -> {
                if (state instanceof Erased) {
                    yield List.of();
                }
                onlyKnown(c, state);
                yield List.of(new UserErased(c.userId()));
            }
        };
    }

    private static List<UserEvent> create(CreateUser command, UserState state) {
        return switch (state) {
            case Absent absent -> List.of(new UserCreated(command.userId(), Set.copyOf(command.roles())));
            case Known known when known.roles().equals(command.roles()) -> List.of();
            case Known known -> throw exists(command);
            case Erased erased -> throw exists(command);
        };
    }

    private static RuntimeException exists(CreateUser command) {
        return IdentityRefusal.USER_EXISTS.because("There is a user " + command.userId() + " already.");
    }

    private static Known onlyKnown(UserCommand command, UserState state) {
        if (state instanceof Known known) {
            return known;
        }
        throw IdentityRefusal.USER_UNKNOWN.because("There is no user " + command.userId() + ".");
    }
}
