package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.SITE;

import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishes;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.apps.WantedApp;
import dev.muster.identity.Caller;
import dev.muster.kernel.Vault;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What offices of apps lean on. */
final class AppOfficeFakes {

    private AppOfficeFakes() {}

    static final class Counted implements Numbers {

        private final AtomicLong last = new AtomicLong();

        @Override
        public Mono<Long> next(Series series) {
            return Mono.fromSupplier(last::incrementAndGet);
        }

        @Override
        public Mono<Long> next(Series series, int count) {
            return Mono.fromSupplier(() -> last.addAndGet(count) - count + 1);
        }
    }

    static final class Eleven implements AppAccounts {

        @Override
        public Mono<Long> of(Caller caller) {
            return Mono.just(11L);
        }

        @Override
        public @Nullable String person(long key) {
            return null;
        }
    }

    static final class MainAlone implements Projects {

        @Override
        public @Nullable Project find(ProjectKey key) {
            return key.equals(ProjectKey.MAIN) ? Project.MAIN : null;
        }

        @Override
        public @Nullable Project named(String name) {
            return null;
        }

        @Override
        public List<Project> all() {
            return List.of(Project.MAIN);
        }
    }

    /** One device, named Robot. */
    static final class Fleet implements DeviceDirectory {

        @Override
        public @Nullable DeviceFacts facts(DeviceId id) {
            return id.value().equals("robot")
                    ? new DeviceFacts(
                            id, "Robot", null, List.of(), Map.of(), Map.of(), null, null, Origin.OPERATOR, false, false)
                    : null;
        }

        @Override
        public List<DeviceFacts> matchingFacts(@Nullable String rsql) {
            throw new UnsupportedOperationException();
        }
    }

    /** What one place says of {@link AppHouse#APP}, if anything. */
    static final class OneWish implements AppWishes {

        @Nullable
        AppWish wish;

        Place where = SITE;

        @Override
        public @Nullable Placed find(AppKey app, Place place) {
            return wish != null && place.equals(where) ? new Placed(app, place, wish, 1, 11, true) : null;
        }

        @Override
        public List<Placed> at(Place place) {
            Placed placed = find(AppHouse.APP, place);
            return placed == null ? List.of() : List.of(placed);
        }

        @Override
        public List<Placed> about(AppKey app) {
            return List.of();
        }

        @Override
        public List<WantedApp.Said> of(DeviceId device, AppKey app) {
            return List.of();
        }

        @Override
        public Set<AppKey> apps(DeviceId device) {
            return Set.of();
        }
    }

    record TreeVault(TreeMap<String, byte[]> entries) implements Vault {

        @Override
        public synchronized void put(String key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public synchronized Optional<byte[]> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public synchronized boolean delete(String key) {
            return entries.remove(key) != null;
        }

        @Override
        public synchronized Map<String, byte[]> scan(String prefix) {
            TreeMap<String, byte[]> found = new TreeMap<>(entries);
            found.keySet().removeIf(key -> !key.startsWith(prefix));
            return found;
        }
    }
}
