package dev.muster.apps.command;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCommand.AddRelease;
import dev.muster.apps.AppCommand.CreateApp;
import dev.muster.apps.AppCommand.RemoveApp;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppWishes;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.ReleaseKey;
import dev.muster.kernel.Commands;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Brings apps and releases into the catalogue, with the numbers that agents know them by, and takes apps out. */
public final class CatalogueOffice {

    /** Places that a refusal names. */
    private static final int NAMED_MAX = 20;

    private final Commands commands;
    private final Numbers numbers;
    private final AppCatalogue catalogue;
    private final AppWishes wishes;
    private final AppRollouts rollouts;

    public CatalogueOffice(
            Commands commands, Numbers numbers, AppCatalogue catalogue, AppWishes wishes, AppRollouts rollouts) {
        this.commands = commands;
        this.numbers = numbers;
        this.catalogue = catalogue;
        this.wishes = wishes;
        this.rollouts = rollouts;
    }

    /** Answers the key it has. */
    public Mono<AppKey> create(AppName name, AppFace face) {
        return numbers.next(Series.APP)
                .flatMap(key -> commands.<Long>send(new CreateApp(name, new AppKey(key), face)))
                .map(AppKey::new);
    }

    /** Answers the key it has. */
    public Mono<ReleaseKey> release(
            AppName app,
            String version,
            List<String> architectures,
            @Nullable String compose,
            String notes,
            boolean offered) {
        return numbers.next(Series.APP_RELEASE)
                .flatMap(key -> commands.<Long>send(
                        new AddRelease(app, new ReleaseKey(key), version, architectures, compose, notes, offered)))
                .map(ReleaseKey::new);
    }

    /** Memory shall have caught up before. */
    public Mono<Void> remove(AppName name, @Nullable Long expectedVersion) {
        App app = catalogue.needed(name);
        List<String> places = wishes.about(app.key()).stream()
                .filter(AppWishes.Placed::says)
                .map(placed -> placed.place().toString())
                .limit(NAMED_MAX)
                .toList();
        if (!places.isEmpty()) {
            throw AppsRefusal.APP_IN_USE.because(
                    "App '" + name + "' is wanted in some places, such as " + places.getFirst() + ".",
                    Map.of("places", places));
        }
        // A rollout wants it on devices where no place may, and would be left without what it brings.
        List<String> underWay = rollouts.underWay(app.key()).stream()
                .map(AppRolloutId::toString)
                .limit(NAMED_MAX)
                .toList();
        if (!underWay.isEmpty()) {
            throw AppsRefusal.APP_IN_USE.because(
                    "App '" + name + "' is in rollouts that are not over, such as " + underWay.getFirst() + ".",
                    Map.of("rollouts", underWay));
        }
        return commands.<Object>send(new RemoveApp(name, expectedVersion)).then();
    }
}
