package dev.muster.server;

import dev.muster.store.EmbeddedStore;
import dev.muster.store.EventExport;
import dev.muster.store.StoreFault;
import dev.muster.store.StoreSettings;
import dev.muster.store.StoreVerifier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tools on the store of a stopped server: {@code events export}, {@code events verify}, {@code backup}. */
public final class OfflineTools {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private OfflineTools() {}

    public static boolean knows(String word) {
        return word.equals("events") || word.equals("backup");
    }

    /** Runs the tool and answers its exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            if (args[i].startsWith("--") && equals > 0) {
                options.put(args[i].substring(2, equals), args[i].substring(equals + 1));
            } else if (args[i].startsWith("--") && i + 1 < args.length) {
                options.put(args[i].substring(2), args[++i]);
            } else {
                words.add(args[i]);
            }
        }
        Path data = Path.of(options.getOrDefault("data", options.getOrDefault("muster.data", ".muster/data")));
        Path events = data.resolve("events");
        try {
            return switch (String.join(" ", words)) {
                case "events export" -> {
                    try (EmbeddedStore store = EmbeddedStore.openReadOnly(events, Clock.systemUTC())) {
                        yield export(store, options, out);
                    }
                }
                case "events verify" -> {
                    try (EmbeddedStore store = EmbeddedStore.openReadOnly(events, Clock.systemUTC())) {
                        yield verify(store, out);
                    }
                }
                case "backup" -> backup(data, options, out, err);
                default -> {
                    err.println("muster: usage: events export|verify [--data DIR] [--from N --to N] | backup --to DIR");
                    yield USAGE;
                }
            };
        } catch (StoreFault e) {
            err.println("muster: " + e.getMessage());
            return FAILED;
        } catch (NumberFormatException e) {
            err.println("muster: --from and --to are positions, whole numbers from 0");
            return USAGE;
        } catch (IOException e) {
            err.println("muster: " + e.getMessage());
            return FAILED;
        }
    }

    private static int export(EmbeddedStore store, Map<String, String> options, PrintStream out) throws IOException {
        long from = Long.parseLong(options.getOrDefault("from", "0"));
        long to = Long.parseLong(options.getOrDefault("to", String.valueOf(Long.MAX_VALUE)));
        new EventExport(store).write(from, to, out);
        out.flush();
        return OK;
    }

    private static int verify(EmbeddedStore store, PrintStream out) {
        StoreVerifier.Report report = StoreVerifier.verify(store, out::println);
        out.printf(
                "%d events of %d aggregates, %d faults, through position %d%n",
                report.events(), report.aggregates(), report.faults(), report.through());
        return report.faults() == 0 ? OK : FAILED;
    }

    /**
     * Copies and then reads the copy. Opened for writing, because a store that is only read leaves what is still in
     * its write-ahead log out of a copy.
     */
    private static int backup(Path data, Map<String, String> options, PrintStream out, PrintStream err)
            throws IOException {
        Path events = data.resolve("events");
        String to = options.get("to");
        if (to == null) {
            err.println("muster: backup needs --to DIR");
            return USAGE;
        }
        EmbeddedStore.openReadOnly(events, Clock.systemUTC()).close();
        Path copy = Path.of(to).resolve("events");
        long position;
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.at(events), Clock.systemUTC())) {
            position = store.backup(copy);
        }
        try (EmbeddedStore store = EmbeddedStore.openReadOnly(copy, Clock.systemUTC())) {
            StoreVerifier.Report report = StoreVerifier.verify(store, out::println);
            if (report.faults() > 0 || report.through() < position) {
                err.println("muster: the copy in " + to + " reaches position " + report.through() + " of " + position);
                return FAILED;
            }
        }
        copyTree(data.resolve("artifacts"), Path.of(to).resolve("artifacts"));
        out.println("backed up and read back through position " + position + " to " + to);
        return OK;
    }

    /** Files of artifacts never change, so a plain copy is a true one. Views are left out: they are rebuilt. */
    private static void copyTree(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }
}
