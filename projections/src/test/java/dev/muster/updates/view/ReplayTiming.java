package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.overview.view.MongoInProcess;
import dev.muster.overview.view.Projections;
import dev.muster.overview.view.ViewCollection;
import dev.muster.overview.view.ViewKey;
import dev.muster.overview.view.ViewProjection;
import dev.muster.overview.view.Views;
import dev.muster.updates.ActionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How fast history becomes views. Run by hand; prints one line per kind of view and store. */
final class ReplayTiming {

    private static final int DEVICES = 50_000;

    private ReplayTiming() {}

    public static void main(String[] args) throws Exception {
        Story story = new Story();
        story.rollout(1000, DEVICES - 1000);
        for (int i = 0; i < DEVICES; i++) {
            int group = i < 1000 ? 0 : 1;
            story.assigned(Story.device(i), i + 1, Story.ROLLOUT, group)
                    .progressed(Story.device(i), i + 1, ActionStatus.DOWNLOADED, "half way")
                    .progressed(Story.device(i), i + 1, ActionStatus.RUNNING, "nearly")
                    .finished(Story.device(i), i + 1, Story.ROLLOUT, group);
        }
        Path dir = Files.createTempDirectory("replay");
        for (int round = 0; round < 2; round++) {
            replay(story, "only folds", MongoInProcess.inMemory(), new OnlyFolds());
            replay(story, "rollouts, memory", MongoInProcess.inMemory(), new RolloutsProjection());
            replay(story, "rollouts, file", MongoInProcess.onFile(dir.resolve("r" + round)), new RolloutsProjection());
            replay(story, "actions, memory", MongoInProcess.inMemory(), new ActionsProjection());
            replay(story, "actions, file", MongoInProcess.onFile(dir.resolve("a" + round)), new ActionsProjection());
            replay(
                    story,
                    "actions, wire",
                    MongoInProcess.onFileOverTheWire(dir.resolve("w" + round)),
                    new ActionsProjection());
        }
        System.exit(0);
    }

    private static void replay(Story story, String what, MongoInProcess mongo, ViewProjection projection) {
        try (mongo;
                Projections projections = mongo.projections(story.log, List.of(projection))) {
            long start = System.nanoTime();
            projections.open();
            projections.follow();
            projections.viewed(story.log.committed(), Duration.ofMinutes(10)).block();
            System.out.printf(
                    "%-18s %,9.0f events/s%n", what, story.log.committed() * 1e9 / (System.nanoTime() - start));
        }
    }

    /** A projection that looks at every event and keeps one number. */
    private static final class OnlyFolds implements ViewProjection {

        record Count(long events) {}

        private final ViewCollection<Count> counts = new ViewCollection<>("counts", Count.class);

        @Override
        public String name() {
            return "counts";
        }

        @Override
        public List<ViewCollection<?>> collections() {
            return List.of(counts);
        }

        @Override
        public String sequence(Recorded recorded) {
            return "all";
        }

        @Override
        public List<ViewKey> needs(Recorded recorded) {
            return List.of(counts.key("all"));
        }

        @Override
        public void fold(Recorded recorded, Views views) {
            views.change(counts, "all", before -> new Count(before == null ? 1 : before.events() + 1));
        }
    }
}
