package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.APP;
import static dev.muster.apps.command.AppHouse.SITE;
import static dev.muster.apps.command.AppHouse.device;
import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.apps.AppAgentCommand.EnrolAgent;
import dev.muster.apps.AppAgentCommand.RotateAgentSecret;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCommand.RemoveApp;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppName;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishCommand.WantApp;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectCommand.RemoveProject;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.command.AppOfficeFakes.Counted;
import dev.muster.apps.command.AppOfficeFakes.Eleven;
import dev.muster.apps.command.AppOfficeFakes.Fleet;
import dev.muster.apps.command.AppOfficeFakes.MainAlone;
import dev.muster.apps.command.AppOfficeFakes.OneWish;
import dev.muster.apps.command.AppOfficeFakes.TreeVault;
import dev.muster.apps.command.http.AgentsEndpoint;
import dev.muster.apps.command.http.ProjectsEndpoint;
import dev.muster.apps.secrets.VaultAgentSecrets;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.seals.VaultSeals;
import dev.muster.identity.Caller;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.RegistryRefusal;
import dev.muster.testing.MemoryLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Secrets are where they can be destroyed, and in no order. */
class AppOfficesTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final AppName HELLO = new AppName("hello");
    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann", null, Set.of(), Map.of());

    private final AppHouse house = new AppHouse();
    private final TreeMap<String, byte[]> vault = new TreeMap<>();
    private final VaultSeals seals = new VaultSeals(new TreeVault(vault));
    private final VaultAgentSecrets secrets = new VaultAgentSecrets(new TreeVault(vault), seals);
    private final Fleet fleet = new Fleet();
    private final OneWish wishes = new OneWish();

    @BeforeEach
    void numbersAreAnswered() {
        house.commands.answer = command -> CompletableFuture.completedFuture(
                command instanceof EnrolAgent || command instanceof RotateAgentSecret ? (Object) true : (Object) 1L);
    }

    @Nested
    class Enrolling {

        private final AgentOffice office = new AgentOffice(
                house.commands,
                new Counted(),
                fleet,
                house.agents,
                new MainAlone(),
                secrets,
                new Eleven(),
                AgentFileSettings.DEFAULTS);

        private Json.Members enrolled(String device) {
            String file = office.enrol(device(device), ProjectKey.MAIN, "ws://127.0.0.1:9/wamp", ANN)
                    .block(WAIT_MAX)
                    .content();
            return (Json.Members) JsonReader.read(file);
        }

        @Test
        void theFileHasAllThatTheAgentSignsInWith() {
            Json.Members file = enrolled("robot");
            EnrolAgent order = (EnrolAgent) house.commands.all.getFirst();
            assertThat(file.get("swarm_key")).isEqualTo(Json.of(1));
            assertThat(file.get("device_key")).isEqualTo(Json.of(order.key().value()));
            assertThat(file.get("serial_number")).isEqualTo(Json.of(order.serial()));
            assertThat(file.get("name")).isEqualTo(Json.of("Robot"));
            assertThat(file.get("device_endpoint_url")).isEqualTo(Json.of("ws://127.0.0.1:9/wamp"));
            assertThat(file.get("docker_registry_url").toString()).endsWith("/\"");
            assertThat(file.get("docker_main_repository").toString()).endsWith("/\"");
            assertThat(file.get("secret"))
                    .isEqualTo(Json.of(
                            secrets.find(device("robot"), order.secretId()).orElseThrow()));
            assertThat(order.account()).isEqualTo(11);
            assertThat(order.toString()).doesNotContain(((Json.Text) file.get("secret")).value());
        }

        @Test
        void whatWasMadeForARefusedOrderIsForgotten() {
            house.commands.answer =
                    command -> CompletableFuture.failedFuture(AppsRefusal.AGENT_ENROLLED.because("it is"));
            assertRefused(AppsRefusal.AGENT_ENROLLED, () -> enrolled("robot"));
            assertThat(vault.keySet()).noneMatch(key -> key.startsWith(VaultAgentSecrets.PREFIX));
        }

        /** Ended and enrolled anew at once: what follows from the end destroys what it finds. */
        @Test
        void theFileIsGoodThoughWhatWasBeforeIsDestroyedMeanwhile() {
            house.commands.answer = command -> {
                secrets.destroy(device("robot"));
                return CompletableFuture.completedFuture(true);
            };
            Json.Members file = enrolled("robot");
            EnrolAgent order = (EnrolAgent) house.commands.all.getFirst();
            String kept = secrets.find(device("robot"), order.secretId()).orElseThrow();
            assertThat(file.get("secret")).isEqualTo(Json.of(kept));
        }

        @Test
        void unknownDevicesAndThoseThatAreEnrolledAreRefused() {
            assertRefused(RegistryRefusal.DEVICE_UNKNOWN, () -> enrolled("nobody"));
            house.agents.enrol("robot");
            assertRefused(AppsRefusal.AGENT_ENROLLED, () -> enrolled("robot"));
            assertThat(house.commands.all).isEmpty();
        }

        @Test
        void aNewSecretTakesThePlaceOfTheOld() {
            house.agents.enrol("robot");
            secrets.make(device("robot"), "s1");
            String content = office.rotate(device("robot"), "wss://muster.example/wamp")
                    .block(WAIT_MAX)
                    .content();
            RotateAgentSecret order = (RotateAgentSecret) house.commands.all.getFirst();
            assertThat(order.expectedSecretId()).isEqualTo("s1");
            assertThat(secrets.find(device("robot"), "s1")).isEmpty();
            assertThat(content)
                    .contains(secrets.find(device("robot"), order.secretId()).orElseThrow());
        }

        @Test
        void theOldSecretStaysWhenSomebodyElseWasFaster() {
            house.agents.enrol("robot");
            secrets.make(device("robot"), "s1");
            house.commands.answer =
                    command -> CompletableFuture.failedFuture(KernelRefusal.VERSION_LOST.because("too late"));
            assertThat(catchThrowable(() -> office.rotate(device("robot"), "wss://muster.example/wamp")
                            .block(WAIT_MAX)))
                    .isNotNull();
            assertThat(secrets.find(device("robot"), "s1")).isPresent();
        }
    }

    @Nested
    class Answering {

        private final AgentsEndpoint endpoint = new AgentsEndpoint(
                house.commands,
                new AgentOffice(
                        house.commands,
                        new Counted(),
                        fleet,
                        house.agents,
                        new MainAlone(),
                        secrets,
                        new Eleven(),
                        AgentFileSettings.DEFAULTS),
                new MainAlone(),
                new MemoryLog());

        private ServerWebExchange exchange() {
            return MockServerWebExchange.from(
                    MockServerHttpRequest.post("http://muster.example:8443/api/v1/devices/robot/agent"));
        }

        private String cacheControl(Mono<ResponseEntity<String>> answer) {
            return answer.contextWrite(context -> context.put(Caller.class, ANN))
                    .block(WAIT_MAX)
                    .getHeaders()
                    .getCacheControl();
        }

        /** Also not the store of answers to keyed requests, from which a secret could not be destroyed. */
        @Test
        void nobodyOnItsWayMayKeepASecret() {
            assertThat(cacheControl(endpoint.enrol("robot", null, exchange()))).isEqualTo("no-store");
            house.agents.enrol("robot");
            assertThat(cacheControl(endpoint.rotate("robot", exchange()))).isEqualTo("no-store");
        }
    }

    @Nested
    class Wishing {

        private final WishOffice office =
                new WishOffice(house.commands, house.catalogue, wishes, new MainAlone(), fleet, new Eleven(), seals);

        private AppWish wish(Place place, Map<String, Json> environment, Map<String, Json> secret) {
            WishOffice.Order order = new WishOffice.Order(
                    AppTarget.RUNNING, null, new TreeMap<>(environment), new TreeMap<>(secret), List.of());
            office.want(HELLO, place, order, ANN, null).block(WAIT_MAX);
            return ((WantApp) house.commands.all.getLast()).wish();
        }

        @Test
        void secretsAreSealedForTheirPlace() {
            AppWish wish = wish(SITE, Map.of("A", Json.of(1)), Map.of("KEY", Json.of("geheim")));
            assertThat(wish.environment()).containsExactly(Map.entry("A", "1"));
            String sealed = wish.secrets().get("KEY");
            assertThat(sealed).doesNotContain("geheim");
            assertThat(seals.open(SITE.keyOwner(), AppWish.secretPlace(APP, SITE, "KEY"), sealed))
                    .contains("\"geheim\"");
        }

        @Test
        void whatTheTemplateCallsSecretIsSealedUnasked() {
            App app = house.catalogue.app;
            AppFace face = new AppFace("", "{\"KEY\":{\"secret\":true}}", List.of(), null);
            house.catalogue.app =
                    new App(app.key(), app.name(), face, app.releases(), app.createdAt(), app.version(), app.removed());
            assertThat(wish(SITE, Map.of("KEY", Json.of("geheim")), Map.of()).environment())
                    .isEmpty();
        }

        @Test
        void theSameSecretKeepsItsSealAndNullKeepsIt() {
            wishes.wish = wish(SITE, Map.of(), Map.of("KEY", Json.of("geheim")));
            assertThat(wish(SITE, Map.of(), Map.of("KEY", Json.of("geheim")))).isEqualTo(wishes.wish);
            assertThat(wish(SITE, Map.of(), Map.of("KEY", Json.NULL))).isEqualTo(wishes.wish);
            assertThat(wish(SITE, Map.of(), Map.of("KEY", Json.of("other")))).isNotEqualTo(wishes.wish);
            assertRefused(AppsRefusal.WISH_INVALID, () -> wish(SITE, Map.of(), Map.of("NEW", Json.NULL)));
        }

        @Test
        void aSecretThatNoAgentCouldReadIsRefused() {
            Json half = JsonReader.read("[\"\\ud800\"]");
            assertRefused(AppsRefusal.WISH_INVALID, () -> wish(SITE, Map.of(), Map.of("KEY", half)));
        }

        @Test
        void placesAndReleasesMustBeThere() {
            assertRefused(
                    RegistryRefusal.DEVICE_UNKNOWN, () -> wish(Place.device(device("nobody")), Map.of(), Map.of()));
            assertRefused(
                    AppsRefusal.PROJECT_UNKNOWN, () -> wish(Place.project(new ProjectKey(9)), Map.of(), Map.of()));
            house.catalogue.app = AppHouse.Catalogue.app(true);
            WishOffice.Order yanked =
                    new WishOffice.Order(AppTarget.RUNNING, "1.1", new TreeMap<>(), new TreeMap<>(), List.of());
            assertRefused(AppsRefusal.RELEASE_YANKED, () -> office.want(HELLO, SITE, yanked, ANN, null)
                    .block(WAIT_MAX));
            assertRefused(AppsRefusal.APP_UNKNOWN, () -> office.want(new AppName("other"), SITE, yanked, ANN, null)
                    .block(WAIT_MAX));
        }
    }

    @Nested
    class Removing {

        private final CatalogueOffice office =
                new CatalogueOffice(house.commands, new Counted(), house.catalogue, wishes, house.rollouts);

        private void remove() {
            office.remove(HELLO, null).block(WAIT_MAX);
        }

        @Test
        void anAppThatNobodyWantsMayGo() {
            house.rollouts.state = AppRolloutView.State.FINISHED;
            remove();
            assertThat(house.commands.all).containsExactly(new RemoveApp(HELLO, null));
        }

        /** What it says would stay for good, and with it the app. */
        @Test
        void aProjectThatWantsAnAppStays() {
            ProjectKey project = new ProjectKey(2);
            ProjectsEndpoint endpoint = new ProjectsEndpoint(
                    house.commands, new Counted(), new MainAlone(), house.agents, wishes, new MemoryLog());
            wishes.where = Place.project(project);
            wishes.wish = AppWish.NOTHING;
            assertRefused(
                    AppsRefusal.PROJECT_IN_USE, () -> endpoint.remove("2", "*").block(WAIT_MAX));
            wishes.wish = null;
            endpoint.remove("2", "*").block(WAIT_MAX);
            assertThat(house.commands.all).containsExactly(new RemoveProject(project, null));
        }

        /** Its members would be told to uninstall it, data and all. */
        @Test
        void anAppThatARolloutBringsStays() {
            assertRefused(AppsRefusal.APP_IN_USE, this::remove);
            assertThat(house.commands.all).isEmpty();
        }
    }
}
