package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.updates.ReleaseCommand;
import dev.muster.updates.ReleaseCommand.Cancel;
import dev.muster.updates.ReleaseCommand.CreateRelease;
import dev.muster.updates.ReleaseCommand.DeleteRelease;
import dev.muster.updates.ReleaseCommand.InvalidateRelease;
import dev.muster.updates.ReleaseEvent;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseEvent.ReleaseDeleted;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A software release. What was tested is what ships: its content never changes once it is created. */
public class Release {

    static final int MODULES_MAX = 50;
    static final int TEXT_MAX = 255;

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable ReleaseCreated created;
    /** Null while it is good. */
    private @Nullable Cancel invalidated;

    protected Release() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateRelease c) {
        onlyComplete(c);
        if (created != null) {
            if (sameContent(created.modules(), c.modules())) {
                return false;
            }
            throw UpdatesRefusal.RELEASE_EXISTS.because(
                    "There is a release " + c.name() + " " + c.version() + " already.");
        }
        AggregateLifecycle.apply(
                new ReleaseCreated(c.releaseId(), c.name(), c.version(), c.modules(), c.migrationStep(), c.notes()));
        return true;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(InvalidateRelease c) {
        onlyOnTheShelf(c);
        if (invalidated == null || c.cancel().compareTo(invalidated) > 0) {
            AggregateLifecycle.apply(new ReleaseInvalidated(c.releaseId(), c.cancel()));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DeleteRelease c) {
        onlyOnTheShelf(c);
        AggregateLifecycle.apply(new ReleaseDeleted(c.releaseId()));
    }

    @EventSourcingHandler
    void on(ReleaseEvent event) {
        id = "release/" + event.releaseId();
        switch (event) {
            case ReleaseCreated e -> {
                created = e;
                invalidated = null;
            }
            case ReleaseInvalidated e -> invalidated = e.cancel() == null ? Cancel.NONE : e.cancel();
            case ReleaseDeleted ignored -> created = null;
        }
    }

    private void onlyOnTheShelf(ReleaseCommand c) {
        if (created == null) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("There is no release " + c.releaseId() + ".");
        }
    }

    private static void onlyComplete(CreateRelease c) {
        if (c.modules().isEmpty() || c.modules().size() > MODULES_MAX) {
            throw UpdatesRefusal.RELEASE_INCOMPLETE.because("A release has 1 to " + MODULES_MAX + " modules.");
        }
        if (badText(c.name()) || badText(c.version())) {
            throw UpdatesRefusal.RELEASE_INCOMPLETE.because("Name and version have 1 to " + TEXT_MAX + " characters.");
        }
        for (SoftwareModule module : c.modules()) {
            if (badText(module.type()) || badText(module.name()) || badText(module.version())) {
                throw UpdatesRefusal.RELEASE_INCOMPLETE.because("A module needs a type, a name and a version.");
            }
        }
    }

    private static boolean badText(String text) {
        return text.isBlank() || text.length() > TEXT_MAX || text.chars().anyMatch(Character::isISOControl);
    }

    /** The same modules, whatever their numbers: a repeated order draws new numbers for the same content. */
    private static boolean sameContent(List<SoftwareModule> before, List<SoftwareModule> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            SoftwareModule a = before.get(i);
            SoftwareModule b = now.get(i);
            boolean same = a.type().equals(b.type())
                    && a.name().equals(b.name())
                    && a.version().equals(b.version())
                    && a.encrypted() == b.encrypted()
                    && a.metadata().equals(b.metadata())
                    && a.compatibility().equals(b.compatibility())
                    && sameFiles(a.artifacts(), b.artifacts());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Whenever they were stored: what lies elsewhere is read anew by each order. */
    private static boolean sameFiles(List<Artifact> before, List<Artifact> now) {
        return before.stream()
                .map(Release::undated)
                .toList()
                .equals(now.stream().map(Release::undated).toList());
    }

    private static Artifact undated(Artifact file) {
        return new Artifact(
                file.fileName(), file.sha256(), file.sha1(), file.md5(), file.size(), Instant.EPOCH, file.url());
    }
}
