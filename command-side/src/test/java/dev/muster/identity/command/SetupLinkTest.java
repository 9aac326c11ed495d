package dev.muster.identity.command;

import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.command.SignIn.Welcome;
import dev.muster.kernel.Ids;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class SetupLinkTest {

    private final House house = new House();
    private final IdentityStart start =
            new IdentityStart(house.accounts, house.people, house.tokenUse, house.setupLink);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theCodeMakesTheFirstAdministratorOnce() {
        String code = start.begin().orElseThrow();
        assertThat(house.setupLink.isOpen()).isTrue();
        Welcome welcome = redeem(code, "ann");
        assertThat(welcome.who().roles()).containsExactly(Role.ADMIN);
        assertThat(house.credentials.bySession(welcome.session().cookie())).isPresent();
        assertThat(house.recorded.getFirst().metadata())
                .containsEntry("actor", "user:" + welcome.who().id());
        assertThat(house.setupLink.isOpen()).isFalse();
        assertThat(house.vault.scan("setup-link")).isEmpty();
        assertRefused(IdentityRefusal.SETUP_CLOSED, () -> redeem(code, "eve"));
    }

    @Test
    void theVaultKeepsADigestOnly() {
        String code = start.begin().orElseThrow();
        assertThat(house.vault.holds(code)).isFalse();
        assertThat(house.vault.holds(Ids.digest(code))).isTrue();
    }

    @Test
    void aWrongCodeIsRefusedAndGuessingIsSlow() {
        start.begin();
        for (int i = 0; i < 3; i++) {
            assertRefused(IdentityRefusal.SETUP_LINK_INVALID, () -> redeem("guess", "eve"));
        }
        assertRefused(IdentityRefusal.TOO_MANY_ATTEMPTS, () -> redeem("guess", "eve"));
    }

    @Test
    void anotherStartWithoutAccountsMakesANewCode() {
        String first = start.begin().orElseThrow();
        String second = start.begin().orElseThrow();
        assertRefused(IdentityRefusal.SETUP_LINK_INVALID, () -> redeem(first, "eve"));
        assertThat(redeem(second, "ann")).isNotNull();
        assertThat(start.begin()).isEmpty();
    }

    @Test
    void ofManyWhoUseTheCodeAtOnceOneBecomesAdministrator() {
        String code = start.begin().orElseThrow();
        long admins = Flux.range(0, 5)
                .flatMap(i -> house.setupLink
                        .redeem(
                                code,
                                new UserId(Ids.next(house.clock)),
                                "ann" + i,
                                "correct horse battery",
                                Map.of(),
                                null)
                        .map(it -> true)
                        .onErrorReturn(false))
                .filter(it -> it)
                .count()
                .block();
        assertThat(admins).isEqualTo(1);
        assertThat(house.accounts.users()).hasSize(1);
    }

    @Test
    void withoutAStartThereIsNoCodeThatFits() {
        assertRefused(IdentityRefusal.SETUP_CLOSED, () -> redeem("", "eve"));
    }

    private Welcome redeem(String code, String name) {
        return house.setupLink
                .redeem(code, new UserId(Ids.next(house.clock)), name, "correct horse battery", Map.of(), "10.0.0.1")
                .block();
    }
}
