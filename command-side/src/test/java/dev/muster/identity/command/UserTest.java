package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Role;
import dev.muster.identity.UserCommand.ChangeRoles;
import dev.muster.identity.UserCommand.CreateUser;
import dev.muster.identity.UserCommand.DisableUser;
import dev.muster.identity.UserCommand.EnableUser;
import dev.muster.identity.UserCommand.EraseUser;
import dev.muster.identity.UserCommand.ListGrants;
import dev.muster.identity.UserCommand.NotePasswordChange;
import dev.muster.identity.UserEvent.GrantsListed;
import dev.muster.identity.UserEvent.PasswordChanged;
import dev.muster.identity.UserEvent.RolesChanged;
import dev.muster.identity.UserEvent.UserCreated;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserEvent.UserEnabled;
import dev.muster.identity.UserEvent.UserErased;
import dev.muster.identity.UserId;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

class UserTest {

    private static final UserId ANN = new UserId(UUID.fromString("0198f1d2-0000-7000-8000-000000000001"));
    private static final Set<Role> VIEWER = Set.of(Role.VIEWER);
    private final AggregateTestFixture<User> user = new AggregateTestFixture<>(User.class);

    @Test
    void aNewUserIsCreatedWithTheirRoles() {
        user.givenNoPriorActivity().when(new CreateUser(ANN, VIEWER)).expectEvents(new UserCreated(ANN, VIEWER));
    }

    @Test
    void creatingTheSameUserTwiceChangesNothing() {
        user.given(new UserCreated(ANN, VIEWER))
                .when(new CreateUser(ANN, VIEWER))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void creatingAUserThatIsThereWithOtherRolesIsRefused() {
        refused(
                user.given(new UserCreated(ANN, VIEWER)).when(new CreateUser(ANN, Set.of(Role.ADMIN))),
                IdentityRefusal.USER_EXISTS);
    }

    @Test
    void anErasedUserIsNeverCreatedAgain() {
        refused(
                user.given(new UserCreated(ANN, VIEWER), new UserErased(ANN)).when(new CreateUser(ANN, VIEWER)),
                IdentityRefusal.USER_EXISTS);
    }

    @Test
    void grantsAreListedBesideTheRoles() {
        user.given(new UserCreated(ANN, VIEWER))
                .when(new ListGrants(ANN, List.of("goosebit.device.read")))
                .expectEvents(new GrantsListed(ANN, List.of("goosebit.device.read")));
    }

    @Test
    void theSameGrantsAgainChangeNothing() {
        user.given(new UserCreated(ANN, VIEWER), new GrantsListed(ANN, List.of()))
                .when(new ListGrants(ANN, List.of()))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void grantsSurviveWhatElseHappensToTheAccount() {
        user.given(
                        new UserCreated(ANN, VIEWER),
                        new GrantsListed(ANN, List.of("*")),
                        new UserDisabled(ANN),
                        new UserEnabled(ANN))
                .when(new ListGrants(ANN, List.of("*")))
                .expectNoEvents();
    }

    @Test
    void theSameRolesGivenAnewEndTheListToo() {
        user.given(new UserCreated(ANN, VIEWER), new GrantsListed(ANN, List.of("goosebit.settings.users.write")))
                .when(new ChangeRoles(ANN, VIEWER))
                .expectEvents(new RolesChanged(ANN, VIEWER));
    }

    @Test
    void otherRolesEndTheList() {
        user.given(
                        new UserCreated(ANN, Set.of(Role.ADMIN)),
                        new GrantsListed(ANN, List.of("*")),
                        new RolesChanged(ANN, VIEWER))
                .when(new ListGrants(ANN, List.of("*")))
                .expectEvents(new GrantsListed(ANN, List.of("*")));
    }

    @Test
    void nobodyHasGrantsWhoIsNotThere() {
        refused(user.givenNoPriorActivity().when(new ListGrants(ANN, List.of("*"))), IdentityRefusal.USER_UNKNOWN);
    }

    @Test
    void rolesChangeOnlyWhenTheyDiffer() {
        user.given(new UserCreated(ANN, VIEWER))
                .when(new ChangeRoles(ANN, Set.of(Role.OPERATOR)))
                .expectEvents(new RolesChanged(ANN, Set.of(Role.OPERATOR)));
        user.given(new UserCreated(ANN, VIEWER))
                .when(new ChangeRoles(ANN, VIEWER))
                .expectNoEvents();
    }

    @Test
    void disablingTwiceIsDisablingOnce() {
        user.given(new UserCreated(ANN, VIEWER)).when(new DisableUser(ANN)).expectEvents(new UserDisabled(ANN));
        user.given(new UserCreated(ANN, VIEWER), new UserDisabled(ANN))
                .when(new DisableUser(ANN))
                .expectNoEvents();
        user.given(new UserCreated(ANN, VIEWER), new UserDisabled(ANN))
                .when(new EnableUser(ANN))
                .expectEvents(new UserEnabled(ANN));
        user.given(new UserCreated(ANN, VIEWER)).when(new EnableUser(ANN)).expectNoEvents();
    }

    @Test
    void everyPasswordChangeIsAFact() {
        user.given(new UserCreated(ANN, VIEWER), new PasswordChanged(ANN))
                .when(new NotePasswordChange(ANN))
                .expectEvents(new PasswordChanged(ANN));
    }

    @Test
    void erasingTwiceIsErasingOnce() {
        user.given(new UserCreated(ANN, VIEWER)).when(new EraseUser(ANN)).expectEvents(new UserErased(ANN));
        user.given(new UserCreated(ANN, VIEWER), new UserErased(ANN))
                .when(new EraseUser(ANN))
                .expectNoEvents();
    }

    @Test
    void nothingCanBeChangedAboutAUserWhoIsNotThere() {
        refused(user.givenNoPriorActivity().when(new DisableUser(ANN)), IdentityRefusal.USER_UNKNOWN);
        refused(user.givenNoPriorActivity().when(new EraseUser(ANN)), IdentityRefusal.USER_UNKNOWN);
        refused(
                user.given(new UserCreated(ANN, VIEWER), new UserErased(ANN)).when(new ChangeRoles(ANN, VIEWER)),
                IdentityRefusal.USER_UNKNOWN);
    }

    private static void refused(ResultValidator<User> result, IdentityRefusal code) {
        result.expectNoEvents()
                .expectException(Refused.class)
                .expectExceptionDetails(Matchers.hasToString(Matchers.containsString(code.code())));
    }
}
