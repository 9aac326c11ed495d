package dev.muster.apps.reagent;

import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentPrivilege;
import dev.muster.apps.AgentPrivileges;
import dev.muster.apps.AgentReadings;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.apps.Installations;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the rest of the house would know and do, each part of which a test can make fail. */
final class CloudMemory {

    final Map<DeviceId, AppAgents.AppAgent> agents = new ConcurrentHashMap<>();
    final List<Object> commands = new CopyOnWriteArrayList<>();
    final List<AgentAuditEvent> audited = new CopyOnWriteArrayList<>();
    final Map<DeviceId, AgentReadings.Stats> stats = new ConcurrentHashMap<>();
    /** What was asked about callers, such as {@code 11 READ}. */
    final List<String> judged = new CopyOnWriteArrayList<>();

    /** How often somebody looked at what is installed. */
    final AtomicInteger looks = new AtomicInteger();

    volatile AppCatalogue.@Nullable App app;
    volatile List<Installations.Installation> installed = List.of();
    /** In place of the list that follows from what is installed. */
    volatile @Nullable Supplier<Mono<List<Map<String, Object>>>> list;

    /** What each look at installations and the catalogue fails with. */
    volatile @Nullable RuntimeException memoryFault;

    volatile @Nullable RuntimeException secretFault;
    volatile @Nullable RuntimeException commandFault;
    volatile boolean may = true;
    private volatile Installations.@Nullable Change listener;

    AppCatalogue.App app() {
        return Objects.requireNonNull(app, "no app is offered");
    }

    /** What is installed may have changed. */
    void changed() {
        Installations.Change told = listener;
        if (told != null) {
            told.changed(CloudWorld.DEVICE, CloudWorld.HELLO);
        }
    }

    private static void failing(@Nullable RuntimeException fault) {
        if (fault != null) {
            throw fault;
        }
    }

    ReagentPorts ports(Clock clock) {
        return new ReagentPorts(
                sending(),
                appAgents(),
                CloudSurroundings.projects(),
                CloudSurroundings.devices(),
                CloudSurroundings.heartbeats(),
                catalogue(),
                installations(),
                lists(),
                secrets(),
                CloudSurroundings.accounts(),
                privileges(),
                readings(),
                event -> Mono.fromRunnable(() -> audited.add(event)),
                (token, provenance) -> Mono.empty(),
                clock);
    }

    private Commands sending() {
        return new Commands() {
            @Override
            public <R> Mono<R> send(Object command) {
                return Mono.fromFuture(() -> this.<R>send(command, Map.of()));
            }

            @Override
            public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
                RuntimeException fault = commandFault;
                if (fault != null) {
                    return CompletableFuture.failedFuture(fault);
                }
                commands.add(command);
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    AppAgents appAgents() {
        return new AppAgents() {
            @Override
            public @Nullable AppAgent find(DeviceId device) {
                return agents.get(device);
            }

            @Override
            public @Nullable AppAgent keyed(AgentKey key) {
                return all().stream()
                        .filter(each -> each.key().equals(key))
                        .findFirst()
                        .orElse(null);
            }

            @Override
            public @Nullable AppAgent withSerial(String serial) {
                return all().stream()
                        .filter(each -> each.serial().equals(serial))
                        .findFirst()
                        .orElse(null);
            }

            @Override
            public Collection<AppAgent> all() {
                return agents.values();
            }

            @Override
            public Collection<AppAgent> in(ProjectKey project) {
                return all().stream()
                        .filter(each -> each.project().equals(project))
                        .toList();
            }
        };
    }

    private AppCatalogue catalogue() {
        return new AppCatalogue() {
            @Override
            public @Nullable App find(AppName name) {
                App known = app;
                return known != null && known.name().equals(name) ? known : null;
            }

            @Override
            public @Nullable App keyed(AppKey key) {
                failing(memoryFault);
                App known = app;
                return known != null && known.key().equals(key) ? known : null;
            }

            @Override
            public @Nullable App having(ReleaseKey release) {
                App known = app;
                return known != null && known.release(release) != null ? known : null;
            }

            @Override
            public Collection<App> all() {
                App known = app;
                return known == null ? List.of() : List.of(known);
            }

            @Override
            public AutoCloseable onChange(Change change) {
                return () -> {};
            }
        };
    }

    Installations installations() {
        return new Installations() {
            @Override
            public @Nullable Installation find(DeviceId device, AppKey app, AppStage stage) {
                return of(device).stream()
                        .filter(each ->
                                each.app().key().equals(app) && each.reported().stage() == stage)
                        .findFirst()
                        .orElse(null);
            }

            @Override
            public List<Installation> of(DeviceId device) {
                looks.incrementAndGet();
                failing(memoryFault);
                return device.equals(CloudWorld.DEVICE) ? installed : List.of();
            }

            @Override
            public List<Installation> having(AppKey app) {
                return installed;
            }

            @Override
            public ReportedApp reported(DeviceId device, AppKey app, AppStage stage) {
                Installation found = find(device, app, stage);
                return found == null ? ReportedApp.unheard(stage) : found.reported();
            }

            @Override
            public List<Known> known(DeviceId device) {
                return List.of();
            }

            @Override
            public AutoCloseable onChange(Change change) {
                listener = change;
                return () -> listener = null;
            }
        };
    }

    private AppOrders lists() {
        return new AppOrders() {
            @Override
            public Mono<List<Map<String, Object>>> all(DeviceId device) {
                Supplier<Mono<List<Map<String, Object>>>> instead = list;
                if (instead != null) {
                    return instead.get();
                }
                return Mono.fromCallable(() -> {
                    List<Map<String, Object>> all = new ArrayList<>();
                    for (Installations.Installation each : installations().of(device)) {
                        AppOrder order = each.order();
                        if (order != null) {
                            all.add(CloudWorld.words(order));
                        }
                    }
                    return all;
                });
            }

            @Override
            public Mono<Map<String, Object>> one(DeviceId device, AppKey app, AppStage stage, boolean callOff) {
                return Mono.fromCallable(() -> {
                    AppOrder order = installations().needed(device, app, stage).order();
                    return order == null ? null : CloudWorld.words(callOff ? order.calledOff() : order);
                });
            }
        };
    }

    AgentSecrets secrets() {
        return new AgentSecrets() {
            @Override
            public String make(DeviceId device, String secretId) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<String> find(DeviceId device, String secretId) {
                failing(secretFault);
                return Optional.of(CloudWorld.SECRET);
            }

            @Override
            public void forget(DeviceId device, String secretId) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String credentialKey(DeviceId device) {
                failing(secretFault);
                return "bWFzdGVyLWtleS1mb3ItdGVzdHM=";
            }

            @Override
            public void destroy(DeviceId device) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private AgentPrivileges privileges() {
        return new AgentPrivileges() {
            @Override
            public void remember(long account, Caller caller) {
                judged.add(account + " is " + caller.id());
            }

            @Override
            public boolean may(long account, AgentPrivilege privilege) {
                judged.add(account + " " + privilege);
                return may;
            }
        };
    }

    private AgentReadings readings() {
        return new AgentReadings() {
            @Override
            public void heard(DeviceId device, Stats heard, Instant at) {
                stats.put(device, heard);
            }

            @Override
            public @Nullable Reading last(DeviceId device) {
                return null;
            }

            @Override
            public void forget(DeviceId device) {
                stats.remove(device);
            }
        };
    }
}
