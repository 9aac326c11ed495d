package dev.muster.apps.command;

import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppName;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.AppWishCommand.WantApp;
import dev.muster.apps.AppWishes;
import dev.muster.apps.AppWishes.Placed;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.apps.PortRule;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Seals;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes what people want of apps. Secrets are sealed here, before they are in any order; one that is given with the value
 * it has keeps its seal, so that saying the same again changes nothing.
 */
public final class WishOffice {

    private final Commands commands;
    private final AppCatalogue catalogue;
    private final AppWishes wishes;
    private final Projects projects;
    private final DeviceDirectory devices;
    private final AppAccounts accounts;
    private final Seals seals;

    public WishOffice(
            Commands commands,
            AppCatalogue catalogue,
            AppWishes wishes,
            Projects projects,
            DeviceDirectory devices,
            AppAccounts accounts,
            Seals seals) {
        this.commands = commands;
        this.catalogue = catalogue;
        this.wishes = wishes;
        this.projects = projects;
        this.devices = devices;
        this.accounts = accounts;
        this.seals = seals;
    }

    /**
     * What somebody wants; meanings as in {@link AppWish}.
     *
     * @param environment parameter → value; those that the app's template calls secret are sealed
     * @param secrets parameter → value to seal; JSON's null keeps the one that is there
     */
    public record Order(
            @Nullable AppTarget target,
            @Nullable String version,
            SortedMap<String, Json> environment,
            SortedMap<String, Json> secrets,
            List<PortRule> ports) {

        public Order {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
            ports = List.copyOf(ports);
        }

        /** Without the values. */
        @Override
        public String toString() {
            return "Order[" + target + ", " + version + ", " + environment.keySet() + ", " + secrets.keySet() + "]";
        }
    }

    /** Answers the version of what the place says; memory shall have caught up before. */
    public Mono<Long> want(AppName name, Place place, Order order, Caller caller, @Nullable Long expectedVersion) {
        App app = catalogue.needed(name);
        onlyPlace(place);
        onlyRelease(app, place, order.version());
        return Mono.zip(
                        accounts.of(caller),
                        Mono.fromCallable(() -> sealed(app, place, order)).subscribeOn(Schedulers.boundedElastic()))
                .flatMap(both -> commands.<Long>send(
                        new WantApp(app.key(), place, both.getT2(), both.getT1(), expectedVersion)));
    }

    /** Answers the version; what was never said is not taken back. */
    public Mono<Long> inherit(AppName name, Place place, @Nullable Long expectedVersion) {
        App app = catalogue.needed(name);
        Placed placed = wishes.find(app.key(), place);
        if (placed == null) {
            throw AppsRefusal.NOT_INSTALLED.because("Nothing is said there about '" + name + "'.");
        }
        return commands.send(new InheritApp(app.key(), place, expectedVersion));
    }

    private void onlyPlace(Place place) {
        switch (place.kind()) {
            case PROJECT -> projects.needed(ProjectKey.parse(place.name()));
            case GROUP -> {
                // A group is there as soon as somebody speaks of it.
            }
            case DEVICE -> {
                if (devices.facts(new DeviceId(place.name())) == null) {
                    throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + place.name() + "'.");
                }
            }
        }
    }

    /** One that was taken back stays where it is, and comes to nobody else. */
    private void onlyRelease(App app, Place place, @Nullable String version) {
        if (version == null || app.neededRelease(version).yanked() == null) {
            return;
        }
        Placed placed = wishes.find(app.key(), place);
        if (placed == null || !version.equals(placed.wish().version())) {
            throw AppsRefusal.RELEASE_YANKED.because("Release " + version + " was taken back.");
        }
    }

    private AppWish sealed(App app, Place place, Order order) {
        Placed placed = wishes.find(app.key(), place);
        SortedMap<String, String> before =
                placed == null ? new TreeMap<>() : placed.wish().secrets();
        TreeMap<String, String> clear = new TreeMap<>();
        TreeMap<String, String> secret = new TreeMap<>();
        for (Map.Entry<String, Json> each : order.environment().entrySet()) {
            String parameter = each.getKey();
            if (isSecret(app, parameter)) {
                secret.put(parameter, seal(app, place, parameter, each.getValue(), before));
            } else {
                clear.put(parameter, each.getValue().toString());
            }
        }
        for (Map.Entry<String, Json> each : order.secrets().entrySet()) {
            String parameter = each.getKey();
            if (order.environment().containsKey(parameter)) {
                throw AppsRefusal.WISH_INVALID.about("secrets", "'" + parameter + "' is there twice.");
            }
            secret.put(parameter, seal(app, place, parameter, each.getValue(), before));
        }
        return new AppWish(order.target(), order.version(), clear, secret, order.ports());
    }

    private static boolean isSecret(App app, String parameter) {
        return JsonReader.read(app.face().environmentTemplate()) instanceof Json.Members template
                && template.get(parameter) instanceof Json.Members entry
                && entry.get("secret") instanceof Json.Bool secret
                && secret.value();
    }

    private String seal(App app, Place place, String parameter, Json value, SortedMap<String, String> before) {
        AppFaceRules.onlyParameter(parameter, "secrets", AppsRefusal.WISH_INVALID);
        AppFaceRules.onlySendable(value, parameter, "secrets", AppsRefusal.WISH_INVALID);
        String bound = AppWish.secretPlace(app.key(), place, parameter);
        String known = before.get(parameter);
        if (value instanceof Json.Null) {
            if (known == null) {
                throw AppsRefusal.WISH_INVALID.about("secrets", "There is no secret '" + parameter + "' to keep.");
            }
            return known;
        }
        String text = value.toString();
        if (known != null
                && text.equals(seals.open(place.keyOwner(), bound, known).orElse(null))) {
            return known;
        }
        return seals.seal(place.keyOwner(), bound, text);
    }
}
