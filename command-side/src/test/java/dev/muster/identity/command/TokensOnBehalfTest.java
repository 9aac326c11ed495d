package dev.muster.identity.command;

import static dev.muster.identity.command.House.BY_ANN;
import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Caller.Kind;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Tokens.Issued;
import dev.muster.identity.command.Tokens.Order;
import dev.muster.identity.command.UserOffice.Change;
import dev.muster.kernel.Ids;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensOnBehalfTest {

    private static final Set<Permission> USE = Set.of(Permission.LAB_READ, Permission.LAB_USE);
    private static final Set<Permission> ADMIN = Set.of(Permission.LAB_READ, Permission.LAB_USE, Permission.LAB_ADMIN);
    private static final Duration HOUR = Duration.ofHours(1);

    private final House house = new House();
    private final TokensOnBehalf office = new TokensOnBehalf(
            house.accounts, house.tokens, house.commands, house.positions, house.settings.tokens(), house.clock);
    private UserId ann;

    @BeforeEach
    void people() {
        ann = person("ann", Role.LAB_USER);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aTokenIsItsOwnersAndNoWiderThanThey() {
        Issued token = issue(ann, USE, HOUR, null);
        SignedIn who = house.credentials.byToken(token.text()).orElseThrow();
        assertThat(who.owner()).isEqualTo(ann);
        assertThat(who.permissions()).contains(Permission.LAB_USE).doesNotContain(Permission.LAB_ADMIN);
        assertRefused(IdentityRefusal.SCOPE_TOO_WIDE, () -> issue(ann, ADMIN, HOUR, null));
        UserId boss = person("boss", Role.ADMIN);
        assertRefused(IdentityRefusal.SCOPE_TOO_WIDE, () -> issue(boss, Set.of(Permission.USERS_ADMIN), HOUR, null));
    }

    @Test
    void whoeverDoesNotWorkHereGetsNone() {
        house.office.change(ann, new Change(null, false, null), BY_ANN).block();
        assertRefused(IdentityRefusal.NOT_ALLOWED, () -> issue(ann, USE, HOUR, null));
        assertRefused(IdentityRefusal.USER_UNKNOWN, () -> issue(new UserId(new UUID(1, 2)), USE, HOUR, null));
    }

    @Test
    void whoeverIsKnownByATokenAloneGetsNothingThatOutlivesIt() {
        UserId elsewhere = new UserId(new UUID(5, 6));
        SignedIn maker = SignedIn.person(Kind.OIDC, elsewhere.value(), "olga", Set.of(Role.LAB_USER));
        Issued shown = house.tokens
                .create(maker, "ci", USE, Duration.ofHours(2), BY_ANN)
                .block();
        Issued made = issue(elsewhere, USE, Duration.ofHours(9), shown.id());
        assertThat(made.expiresAt()).isBeforeOrEqualTo(shown.expiresAt());
        assertRefused(IdentityRefusal.SCOPE_TOO_WIDE, () -> issue(elsewhere, ADMIN, HOUR, shown.id()));
        assertRefused(IdentityRefusal.USER_UNKNOWN, () -> issue(elsewhere, USE, HOUR, null));
        Issued anns = issue(ann, USE, HOUR, null);
        assertRefused(IdentityRefusal.USER_UNKNOWN, () -> issue(elsewhere, USE, HOUR, anns.id()));
    }

    @Test
    void whoeverProvesWhoTheyAreGetsAsMuchAsTheyMay() {
        Issued token =
                office.issueNarrowed(new Order(ann, "ssh", ADMIN, HOUR), BY_ANN).block();
        assertThat(token.scopes()).isEqualTo(USE);
        UserId eve = person("eve", Role.VIEWER);
        assertThat(office.issueNarrowed(new Order(eve, "ssh", USE, HOUR), BY_ANN)
                        .block()
                        .scopes())
                .containsExactly(Permission.LAB_READ);
        assertRefused(IdentityRefusal.NOT_ALLOWED, () -> office.issueNarrowed(
                        new Order(eve, "ssh", Set.of(Permission.LAB_ADMIN), HOUR), BY_ANN)
                .block());
    }

    @Test
    void aTokenIsRevokedByItsOwnerOrByWhoAdministersAllThatItCan() {
        UserId boss = person("boss", Role.LAB_ADMIN);
        Issued first = issue(ann, USE, HOUR, null);
        Issued second = issue(ann, USE, HOUR, null);
        Issued wider = issue(ann, Set.of(Permission.LAB_USE, Permission.EVENTS_READ), HOUR, null);
        assertRefused(IdentityRefusal.TOKEN_UNKNOWN, () -> office.revoke(
                        first.id(), person("bob", Role.LAB_USER), Set.of(), BY_ANN)
                .block());
        office.revoke(first.id(), ann, Set.of(), BY_ANN).block();
        office.revoke(second.id(), boss, ADMIN, BY_ANN).block();
        assertRefused(IdentityRefusal.TOKEN_UNKNOWN, () -> office.revoke(wider.id(), boss, ADMIN, BY_ANN)
                .block());
        assertThat(house.credentials.byToken(first.text())).isEmpty();
        assertThat(house.credentials.byToken(second.text())).isEmpty();
        assertThat(house.credentials.byToken(wider.text())).isPresent();
    }

    private Issued issue(UserId owner, Set<Permission> scopes, Duration life, @Nullable UUID shown) {
        return office.issue(new Order(owner, "lab", scopes, life), shown, BY_ANN)
                .block();
    }

    private UserId person(String name, Role role) {
        UserId id = new UserId(Ids.next(house.clock));
        house.office
                .create(id, name, "correct horse battery", Set.of(role), BY_ANN)
                .block();
        return id;
    }
}
