package dev.muster.lab.power;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.PowerSwitches;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All power switches of the lab. What happens at one outlet happens one after the other, so nobody reads a board in the
 * middle of a cycle, and each switch is asked one thing at a time; different switches do not wait for each other.
 *
 * <p>An order that ends the other way round fails with {@link LabRefusal#POWER_FAULT}; one of which the switch says neither
 * on nor off in time, or that cannot be read back by its configuration, answers {@link Power#UNKNOWN}.
 */
public final class Switchboard implements PowerSwitches, AutoCloseable {

    /** Outlets and switches that are remembered although nothing goes on there. */
    private static final int IDLE_MAX = 4096;

    private final Supplier<LabConfiguration> configuration;
    private final PowerSettings settings;
    private final MeterRegistry meters;
    private final Crew crew = new Crew();
    private final Outlets outlets;
    private final Switching switching;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<Timer.Sample, CompletableFuture<Power>> underWay = new ConcurrentHashMap<>();

    /**
     * @param configuration the one in force, secrets included; asked for each operation, must not block
     * @param meters gets {@code muster.lab.power.operations}, tags {@code driver}, {@code action}, {@code outcome}
     */
    public Switchboard(Supplier<LabConfiguration> configuration, PowerSettings settings, MeterRegistry meters) {
        this.configuration = configuration;
        this.settings = settings;
        this.meters = meters;
        this.outlets = new Outlets(settings, crew);
        this.switching = new Switching(crew.loop(), settings.pollPause());
    }

    @Override
    public CompletableFuture<Power> read(BoardDefinition board) {
        return operate(board, "read", Outlet::read);
    }

    @Override
    public CompletableFuture<Power> order(BoardDefinition board, PowerAction action) {
        return operate(board, action.wireName(), outlet -> switching.order(outlet, action));
    }

    @Override
    public boolean isReachable(BoardDefinition board) {
        try {
            return outlets.isReachable(parameters(board));
        } catch (Refused e) {
            return false;
        }
    }

    /** The outlets that exist only in memory. */
    public FakePdu fakes() {
        return outlets.fakes();
    }

    /** A board's definition from history is without secrets; the one in force has them. */
    private Parameters parameters(BoardDefinition board) {
        LabConfiguration current = configuration.get();
        BoardOption option = current.board(board.name())
                .flatMap(BoardDefinition::power)
                .or(board::power)
                .orElseThrow(() -> LabRefusal.CAPABILITY_MISSING.because(
                        "Board " + board.name() + " has no option that switches its power."));
        return Parameters.of(board, option, current);
    }

    private CompletableFuture<Power> operate(
            BoardDefinition board, String action, Function<Outlet, CompletableFuture<Power>> operation) {
        Timer.Sample began = Timer.start(meters);
        CompletableFuture<Power> answer = new CompletableFuture<>();
        Outlet outlet;
        try {
            outlet = outlets.of(parameters(board));
        } catch (Refused e) {
            record(began, "none", action, outcome(e));
            return CompletableFuture.failedFuture(e);
        }
        underWay.put(began, answer);
        var _ = lane(outlet).run(() -> operation.apply(outlet)).whenComplete((power, failure) -> {
            Refused refused = failure == null ? null : Failures.refused(failure);
            record(began, outlet.driver(), action, refused == null ? outcome(power) : outcome(refused));
            underWay.remove(began);
            crew.tell(() -> {
                if (refused == null) {
                    answer.complete(power);
                } else {
                    answer.completeExceptionally(refused);
                }
            });
        });
        if (crew.isOff()) {
            abandon(answer);
        }
        return answer;
    }

    private Lane lane(Outlet outlet) {
        if (lanes.size() > IDLE_MAX) {
            lanes.values().removeIf(Lane::isIdle);
        }
        return lanes.computeIfAbsent(
                outlet.id(),
                id -> new Lane("the outlet " + id, settings.waitingMax(), settings.waitMax(), crew.loop()));
    }

    private void record(Timer.Sample began, String driver, String action, String outcome) {
        began.stop(Timer.builder("muster.lab.power.operations")
                .description("Power operations of boards, by what became of them")
                .tags("driver", driver, "action", action, "outcome", outcome)
                .register(meters));
    }

    private static String outcome(Power power) {
        return power == Power.UNKNOWN ? "unknown" : "ok";
    }

    private static String outcome(Refused refused) {
        String code = refused.refusal().code();
        return code.substring(code.indexOf('.') + 1);
    }

    private static void abandon(CompletableFuture<Power> answer) {
        answer.completeExceptionally(Failures.refused(new RejectedExecutionException()));
    }

    /** What is under way fails; what it became is read when the server is back. */
    @Override
    public void close() {
        crew.close();
        outlets.close();
        underWay.values().forEach(Switchboard::abandon);
    }
}
