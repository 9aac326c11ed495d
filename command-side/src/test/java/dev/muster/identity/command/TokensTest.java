package dev.muster.identity.command;

import static dev.muster.identity.command.House.BY_ANN;
import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Caller;
import dev.muster.identity.Caller.Kind;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.ViewScope;
import dev.muster.identity.ViewScope.Right;
import dev.muster.identity.command.Tokens.Issued;
import dev.muster.identity.command.UserOffice.Change;
import dev.muster.kernel.Ids;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final Set<Permission> READ = Set.of(Permission.DEVICES_READ);
    private static final ViewScope OBSERVE = ViewScope.named("registry:read:network/observe-device");
    private final House house = new House();
    private SignedIn ann;
    private SignedIn boss;

    @BeforeEach
    void people() {
        ann = person("ann", Role.OPERATOR);
        boss = person("boss", Role.ADMIN);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aTokenDoesWhatItsScopesSayAndSeesToItsOwnAccount() {
        Issued token = create(ann, READ, Duration.ofDays(1));
        assertThat(token.text()).matches("mst_" + token.prefix() + "_[0-9a-f]{64}");
        SignedIn who = house.credentials.byToken(token.text()).orElseThrow();
        assertThat(who.kind()).isEqualTo(Kind.TOKEN);
        assertThat(who.permissions()).containsExactlyInAnyOrder(Permission.DEVICES_READ, Permission.OWN_ACCOUNT);
        assertThat(who.asCaller(java.util.Map.of()).actor()).isEqualTo("token:" + token.id());
    }

    @Test
    void historyHoldsADigestOnly() {
        Issued token = create(ann, READ, Duration.ofDays(1));
        String secret = token.text().substring(token.text().lastIndexOf('_') + 1);
        assertThat(house.recorded.toString()).contains(Ids.digest(token.text())).doesNotContain(secret);
        assertThat(token.toString()).doesNotContain(secret);
    }

    @Test
    void aTokenIsNeverWiderThanItsMakerAndNeverAdministersUsers() {
        assertRefused(
                IdentityRefusal.SCOPE_TOO_WIDE,
                () -> create(ann, Set.of(Permission.SETTINGS_WRITE), Duration.ofDays(1)));
        assertRefused(
                IdentityRefusal.SCOPE_TOO_WIDE, () -> create(boss, Set.of(Permission.USERS_ADMIN), Duration.ofDays(1)));
    }

    @Test
    void aTokenForOneViewDoesNothingElse() {
        Issued token = house.tokens
                .create(boss, "ci", Set.of(), Set.of(OBSERVE), Duration.ofDays(1), BY_ANN)
                .block();
        assertThat(token.viewScopes()).containsExactly(OBSERVE);
        SignedIn who = house.credentials.byToken(token.text()).orElseThrow();
        assertThat(who.permissions()).containsExactly(Permission.OWN_ACCOUNT);
        assertThat(who.viewScopes()).containsExactly(OBSERVE);
        Caller caller = who.asCaller(java.util.Map.of());
        assertThat(caller.may(Right.READ, "acme", "network", "observe-device")).isTrue();
        assertThat(caller.may(Right.WRITE, "acme", "network", "observe-device")).isFalse();
        assertThat(caller.may(Right.READ, "acme", "network", "control-device")).isFalse();
        assertThat(caller.maySeeSecrets()).isFalse();
    }

    @Test
    void aTokenForOneViewNeedsAMakerWhoMaySeeIt() {
        SignedIn user = person("uma", Role.LAB_USER);
        assertRefused(IdentityRefusal.SCOPE_TOO_WIDE, () -> house.tokens
                .create(user, "ci", READ, Set.of(OBSERVE), Duration.ofDays(1), BY_ANN)
                .block());
    }

    @Test
    void aTokenForOneViewShrinksWithItsOwner() {
        Issued token = house.tokens
                .create(boss, "ci", READ, Set.of(OBSERVE), Duration.ofDays(1), BY_ANN)
                .block();
        person("other", Role.ADMIN);
        change(boss, new Change(Set.of(Role.LAB_USER), null, null));
        SignedIn who = house.credentials.byToken(token.text()).orElseThrow();
        assertThat(who.permissions()).contains(Permission.DEVICES_READ);
        assertThat(who.viewScopes()).isEmpty();
    }

    @Test
    void aTokenShrinksWithItsOwner() {
        Issued token = create(ann, Set.of(Permission.DEVICES_READ, Permission.DEVICES_WRITE), Duration.ofDays(1));
        change(ann, new Change(Set.of(Role.VIEWER), null, null));
        assertThat(house.credentials.byToken(token.text()).orElseThrow().permissions())
                .contains(Permission.DEVICES_READ)
                .doesNotContain(Permission.DEVICES_WRITE);
        change(ann, new Change(null, false, null));
        assertThat(house.credentials.byToken(token.text())).isEmpty();
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver() {
        Issued token = create(ann, READ, Duration.ofDays(1));
        house.clock.advance(Duration.ofDays(1));
        assertThat(house.credentials.byToken(token.text())).isEmpty();
    }

    @Test
    void noTokenLivesLongerThanAYear() {
        assertThat(create(ann, READ, Duration.ofDays(365))).isNotNull();
        assertRefused(
                IdentityRefusal.TOKEN_INVALID,
                () -> create(ann, READ, Duration.ofDays(365).plusSeconds(1)));
        assertRefused(IdentityRefusal.TOKEN_INVALID, () -> create(ann, READ, Duration.ofSeconds(59)));
        assertRefused(IdentityRefusal.TOKEN_INVALID, () -> create(ann, READ, Duration.ofDays(-1)));
    }

    @Test
    void whoSignedInElsewhereMakesShortLivedTokensOnly() {
        SignedIn guest = SignedIn.person(Kind.OIDC, UUID.randomUUID(), "guest", Set.of(Role.OPERATOR));
        Issued token = create(guest, READ, Duration.ofDays(30));
        assertThat(house.credentials.byToken(token.text())).isPresent();
        assertRefused(IdentityRefusal.TOKEN_INVALID, () -> create(guest, READ, Duration.ofDays(31)));
    }

    @Test
    void tokensMakeNoTokensButTheOperatorsOneDoes() {
        SignedIn automation = house.credentials
                .byToken(create(ann, READ, Duration.ofDays(1)).text())
                .orElseThrow();
        assertRefused(IdentityRefusal.SCOPE_TOO_WIDE, () -> create(automation, READ, Duration.ofDays(1)));
        SignedIn operator =
                house.credentials.byToken(house.adminToken.issue().block()).orElseThrow();
        assertThat(create(operator, READ, Duration.ofDays(1))).isNotNull();
    }

    @Test
    void aRevokedTokenStopsAtOnceAndOthersTokensLookUnknown() {
        Issued annsToken = create(ann, READ, Duration.ofDays(1));
        Issued bossToken = create(boss, READ, Duration.ofDays(1));
        assertRefused(IdentityRefusal.TOKEN_UNKNOWN, () -> revoke(ann, bossToken.id()));
        assertRefused(IdentityRefusal.TOKEN_UNKNOWN, () -> revoke(ann, UUID.randomUUID()));
        revoke(ann, annsToken.id());
        assertThat(house.credentials.byToken(annsToken.text())).isEmpty();
        Issued second = create(ann, READ, Duration.ofDays(1));
        revoke(boss, second.id());
        assertThat(house.credentials.byToken(second.text())).isEmpty();
    }

    @Test
    void anOwnerHasAtMostAHundredLiveTokens() {
        for (int i = 0; i < 100; i++) {
            create(ann, READ, Duration.ofDays(1));
        }
        assertRefused(IdentityRefusal.LIMIT_REACHED, () -> create(ann, READ, Duration.ofDays(1)));
        house.clock.advance(Duration.ofDays(1));
        assertThat(create(ann, READ, Duration.ofDays(1))).isNotNull();
    }

    @Test
    void lastUseIsKeptInMemoryAndWrittenSeldom() {
        Issued token = create(ann, READ, Duration.ofDays(1));
        long before = house.vault.puts.get();
        for (int i = 0; i < 1000; i++) {
            house.credentials.byToken(token.text());
        }
        assertThat(house.vault.puts.get()).isEqualTo(before);
        assertThat(house.tokenUse.lastUse(token.id())).contains(house.clock.instant());
        house.tokenUse.write();
        house.tokenUse.write();
        assertThat(house.vault.puts.get()).isEqualTo(before + 1);
        try (TokenUse again = new TokenUse(house.vault, house.settings.tokens(), house.clock)) {
            assertThat(again.lastUse(token.id())).contains(house.clock.instant());
            revoke(ann, token.id());
            again.tidy(house.accounts);
            assertThat(house.vault.scan("token-use/")).isEmpty();
        }
    }

    @Test
    void theOperatorsTokenMayDoEverythingAndReplacesTheOneBefore() {
        String first = house.adminToken.issue().block();
        assertThat(house.adminToken.isGood(first + "\n")).isTrue();
        String second = house.adminToken.issue().block();
        assertThat(house.adminToken.isGood(first)).isFalse();
        assertThat(house.credentials.byToken(second).orElseThrow().permissions())
                .isEqualTo(EnumSet.allOf(Permission.class));
        assertThat(house.adminToken.isGood(
                        create(boss, READ, Duration.ofDays(1)).text()))
                .isFalse();
    }

    @Test
    void anythingElseIsNobody() {
        assertThat(house.credentials.byToken("mst_")).isEmpty();
        assertThat(house.credentials.byToken("mst_abcd1234_" + "0".repeat(64))).isEmpty();
        assertThat(house.credentials.byToken("")).isEmpty();
    }

    private void change(SignedIn who, Change change) {
        house.office.change(who.owner(), change, BY_ANN).block();
    }

    private void revoke(SignedIn who, UUID token) {
        house.tokens.revoke(who, token, BY_ANN).block();
    }

    private Issued create(SignedIn maker, Set<Permission> scopes, Duration life) {
        return house.tokens.create(maker, "ci", scopes, life, BY_ANN).block();
    }

    private SignedIn person(String name, Role role) {
        UserId id = new UserId(Ids.next(house.clock));
        house.office
                .create(id, name, "correct horse battery", Set.of(role), BY_ANN)
                .block();
        return SignedIn.person(Kind.USER, id.value(), name, Set.of(role));
    }
}
