package dev.muster.lab.command;

import dev.muster.kernel.RefusalCode;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.Environment;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.PowerSwitches;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ScriptOutcome;
import dev.muster.lab.ScriptRan;
import dev.muster.lab.ScriptWords;
import dev.muster.lab.SetupScripts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lab's hardware in memory, with what can go wrong with it. It outlives the server, as the real one does, and notes
 * when two hands are on one board.
 */
final class FakeLab {

    /** What was done, in order: "board: deed". */
    final List<String> deeds = new CopyOnWriteArrayList<>();
    /** What must never be. */
    final List<String> faults = new CopyOnWriteArrayList<>();
    /** What fails next, by deed as it is noted; a count of how often. */
    final Map<String, AtomicInteger> failing = new ConcurrentHashMap<>();

    final Map<BoardName, Power> power = new ConcurrentHashMap<>();
    final Map<BoardName, ReservationId> environments = new ConcurrentHashMap<>();
    final Map<BoardName, ReservationId> lines = new ConcurrentHashMap<>();
    final Map<BoardName, AtomicInteger> cycles = new ConcurrentHashMap<>();
    private final Set<BoardName> lostLines = ConcurrentHashMap.newKeySet();
    private final List<Consumer<BoardName>> lineHearers = new CopyOnWriteArrayList<>();
    private final Map<BoardName, String> hands = new ConcurrentHashMap<>();
    volatile Duration takes = Duration.ofMillis(1);
    volatile RefusalCode refusal = LabRefusal.SETUP_FAILED;

    /** How runs of the script end, as it is accounted for; null: no script runs. */
    volatile @Nullable ScriptRan ran = new ScriptRan(ScriptOutcome.DONE, 1, "made it");

    /** What comes of keeping words; null: it works. */
    volatile @Nullable RuntimeException lostWords;

    /** What is kept, by its name. */
    final Map<String, String> said = new ConcurrentHashMap<>();

    final ScriptWords words = new ScriptWords() {
        @Override
        public CompletableFuture<String> keep(String words) {
            if (lostWords != null) {
                return CompletableFuture.failedFuture(lostWords);
            }
            String digest = "%064x".formatted(words.hashCode() & 0xffffffffL);
            said.put(digest, words);
            return CompletableFuture.completedFuture(digest);
        }

        @Override
        public CompletableFuture<Optional<String>> read(String digest) {
            return CompletableFuture.completedFuture(Optional.ofNullable(said.get(digest)));
        }
    };

    final SetupScripts scripts = new Scripts();
    final PowerSwitches switches = new Pdu();
    final ConsoleLines consoles = new Consoles();

    void fail(String deed, int times) {
        failing.put(deed, new AtomicInteger(times));
    }

    /** The board's line is lost, or back. */
    void loseLine(BoardName board, boolean lost) {
        if (lost) {
            lostLines.add(board);
        } else {
            lostLines.remove(board);
        }
        lineHearers.forEach(each -> each.accept(board));
    }

    List<String> deedsOf(String board) {
        String start = board + ": ";
        return deeds.stream()
                .filter(each -> each.startsWith(start))
                .map(each -> each.substring(start.length()))
                .toList();
    }

    private <T> CompletableFuture<T> does(BoardName board, String deed, Supplier<T> effect) {
        String other = hands.putIfAbsent(board, deed);
        if (other != null) {
            faults.add(board + ": " + deed + " while " + other);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        deeds.add(board + ": " + deed);
                        AtomicInteger left = failing.getOrDefault(board + ": " + deed, failing.get(deed));
                        if (left != null && left.getAndDecrement() > 0) {
                            throw refusal.because(deed + " does not work");
                        }
                        return effect.get();
                    } finally {
                        hands.remove(board);
                    }
                },
                CompletableFuture.delayedExecutor(takes.toMillis(), TimeUnit.MILLISECONDS));
    }

    private final class Scripts implements SetupScripts {

        private void account(Consumer<ScriptRan> to) {
            ScriptRan now = ran;
            if (now != null) {
                to.accept(now);
            }
        }

        @Override
        public CompletableFuture<Environment> reserve(
                BoardDefinition board, Reservation reservation, Consumer<ScriptRan> ran) {
            account(ran);
            return does(board.name(), "script reserve", () -> {
                ReservationId before = environments.putIfAbsent(board.name(), reservation.id());
                if (before != null) {
                    faults.add(board.name() + ": an environment of " + before + " is there already");
                }
                return new Environment(
                        Map.of("ip", "192.0.2.7"),
                        List.of(),
                        List.of(),
                        Map.of("of", reservation.id().toString()));
            });
        }

        @Override
        @SuppressWarnings("NullAway") // a Void is null
        public CompletableFuture<Void> release(
                BoardDefinition board,
                @Nullable Reservation reservation,
                Environment environment,
                Consumer<ScriptRan> ran) {
            account(ran);
            return does(board.name(), "script release", () -> {
                environments.remove(board.name());
                return null;
            });
        }
    }

    private final class Pdu implements PowerSwitches {

        @Override
        public CompletableFuture<Power> read(BoardDefinition board) {
            return does(board.name(), "read", () -> power.getOrDefault(board.name(), Power.OFF));
        }

        @Override
        public CompletableFuture<Power> order(BoardDefinition board, PowerAction action) {
            return does(board.name(), action.wireName(), () -> {
                if (action == PowerAction.CYCLE) {
                    cycles.computeIfAbsent(board.name(), it -> new AtomicInteger())
                            .incrementAndGet();
                }
                Power now = Power.of(action != PowerAction.OFF);
                power.put(board.name(), now);
                return now;
            });
        }

        @Override
        public boolean isReachable(BoardDefinition board) {
            return true;
        }
    }

    private final class Consoles implements ConsoleLines {

        @Override
        @SuppressWarnings("NullAway") // a Void is null
        public CompletableFuture<Void> open(BoardDefinition board, ReservationId reservation) {
            return does(board.name(), "open", () -> {
                lines.put(board.name(), reservation);
                return null;
            });
        }

        @Override
        @SuppressWarnings("NullAway") // a Void is null
        public CompletableFuture<Void> close(BoardName board) {
            return does(board, "close", () -> {
                lines.remove(board);
                return null;
            });
        }

        @Override
        public boolean isLost(BoardName board) {
            return lostLines.contains(board);
        }

        @Override
        public AutoCloseable onLoss(Consumer<BoardName> hears) {
            lineHearers.add(hears);
            return () -> lineHearers.remove(hears);
        }

        @Override
        public @Nullable Attached attach(BoardName board, String user, boolean writes, int replayBytes) {
            return null;
        }
    }
}
