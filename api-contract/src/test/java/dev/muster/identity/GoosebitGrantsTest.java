package dev.muster.identity;

import static dev.muster.identity.GoosebitGrants.DEVICE_READ;
import static dev.muster.identity.GoosebitGrants.DEVICE_WRITE;
import static dev.muster.identity.GoosebitGrants.ROLLOUT_WRITE;
import static dev.muster.identity.GoosebitGrants.SCOPES;
import static dev.muster.identity.GoosebitGrants.SOFTWARE_READ;
import static dev.muster.identity.GoosebitGrants.USERS_READ;
import static dev.muster.identity.GoosebitGrants.USERS_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoosebitGrantsTest {

    private static GoosebitGrants grants(String... entries) {
        return new GoosebitGrants(List.of(entries));
    }

    @Test
    void gb63TheChecksOfTheContract() {
        assertThat(grants(DEVICE_READ).allows(DEVICE_READ)).isTrue();
        assertThat(grants("goosebit.device.*").allows(DEVICE_READ)).isTrue();
        assertThat(grants("goosebit.device").allows(DEVICE_READ)).isTrue();
        assertThat(grants("*").allows(DEVICE_READ)).isTrue();
        assertThat(grants(DEVICE_READ, SOFTWARE_READ).allowsAll(List.of(DEVICE_READ, SOFTWARE_READ)))
                .isTrue();
        assertThat(grants(DEVICE_READ).allowsAll(List.of(DEVICE_READ, DEVICE_WRITE)))
                .isFalse();
        assertThat(grants("goosebit.*.read", DEVICE_WRITE).allowsAll(List.of(DEVICE_WRITE, DEVICE_READ, SOFTWARE_READ)))
                .isTrue();
    }

    @Test
    void entriesCoverPartByPart() {
        assertThat(grants(DEVICE_READ).allows(DEVICE_READ)).isTrue();
        assertThat(grants("goosebit.device.*").allows(DEVICE_READ)).isTrue();
        assertThat(grants("goosebit.device").allows(DEVICE_READ)).isTrue();
        assertThat(grants("goosebit").allows(DEVICE_READ)).isTrue();
        assertThat(grants("*").allowsAll(SCOPES)).isTrue();
        assertThat(grants(DEVICE_READ).allows(DEVICE_WRITE)).isFalse();
        assertThat(grants("goosebit.dev").allows(DEVICE_READ)).isFalse();
        assertThat(grants("").allows(DEVICE_READ)).isFalse();
        assertThat(grants().allows(DEVICE_READ)).isFalse();
    }

    @Test
    void allScopesOfARouteMustPass() {
        GoosebitGrants two = grants(DEVICE_READ, SOFTWARE_READ);
        assertThat(two.allowsAll(List.of(DEVICE_READ, SOFTWARE_READ))).isTrue();
        assertThat(two.allowsAll(List.of(DEVICE_READ, DEVICE_WRITE))).isFalse();
        assertThat(grants("goosebit.*.read", DEVICE_WRITE).allowsAll(List.of(DEVICE_WRITE, DEVICE_READ, SOFTWARE_READ)))
                .isTrue();
    }

    @Test
    void aStarIsOnePart() {
        assertThat(grants("goosebit.*.read").allows(USERS_READ)).isFalse();
        assertThat(grants("goosebit.*.*.read").allows(USERS_READ)).isTrue();
    }

    @Test
    void anEntryLongerThanTheScopeIsAboutSomethingNarrower() {
        assertThat(grants(USERS_READ).allows("goosebit.settings")).isFalse();
        assertThat(grants("*", "!" + USERS_READ).allows("goosebit.settings")).isTrue();
    }

    @Test
    void denialsWinWhereverTheyStand() {
        assertThat(grants("*", "!" + DEVICE_WRITE).allows(DEVICE_READ)).isTrue();
        assertThat(grants("*", "!" + DEVICE_WRITE).allows(DEVICE_WRITE)).isFalse();
        assertThat(grants("!goosebit.device", "*").allows(DEVICE_READ)).isFalse();
        assertThat(grants("!" + DEVICE_WRITE).allows(DEVICE_READ)).isFalse();
    }

    @Test
    void rolesFollowFromWhatIsAllowed() {
        assertThat(grants("*").roles()).containsExactly(Role.ADMIN);
        assertThat(grants("goosebit").roles()).containsExactly(Role.ADMIN);
        assertThat(grants("*", "!" + USERS_WRITE).roles()).doesNotContain(Role.ADMIN);
        assertThat(grants("goosebit.*.read").roles()).containsExactly(Role.VIEWER);
        assertThat(grants(USERS_READ).roles()).containsExactly(Role.VIEWER);
        assertThat(grants("goosebit.device").roles()).containsExactly(Role.OPERATOR);
        assertThat(grants("goosebit.software", "goosebit.rollout").roles()).containsExactly(Role.RELEASE_MANAGER);
        assertThat(grants("goosebit.software", "goosebit.rollout", "goosebit.device")
                        .roles())
                .containsExactlyInAnyOrder(Role.OPERATOR, Role.RELEASE_MANAGER);
        assertThat(grants().roles()).isEmpty();
        assertThat(grants("stats.read").roles()).isEmpty();
    }

    @Test
    void whatIsDeniedHereIsNotOpenThere() {
        assertThat(grants("*", "!" + DEVICE_WRITE).roles())
                .as("an operator could do what is denied")
                .containsExactly(Role.RELEASE_MANAGER);
        assertThat(grants("goosebit.*.delete").roles()).containsExactly(Role.VIEWER);
        assertThat(grants(DEVICE_READ, DEVICE_WRITE).roles()).containsExactly(Role.VIEWER);
        assertThat(grants(ROLLOUT_WRITE).roles()).containsExactly(Role.VIEWER);
    }

    @Test
    void whoMayDoAllHereMayDoAllThere() {
        assertThat(GoosebitGrants.of(EnumSet.allOf(Permission.class)).entries()).containsExactly("*");
        assertThat(GoosebitGrants.of(Set.of()).entries()).isEmpty();
        assertThat(GoosebitGrants.of(Role.VIEWER.permissions()).entries())
                .containsExactly(DEVICE_READ, SOFTWARE_READ, GoosebitGrants.ROLLOUT_READ);
        assertThat(GoosebitGrants.of(Role.OPERATOR.permissions()).allows(ROLLOUT_WRITE))
                .as("operating rollouts is not making them")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyAnAdministratorIsOneThereAndBackAgain(Role role) {
        Set<Role> back = GoosebitGrants.of(role.permissions()).roles();
        assertThat(back.contains(Role.ADMIN)).isEqualTo(role == Role.ADMIN);
    }
}
