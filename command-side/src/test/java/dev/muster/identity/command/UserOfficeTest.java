package dev.muster.identity.command;

import static dev.muster.identity.command.House.BY_ANN;
import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.TokenEvent.TokenRevoked;
import dev.muster.identity.UserEvent.UserCreated;
import dev.muster.identity.UserEvent.UserErased;
import dev.muster.identity.UserId;
import dev.muster.identity.command.UserOffice.Change;
import dev.muster.kernel.Ids;
import dev.muster.kernel.KernelRefusal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class UserOfficeTest {

    private static final String PASSWORD = "correct horse battery";
    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void namesAndPasswordsGoToTheVaultAndNeverIntoHistory() {
        UserId id = create("Ann Example", Role.VIEWER);
        assertThat(house.vault.holds("Ann Example")).isTrue();
        assertThat(house.vault.holds(PASSWORD)).isFalse();
        assertThat(house.recorded.toString()).doesNotContain("Ann").doesNotContain("argon2");
        assertThat(house.events()).containsExactly(new UserCreated(id, Set.of(Role.VIEWER)));
        assertThat(house.recorded.getFirst().metadata()).containsEntry("actor", "user:ann");
    }

    @Test
    void aNameIsTakenInAnyCaseAndUnicodeForm() {
        create("Zoë", Role.VIEWER);
        assertRefused(IdentityRefusal.USER_EXISTS, () -> create("ZOË", Role.VIEWER));
        assertRefused(IdentityRefusal.USER_EXISTS, () -> create("zoe\u0308", Role.VIEWER));
    }

    @Test
    void ofManyWhoWantTheSameNameAtOnceOneGetsIt() {
        long made = Flux.range(0, 20)
                .flatMap(i -> house.office
                        .create(freshId(), "ann", PASSWORD, Set.of(Role.VIEWER), BY_ANN)
                        .map(it -> true)
                        .onErrorReturn(false))
                .filter(it -> it)
                .count()
                .block();
        assertThat(made).isEqualTo(1);
        assertThat(house.accounts.users()).hasSize(1);
    }

    @Test
    void aRetryWithTheSameIdFindsTheFirstAttempt() {
        UserId id = freshId();
        house.office.create(id, "ann", PASSWORD, Set.of(Role.VIEWER), BY_ANN).block();
        house.office.create(id, "ann", PASSWORD, Set.of(Role.VIEWER), BY_ANN).block();
        assertThat(house.events()).hasSize(1);
        assertRefused(KernelRefusal.KEY_REUSED, () -> house.office
                .create(id, "bob", PASSWORD, Set.of(Role.VIEWER), BY_ANN)
                .block());
    }

    @Test
    void aNameLeftBehindByACrashIsFree() {
        house.people.add(new Person(freshId(), "ann", null, "hash", house.clock.instant()));
        UserId id = create("ann", Role.VIEWER);
        assertThat(house.people.named("ann")).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ann", "ann ", "a\u0000b", "a\u202eb", "\ud800"})
    void oddNamesAreRefused(String name) {
        assertRefused(IdentityRefusal.USER_NAME_INVALID, () -> create(name, Role.VIEWER));
        assertThat(house.vault.entries).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elevenchars", "aaaaaaaaaaaaaaaa", "LONG-USERNAME-HERE"})
    void weakPasswordsAreRefused(String password) {
        assertRefused(IdentityRefusal.PASSWORD_WEAK, () -> house.office
                .create(freshId(), "long-username-here", password, Set.of(), BY_ANN)
                .block());
    }

    @Test
    void theLastWorkingAdministratorStaysOne() {
        UserId ann = create("ann", Role.ADMIN);
        UserId bob = create("bob", Role.ADMIN);
        change(bob, new Change(null, false, null));
        assertRefused(IdentityRefusal.LAST_ADMIN, () -> change(ann, new Change(Set.of(Role.VIEWER), null, null)));
        assertRefused(IdentityRefusal.LAST_ADMIN, () -> change(ann, new Change(null, false, null)));
        assertRefused(
                IdentityRefusal.LAST_ADMIN,
                () -> house.office.erase(ann, BY_ANN).block());
        change(bob, new Change(null, true, null));
        change(ann, new Change(Set.of(Role.VIEWER), null, null));
        assertThat(house.accounts.user(ann).orElseThrow().roles()).containsExactly(Role.VIEWER);
    }

    @Test
    void twoAdministratorsDemotingEachOtherAtOnceLeaveOne() {
        for (int round = 0; round < 20; round++) {
            try (House fresh = new House()) {
                UserId ann = create(fresh, "ann", Role.ADMIN);
                UserId bob = create(fresh, "bob", Role.ADMIN);
                Change demotion = new Change(Set.of(Role.VIEWER), null, null);
                Mono.whenDelayError(
                                fresh.office.change(ann, demotion, BY_ANN), fresh.office.change(bob, demotion, BY_ANN))
                        .onErrorComplete()
                        .block();
                assertThat(fresh.accounts.users())
                        .filteredOn(it -> it.isWorkingAdmin())
                        .hasSize(1);
            }
        }
    }

    @Test
    void erasingForgetsThePersonAndRevokesTheirTokens() {
        create("boss", Role.ADMIN);
        UserId ann = create("ann", Role.OPERATOR);
        SignedIn signedIn =
                house.signIn.with("ann", PASSWORD, "10.0.0.1").block().who();
        house.tokens
                .create(signedIn, "ci", Set.of(Permission.DEVICES_READ), Duration.ofDays(1), BY_ANN)
                .block();
        house.office.erase(ann, BY_ANN).block();
        house.office.erase(ann, BY_ANN).block();
        assertThat(house.vault.holds("ann")).isFalse();
        assertThat(house.events()).filteredOn(UserErased.class::isInstance).hasSize(1);
        assertThat(house.events()).filteredOn(TokenRevoked.class::isInstance).hasSize(1);
        create("ann", Role.VIEWER);
    }

    @Test
    void anErasureCutShortIsFinishedAtTheNextStart() {
        UserId ann = create("ann", Role.VIEWER);
        create("bob", Role.VIEWER);
        house.commands
                .send(new dev.muster.identity.UserCommand.EraseUser(ann), BY_ANN)
                .join();
        assertThat(house.vault.holds("ann")).isTrue();
        new People(house.vault).tidy(house.accounts);
        assertThat(house.vault.holds("ann")).isFalse();
        assertThat(house.vault.holds("bob")).isTrue();
    }

    @Test
    void aChangeGoesOnWhenWhoAskedHangsUp() {
        UserId ann = create("ann", Role.VIEWER);
        house.office
                .change(ann, new Change(Set.of(Role.OPERATOR), null, null), BY_ANN)
                .subscribe()
                .dispose();
        change(ann, new Change(null, true, null));
        assertThat(house.accounts.user(ann).orElseThrow().roles()).isIn(Set.of(Role.OPERATOR), Set.of(Role.VIEWER));
    }

    @Test
    void peopleAreFoundAgainAfterARestart() {
        UserId ann = create("Ann", Role.VIEWER);
        People again = new People(house.vault);
        assertThat(again.named("ann")).contains(ann);
        assertThat(again.profile(ann).orElseThrow().username()).isEqualTo("Ann");
    }

    private void change(UserId id, Change change) {
        house.office.change(id, change, BY_ANN).block();
    }

    private UserId create(String name, Role role) {
        return create(house, name, role);
    }

    private static UserId create(House house, String name, Role role) {
        UserId id = new UserId(Ids.next(house.clock));
        house.office.create(id, name, PASSWORD, Set.of(role), BY_ANN).block();
        return id;
    }

    private UserId freshId() {
        return new UserId(Ids.next(house.clock));
    }
}
