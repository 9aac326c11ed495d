package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishCommand.AdoptRelease;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.AppWishCommand.WantApp;
import dev.muster.apps.AppWishEvent.AppInherited;
import dev.muster.apps.AppWishEvent.AppWanted;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.kernel.KernelRefusal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppWishDecisionTest {

    private static final AppKey APP = new AppKey(7);
    private static final Place SITE = Place.group("site");
    private static final AppWish RUN = new AppWish(
            AppTarget.RUNNING, "1.0", new TreeMap<>(Map.of("A", "1")), new TreeMap<>(Map.of("KEY", "1.x")), List.of());
    private static final AppWanted WANTED = new AppWanted(APP, SITE, 1, RUN, 11);

    private static WantApp want(Map<String, String> environment, Map<String, String> secrets) {
        AppWish wish =
                new AppWish(AppTarget.RUNNING, null, new TreeMap<>(environment), new TreeMap<>(secrets), List.of());
        return new WantApp(APP, SITE, wish, 11, null);
    }

    @Test
    void theSameAgainIsNothing() {
        assertThat(AppWishDecision.decide(new WantApp(APP, SITE, RUN, 11, 0L), null))
                .containsExactly(WANTED);
        assertThat(AppWishDecision.decide(new WantApp(APP, SITE, RUN, 12, null), WANTED))
                .isEmpty();
        assertRefused(
                KernelRefusal.VERSION_LOST, () -> AppWishDecision.decide(new WantApp(APP, SITE, RUN, 11, 0L), WANTED));
    }

    @Test
    void isTakenBackOnce() {
        AppInherited inherited = new AppInherited(APP, SITE, 2);
        assertThat(AppWishDecision.decide(new InheritApp(APP, SITE, 1L), WANTED))
                .containsExactly(inherited);
        assertThat(AppWishDecision.decide(new InheritApp(APP, SITE, null), inherited))
                .isEmpty();
        assertThat(AppWishDecision.decide(new InheritApp(APP, SITE, null), null))
                .isEmpty();
    }

    @Test
    void adoptingKeepsAllButTheRelease() {
        assertThat(AppWishDecision.decide(new AdoptRelease(APP, SITE, "2.0", null, 5), WANTED))
                .containsExactly(new AppWanted(APP, SITE, 2, RUN.adopting("2.0", null), 11));
        assertThat(AppWishDecision.decide(new AdoptRelease(APP, SITE, "1.0", null, 5), WANTED))
                .isEmpty();
        assertThat(AppWishDecision.decide(new AdoptRelease(APP, SITE, "2.0", AppTarget.RUNNING, 5), null))
                .containsExactly(new AppWanted(APP, SITE, 1, AppWish.NOTHING.adopting("2.0", AppTarget.RUNNING), 5));
    }

    @Test
    void parametersAreNamedAndThereOnce() {
        assertRefused(AppsRefusal.WISH_INVALID, () -> AppWishDecision.decide(want(Map.of("A-B", "1"), Map.of()), null));
        assertRefused(AppsRefusal.WISH_INVALID, () -> AppWishDecision.decide(want(Map.of("A", "{"), Map.of()), null));
        assertRefused(
                AppsRefusal.WISH_INVALID, () -> AppWishDecision.decide(want(Map.of("A", "1"), Map.of("A", "x")), null));
        String long1 = "\"" + "x".repeat(AppWish.VALUES_LENGTH_MAX) + "\"";
        assertRefused(AppsRefusal.WISH_INVALID, () -> AppWishDecision.decide(want(Map.of("A", long1), Map.of()), null));
    }

    /** Agents hear of all apps in one message: what they cannot read of it costs them all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"1e350", "[-1e350]", "\"\\ud800\"", "{\"\\udc00\":1}"})
    void whatNoAgentCouldReadIsRefused(String value) {
        assertRefused(AppsRefusal.WISH_INVALID, () -> AppWishDecision.decide(want(Map.of("A", value), Map.of()), null));
    }

    @Test
    void valuesAreNestedOnlySoFar() {
        String fits = "[".repeat(Sendable.DEPTH_MAX) + "]".repeat(Sendable.DEPTH_MAX);
        assertThat(AppWishDecision.decide(want(Map.of("A", fits), Map.of()), null))
                .hasSize(1);
        assertRefused(
                AppsRefusal.WISH_INVALID,
                () -> AppWishDecision.decide(want(Map.of("A", "[" + fits + "]"), Map.of()), null));
    }

    @Test
    void noValueIsEverShown() {
        assertThat(RUN.toString()).contains("KEY").doesNotContain("1.x");
    }
}
