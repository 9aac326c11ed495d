package dev.muster.updates.view;

import dev.muster.overview.view.Folding;
import dev.muster.overview.view.MongoInProcess;
import dev.muster.overview.view.Projections;
import dev.muster.updates.ActionStatus;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import reactor.core.publisher.Flux;

/**
 * Kills a process that builds views on the file backend, again and again, then lets it finish and compares every
 * document with what the log says. Run by hand: arguments are the number of kills, or {@code build <file>}.
 */
final class CrashTrial {

    private static final int DEVICES = 20_000;

    private CrashTrial() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 2) {
            build(Path.of(args[1]));
            System.exit(0);
        }
        Path file = Files.createTempDirectory("crash").resolve("views.mv");
        Random random = new Random();
        for (int kill = 0; kill < Integer.parseInt(args[0]); kill++) {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx400m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashTrial.class.getName(),
                            "build",
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long from = -2;
            long far = 2_000 + random.nextInt(10_000);
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("at ")) {
                        long at = Long.parseLong(line.substring(3));
                        from = from == -2 ? at : from;
                        if (at - from > far) {
                            break;
                        }
                    }
                }
                process.destroyForcibly().waitFor();
            }
            System.out.println("kill " + kill + " from " + from + " after " + far + ", file " + Files.size(file));
        }
        build(file);
        System.exit(0);
    }

    private static Story story() {
        Story story = new Story();
        story.rollout(1000, DEVICES - 1000);
        for (int i = 0; i < DEVICES; i++) {
            int group = i < 1000 ? 0 : 1;
            story.assigned(Story.device(i), i + 1, Story.ROLLOUT, group);
            if (i >= 500) {
                story.progressed(Story.device(i - 500), i - 499, ActionStatus.DOWNLOADED, "half way")
                        .finished(Story.device(i - 500), i - 499, Story.ROLLOUT, group);
            }
        }
        return story;
    }

    private static void build(Path file) {
        Story story = story();
        try (MongoInProcess mongo = MongoInProcess.onFile(file);
                Projections projections =
                        mongo.projections(story.log, List.of(new ActionsProjection(), new RolloutsProjection()))) {
            projections.open();
            projections.follow();
            Flux.interval(Duration.ofMillis(100)).subscribe(tick -> System.out.println("at " + projections.seen()));
            projections.viewed(story.log.committed(), Duration.ofMinutes(5)).block();
            int wanted = Folding.views(new ActionsProjection(), story.log.all()).size();
            var actions = mongo.all("actions@1");
            long finished = actions.values().stream()
                    .filter(action -> action.getString("status").equals("FINISHED"))
                    .count();
            var rollout = mongo.all("rollouts@1").get(Story.ROLLOUT.toString());
            System.out.println("  actions " + actions.size() + " of " + wanted + ", finished " + finished + " of "
                    + (DEVICES - 500) + ", rollout " + rollout.getList("groups", org.bson.Document.class));
        }
    }
}
