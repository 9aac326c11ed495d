package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A relay on a GPIO line, through the kernel's files (Documentation/admin-guide/gpio/sysfs.rst). A line is made an output
 * by writing its level as the direction, for that does not let it twitch.
 */
final class GpioOutlet implements Outlet {

    private static final Duration APPEAR_PAUSE = Duration.ofMillis(50);
    private static final int APPEAR_LOOKS = 20;

    private final Path base;
    private final @Nullable String chip;
    /** Of the chip or, without one, as the kernel counts all lines. */
    private final int line;

    private final boolean activeLow;
    private final Host host;
    private final Manner manner;
    private final Executor workers;
    private final ScheduledExecutorService loop;

    GpioOutlet(Parameters given, Path base, Host host, Manner manner, Executor workers, ScheduledExecutorService loop) {
        this.base = base;
        this.chip = given.text("chip");
        this.line = given.number(chip == null ? "number" : "line", 0, Integer.MAX_VALUE);
        this.activeLow = given.truth("active_low", false);
        this.host = host;
        this.manner = manner;
        this.workers = workers;
        this.loop = loop;
    }

    static Path base(Parameters given, PowerSettings settings) {
        String sysfs = given.text("sysfs");
        return sysfs == null ? settings.gpioBase() : Path.of(sysfs);
    }

    @Override
    public String driver() {
        return "gpio";
    }

    @Override
    public String host() {
        return "gpio:" + base;
    }

    @Override
    public String id() {
        return host() + "/" + (chip == null ? "" : chip + "/") + line;
    }

    @Override
    public Manner manner() {
        return manner;
    }

    @Override
    public CompletableFuture<Power> read() {
        return host.ask(() -> ready().thenCompose(files -> work(() -> level(files))));
    }

    @Override
    public CompletableFuture<Void> turn(boolean on) {
        return host.ask(() -> ready().thenCompose(files -> work(() -> {
            drive(files, on != activeLow);
            return null;
        })));
    }

    /** The directory with the line's files, once they can be used. */
    private CompletableFuture<Path> ready() {
        return work(() -> chip == null ? line : GpioChips.numberOf(base, chip, line))
                .thenCompose(number -> exported(number, APPEAR_LOOKS).thenApply(_ -> base.resolve("gpio" + number)));
    }

    /** The files appear some moments after they were asked for, and their rights some moments later still. */
    private CompletableFuture<Void> exported(int number, int looks) {
        Path direction = base.resolve("gpio" + number).resolve("direction");
        return work(() -> {
                    if (Files.isWritable(direction)) {
                        return true;
                    }
                    if (looks == APPEAR_LOOKS && !Files.exists(direction)) {
                        write(base.resolve("export"), String.valueOf(number));
                    }
                    return false;
                })
                .thenCompose(there -> {
                    if (there) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (looks == 0) {
                        throw Files.exists(direction)
                                ? LabRefusal.POWER_DENIED.because("This server may not drive " + id() + ".")
                                : LabRefusal.NO_SUCH_PORT.because("The kernel does not show " + id() + ".");
                    }
                    CompletableFuture<Void> again = new CompletableFuture<>();
                    var _ = loop.schedule(() -> again.complete(null), APPEAR_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                    return again.thenCompose(_ -> exported(number, looks - 1));
                });
    }

    private static void drive(Path files, boolean high) throws IOException {
        if (GpioChips.content(files.resolve("direction")).equals("in")) {
            write(files.resolve("direction"), high ? "high" : "low");
        }
        write(files.resolve("value"), high ? "1" : "0");
    }

    /** The level of an input is somebody else's and says nothing about the board. */
    private Power level(Path files) throws IOException {
        if (GpioChips.content(files.resolve("direction")).equals("in")) {
            return Power.UNKNOWN;
        }
        return switch (GpioChips.content(files.resolve("value"))) {
            case "1" -> Power.of(!activeLow);
            case "0" -> Power.of(activeLow);
            default -> Power.UNKNOWN;
        };
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private <T> CompletableFuture<T> work(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(refused(e));
            }
        });
        return done;
    }

    private RuntimeException refused(Exception failure) {
        return switch (failure) {
            case NoSuchFileException e -> LabRefusal.POWER_FAULT.because("There is no " + e.getFile() + ".");
            case AccessDeniedException e ->
                LabRefusal.POWER_DENIED.because("This server may not use " + e.getFile() + ".");
            // The kernel refuses lines that it does not have, or that a driver holds.
            case IOException e ->
                LabRefusal.NO_SUCH_PORT.because("The kernel does not give " + id() + ": " + e.getMessage() + ".");
            case RuntimeException e -> e;
            default -> new IllegalStateException(failure);
        };
    }
}
