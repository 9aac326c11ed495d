package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppCommand;
import dev.muster.apps.AppCommand.AddRelease;
import dev.muster.apps.AppCommand.ChangeApp;
import dev.muster.apps.AppCommand.CreateApp;
import dev.muster.apps.AppCommand.NoteArchitecture;
import dev.muster.apps.AppCommand.OfferRelease;
import dev.muster.apps.AppCommand.RemoveApp;
import dev.muster.apps.AppCommand.YankRelease;
import dev.muster.apps.AppEvent;
import dev.muster.apps.AppEvent.AppCreated;
import dev.muster.apps.AppEvent.AppRemoved;
import dev.muster.apps.AppEvent.ArchitectureNoted;
import dev.muster.apps.AppEvent.ReleaseAdded;
import dev.muster.apps.AppEvent.ReleaseOffered;
import dev.muster.apps.AppEvent.ReleaseYanked;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.PortRule;
import dev.muster.apps.ReleaseKey;
import dev.muster.kernel.KernelRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueDecisionTest {

    private static final AppName HELLO = new AppName("hello");
    private static final String COMPOSE = "{\"services\":{\"web\":{\"image\":\"busybox\"}}}";
    private static final AppFace FACE = new AppFace("", "{}", List.of(), COMPOSE);
    private static final CatalogueState THERE = state(new AppCreated(HELLO, new AppKey(7), FACE));

    private static CatalogueState state(AppEvent... events) {
        CatalogueState state = CatalogueState.NONE;
        for (AppEvent event : events) {
            state = state.after(event);
        }
        return state;
    }

    private static List<AppEvent> decide(AppCommand command, CatalogueState state) {
        return CatalogueDecision.decide(command, state);
    }

    private static AddRelease release(String version, @Nullable String compose) {
        return new AddRelease(HELLO, new ReleaseKey(70), version, List.of("arm64", "amd64"), compose, "", true);
    }

    private static CatalogueState withRelease() {
        return THERE.after(decide(release("1.0.0", null), THERE).getFirst());
    }

    @Test
    void isMadeOnceAndKeepsItsKey() {
        assertThat(decide(new CreateApp(HELLO, new AppKey(7), FACE), CatalogueState.NONE))
                .containsExactly(new AppCreated(HELLO, new AppKey(7), FACE));
        assertThat(decide(new CreateApp(HELLO, new AppKey(8), FACE), THERE)).isEmpty();
        assertRefused(AppsRefusal.APP_EXISTS, () -> decide(new CreateApp(HELLO, new AppKey(8), AppFace.PLAIN), THERE));
    }

    @Test
    void oneThatWasRemovedIsMadeAnewWithoutItsReleases() {
        CatalogueState gone = withRelease().after(new AppRemoved(HELLO));
        assertThat(decide(new CreateApp(HELLO, new AppKey(8), FACE), gone)).hasSize(1);
        assertThat(gone.releases()).isEmpty();
        assertRefused(AppsRefusal.APP_UNKNOWN, () -> decide(release("2", null), gone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"services\":{}}", "{\"services\":[]}", "[]", "{", "7"})
    void aCompositionHasServices(String compose) {
        AppFace face = new AppFace("", "{}", List.of(), compose);
        assertRefused(
                AppsRefusal.APP_INVALID, () -> decide(new CreateApp(HELLO, new AppKey(7), face), CatalogueState.NONE));
        assertRefused(AppsRefusal.RELEASE_INVALID, () -> decide(release("1", compose), THERE));
    }

    /** An entry that is no object stops an app on the device until its agent is started anew. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"A\":\"x\"}", "{\"A\":null}", "{\"A-B\":{}}", "{\"\":{}}", "[]"})
    void aTemplateIsObjectsByName(String template) {
        AppFace face = new AppFace("", template, List.of(), null);
        assertRefused(
                AppsRefusal.APP_INVALID, () -> decide(new CreateApp(HELLO, new AppKey(7), face), CatalogueState.NONE));
    }

    @Test
    void portsAreNumbersThatThereAreAndThereOnce() {
        PortRule web = new PortRule("web", 80, PortRule.Protocol.HTTP, true, false, false, "", 0, "", null);
        PortRule none = new PortRule("x", 0, PortRule.Protocol.TCP, false, false, false, "", 0, "", null);
        for (List<PortRule> wrong : List.of(List.of(none), List.of(web, web))) {
            AppFace face = new AppFace("", "{}", wrong, null);
            assertRefused(
                    AppsRefusal.APP_INVALID,
                    () -> decide(new CreateApp(HELLO, new AppKey(7), face), CatalogueState.NONE));
        }
    }

    @Test
    void aReleaseKeepsTheCompositionItWasMadeWith() {
        assertThat(decide(release("1.0.0", null), THERE))
                .containsExactly(new ReleaseAdded(
                        HELLO, new ReleaseKey(70), "1.0.0", List.of("amd64", "arm64"), COMPOSE, "", true));
    }

    @Test
    void aVersionIsReleasedOnce() {
        assertThat(decide(release("1.0.0", null), withRelease())).isEmpty();
        assertRefused(
                AppsRefusal.RELEASE_EXISTS,
                () -> decide(release("1.0.0", "{\"services\":{\"other\":{}}}"), withRelease()));
    }

    /** Agents never update from or to a version that is called latest. */
    @ParameterizedTest
    @ValueSource(strings = {"latest", "", "a b", ".1", "-1", "a/b", "ä"})
    void aVersionIsATagAndNoMovingTarget(String version) {
        assertRefused(AppsRefusal.RELEASE_INVALID, () -> decide(release(version, null), THERE));
    }

    @Test
    void anArchitectureIsNotedOnce() {
        NoteArchitecture arm = new NoteArchitecture(HELLO, "1.0.0", "armv7");
        assertThat(decide(arm, withRelease())).containsExactly(new ArchitectureNoted(HELLO, "1.0.0", "armv7"));
        assertThat(decide(arm, withRelease().after(new ArchitectureNoted(HELLO, "1.0.0", "armv7"))))
                .isEmpty();
        assertRefused(
                AppsRefusal.RELEASE_UNKNOWN, () -> decide(new NoteArchitecture(HELLO, "2", "arm64"), withRelease()));
    }

    @Test
    void whatWasTakenBackIsNotOfferedAgain() {
        AddRelease withheld = new AddRelease(HELLO, new ReleaseKey(71), "2", List.of(), null, "", false);
        CatalogueState state = THERE.after(decide(withheld, THERE).getFirst());
        assertThat(decide(new OfferRelease(HELLO, "2"), state)).containsExactly(new ReleaseOffered(HELLO, "2"));
        CatalogueState offered = state.after(new ReleaseOffered(HELLO, "2"));
        assertThat(decide(new OfferRelease(HELLO, "2"), offered)).isEmpty();
        assertThat(decide(new YankRelease(HELLO, "2", "bad"), offered))
                .containsExactly(new ReleaseYanked(HELLO, "2", "bad"));
        CatalogueState yanked = offered.after(new ReleaseYanked(HELLO, "2", "bad"));
        assertThat(decide(new YankRelease(HELLO, "2", "worse"), yanked)).isEmpty();
        assertRefused(AppsRefusal.RELEASE_YANKED, () -> decide(new OfferRelease(HELLO, "2"), yanked));
    }

    @Test
    void nobodyOverwritesWhatTheyHaveNotSeen() {
        assertRefused(KernelRefusal.VERSION_LOST, () -> decide(new ChangeApp(HELLO, AppFace.PLAIN, 9L), THERE));
        assertThat(decide(new ChangeApp(HELLO, AppFace.PLAIN, 1L), THERE)).hasSize(1);
        assertThat(decide(new RemoveApp(HELLO, null), THERE)).containsExactly(new AppRemoved(HELLO));
    }
}
