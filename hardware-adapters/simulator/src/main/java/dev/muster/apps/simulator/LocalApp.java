package dev.muster.apps.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An app on a simulated device. One thing is done at a time; what is asked meanwhile is kept, and the last of it is
 * done when that has ended. One that fails is tried again after a while, later each time, until somebody asks for
 * something.
 */
final class LocalApp {

    /** The device that the app is on. */
    interface Host {

        /** Tells the cloud; what comes to nothing there comes to nothing here. */
        void report(LocalApp app, String state, String updateStatus) throws AgentFault, InterruptedException;

        void reportPorts(LocalApp app, List<Map<String, Object>> rules) throws AgentFault, InterruptedException;

        /** Leave to pull, push and compose. */
        void token(AppRequest request) throws AgentFault, InterruptedException;

        /** What the agent says in the app's log. */
        void says(LocalApp app, String text);

        boolean fails(LocalApp app);

        void run(Runnable task);
    }

    private static final int HOST_PORT_FIRST = 40_000;

    private final Host host;
    private final AgentSettings settings;
    private volatile String state;
    private volatile long release;
    private volatile String version = "";
    private volatile boolean hasImage;
    private volatile AppRequest wanted;
    private boolean isBusy;
    private boolean isAskedAnew;
    private volatile boolean isCanceled;
    private int failures;

    LocalApp(Host host, AgentSettings settings, AppRequest first) {
        this.host = host;
        this.settings = settings;
        this.state = first.current();
        this.release = first.release();
        this.wanted = first;
        if (!state.equals("UNINSTALLED") && !state.equals("REMOVED")) {
            hasImage = true;
            version = first.presentVersion();
        }
    }

    AppRequest wanted() {
        return wanted;
    }

    String state() {
        return state;
    }

    long release() {
        return release;
    }

    String version() {
        return version;
    }

    /** Kept at once, done in the background. */
    void ask(AppRequest request) {
        synchronized (this) {
            wanted = request;
            isAskedAnew = true;
            failures = 0;
            boolean cancels = request.cancel()
                    || (state.equals("UPDATING") && !request.target().equals("RUNNING") && !request.update());
            if (isBusy) {
                isCanceled |= cancels;
                return;
            }
            isBusy = true;
        }
        host.run(this::work);
    }

    private void work() {
        while (true) {
            AppRequest request;
            synchronized (this) {
                isAskedAnew = false;
                isCanceled = false;
                request = wanted;
            }
            boolean failed = !done(request);
            synchronized (this) {
                if (!isAskedAnew && !failed) {
                    isBusy = false;
                    return;
                }
                if (!isAskedAnew && request.isDev()) {
                    isBusy = false;
                    return;
                }
            }
            if (failed && !paused()) {
                return;
            }
        }
    }

    /** A crash loop's wait; false when nothing is to be tried any more. */
    private boolean paused() {
        try {
            int times;
            synchronized (this) {
                if (isAskedAnew) {
                    return true;
                }
                times = ++failures;
            }
            host.says(this, "Entered a crashloop");
            long end = System.nanoTime()
                    + settings.crashPause().multipliedBy((long) times * times).toNanos();
            synchronized (this) {
                while (!isAskedAnew && System.nanoTime() < end) {
                    wait(10);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** False when it failed. */
    private boolean done(AppRequest request) {
        try {
            boolean isThere = !state.equals("UNINSTALLED") && !state.equals("REMOVED");
            boolean isOther = !request.newestVersion().equals(version);
            ports(request);
            if (request.update() && isOther && isThere && !request.target().equals("UNINSTALLED")) {
                update(request);
            } else {
                step(request, Step.of(state, request.target(), request.isDev()));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (AgentFault e) {
            host.says(this, "failed: " + e.getMessage());
            return told("FAILED");
        }
    }

    /** Always false: it failed, whether the cloud can be told or not. */
    private boolean told(String failed) {
        try {
            now(failed, "");
        } catch (AgentFault e) {
            state = failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void update(AppRequest request) throws AgentFault, InterruptedException {
        host.token(request);
        now("UPDATING", "");
        if (waited()) {
            now("PRESENT", "canceled");
            return;
        }
        release = request.newRelease();
        version = request.newestVersion();
        hasImage = true;
        now("PRESENT", "pending_remote_confirmation");
        step(request, Step.of("PRESENT", request.target(), request.isDev()), "completed");
    }

    private void step(AppRequest request, Step step) throws AgentFault, InterruptedException {
        step(request, step, "");
    }

    private void step(AppRequest request, Step step, String update) throws AgentFault, InterruptedException {
        switch (step) {
            case NOTHING -> now(state, update);
            case SILENCE -> {
                // Nothing is done, and nothing said.
            }
            case PULL -> pull(request);
            case RUN -> start(request, update);
            case STOP -> {
                now("STOPPING", update);
                if (!request.isDev()) {
                    now("STOPPING", update);
                }
                pause();
                now("PRESENT", update);
            }
            case REMOVE -> remove(update);
            case UNINSTALL -> {
                remove(update);
                now("UNINSTALLED", update);
            }
            case BUILD -> {
                build();
                now("PRESENT", update);
            }
            case PUBLISH -> {
                build();
                host.token(request);
                now("PUBLISHING", update);
                pause();
                now("PUBLISHED", update);
            }
            case CANCEL -> now("REMOVED", update);
        }
    }

    private void build() throws AgentFault, InterruptedException {
        now("REMOVED", "");
        now("BUILDING", "");
        pause();
        hasImage = true;
        now("BUILT", "");
    }

    /** Whether it was not called off. */
    private boolean pull(AppRequest request) throws AgentFault, InterruptedException {
        if (!hasImage || !version.equals(request.presentVersion())) {
            host.token(request);
            now("DOWNLOADING", "");
            if (waited()) {
                now("REMOVED", "");
                return false;
            }
            hasImage = true;
            version = request.presentVersion();
            release = request.release();
        }
        now("PRESENT", "");
        return true;
    }

    private void start(AppRequest request, String update) throws AgentFault, InterruptedException {
        host.says(this, "Starting " + request.name() + "...");
        now("STARTING", update);
        if (!request.isDev() && !hasImage && !pull(request)) {
            return;
        }
        pause();
        if (host.fails(this)) {
            throw new AgentFault("container", "it exited with 1");
        }
        now("RUNNING", update);
        host.says(this, "Now running app " + request.name());
    }

    private void remove(String update) throws AgentFault, InterruptedException {
        now("DELETING", update);
        pause();
        hasImage = false;
        version = "";
        now("REMOVED", update);
    }

    private void ports(AppRequest request) throws AgentFault, InterruptedException {
        JsonNode rules = request.words().path("ports");
        if (request.isDev() || rules.isEmpty()) {
            return;
        }
        List<Map<String, Object>> reported = new ArrayList<>();
        int number = 0;
        for (JsonNode rule : rules) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("name", rule.path("name").asString(""));
            all.put("port", rule.path("port").asInt(0));
            all.put("protocol", rule.path("protocol").asString("http"));
            all.put("main", rule.path("main").asBoolean(false));
            all.put("active", rule.path("active").asBoolean(false));
            all.put("public", rule.path("public").asBoolean(false));
            all.put("local_ip", rule.path("local_ip").asString(""));
            all.put("remote_port", rule.path("remote_port").asInt(0));
            all.put(
                    "remote_port_environment",
                    rule.path("remote_port_environment").asString(""));
            int published = rule.path("host_port").asInt(0);
            int drawn = HOST_PORT_FIRST + (int) (request.app() % 1_000) * 8 + number;
            all.put("host_port", published > 0 ? published : drawn);
            reported.add(all);
            number++;
        }
        host.reportPorts(this, reported);
    }

    private void now(String next, String update) throws AgentFault, InterruptedException {
        state = next;
        host.report(this, next, update);
    }

    /** A container ends by itself. */
    void exits() {
        synchronized (this) {
            if (isBusy || !state.equals("RUNNING")) {
                return;
            }
            isBusy = true;
        }
        host.run(() -> {
            if (!told("FAILED") && paused()) {
                work();
            }
        });
    }

    /** Whether it was called off meanwhile. */
    private boolean waited() throws InterruptedException {
        pause();
        return isCanceled;
    }

    private void pause() throws InterruptedException {
        Duration step = settings.step();
        if (!step.isZero()) {
            Thread.sleep(step);
        }
    }

    /** Reports how it is, as after a reconnect. */
    void again() throws AgentFault, InterruptedException {
        host.report(this, state, "");
    }
}
