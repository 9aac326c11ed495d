package dev.muster.apps.simulator;

import java.util.List;
import java.util.Map;

/** What is done to bring one app from where it is to where it should be; said to the cloud as it goes. */
final class AppSteps {

    private final LocalApp app;
    private final LocalApp.Host host;
    private final ContainerEngine engine;
    /** As the app came to be known, or of the last update: the real one does not look at it when it installs one anew. */
    private volatile long release;

    private volatile String version = "";
    /** Whether it should be here, by all that was done and told. */
    private volatile boolean hasImage;

    AppSteps(LocalApp app, LocalApp.Host host, ContainerEngine engine, AppRequest first) {
        this.app = app;
        this.host = host;
        this.engine = engine;
        this.release = first.release();
        if (app.isThere()) {
            hasImage = true;
            version = first.presentVersion();
        }
    }

    long release() {
        return release;
    }

    String version() {
        return version;
    }

    void take(AppRequest request) throws AgentFault, InterruptedException {
        List<Map<String, Object>> ports = PortReport.of(request);
        if (!ports.isEmpty()) {
            host.reportPorts(app, ports);
        }
        boolean isOther = !request.newestVersion().equals(version);
        if (request.update() && isOther && !request.target().equals("UNINSTALLED")) {
            update(request);
        } else {
            step(request, Step.of(app.state(), request.target(), request.isDev()), "");
        }
    }

    private void update(AppRequest request) throws AgentFault, InterruptedException {
        RegistryLogin login = host.token(request);
        app.now("UPDATING", "");
        engine.pull(host.image(request, request.newestVersion()), login);
        if (app.waited()) {
            app.now("PRESENT", "canceled");
            return;
        }
        String before = version;
        engine.remove(request.container());
        release = request.newRelease();
        version = request.newestVersion();
        hasImage = true;
        if (!before.isEmpty()) {
            engine.removeImage(host.image(request, before));
        }
        app.now("PRESENT", "pending_remote_confirmation");
        step(request, Step.of("PRESENT", request.target(), request.isDev()), "completed");
    }

    private void step(AppRequest request, Step step, String update) throws AgentFault, InterruptedException {
        switch (step) {
            case NOTHING -> stay(request, update);
            case SILENCE -> {
                // Nothing is done, and nothing said.
            }
            case PULL -> pull(request);
            case RUN -> start(request, update);
            case STOP -> stop(request, update);
            case REMOVE -> remove(request, update);
            case UNINSTALL -> {
                remove(request, update);
                app.now("UNINSTALLED", update);
            }
            case BUILD -> {
                build();
                app.now("PRESENT", update);
            }
            case PUBLISH -> {
                build();
                host.token(request);
                app.now("PUBLISHING", update);
                app.pause();
                app.now("PUBLISHED", update);
            }
            case CANCEL -> app.now("REMOVED", update);
        }
    }

    /** One that should run may have ended while its agent was not there to see it. */
    private void stay(AppRequest request, String update) throws AgentFault, InterruptedException {
        if (app.state().equals("RUNNING") && !engine.follow(request.container(), host.listener(app))) {
            start(request, update);
        } else {
            app.now(app.state(), update);
        }
    }

    private void build() throws AgentFault, InterruptedException {
        app.now("REMOVED", "");
        app.now("BUILDING", "");
        app.pause();
        hasImage = true;
        app.now("BUILT", "");
    }

    /** Whether it was not called off. */
    private boolean pull(AppRequest request) throws AgentFault, InterruptedException {
        String wanted = request.presentVersion();
        String image = host.image(request, wanted);
        if (!engine.hasImage(image, hasImage && version.equals(wanted))) {
            RegistryLogin login = host.token(request);
            app.now("DOWNLOADING", "");
            engine.pull(image, login);
            if (app.waited()) {
                app.now("REMOVED", "");
                return false;
            }
        }
        hasImage = true;
        version = wanted;
        app.now("PRESENT", "");
        return true;
    }

    private void start(AppRequest request, String update) throws AgentFault, InterruptedException {
        host.says(app, "Starting " + request.name() + "...");
        app.now("STARTING", update);
        boolean isHere = request.isDev() || engine.hasImage(host.image(request, version), hasImage);
        if (!isHere && !pull(request)) {
            return;
        }
        app.pause();
        if (host.fails(app)) {
            throw new AgentFault("container", "it exited with 1");
        }
        engine.start(
                new ContainerOrder(
                        request.container(),
                        host.image(request, version),
                        host.environment(request),
                        PortReport.published(request),
                        request.isComposition()),
                host.listener(app));
        app.now("RUNNING", update);
        host.says(app, "Now running app " + request.name());
    }

    private void stop(AppRequest request, String update) throws AgentFault, InterruptedException {
        app.now("STOPPING", update);
        if (!request.isDev()) {
            app.now("STOPPING", update);
        }
        app.pause();
        engine.stop(request.container());
        app.now("PRESENT", update);
    }

    private void remove(AppRequest request, String update) throws AgentFault, InterruptedException {
        app.now("DELETING", update);
        app.pause();
        engine.remove(request.container());
        if (hasImage) {
            engine.removeImage(host.image(request, version));
        }
        hasImage = false;
        version = "";
        app.now("REMOVED", update);
    }

    /** Without a word to the cloud, which has none for it. */
    void wipe(AppRequest request) throws AgentFault, InterruptedException {
        engine.remove(request.container());
    }
}
