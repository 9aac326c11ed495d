package dev.muster.store;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Appends for ever and writes the id of each acknowledged event into a ledger outside the store, until it is killed.
 * Arguments: store directory, ledger file, {@code sound} or {@code acknowledge-first}.
 */
final class CrashVictim {

    private static final int WRITERS = 16;

    private CrashVictim() {}

    public static void main(String[] arguments) throws Exception {
        StoreSettings settings = StoreSettings.at(Path.of(arguments[0]));
        EmbeddedStore store = arguments[2].equals("acknowledge-first")
                ? AcknowledgeFirst.open(settings)
                : EmbeddedStore.open(settings, Samples.CLOCK);
        OutputStream ledger =
                Files.newOutputStream(Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().start(() -> write(store, ledger));
        }
    }

    private static void write(EmbeddedStore store, OutputStream ledger) {
        try {
            String aggregate = UUID.randomUUID().toString();
            for (long sequence = 0; ; sequence++) {
                StoredEvent event = Samples.event(aggregate, sequence);
                store.append(List.of(event));
                ledger.write((event.id() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
