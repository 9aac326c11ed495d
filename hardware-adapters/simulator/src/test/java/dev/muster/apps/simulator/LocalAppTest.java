package dev.muster.apps.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.DeviceFile.Images;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an app asks of a container engine, and what becomes of it when that refuses or when a container ends. */
class LocalAppTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DeviceFile FILE =
            new DeviceFile("ws://h/wamp", 2, 3, "s-1", "secret", "robot-1", new Images("localhost:5000/", "apps/"));
    private static final String IMAGE = "localhost:5000/apps/prod_amd64_7_hello:";

    private final RecordedEngine engine = new RecordedEngine();
    private final RecordedHost host = new RecordedHost();

    private static ObjectNode words(String current, String target) {
        return JSON.createObjectNode()
                .put("app_key", 7)
                .put("app_name", "hello")
                .put("stage", "PROD")
                .put("current_state", current)
                .put("target_state", target)
                .put("release_key", 70)
                .put("new_release_key", 71)
                .put("present_version", "1.0.0")
                .put("newest_version", "1.0.0")
                .put("requestor_account_key", 11);
    }

    private LocalApp app(AppRequest first) {
        return new LocalApp(host, AgentSettings.QUICK, engine, first);
    }

    private LocalApp running() throws Exception {
        AppRequest request = AppRequest.of(words("UNINSTALLED", "RUNNING"));
        LocalApp app = app(request);
        app.ask(request);
        until(() -> host.reports.contains("RUNNING"));
        return app;
    }

    private static void until(Callable<Boolean> holds) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(holds);
    }

    @Test
    void itIsPulledAndStartedAsItsOrderSays() throws Exception {
        ObjectNode words = words("UNINSTALLED", "RUNNING");
        words.putObject("environment").putObject("GREETING").put("value", "two\nlines");
        words.putObject("environment_template").putObject("LEVEL").put("defaultValue", 3);
        words.putArray("ports").addObject().put("name", "web").put("port", 8080).put("protocol", "http");
        AppRequest request = AppRequest.of(words);
        app(request).ask(request);
        until(() -> host.reports.contains("RUNNING"));
        assertThat(engine.calls)
                .containsExactly(
                        "pull " + IMAGE + "1.0.0 as tok of localhost:5000", "start prod_7_hello " + IMAGE + "1.0.0");
        assertThat(engine.started.environment())
                .containsEntry("GREETING", "two\\nlines")
                .containsEntry("LEVEL", "3")
                .containsEntry("DEVICE_NAME", "robot-1")
                .containsEntry("APP_KEY", "7");
        assertThat(engine.started.ports()).hasToString("[40056:8080/tcp]");
        assertThat(host.reports).containsSubsequence("STARTING", "DOWNLOADING", "PRESENT", "RUNNING");
    }

    @Test
    void whatIsHereAlreadyIsNotPulled() throws Exception {
        engine.images.add(IMAGE + "1.0.0");
        running();
        assertThat(engine.calls).containsExactly("start prod_7_hello " + IMAGE + "1.0.0");
        assertThat(host.reports).doesNotContain("DOWNLOADING");
    }

    @Test
    void itIsStoppedAndTakenAwayWithItsImage() throws Exception {
        LocalApp app = running();
        engine.calls.clear();
        app.ask(AppRequest.of(words("RUNNING", "PRESENT")));
        until(() -> host.reports.getLast().equals("PRESENT"));
        app.ask(AppRequest.of(words("PRESENT", "UNINSTALLED")));
        until(() -> host.reports.getLast().equals("UNINSTALLED"));
        assertThat(engine.calls)
                .containsExactly("stop prod_7_hello", "remove prod_7_hello", "remove image " + IMAGE + "1.0.0");
    }

    @Test
    void anUpdateBringsTheNextImageBeforeTheOldOneGoes() throws Exception {
        LocalApp app = running();
        engine.calls.clear();
        app.ask(AppRequest.of(
                words("RUNNING", "RUNNING").put("newest_version", "1.1.0").put("request_update", true)));
        until(() -> host.reports.getLast().equals("RUNNING completed"));
        assertThat(engine.calls)
                .containsExactly(
                        "pull " + IMAGE + "1.1.0 as tok of localhost:5000",
                        "remove prod_7_hello",
                        "remove image " + IMAGE + "1.0.0",
                        "start prod_7_hello " + IMAGE + "1.1.0");
        assertThat(app.version()).isEqualTo("1.1.0");
        assertThat(app.release()).isEqualTo(71);
    }

    @Test
    void aRefusalIsSaidInTheLogAndTriedAgain() throws Exception {
        engine.refusal = "manifest unknown";
        AppRequest request = AppRequest.of(words("UNINSTALLED", "RUNNING"));
        app(request).ask(request);
        until(() -> host.reports.contains("FAILED"));
        assertThat(host.said).contains("failed: engine: manifest unknown");
        engine.refusal = "";
        until(() -> host.reports.getLast().equals("RUNNING"));
        assertThat(host.said).contains("Entered a crashloop");
    }

    @Test
    void aContainerThatEndsIsStartedAgain() throws Exception {
        running();
        engine.listener.ended("it exited with 137");
        until(() -> host.reports.contains("FAILED") && host.reports.getLast().equals("RUNNING"));
        assertThat(host.said).contains("it exited with 137");
    }

    /** Before the agent has said that it runs, even. */
    @Test
    void oneThatEndsAtOnceFailedToo() throws Exception {
        engine.endsAtOnce = true;
        AppRequest request = AppRequest.of(words("UNINSTALLED", "RUNNING"));
        app(request).ask(request);
        until(() -> host.reports.contains("FAILED"));
        engine.endsAtOnce = false;
        until(() -> host.reports.getLast().equals("RUNNING"));
    }

    /** As an agent finds it that was away. */
    @Test
    void oneThatShouldRunAndDoesNotIsStarted() throws Exception {
        engine.images.add(IMAGE + "1.0.0");
        AppRequest request = AppRequest.of(words("RUNNING", "RUNNING"));
        app(request).ask(request);
        until(() -> host.reports.contains("RUNNING"));
        assertThat(engine.calls).containsExactly("start prod_7_hello " + IMAGE + "1.0.0");
    }

    private static final class RecordedEngine implements ContainerEngine {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<String> images = new CopyOnWriteArrayList<>();
        private volatile ContainerOrder started;
        private volatile Listener listener;
        private volatile String refusal = "";
        private volatile boolean endsAtOnce;

        @Override
        public boolean hasImage(String image, boolean isBelieved) {
            return images.contains(image);
        }

        @Override
        public void pull(String image, RegistryLogin login) throws AgentFault {
            if (!refusal.isEmpty()) {
                throw new AgentFault("engine", refusal);
            }
            calls.add("pull " + image + " as " + login.user() + " of " + login.registry());
            images.add(image);
        }

        @Override
        public void start(ContainerOrder order, Listener hears) {
            calls.add("start " + order.name() + " " + order.image());
            started = order;
            listener = hears;
            if (endsAtOnce) {
                hears.ended("it exited with 1");
            }
        }

        @Override
        public boolean follow(String container, Listener hears) {
            return started != null;
        }

        @Override
        public void stop(String container) {
            calls.add("stop " + container);
        }

        @Override
        public void remove(String container) {
            calls.add("remove " + container);
        }

        @Override
        public void removeImage(String image) {
            calls.add("remove image " + image);
            images.remove(image);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static final class RecordedHost implements LocalApp.Host {

        private final List<String> reports = new CopyOnWriteArrayList<>();
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void report(LocalApp app, String state, String updateStatus) {
            reports.add(updateStatus.isEmpty() ? state : state + " " + updateStatus);
        }

        @Override
        public void reportPorts(LocalApp app, List<Map<String, Object>> rules) {
            // What is told of ports is seen where they are.
        }

        @Override
        public RegistryLogin token(AppRequest request) {
            return new RegistryLogin(FILE.registryHost(), "tok", FILE.secret());
        }

        @Override
        public String image(AppRequest request, String version) {
            return request.image(FILE, "amd64", version);
        }

        @Override
        public Map<String, String> environment(AppRequest request) {
            return AppEnvironment.of(request, FILE);
        }

        @Override
        public ContainerEngine.Listener listener(LocalApp app) {
            return new ContainerEngine.Listener() {
                @Override
                public void wrote(String lines) {
                    said.add(lines);
                }

                @Override
                public void ended(String how) {
                    said.add(how);
                    app.exits();
                }
            };
        }

        @Override
        public void says(LocalApp app, String text) {
            said.add(text);
        }

        @Override
        public boolean fails(LocalApp app) {
            return false;
        }

        @Override
        public void run(Runnable task) {
            Thread.ofVirtual().start(task);
        }
    }
}
