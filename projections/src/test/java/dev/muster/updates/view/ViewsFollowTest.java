package dev.muster.updates.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.overview.view.MongoInProcess;
import dev.muster.overview.view.Projections;
import dev.muster.overview.view.ViewCollection;
import dev.muster.overview.view.ViewKey;
import dev.muster.overview.view.ViewProjection;
import dev.muster.overview.view.Views;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views over the real driver and the embedded server. */
class ViewsFollowTest {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final List<ViewProjection> BOTH = List.of(new ActionsProjection(), new RolloutsProjection());

    private final Story story = new Story();
    private MongoInProcess mongo = open();
    private Projections projections;

    MongoInProcess open() {
        return MongoInProcess.inMemory();
    }

    @AfterEach
    void stop() {
        projections.close();
        mongo.close();
    }

    private void start(List<ViewProjection> all) {
        projections = mongo.projections(story.log, all);
        projections.open();
        projections.follow();
    }

    private void caughtUp() {
        projections.viewed(story.log.committed(), WAIT).block();
    }

    private Map<String, Map<String, Document>> everything(int generation) {
        Map<String, Map<String, Document>> all = new HashMap<>();
        for (String collection : List.of("actions", "rollouts", "rollout_members")) {
            all.put(collection, mongo.all(collection + "@" + generation));
        }
        return all;
    }

    private void aBusyDay() {
        Random random = new Random(7);
        story.rollout(200, 1300);
        for (int i = 0; i < 1500; i++) {
            DeviceId device = Story.device(i);
            story.assigned(device, i + 1, Story.ROLLOUT, i < 200 ? 0 : 1);
            story.progressed(device, i + 1, ActionStatus.DOWNLOADED, "half way");
            switch (random.nextInt(4)) {
                case 0 -> story.failed(device, i + 1, random.nextBoolean(), Story.ROLLOUT, i < 200 ? 0 : 1, "oops");
                case 1 -> story.canceled(device, i + 1, Story.ROLLOUT, i < 200 ? 0 : 1);
                default -> story.finished(device, i + 1, Story.ROLLOUT, i < 200 ? 0 : 1);
            }
        }
    }

    @Test
    void anEventIsVisibleWhenItsPositionWasWaitedFor() {
        start(BOTH);
        story.assigned(Story.device(1), 4);
        caughtUp();
        story.finished(Story.device(1), 4, null, null);
        caughtUp();

        Document action = mongo.all("actions@1").get("dev-00001/4");
        assertThat(action.getString("status")).isEqualTo("FINISHED");
        assertThat(action.getString("deviceId")).isEqualTo("dev-00001");
        assertThat(action.get("position", Number.class).longValue()).isEqualTo(1);
    }

    @Test
    void waitingForTheFutureIsRefusedInTime() {
        start(BOTH);

        assertThatThrownBy(() -> projections.viewed(5, Duration.ofMillis(50)).block())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(KernelRefusal.NOT_CAUGHT_UP.code()));
    }

    @Test
    void aRestartGoesOnWhereItStopped() {
        start(BOTH);
        aBusyDay();
        caughtUp();
        projections.close();
        long stored = mongo.all("tokens")
                .get("actions@1")
                .get("position", Number.class)
                .longValue();
        assertThat(stored).isEqualTo(story.log.committed());

        story.assigned(Story.device(1), 5000);
        start(BOTH);
        caughtUp();

        assertThat(mongo.all("actions@1")).hasSize(1501);
    }

    @Test
    void aRebuiltViewEqualsTheOneItReplaces() throws Exception {
        start(BOTH);
        aBusyDay();
        caughtUp();

        assertThat(projections.rebuild("actions").get(20, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(projections.rebuild("rollouts").get(20, TimeUnit.SECONDS)).isEqualTo(2);
        caughtUp();

        assertThat(everything(2)).isEqualTo(everything(1));
        assertThat(mongo.all("generations").get("rollout_members").getInteger("serving"))
                .isEqualTo(2);
        assertThat(projections.standings()).allSatisfy(standing -> {
            assertThat(standing.generation()).isEqualTo(2);
            assertThat(standing.rebuilt()).isNull();
        });
    }

    @Test
    void theGenerationBeforeTheLastIsDropped() throws Exception {
        start(BOTH);
        aBusyDay();
        projections.rebuild("actions").get(20, TimeUnit.SECONDS);
        projections.rebuild("actions").get(20, TimeUnit.SECONDS);
        caughtUp();

        assertThat(mongo.all("actions@1").size()).isZero();
        assertThat(mongo.all("actions@3")).hasSize(1500);
    }

    @Test
    void aWipedStoreIsFilledAgainFromTheLog() {
        start(BOTH);
        aBusyDay();
        caughtUp();
        Map<String, Map<String, Document>> before = everything(1);
        projections.close();
        mongo.wipe();

        start(BOTH);
        caughtUp();

        assertThat(everything(1)).isEqualTo(before);
    }

    /** A crash after the documents were written and before the position was: the batch comes again. */
    @Test
    void aRepeatedBatchChangesNothing() {
        start(BOTH);
        aBusyDay();
        caughtUp();
        Map<String, Map<String, Document>> before = everything(1);
        for (long crash : List.of(-1L, 3L, 777L, story.log.committed() - 1)) {
            projections.close();
            for (String name : List.of("actions@1", "rollouts@1")) {
                mongo.put("tokens", new Document("_id", name).append("position", crash));
            }
            start(BOTH);
            caughtUp();
            assertThat(everything(1)).isEqualTo(before);
        }
    }

    @Test
    void aPoisonedEventHoldsUpOnlyItsOwnSequence() throws Exception {
        AtomicBoolean poison = new AtomicBoolean(true);
        start(List.of(new Poisoned(poison)));
        story.assigned(Story.device(1), 1).assigned(Story.device(2), 2);
        story.progressed(Story.device(1), 1, ActionStatus.RUNNING, "poison");
        story.finished(Story.device(1), 1, null, null).finished(Story.device(2), 2, null, null);
        caughtUp();

        assertThat(mongo.all("actions@1").get("dev-00002/2").getString("status"))
                .isEqualTo("FINISHED");
        assertThat(mongo.all("actions@1").get("dev-00001/1").getString("status"))
                .isEqualTo("RUNNING");
        assertThat(projections.deadLetters()).hasSize(2).first().satisfies(letter -> {
            assertThat(letter.sequence()).isEqualTo("dev-00001/1");
            assertThat(letter.reason()).contains("cannot be folded");
            assertThat(letter.type()).isEqualTo("ActionProgressed");
        });

        assertThat(projections.retry("actions", "dev-00001/1").get(5, TimeUnit.SECONDS))
                .isZero();
        poison.set(false);
        assertThat(projections.retry("actions", "dev-00001/1").get(5, TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(projections.deadLetters()).isEmpty();
        assertThat(mongo.all("actions@1").get("dev-00001/1").getString("status"))
                .isEqualTo("FINISHED");
    }

    @Test
    void whatWasSetAsideStaysSoAfterARestart() {
        AtomicBoolean poison = new AtomicBoolean(true);
        start(List.of(new Poisoned(poison)));
        story.assigned(Story.device(1), 1).progressed(Story.device(1), 1, ActionStatus.RUNNING, "poison");
        caughtUp();
        projections.close();
        start(List.of(new Poisoned(poison)));
        story.finished(Story.device(1), 1, null, null);
        caughtUp();

        assertThat(projections.deadLetters()).hasSize(2);
        assertThat(projections.standings().getFirst().deadLetters()).isEqualTo(2);
    }

    @Test
    void aStoreThatWentAwayIsTriedAgain() {
        start(BOTH);
        story.assigned(Story.device(1), 1);
        caughtUp();
        AtomicBoolean broken = new AtomicBoolean(true);
        projections.close();
        projections = mongo.projections(new BrokenLog(story.log, broken), BOTH);
        projections.open();
        projections.follow();
        await().until(() -> projections.standings().stream()
                .allMatch(standing -> standing.state().equals("RETRYING")));
        broken.set(false);
        story.finished(Story.device(1), 1, null, null);
        caughtUp();

        assertThat(mongo.all("actions@1").get("dev-00001/1").getString("status"))
                .isEqualTo("FINISHED");
    }

    @Test
    void theFileBackendKeepsViewsAndPlaces(@TempDir Path dir) {
        mongo.close();
        mongo = MongoInProcess.onFile(dir.resolve("views.mv"));
        start(BOTH);
        aBusyDay();
        caughtUp();
        Map<String, Map<String, Document>> before = everything(1);
        projections.close();
        mongo.close();

        mongo = MongoInProcess.onFile(dir.resolve("views.mv"));
        assertThat(everything(1)).isEqualTo(before);
        start(BOTH);
        story.assigned(Story.device(1), 9999);
        caughtUp();
        assertThat(mongo.all("actions@1")).hasSize(1501);
    }

    /** The actions, but one message cannot be folded while {@code poison} holds. */
    private record Poisoned(AtomicBoolean poison, ActionsProjection actions) implements ViewProjection {

        Poisoned(AtomicBoolean poison) {
            this(poison, new ActionsProjection());
        }

        @Override
        public String name() {
            return actions.name();
        }

        @Override
        public List<ViewCollection<?>> collections() {
            return actions.collections();
        }

        @Override
        public String sequence(Recorded recorded) {
            return actions.sequence(recorded);
        }

        @Override
        public List<ViewKey> needs(Recorded recorded) {
            return actions.needs(recorded);
        }

        @Override
        public void fold(Recorded recorded, Views views) {
            actions.fold(recorded, views);
            if (poison.get() && recorded.event().toString().contains("poison")) {
                throw new IllegalStateException("this cannot be folded");
            }
        }
    }
}
