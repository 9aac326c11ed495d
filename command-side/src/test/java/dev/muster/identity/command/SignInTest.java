package dev.muster.identity.command;

import static dev.muster.identity.command.House.BY_ANN;
import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.command.SignIn.Welcome;
import dev.muster.identity.command.UserOffice.Change;
import dev.muster.kernel.Ids;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final String PASSWORD = "correct horse battery";
    private final House house = new House();
    private UserId ann;

    @BeforeEach
    void annHasAnAccount() {
        ann = new UserId(Ids.next(house.clock));
        house.office.create(ann, "ann", PASSWORD, Set.of(Role.VIEWER), BY_ANN).block();
        UserId boss = new UserId(Ids.next(house.clock));
        house.office.create(boss, "boss", PASSWORD, Set.of(Role.ADMIN), BY_ANN).block();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void nameAndPasswordOpenASession() {
        Welcome welcome = signIn("ANN", PASSWORD);
        assertThat(welcome.who().name()).isEqualTo("ann");
        assertThat(house.credentials.bySession(welcome.session().cookie())).hasValueSatisfying(it -> {
            assertThat(it.who().owner()).isEqualTo(ann);
            assertThat(it.csrf()).isEqualTo(welcome.session().csrf());
        });
    }

    @Test
    void wrongPasswordUnknownNameAndDisabledAccountAnswerTheSame() {
        house.office.change(ann, new Change(null, false, null), BY_ANN).block();
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn("ann", PASSWORD));
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn("boss", "not the password"));
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn("nobody", PASSWORD));
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn("x".repeat(100_000), PASSWORD));
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn("boss\u0000", "y".repeat(100_000)));
    }

    @Test
    void failedAttemptsOfAnAccountSlowDownWhoeverMakesThem() {
        for (int i = 0; i < 3; i++) {
            String address = "10.0.0." + i;
            assertRefused(
                    IdentityRefusal.WRONG_CREDENTIALS,
                    () -> house.signIn.with("ann", "wrong password!", address).block());
        }
        assertRefused(
                IdentityRefusal.TOO_MANY_ATTEMPTS,
                () -> house.signIn.with("Ann", PASSWORD, "10.0.0.9").block());
        house.clock.advance(Duration.ofSeconds(11));
        assertThat(house.signIn.with("ann", PASSWORD, "10.0.0.9").block()).isNotNull();
    }

    @Test
    void failedAttemptsFromAnAddressSlowDownWhateverTheName() {
        for (int i = 0; i < 5; i++) {
            String name = "guess" + i;
            assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn(name, PASSWORD));
        }
        assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> signIn("ann", PASSWORD));
        assertThat(house.signIn.with("ann", PASSWORD, "10.9.9.9").block()).isNotNull();
    }

    @Test
    void successesNeverSlowAnyoneDown() {
        for (int i = 0; i < 20; i++) {
            assertThat(signIn("ann", PASSWORD)).isNotNull();
        }
    }

    @Test
    void disablingErasingAndPasswordChangesEndEverySessionAtOnce() {
        Welcome before = signIn("ann", PASSWORD);
        house.office.change(ann, new Change(null, false, null), BY_ANN).block();
        assertThat(house.credentials.bySession(before.session().cookie())).isEmpty();
        house.office.change(ann, new Change(null, true, null), BY_ANN).block();
        assertThat(house.credentials.bySession(before.session().cookie())).isEmpty();

        Welcome second = signIn("ann", PASSWORD);
        house.office
                .change(ann, new Change(null, null, "another good password"), BY_ANN)
                .block();
        assertThat(house.credentials.bySession(second.session().cookie())).isEmpty();
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> signIn("ann", PASSWORD));

        Welcome third = signIn("ann", "another good password");
        house.office.erase(ann, BY_ANN).block();
        assertThat(house.credentials.bySession(third.session().cookie())).isEmpty();
    }

    @Test
    void losingARoleIsFeltWithTheNextRequest() {
        Welcome welcome = signIn("boss", PASSWORD);
        UserId deputy = new UserId(Ids.next(house.clock));
        house.office
                .create(deputy, "deputy", PASSWORD, Set.of(Role.ADMIN), BY_ANN)
                .block();
        house.office
                .change(welcome.who().owner(), new Change(Set.of(Role.VIEWER), null, null), BY_ANN)
                .block();
        assertThat(house.credentials
                        .bySession(welcome.session().cookie())
                        .orElseThrow()
                        .who()
                        .roles())
                .containsExactly(Role.VIEWER);
    }

    @Test
    void changingOnesOwnPasswordNeedsTheOldOneAndRenewsTheSession() {
        Welcome before = signIn("ann", PASSWORD);
        assertRefused(IdentityRefusal.WRONG_CREDENTIALS, () -> house.signIn
                .changePassword(ann, "not the old one", "another good password", "10.0.0.1", BY_ANN)
                .block());
        Welcome after = house.signIn
                .changePassword(ann, PASSWORD, "another good password", "10.0.0.1", BY_ANN)
                .block();
        assertThat(house.credentials.bySession(before.session().cookie())).isEmpty();
        assertThat(house.credentials.bySession(after.session().cookie())).isPresent();
    }

    @Test
    void sessionsEndWhenIdleAndAfterTheirLife() {
        Welcome idle = signIn("ann", PASSWORD);
        house.clock.advance(Duration.ofMinutes(61));
        assertThat(house.credentials.bySession(idle.session().cookie())).isEmpty();

        Welcome busy = signIn("ann", PASSWORD);
        for (int i = 0; i < 14; i++) {
            assertThat(house.credentials.bySession(busy.session().cookie())).isPresent();
            house.clock.advance(Duration.ofMinutes(50));
        }
        house.clock.advance(Duration.ofMinutes(25));
        assertThat(house.credentials.bySession(busy.session().cookie())).isEmpty();
    }

    @Test
    void lookingOnDoesNotKeepASessionAlive() {
        Welcome welcome = signIn("ann", PASSWORD);
        for (int i = 0; i < 7; i++) {
            house.clock.advance(Duration.ofMinutes(9));
            house.credentials.peekSession(welcome.session().cookie());
        }
        assertThat(house.credentials.peekSession(welcome.session().cookie())).isEmpty();
    }

    @Test
    void thePersonsOldestSessionGivesWay() {
        Welcome first = signIn("ann", PASSWORD);
        for (int i = 0; i < 10; i++) {
            house.clock.advance(Duration.ofSeconds(1));
            signIn("ann", PASSWORD);
        }
        assertThat(house.credentials.bySession(first.session().cookie())).isEmpty();
        assertThat(house.sessions.count()).isEqualTo(10);
    }

    @Test
    void signingOutEndsTheSession() {
        Welcome welcome = signIn("ann", PASSWORD);
        house.sessions.close(welcome.session().cookie());
        assertThat(house.credentials.bySession(welcome.session().cookie())).isEmpty();
    }

    @Test
    void nothingThatIsPrintedByAccidentHoldsASecret() {
        Welcome welcome = signIn("ann", PASSWORD);
        assertThat(welcome.toString())
                .doesNotContain(welcome.session().cookie())
                .doesNotContain(welcome.session().csrf());
        assertThat(new Change(null, null, PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    private Welcome signIn(String name, String password) {
        return house.signIn.with(name, password, "10.0.0.1").block();
    }
}
