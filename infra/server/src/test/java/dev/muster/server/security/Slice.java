package dev.muster.server.security;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.UserEvent.UserCreated;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.Credentials;
import dev.muster.identity.command.IdentitySettings;
import dev.muster.identity.command.People;
import dev.muster.identity.command.Sessions;
import dev.muster.identity.command.TokenUse;
import dev.muster.kernel.Ids;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Vault;
import dev.muster.server.http.HttpConfiguration;
import dev.muster.server.http.HttpSettings;
import dev.muster.server.http.IdempotencyRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** The real guard and the real manners of HTTP on a free port, around a sample API and accounts fed by hand. */
public final class Slice implements AutoCloseable {

    public final Accounts accounts;
    public final MapRecords records;
    public final SetPositions positions;
    public final SampleEndpoint sample;
    public final int port;
    private final Sessions sessions;
    private final ConfigurableApplicationContext context;
    private final AtomicLong position = new AtomicLong();

    public Slice() {
        this(SecuritySettings.defaults(), HttpSettings.defaults().withTrustedProxies(List.of("10.0.0.0/8")));
    }

    public Slice(SecuritySettings security, HttpSettings http) {
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.REACTIVE)
                .initializers(app -> {
                    ((GenericApplicationContext) app).registerBean(SecuritySettings.class, () -> security);
                    ((GenericApplicationContext) app).registerBean(HttpSettings.class, () -> http);
                })
                // As arguments: the server's own application.yml must not overrule them.
                .run(
                        "--slice=true",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--server.shutdown=immediate",
                        "--spring.main.banner-mode=off");
        accounts = context.getBean(Accounts.class);
        records = context.getBean(MapRecords.class);
        positions = context.getBean(SetPositions.class);
        sample = context.getBean(SampleEndpoint.class);
        sessions = context.getBean(Sessions.class);
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public void happened(Object event) {
        accounts.apply(new Recorded(
                position.incrementAndGet(), UUID.randomUUID().toString(), Instant.EPOCH, event, null, 0, Map.of()));
    }

    public UserId user(Role... roles) {
        UserId id = new UserId(UUID.randomUUID());
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        all.addAll(Arrays.asList(roles));
        happened(new UserCreated(id, all));
        return id;
    }

    public Sessions.Opened session(UserId user) {
        return sessions.open(user, accounts.user(user).orElseThrow().epoch());
    }

    /** A token of the server itself with these scopes. */
    public String token(Permission... scopes) {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        all.addAll(Arrays.asList(scopes));
        return token(Accounts.SYSTEM, all, Duration.ofHours(1)).text();
    }

    public Made token(UserId owner, EnumSet<Permission> scopes, Duration life) {
        String text = "mst_test0000_" + Ids.secret();
        UUID id = UUID.randomUUID();
        happened(new TokenCreated(
                id,
                owner,
                "test",
                "test0000",
                Ids.digest(text),
                scopes,
                Instant.now().plus(life)));
        return new Made(id, text);
    }

    public record Made(UUID id, String text) {}

    @Override
    public void close() {
        context.close();
    }

    /** The condition keeps the whole server's component scan from finding this. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("slice")
    @EnableAutoConfiguration
    @Import({SecurityConfiguration.class, HttpConfiguration.class, SampleEndpoint.class})
    static class App {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Accounts accounts() {
            return new Accounts();
        }

        @Bean
        People people() {
            return new People(new NoVault());
        }

        @Bean
        Sessions sessions(Accounts accounts, Clock clock) {
            return new Sessions(accounts, IdentitySettings.defaults().sessions(), clock);
        }

        @Bean(destroyMethod = "close")
        TokenUse tokenUse(Clock clock) {
            return new TokenUse(new NoVault(), IdentitySettings.defaults().tokens(), clock);
        }

        @Bean
        Credentials credentials(Accounts accounts, People people, Sessions sessions, TokenUse use, Clock clock) {
            return new Credentials(accounts, people, sessions, use, clock);
        }

        @Bean
        MapRecords records() {
            return new MapRecords();
        }

        @Bean
        SetPositions positions() {
            return new SetPositions();
        }
    }

    /** Positions as a test wants them. */
    public static final class SetPositions implements Positions {
        public volatile long committed = 41;
        public volatile long folded = 41;
        public volatile long viewed = 41;
        public volatile Duration waited = Duration.ZERO;

        @Override
        public long committed() {
            return committed;
        }

        @Override
        public long folded() {
            return folded;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return reached(folded, position, waitMax);
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return reached(viewed, position, waitMax);
        }

        private Mono<Void> reached(long at, long position, Duration waitMax) {
            waited = waitMax;
            return at >= position ? Mono.empty() : Mono.error(KernelRefusal.NOT_CAUGHT_UP.because("not there yet"));
        }
    }

    /** Records in a map, without expiry. */
    public static final class MapRecords implements IdempotencyRecords {
        public final Map<String, byte[]> values = new ConcurrentHashMap<>();
        public final Map<String, Instant> expiries = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public void put(String key, byte[] value, Instant expires) {
            values.put(key, value);
            expiries.put(key, expires);
        }
    }

    private static final class NoVault implements Vault {
        @Override
        public void put(String key, byte[] value) {}

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.empty();
        }

        @Override
        public boolean delete(String key) {
            return false;
        }

        @Override
        public Map<String, byte[]> scan(String prefix) {
            return new TreeMap<>();
        }
    }
}
