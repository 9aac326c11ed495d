package dev.muster.updates.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's story, told through the public HTTP API alone: a fleet appears, a good release reaches it group by group,
 * a bad one stops itself at its first group; then somebody else tells the last chapter. Says a line or a few for each
 * chapter. The fleet lives on after the last one.
 */
public final class DemoStory implements AutoCloseable {

    /** How far the story is. */
    public enum State {
        TELLING,
        TOLD,
        BROKEN_OFF
    }

    private static final Logger LOG = LoggerFactory.getLogger(DemoStory.class);
    private static final String GOOD = "1.1.0";
    private static final String BAD = "1.2.0";
    /** From this size on a first group is large enough for chance. */
    private static final int CHANCE_FROM = 100;

    private static final int CHAPTERS = 7;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final DemoSettings settings;
    private final Pace pace;
    private final OperatorWire operator;
    private final RolloutDesk desk;
    private final DemoChapter last;
    private final Thread teller;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile State state = State.TELLING;
    private volatile @Nullable FleetSimulator fleet;

    /** @param last chapter; it is closed with this */
    public DemoStory(DemoSettings settings, DemoChapter last) {
        this(settings, last, Pace.REAL);
    }

    DemoStory(DemoSettings settings, DemoChapter last, Pace pace) {
        this.settings = settings;
        this.pace = pace;
        this.operator = new OperatorWire(settings.server(), settings.adminToken());
        this.desk = new RolloutDesk(operator, pace, LOOK_EVERY, settings.chapterMax());
        this.last = last;
        this.teller = Thread.ofVirtual().name("demo-story").unstarted(this::tell);
    }

    /** Begins to tell in the background; the server must answer requests by now. */
    public void start() {
        teller.start();
    }

    public State state() {
        return state;
    }

    /** What the fleet has done so far, or null before the devices are powered on. */
    public @Nullable SimulatorStatistics statistics() {
        FleetSimulator running = fleet;
        return running == null ? null : running.statistics();
    }

    /** Waits until the story is over, for well or ill; false when it takes longer. */
    public boolean await(Duration atMost) throws InterruptedException {
        return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Breaks the story off, powers the fleet off and ends what the last chapter began. */
    @Override
    public void close() {
        teller.interrupt();
        last.close();
        FleetSimulator running = fleet;
        if (running != null) {
            running.close();
        }
        operator.close();
    }

    private void tell() {
        try {
            powerOn(gatewayToken());
            String good = release(3, GOOD, "quicker path planning");
            String finished = rollout(4, "Robot OS " + GOOD, good, "it goes out in groups of 5, 25 and 70 percent");
            chapter(4, "the rollout of " + GOOD + " is " + finished);
            pace.pause(settings.pause());
            String bad = release(5, BAD, "new motor control");
            String stopped = rollout(6, "Robot OS " + BAD, bad, "its first group will tell");
            chapter(
                    6,
                    "the rollout of " + BAD + " is " + stopped
                            + ": too many of its first group failed; the others were not touched");
            pace.pause(settings.pause());
            last.tell(new DemoChapter.Stage(
                    operator,
                    settings.server(),
                    RolloutDesk.FLEET,
                    settings.pause(),
                    sentence -> chapter(CHAPTERS, sentence),
                    desk::until));
            chapter(CHAPTERS, "that was all; the fleet lives on. The stage is yours now.");
            state = State.TOLD;
        } catch (InterruptedException e) {
            state = State.BROKEN_OFF;
        } catch (WireFault | RuntimeException e) {
            state = State.BROKEN_OFF;
            LOG.warn("demo: the story broke off: {}", e.getMessage());
        } finally {
            over.countDown();
        }
    }

    private String gatewayToken() throws WireFault, InterruptedException {
        String token = operator.put("/api/v1/settings/updates/gateway-token", Map.of())
                .path("token")
                .asString("");
        chapter(1, "a gateway token is made; devices that know it may introduce themselves");
        return token;
    }

    private void powerOn(String gatewayToken) throws WireFault, InterruptedException {
        boolean chance = settings.devices() >= CHANCE_FROM;
        SimulatorSettings.Troubles troubles =
                SimulatorSettings.Troubles.FEW.failing(GOOD, chance ? 0.01 : 0).failing(BAD, chance ? 0.85 : 1);
        FleetSimulator simulator =
                new FleetSimulator(SimulatorSettings.lively(settings.server(), gatewayToken, settings.devices())
                        .with(settings.tempo())
                        .with(troubles));
        fleet = simulator;
        chapter(2, settings.devices() + " simulated robots power on");
        simulator.start();
        // A few on bad networks may be late; the story does not wait for the last one.
        int enough = Math.max(1, settings.devices() * 98 / 100);
        desk.until(
                "/api/v1/fleet/summary",
                fleetNow -> fleetNow.path("devices").asInt() >= enough
                        && simulator.statistics().attributes() >= enough);
        pace.pause(settings.pause());
    }

    private String release(int number, String version, String about) throws WireFault, InterruptedException {
        String release = desk.upload(version, about);
        chapter(number, "robot-os " + version + " is uploaded: " + about);
        pace.pause(settings.pause());
        return release;
    }

    /** Creates and starts a rollout and follows it to its end; answers its last state. */
    private String rollout(int number, String name, String release, String about)
            throws WireFault, InterruptedException {
        String path = desk.start(
                name,
                release,
                List.of(
                        RolloutDesk.group("Canaries", 5),
                        RolloutDesk.group("Early", 25),
                        RolloutDesk.group("Everyone", 70)));
        chapter(number, "the rollout of " + name + " begins: " + about);
        return desk.end(path);
    }

    private static void chapter(int number, String sentence) {
        LOG.info("demo {}/{}: {}", number, CHAPTERS, sentence);
    }
}
