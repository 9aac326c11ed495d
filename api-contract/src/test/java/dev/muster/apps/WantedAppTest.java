package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.WantedApp.Said;
import dev.muster.apps.WantedApp.Staged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nearer places beat farther ones, and rollouts stand between groups and the device. */
class WantedAppTest {

    private static final Place GROUP = Place.group("site");
    private static final Place LINE = Place.group("site/line");
    private static final Staged ROLLOUT = new Staged(new AppRolloutId(new UUID(1, 2)), "2.0", null, 5);

    private static Said said(Place place, @Nullable AppTarget target, @Nullable String version, String... pairs) {
        TreeMap<String, String> environment = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        AppWish wish = new AppWish(target, version, environment, new TreeMap<>(), List.of());
        return new Said(place, wish, 11);
    }

    private static WantedApp over(@Nullable Staged staged, Said... said) {
        return Objects.requireNonNull(WantedApp.over(List.of(said), staged));
    }

    @Test
    void whereNobodySaysHowItShouldBeItIsNotWanted() {
        assertThat(WantedApp.over(List.of(), null)).isNull();
        assertThat(WantedApp.over(List.of(said(GROUP, null, "1.0")), ROLLOUT)).isNull();
    }

    @Test
    void theNearestThatSaysSomethingCounts() {
        WantedApp wanted = over(
                null,
                said(AppWorld.PROJECT, AppTarget.PRESENT, "1.0"),
                said(GROUP, AppTarget.RUNNING, "1.1"),
                said(LINE, null, null));
        assertThat(wanted.target()).isEqualTo(AppTarget.RUNNING);
        assertThat(wanted.targetFrom()).isEqualTo("group/site");
        assertThat(wanted.version()).isEqualTo("1.1");
    }

    @Test
    void aVersionAloneIsPinnedAndATargetWithoutOneFollowsTheNewest() {
        assertThat(over(null, said(GROUP, AppTarget.RUNNING, "1.1"), said(AppWorld.OWN, null, "1.0"))
                        .version())
                .isEqualTo("1.0");
        assertThat(over(null, said(GROUP, AppTarget.RUNNING, "1.1"), said(AppWorld.OWN, AppTarget.RUNNING, null))
                        .version())
                .isNull();
    }

    @Test
    void parametersAreLaidOverOneAnotherByName() {
        WantedApp wanted = over(
                null,
                said(AppWorld.PROJECT, AppTarget.RUNNING, null, "A", "1", "B", "1"),
                said(AppWorld.OWN, null, null, "B", "2"));
        assertThat(wanted.environment())
                .isEqualTo(Map.of(
                        "A", new WantedApp.Value("1", null, AppWorld.PROJECT),
                        "B", new WantedApp.Value("2", null, AppWorld.OWN)));
    }

    @Test
    void aRolloutBeatsGroupsAndTheDeviceBeatsTheRollout() {
        WantedApp reached = over(ROLLOUT, said(GROUP, AppTarget.RUNNING, "1.0"), said(AppWorld.OWN, null, null));
        assertThat(reached.version()).isEqualTo("2.0");
        assertThat(reached.versionFrom()).startsWith("rollout/");
        assertThat(reached.target()).isEqualTo(AppTarget.RUNNING);
        WantedApp own = over(ROLLOUT, said(GROUP, AppTarget.RUNNING, "1.0"), said(AppWorld.OWN, null, "1.5"));
        assertThat(own.version()).isEqualTo("1.5");
    }

    @Test
    void aRolloutWithATargetBringsTheAppAlong() {
        Staged bringing = new Staged(ROLLOUT.rollout(), "2.0", AppTarget.RUNNING, 5);
        WantedApp wanted = over(bringing);
        assertThat(wanted.target()).isEqualTo(AppTarget.RUNNING);
        assertThat(wanted.account()).isEqualTo(5);
    }

    @Test
    void portsReplaceThoseOfTheSameNumber() {
        PortRule open = new PortRule("web", 8080, PortRule.Protocol.HTTP, true, true, true, "", 0, "", null);
        PortRule ssh = new PortRule("ssh", 22, PortRule.Protocol.TCP, false, true, false, "", 0, "", null);
        assertThat(WantedApp.portsOver(List.of(AppWorld.WEB), List.of(open, ssh)))
                .containsExactly(open, ssh);
    }
}
