package dev.muster.updates.ddi;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import dev.muster.registry.Origin;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionViews;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SettingsEvent.SettingsChanged;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.UpdateSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The handler on a real port, with a house around it that decides nearly nothing and remembers every command. */
final class House implements AutoCloseable {

    static final String GATEWAY = "a-gateway-token";

    final Desk desk = new Desk();
    final DdiMetrics metrics = new DdiMetrics();
    final Shelf shelf = new Shelf();
    final Time clock = new Time();
    final Log log = new Log();
    final Map<String, Instant> heard = new ConcurrentHashMap<>();
    final Map<String, ActionView> views = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Object> commands = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Map<String, String>> provenances = new ConcurrentLinkedQueue<>();
    final Map<Class<?>, RuntimeException> refusals = new ConcurrentHashMap<>();
    final FakeFleet fleet = new FakeFleet();
    private final HttpClient client = HttpClient.newHttpClient();
    private final DisposableServer server;

    House() {
        this(DdiSettings.DEFAULTS);
    }

    House(DdiSettings settings) {
        AtomicLong numbers = new AtomicLong(100);
        DdiPorts ports = new DdiPorts(
                sender(),
                log,
                beats(),
                fleet,
                shelf,
                new Views(),
                new dev.muster.updates.Numbers() {
                    @Override
                    public Mono<Long> next(dev.muster.updates.NumberCommand.Series series) {
                        return Mono.fromSupplier(numbers::incrementAndGet);
                    }

                    @Override
                    public Mono<Long> next(dev.muster.updates.NumberCommand.Series series, int count) {
                        return Mono.fromSupplier(() -> numbers.addAndGet(count));
                    }
                },
                new CronWindows(),
                clock);
        settings(UpdateSettings.DEFAULTS);
        DdiHandler handler = new DdiHandler(desk, ports, settings, metrics);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Settings with the gateway token put in. */
    void settings(UpdateSettings s) {
        tell(new SettingsChanged(new UpdateSettings(
                s.pollingTime(),
                s.targetToken(),
                s.gatewayToken(),
                dev.muster.kernel.Ids.digest(GATEWAY),
                s.certificateHeader(),
                s.authorities(),
                s.trust(),
                s.external(),
                s.confirmationFlow(),
                s.autoClose(),
                s.windowPollCount(),
                s.trackAddress(),
                s.openDownloads(),
                s.publicBaseUrl(),
                s.downloadBaseUrl())));
    }

    void tell(Object event) {
        desk.apply(new Recorded(log.position.incrementAndGet(), "e", clock.instant(), event, null, 0, Map.of()));
    }

    void device(String id, String token) {
        tell(new DeviceRegistered(
                new DeviceId(id),
                id,
                null,
                List.of(),
                Map.of(),
                "http://127.0.0.1",
                token == null ? null : dev.muster.kernel.Ids.digest(token),
                Origin.OPERATOR));
        tell(new FirstContactMade(new DeviceId(id)));
    }

    ReleaseRef release(String name, SoftwareModule... modules) {
        ReleaseRef ref = new ReleaseRef(ReleaseId.of(name, "1"), name, "1");
        tell(new ReleaseCreated(ref.id(), name, "1", List.of(modules), false, null));
        return ref;
    }

    void assign(String id, int action, ReleaseRef release) {
        assign(id, action, release, ActionType.FORCED, null, null);
    }

    void assign(
            String id, int action, ReleaseRef release, ActionType type, Instant forcedAt, MaintenanceWindow window) {
        tell(new ActionAssigned(
                new DeviceId(id), action, release, false, type, forcedAt, null, window, false, null, null, null));
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url() + path))
                .timeout(Duration.ofSeconds(10))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "GatewayToken " + GATEWAY;
        return send("GET", path, null, all);
    }

    static String path(String id) {
        return "/DEFAULT/controller/v1/" + id;
    }

    <C> List<C> sent(Class<C> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        server.disposeNow();
        client.close();
    }

    private Commands sender() {
        return new Commands() {
            @Override
            public <R> Mono<R> send(Object command) {
                throw new UnsupportedOperationException("devices have a provenance of their own");
            }

            @Override
            @SuppressWarnings("unchecked")
            public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
                commands.add(command);
                provenances.add(new HashMap<>(provenance));
                RuntimeException refusal = refusals.get(command.getClass());
                if (refusal != null) {
                    return CompletableFuture.failedFuture(refusal);
                }
                return (CompletableFuture<R>) CompletableFuture.supplyAsync(() -> decided(command));
            }
        };
    }

    private Object decided(Object command) {
        switch (command) {
            case RegisterDevice c ->
                tell(new DeviceRegistered(
                        c.deviceId(),
                        c.deviceId().value(),
                        null,
                        List.of(),
                        Map.of(),
                        c.address(),
                        c.tokenDigest(),
                        c.origin()));
            case NoteFirstContact c -> tell(new FirstContactMade(c.deviceId()));
            case NoteAddress c -> tell(new AddressChanged(c.deviceId(), c.address()));
            case IssueToken c -> tell(new TokenIssued(c.deviceId(), c.tokenDigest()));
            default -> {}
        }
        return null;
    }

    private Heartbeats beats() {
        return new Heartbeats() {
            @Override
            public void heard(DeviceId deviceId, Instant at) {
                heard.put(deviceId.value(), at);
            }

            @Override
            public Instant lastHeard(DeviceId deviceId) {
                return heard.get(deviceId.value());
            }

            @Override
            public void forEach(BiConsumer<DeviceId, Instant> visitor) {}
        };
    }

    /** A log whose folds can be held back. */
    static final class Log implements Positions {
        final AtomicLong position = new AtomicLong(-1);
        volatile long lag;
        volatile Mono<Void> catchUp = Mono.empty();

        @Override
        public long committed() {
            return position.get();
        }

        @Override
        public long folded() {
            return position.get() - lag;
        }

        @Override
        public Mono<Void> folded(long wanted, Duration waitMax) {
            return folded() >= wanted ? Mono.empty() : catchUp;
        }

        @Override
        public Mono<Void> viewed(long wanted, Duration waitMax) {
            return Mono.empty();
        }
    }

    static final class Time extends Clock {
        private volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final class Views implements ActionViews {
        @Override
        public Mono<ActionView> find(DeviceId deviceId, int action) {
            return Mono.justOrEmpty(views.get(deviceId + "/" + action));
        }

        @Override
        public Flux<ActionView> find(DeviceId deviceId, Collection<Integer> actions) {
            return Flux.fromIterable(actions).concatMap(action -> find(deviceId, action));
        }
    }

    /** The artifact store's own words for what it lends. */
    static final class Shelf implements ArtifactStore {
        private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
        private final Map<String, StoredArtifact> stored = new ConcurrentHashMap<>();
        volatile String presigned;

        SoftwareModule.Artifact put(String fileName, byte[] content, java.nio.file.Path path) {
            String sha256 = hash("SHA-256", content);
            Instant at = Instant.parse("2026-03-01T08:00:00.123Z");
            StoredArtifact facts =
                    new StoredArtifact(sha256, hash("SHA-1", content), hash("MD5", content), content.length, at, path);
            contents.put(sha256, content);
            stored.put(sha256, facts);
            return new SoftwareModule.Artifact(fileName, sha256, facts.sha1(), facts.md5(), content.length, at);
        }

        private static String hash(String algorithm, byte[] content) {
            try {
                return java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance(algorithm)
                                .digest(content));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Mono<StoredArtifact> store(Flux<java.nio.ByteBuffer> content, long sizeMax) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<StoredArtifact> find(String sha256) {
            return Mono.justOrEmpty(stored.get(sha256));
        }

        @Override
        public Flux<java.nio.ByteBuffer> read(String sha256, long offset, long length) {
            byte[] content = contents.get(sha256);
            return Flux.<java.nio.ByteBuffer, Long>generate(() -> offset, (at, sink) -> {
                if (at >= offset + length) {
                    sink.complete();
                    return at;
                }
                int size = (int) Math.min(1000, offset + length - at);
                sink.next(java.nio.ByteBuffer.wrap(content, at.intValue(), size).slice());
                return at + size;
            });
        }

        @Override
        public Mono<Boolean> delete(String sha256) {
            return Mono.fromSupplier(() -> stored.remove(sha256) != null);
        }

        @Override
        public java.util.Optional<String> presignedUrl(String sha256, String fileName) {
            return java.util.Optional.ofNullable(presigned);
        }
    }
}
