package dev.muster.apps;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The contract's own example: device 3 of project 2, account 11, app 7 with releases 70 and 71. */
final class AppWorld {

    static final DeviceId DEVICE = new DeviceId("device-b");
    static final AppKey HELLO = new AppKey(7);
    static final AppName NAME = new AppName("hello");
    static final Place OWN = Place.device(DEVICE);
    static final Place PROJECT = Place.project(new ProjectKey(2));
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final PortRule WEB = new PortRule("web", 8080, PortRule.Protocol.HTTP, true, false, false, "", 0, "", null);

    static final AppFace FACE = new AppFace(
            "says hello",
            "{\"LEVEL\":{\"defaultValue\":\"info\",\"label\":\"Level\",\"type\":\"text\"}}",
            List.of(WEB),
            null);

    private AppWorld() {}

    static Release release(long key, String version) {
        return new Release(new ReleaseKey(key), version, Set.of(), null, "", true, null, NOW);
    }

    static Release composed(long key, String version) {
        return new Release(
                new ReleaseKey(key),
                version,
                Set.of(),
                "{\"services\":{\"web\":{\"image\":\"busybox:" + version + "\"}}}",
                "",
                true,
                null,
                NOW);
    }

    static App app(Release... releases) {
        return new App(HELLO, NAME, FACE, List.of(releases), NOW, 1, false);
    }

    static AppAgent agent() {
        return agent("amd64", "");
    }

    static AppAgent agent(String arch, String variant) {
        return new AppAgent(
                DEVICE,
                new ProjectKey(2),
                new AgentKey(3),
                "c6aa09d3-3dbd-4830-a230-bf75cdd7f149",
                "s",
                11,
                AgentStatus.CONNECTED,
                4711,
                true,
                new AgentSystem("linux", arch, variant, "0.20.20"),
                NOW,
                NOW,
                1);
    }

    static WantedApp wanted(AppTarget target, @Nullable String version) {
        return new WantedApp(target, OWN.toString(), version, OWN.toString(), new TreeMap<>(), List.of(), 11);
    }

    /** As an agent reported it. */
    static ReportedApp reported(AppState state, @Nullable Long release) {
        return new ReportedApp(
                AppStage.PROD,
                state,
                release == null ? null : new ReleaseKey(release),
                AppUpdateStatus.NONE,
                NOW,
                0,
                List.of(),
                null,
                1);
    }

    static ReportedApp held(ReportedApp app, long release, boolean removes) {
        return app.after(
                new InstallationEvent.AppHeld(DEVICE, HELLO, AppStage.PROD, new ReleaseKey(release), removes), NOW);
    }
}
