package dev.muster.lab.power;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.Power;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A lab with boards that tests wire up, and its switchboard. */
final class Lab implements AutoCloseable {

    /** Quick, so that tests that must wait wait little. */
    static final PowerSettings QUICK = new PowerSettings(
            Duration.ofMillis(300),
            1,
            Duration.ofMillis(800),
            Duration.ofMillis(100),
            Duration.ofMillis(30),
            8,
            Duration.ofSeconds(5),
            5,
            Duration.ofMillis(700),
            Duration.ofSeconds(1),
            Path.of("/nonexistent"));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Map<String, Map<String, Object>> switches = new HashMap<>();
    final Switchboard switchboard;
    private final List<BoardDefinition> boards = new ArrayList<>();

    Lab() {
        this(QUICK);
    }

    Lab(PowerSettings settings) {
        switchboard = new Switchboard(
                () -> new LabConfiguration(null, Map.of(), List.copyOf(boards), Map.copyOf(switches)),
                settings,
                meters);
    }

    /** Configures a board and answers what history knows of it: nothing of its options' parameters. */
    BoardDefinition board(String name, String cls, Map<String, Object> parameters) {
        boards.removeIf(each -> each.name().value().equals(name));
        boards.add(definition(name, List.of(new BoardOption(cls, parameters))));
        return definition(name, List.of(new BoardOption(cls, Map.of())));
    }

    static BoardDefinition definition(String name, List<BoardOption> options) {
        return new BoardDefinition(
                new BoardName(name), "cora", Map.of(), options, Map.of(), null, 3600, 3600, false, null, null);
    }

    static Power done(CompletableFuture<Power> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** What it was refused with. */
    static Refusal refusal(CompletableFuture<Power> answer) throws Exception {
        try {
            throw new AssertionError("not refused but " + done(answer));
        } catch (ExecutionException e) {
            return Refused.in(e).orElseThrow(() -> new AssertionError("no refusal", e));
        }
    }

    static String code(CompletableFuture<Power> answer) throws Exception {
        return refusal(answer).code();
    }

    @Override
    public void close() {
        switchboard.close();
    }
}
