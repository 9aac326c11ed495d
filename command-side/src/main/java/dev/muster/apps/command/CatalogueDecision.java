package dev.muster.apps.command;

import dev.muster.apps.AppCommand;
import dev.muster.apps.AppCommand.AddRelease;
import dev.muster.apps.AppCommand.ChangeApp;
import dev.muster.apps.AppCommand.CreateApp;
import dev.muster.apps.AppCommand.NoteArchitecture;
import dev.muster.apps.AppCommand.OfferRelease;
import dev.muster.apps.AppCommand.RemoveApp;
import dev.muster.apps.AppCommand.YankRelease;
import dev.muster.apps.AppEvent;
import dev.muster.apps.AppEvent.AppChanged;
import dev.muster.apps.AppEvent.AppCreated;
import dev.muster.apps.AppEvent.AppRemoved;
import dev.muster.apps.AppEvent.ArchitectureNoted;
import dev.muster.apps.AppEvent.ReleaseAdded;
import dev.muster.apps.AppEvent.ReleaseOffered;
import dev.muster.apps.AppEvent.ReleaseYanked;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.command.CatalogueState.Known;
import java.util.List;
import java.util.regex.Pattern;

/** What follows from a command about an app in the catalogue: an event, none, or a refusal. */
final class CatalogueDecision {

    static final int RELEASES_MAX = 1_000;
    static final int NOTES_LENGTH_MAX = 10_000;
    static final int ARCHITECTURES_MAX = 16;

    /** A tag of an image, as registries have them. */
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9]{1,32}");

    private CatalogueDecision() {}

    static List<AppEvent> decide(AppCommand command, CatalogueState state) {
        return switch (command) {
            case CreateApp c -> created(c, state);
            case ChangeApp c -> changed(c, onlyThere(c, state));
            case RemoveApp c -> {
                Versions.onlyExpected(c.expectedVersion(), onlyThere(c, state).version());
                yield List.of(new AppRemoved(c.app()));
            }
            case AddRelease c -> added(c, onlyThere(c, state));
            case NoteArchitecture c -> noted(c, onlyThere(c, state));
            case OfferRelease c -> offered(c, onlyThere(c, state));
            case YankRelease c -> yanked(c, onlyThere(c, state));
        };
    }

    private static List<AppEvent> created(CreateApp c, CatalogueState state) {
        AppFace face = AppFaceRules.checked(c.face());
        if (state.key() == null) {
            return List.of(new AppCreated(c.app(), c.key(), face));
        }
        if (state.face().equals(face)) {
            return List.of();
        }
        throw AppsRefusal.APP_EXISTS.because("There is another app '" + c.app() + "'.");
    }

    private static List<AppEvent> changed(ChangeApp c, CatalogueState state) {
        Versions.onlyExpected(c.expectedVersion(), state.version());
        AppFace face = AppFaceRules.checked(c.face());
        return state.face().equals(face) ? List.of() : List.of(new AppChanged(c.app(), face));
    }

    private static List<AppEvent> added(AddRelease c, CatalogueState state) {
        onlyVersion(c.version());
        c.architectures().forEach(CatalogueDecision::onlyArchitecture);
        if (c.architectures().size() > ARCHITECTURES_MAX || c.notes().length() > NOTES_LENGTH_MAX) {
            throw AppsRefusal.RELEASE_INVALID.because("At most " + ARCHITECTURES_MAX + " architectures, and "
                    + NOTES_LENGTH_MAX + " characters of notes.");
        }
        String own = AppFaceRules.compose(c.compose(), AppsRefusal.RELEASE_INVALID);
        String compose = own == null ? state.face().compose() : own;
        List<String> architectures = List.copyOf(new java.util.TreeSet<>(c.architectures()));
        Known before = state.releases().get(c.version());
        if (before == null) {
            if (state.releases().size() >= RELEASES_MAX) {
                throw AppsRefusal.TOO_MANY_RELEASES.because("An app has at most " + RELEASES_MAX + " releases.");
            }
            return List.of(new ReleaseAdded(
                    c.app(), c.release(), c.version(), architectures, compose, c.notes(), c.offered()));
        }
        ReleaseAdded known = before.added();
        ReleaseAdded again =
                new ReleaseAdded(c.app(), known.release(), c.version(), architectures, compose, c.notes(), c.offered());
        if (known.equals(again)) {
            return List.of();
        }
        throw AppsRefusal.RELEASE_EXISTS.because("App '" + c.app() + "' has another release " + c.version() + ".");
    }

    private static List<AppEvent> noted(NoteArchitecture c, CatalogueState state) {
        onlyArchitecture(c.architecture());
        Known release = onlyKnown(c, c.version(), state);
        if (release.architectures().contains(c.architecture())) {
            return List.of();
        }
        if (release.architectures().size() >= ARCHITECTURES_MAX) {
            throw AppsRefusal.RELEASE_INVALID.because("At most " + ARCHITECTURES_MAX + " architectures.");
        }
        return List.of(new ArchitectureNoted(c.app(), c.version(), c.architecture()));
    }

    private static List<AppEvent> offered(OfferRelease c, CatalogueState state) {
        Known release = onlyKnown(c, c.version(), state);
        if (release.yanked()) {
            throw AppsRefusal.RELEASE_YANKED.because("Release " + c.version() + " was taken back.");
        }
        return release.offered() ? List.of() : List.of(new ReleaseOffered(c.app(), c.version()));
    }

    private static List<AppEvent> yanked(YankRelease c, CatalogueState state) {
        if (c.why().length() > NOTES_LENGTH_MAX) {
            throw AppsRefusal.RELEASE_INVALID.about("why", "At most " + NOTES_LENGTH_MAX + " characters.");
        }
        Known release = onlyKnown(c, c.version(), state);
        return release.yanked() ? List.of() : List.of(new ReleaseYanked(c.app(), c.version(), c.why()));
    }

    private static void onlyVersion(String version) {
        // Agents take the word for a moving target, and never update from it.
        if (!VERSION.matcher(version).matches() || version.equals("latest")) {
            throw AppsRefusal.RELEASE_INVALID.about("version", "'" + shown(version) + "' is no version.");
        }
    }

    private static void onlyArchitecture(String architecture) {
        if (!ARCHITECTURE.matcher(architecture).matches()) {
            throw AppsRefusal.RELEASE_INVALID.about(
                    "architectures", "Architectures are words such as amd64, arm64 and armv7.");
        }
    }

    private static String shown(String text) {
        return text.length() <= 128 ? text : text.substring(0, 128) + "…";
    }

    private static Known onlyKnown(AppCommand c, String version, CatalogueState state) {
        Known release = state.releases().get(version);
        if (release == null) {
            throw AppsRefusal.RELEASE_UNKNOWN.because("App '" + c.app() + "' has no release " + shown(version) + ".");
        }
        return release;
    }

    private static CatalogueState onlyThere(AppCommand c, CatalogueState state) {
        if (state.key() == null) {
            throw AppsRefusal.APP_UNKNOWN.because("There is no app '" + c.app() + "'.");
        }
        return state;
    }
}
